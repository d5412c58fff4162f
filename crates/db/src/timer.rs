//! Timers: something that is due at a business time. A timer that is due
//! becomes a task of the same kind whose payload is the timer's subject.

use kernel::{Fail, Realm, Timestamp};

use crate::task::{self, NewTask};
use crate::{Tx, sql};

sql! {
    SET = "insert into timer (kind, subject, realm, due_at) values ($1, $2, $3, $4) \
           on conflict (kind, subject) do update set due_at = excluded.due_at";
    CANCEL = "delete from timer where kind = $1 and subject = $2";
    DUE = "select kind, subject from timer where realm = $1 and due_at <= $2 order by due_at, kind, subject limit $3";
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
/// A timer whose earlier task is still being worked on stays and fires once
/// that has ended: the worker may have looked before the timer was set.
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
    let mut fired = 0;
    for (kind, subject) in &due {
        let key = format!("{kind}:{subject}");
        let task = NewTask {
            kind,
            realm,
            lane: "timer",
            payload: subject,
            due_at: task_now,
            unique_key: Some(&key),
        };
        if task::enqueue(tx, &task, task_now)? || task::hurry(tx, &key, task_now)? {
            tx.exec(&CANCEL, &[kind, subject])?;
            fired += 1;
        }
    }
    Ok(fired)
}
