//! The history row that goes with every change of state.

use kernel::state::Machine;
use kernel::{Fail, Timestamp, Transition};

use crate::{ReadTx, Tx, sql};

sql! {
    INSERT = "insert into transition (subject, version, machine, from_state, to_state, event, side, user_id, reason, at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    BY_SUBJECT = "select version, from_state, to_state, event, side, user_id, reason, at from transition \
                  where subject = $1 order by version";
}

/// One change of state, as it is kept.
#[derive(Debug, Clone)]
pub struct Past {
    /// Version of the row after the change.
    pub version: i64,
    /// Stored name of the state before.
    pub from: String,
    /// Stored name of the state after.
    pub to: String,
    /// Stored name of the event.
    pub event: String,
    /// Stored name of the side that acted.
    pub side: String,
    /// The person, when it was one.
    pub user: Option<String>,
    /// Why, when somebody said so.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Keeps a transition. Called by `store::save` of each aggregate, in the same
/// transaction as the guarded update of the row.
///
/// # Errors
/// The database's.
pub fn append<M: Machine>(
    tx: &Tx<'_>,
    subject: &str,
    transition: &Transition<M>,
) -> Result<(), Fail> {
    use kernel::names::Named;
    tx.exec(
        &INSERT,
        &[
            &subject,
            &(transition.version() + 1),
            &M::NAME,
            &transition.from().name(),
            &transition.to().name(),
            &transition.event().name(),
            &transition.who().side(),
            &transition.who().user(),
            &transition.reason().map(str::to_owned),
            &transition.at(),
        ],
    )?;
    Ok(())
}

/// All changes of a subject, oldest first.
///
/// # Errors
/// The database's.
pub fn of(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<Past>, Fail> {
    tx.many(&BY_SUBJECT, &[&subject], |row| {
        Ok(Past {
            version: row.take()?,
            from: row.take()?,
            to: row.take()?,
            event: row.take()?,
            side: row.take()?,
            user: row.take()?,
            reason: row.take()?,
            at: row.take()?,
        })
    })
}
