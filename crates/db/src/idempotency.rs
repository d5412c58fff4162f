//! Idempotency keys: a form or a program that sends the same thing twice gets
//! the first result again. A row keeps an id, never a body.

use kernel::Timestamp;
use kernel::codes;
use kernel::fail::Fail;

use crate::{Tx, sql};

codes! {
    /// The key was used before for something else.
    Conflict KEY_REUSED = "idempotency-key-reused";
}

sql! {
    FIND = "select operation, result from idempotency where scope = $1 and key = $2";
    INSERT = "insert into idempotency (scope, key, operation, result, created_at) values ($1, $2, $3, $4, $5)";
    SWEEP = "delete from idempotency where created_at < $1";
}

/// Whose key it is and what it is for. `scope` is the tenant, so that two
/// tenants can't meet in one key.
#[derive(Debug, Clone)]
pub struct Key {
    /// The organisation or user that sends.
    pub scope: String,
    /// The key that was sent.
    pub key: String,
    /// What is done, for example `place_order`.
    pub operation: &'static str,
}

/// The id that the first sending made, if there was one.
///
/// # Errors
/// [`KEY_REUSED`] when the key was used for another operation.
pub fn first_result(tx: &Tx<'_>, key: &Key) -> Result<Option<String>, Fail> {
    let found: Option<(String, String)> = tx.one(&FIND, &[&key.scope, &key.key], |row| {
        Ok((row.take()?, row.take()?))
    })?;
    match found {
        None => Ok(None),
        Some((operation, result)) if operation == key.operation => Ok(Some(result)),
        Some(_) => Err(Fail::new(KEY_REUSED)),
    }
}

/// Keeps the id that this sending made.
///
/// # Errors
/// The database's.
pub fn remember(tx: &Tx<'_>, key: &Key, result: &str, now: Timestamp) -> Result<(), Fail> {
    tx.exec(
        &INSERT,
        &[&key.scope, &key.key, &key.operation, &result, &now],
    )?;
    Ok(())
}

/// Removes keys that are older than a moment; how many.
///
/// # Errors
/// The database's.
pub fn sweep(tx: &Tx<'_>, older_than: Timestamp) -> Result<u64, Fail> {
    tx.exec(&SWEEP, &[&older_than])
}
