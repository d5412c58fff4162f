//! Timers: something that is due at a business time. A timer that is due
//! becomes a task of the same kind whose payload is the timer's subject.

use kernel::{Fail, Realm, Timestamp};

use crate::task::{self, NewTask};
use crate::{Tx, sql};

sql! {
    SET = "insert into timer (kind, subject, realm, due_at) values ($1, $2, $3, $4) \
           on conflict (kind, subject) do update set due_at = excluded.due_at";
    CANCEL = "delete from timer where kind = $1 and subject = $2";
    DUE = "select kind, subject from timer where realm = $1 and due_at <= $2 order by due_at limit $3";
}

/// Sets a timer, or moves the one that is set.
///
/// # Errors
/// The database's.
pub fn set(
    tx: &Tx<'_>,
    kind: &'static str,
    subject: &str,
    realm: Realm,
    due: Timestamp,
) -> Result<(), Fail> {
    tx.exec(&SET, &[&kind, &subject, &realm, &due])?;
    Ok(())
}

/// Removes a timer, if it is set.
///
/// # Errors
/// The database's.
pub fn cancel(tx: &Tx<'_>, kind: &'static str, subject: &str) -> Result<(), Fail> {
    tx.exec(&CANCEL, &[&kind, &subject])?;
    Ok(())
}

/// Turns timers that are due by the realm's business clock into tasks; how many.
///
/// # Errors
/// The database's.
pub fn fire_due(
    tx: &Tx<'_>,
    realm: Realm,
    business_now: Timestamp,
    task_now: Timestamp,
    most: u32,
) -> Result<usize, Fail> {
    let due: Vec<(String, String)> = tx.many(&DUE, &[&realm, &business_now, &most], |row| {
        Ok((row.take()?, row.take()?))
    })?;
    for (kind, subject) in &due {
        tx.exec(&CANCEL, &[kind, subject])?;
        task::enqueue(
            tx,
            &NewTask {
                kind,
                realm,
                lane: "timer",
                payload: subject,
                due_at: task_now,
                unique_key: Some(&format!("{kind}:{subject}")),
            },
            task_now,
        )?;
    }
    Ok(due.len())
}
