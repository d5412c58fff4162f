//! Asking the database whether it understands every statement of the program,
//! for tests and for `doctor`.

use kernel::Fail;

use crate::{Db, Sql, sql, task};

/// A statement that the database refuses.
#[derive(Debug, Clone)]
pub struct Unprepared {
    /// Module path and name of the statement.
    pub name: &'static str,
    /// What the database says.
    pub error: String,
}

/// Prepares every statement of the program, without running any; those that
/// the database refuses, or whose columns this program couldn't read. For
/// tests and `doctor`.
///
/// # Errors
/// When the database doesn't answer.
pub async fn prepare_all(db: &Db) -> Result<Vec<Unprepared>, Fail> {
    let own: &[&'static Sql] = if db.is_embedded() {
        &[]
    } else {
        task::POSTGRES_STATEMENTS
    };
    let mut refused = Vec::new();
    for statement in sql::all_statements().chain(own.iter().copied()) {
        // Each in a transaction of its own: PostgreSQL ends it with the first error.
        let outcome = db.read(move |tx| Ok(tx.prepare_only(statement))).await?;
        if let Err(error) = outcome {
            refused.push(Unprepared {
                name: statement.name(),
                error,
            });
        }
    }
    Ok(refused)
}
