//! Attempts in the database.

use db::{Tx, sql};
use kernel::policy::Accounts;
use kernel::{Fail, Timestamp, codes};

use super::Action;

codes! {
    /// Too often within the window; `minutes` says how long to wait.
    TooMany TOO_MANY_ATTEMPTS = "too-many-attempts";
}

/// Old rows removed at once.
const SWEEP: i64 = 500;

kernel::id!(/// A counted attempt.
    AttemptId, "att");

sql! {
    INSERT = "insert into attempt (action, subject, at, id) values ($1, $2, $3, $4)";
    FORGET = "delete from attempt where action = $1 and subject = $2 and at <= $3";
    COUNT = "select cast(count(*) as bigint) from attempt where action = $1 and subject = $2 and at > $3";
    FREES = "select at from attempt where action = $1 and subject = $2 and at > $3 order by at desc limit 1 offset $4";
    CLEAR = "delete from attempt where action = $1 and subject = $2";
    SWEEP_OLD = "delete from attempt where id in (select id from attempt where at <= $1 limit $2)";
}

/// How often within how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Attempts within the window.
    pub attempts: u32,
    /// Length of the window in minutes.
    pub window_minutes: u32,
}

impl Limit {
    /// So many within the window of the policy.
    #[must_use]
    pub const fn of(attempts: u32, policy: &Accounts) -> Self {
        Self {
            attempts,
            window_minutes: policy.attempt_window_minutes,
        }
    }

    fn start(self, now: Timestamp) -> Timestamp {
        now.plus_seconds(-self.seconds())
    }

    fn seconds(self) -> i64 {
        i64::from(self.window_minutes) * 60
    }
}

/// Counts an attempt, or refuses it. Commit this before the act itself.
///
/// # Errors
/// [`TOO_MANY_ATTEMPTS`] with `minutes` to wait; the refused one isn't counted.
pub fn allow(
    tx: &Tx<'_>,
    action: Action,
    subject: &str,
    limit: Limit,
    now: Timestamp,
) -> Result<(), Fail> {
    let start = limit.start(now);
    tx.exec(&FORGET, &[&action, &subject, &start])?;
    let made: i64 = tx.load(&COUNT, &[&action, &subject, &start], |row| row.take())?;
    if made < i64::from(limit.attempts) {
        return tx.exec_one(&INSERT, &[&action, &subject, &now, &AttemptId::fresh(now)]);
    }
    // The next is free when the attempt that fills the limit leaves the window.
    let place = i64::from(limit.attempts).max(1) - 1;
    let filling: Option<Timestamp> =
        tx.one(&FREES, &[&action, &subject, &start, &place], |row| {
            row.take()
        })?;
    let seconds = filling.map_or(limit.seconds(), |at| at.seconds_since(start));
    let minutes = (seconds.clamp(1, limit.seconds().max(1)) + 59) / 60;
    Err(Fail::new(TOO_MANY_ATTEMPTS).with("minutes", minutes))
}

/// Forgets the attempts of a subject, after one succeeded.
///
/// # Errors
/// The database's.
pub fn clear(tx: &Tx<'_>, action: Action, subject: &str) -> Result<(), Fail> {
    tx.exec(&CLEAR, &[&action, &subject])?;
    Ok(())
}

/// Removes a batch of attempts older than the policy's window; call again while
/// it returns some.
///
/// # Errors
/// The database's.
pub fn sweep(tx: &Tx<'_>, policy: &Accounts, now: Timestamp) -> Result<u64, Fail> {
    let start = Limit::of(0, policy).start(now);
    tx.exec(&SWEEP_OLD, &[&start, &SWEEP])
}
