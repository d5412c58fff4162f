//! Tasks: everything that leaves the process is a row here, written in the
//! transaction that decided it. A worker claims it by lease, acts without a
//! transaction, and ends it in a second transaction together with its result.
//! A worker that died loses its lease, and another claims the task again.
//!
//! Finished tasks are deleted: what they did is told by the rows they wrote.
//! A task that gave up stays, visible to the operator, who may revive it.

use kernel::codes;
use kernel::fail::Fail;
use kernel::{Realm, Timestamp};

use crate::{Db, Lane, ReadTx, Row, Tx, sql};

kernel::id!(/// A task.
    TaskId, "tsk");

codes! {
    /// The lease ran out and somebody else has the task.
    Conflict LEASE_LOST = "lease-lost";
}

/// Tasks of one lane (for example of one seller) that run at once.
const LANE_LIMIT: usize = 8;
/// Rows looked at to fill a claim, so that one full lane doesn't hide others.
const WINDOW: i64 = 256;

sql! {
    INSERT = "insert into task (id, kind, realm, lane, payload, state, due_at, attempts, unique_key, created_at) \
              values ($1, $2, $3, $4, $5, 'live', $6, 0, $7, $8) on conflict (unique_key) do nothing";
    READY = "select id, lane from task where state = 'live' and due_at <= $1 order by due_at, id limit $2";
    READY_POSTGRES = "select id, lane from task where state = 'live' and due_at <= $1 order by due_at, id limit $2 for update skip locked";
    RUNNING = "select lane from task where state = 'live' and worker is not null and due_at > $1";
    LEASE = "update task set worker = $2, due_at = $3, attempts = attempts + 1 where id = $1";
    CLAIMED = "select id, kind, realm, lane, payload, due_at, attempts, worker, unique_key, last_error, created_at from task where id = $1";
    FINISH = "delete from task where id = $1 and worker = $2 and attempts = $3";
    RETRY = "update task set worker = null, due_at = $4, last_error = $5 where id = $1 and worker = $2 and attempts = $3";
    BURY = "update task set worker = null, state = 'dead', last_error = $4 where id = $1 and worker = $2 and attempts = $3";
    REVIVE = "update task set state = 'live', due_at = $2, attempts = 0 where id = $1 and state = 'dead'";
    HURRY = "update task set state = 'live', due_at = $2 where unique_key = $1 and worker is null";
    REMOVE_BY_KEY = "delete from task where unique_key = $1 and worker is null";
    FIND_BY_KEY = "select id, kind, realm, lane, payload, due_at, attempts, worker, unique_key, last_error, created_at from task where unique_key = $1";
    DEAD = "select id, kind, realm, lane, payload, due_at, attempts, worker, unique_key, last_error, created_at from task \
            where state = 'dead' and (created_at < $1 or (created_at = $1 and id < $2)) order by created_at desc, id desc limit $3";
    COUNT_BY_STATE = "select state, count(*), coalesce(min(due_at), 0) from task group by state order by state";
    DATABASE_CLOCK = "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";
    START_PERIOD = "insert into periodic_run (kind, period, started_at) values ($1, $2, $3) on conflict (kind, period) do nothing";
    SWEEP_PERIODS = "delete from periodic_run where started_at < $1";
}

/// A task to be done.
#[derive(Debug, Clone)]
pub struct NewTask<'a> {
    /// Which handler does it.
    pub kind: &'a str,
    /// Its world.
    pub realm: Realm,
    /// Tasks of one lane are limited in how many run at once.
    pub lane: &'a str,
    /// Ids that the handler needs; never a secret, never a body.
    pub payload: &'a str,
    /// Not before.
    pub due_at: Timestamp,
    /// At most one live or dead task has this key.
    pub unique_key: Option<&'a str>,
}

/// A task as it stands.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Which handler does it.
    pub kind: String,
    /// Its world.
    pub realm: Realm,
    /// Its lane.
    pub lane: String,
    /// Ids that the handler needs.
    pub payload: String,
    /// Due, or end of the lease while it runs.
    pub due_at: Timestamp,
    /// Times it was claimed, this one included.
    pub attempts: u32,
    worker: Option<String>,
    /// Its key, when it has one.
    pub unique_key: Option<String>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was enqueued.
    pub created_at: Timestamp,
}

impl Task {
    fn read(row: &Row<'_>) -> Result<Self, Fail> {
        Ok(Self {
            id: row.take()?,
            kind: row.take()?,
            realm: row.take()?,
            lane: row.take()?,
            payload: row.take()?,
            due_at: row.take()?,
            attempts: row.take()?,
            worker: row.take()?,
            unique_key: row.take()?,
            last_error: row.take()?,
            created_at: row.take()?,
        })
    }

    fn holder(&self) -> &str {
        self.worker.as_deref().unwrap_or_default()
    }
}

/// Puts a task in the queue, unless one with its key stands there already.
///
/// # Errors
/// The database's.
pub fn enqueue(tx: &Tx<'_>, task: &NewTask<'_>, now: Timestamp) -> Result<bool, Fail> {
    let key = task.unique_key.map(str::to_owned);
    let added = tx.exec(
        &INSERT,
        &[
            &TaskId::fresh(now),
            &task.kind,
            &task.realm,
            &task.lane,
            &task.payload,
            &task.due_at,
            &key,
            &now,
        ],
    )?;
    tx.note_enqueued();
    Ok(added > 0)
}

/// Claims up to `most` tasks that are due, for `lease_seconds`.
///
/// # Errors
/// The database's.
pub async fn claim(
    db: &Db,
    worker: &str,
    most: usize,
    lease_seconds: i64,
) -> Result<Vec<Task>, Fail> {
    let (worker, given) = (worker.to_owned(), db.lease_clock());
    db.write_in(Lane::Background, move |tx| {
        let now = match given {
            Some(now) => now,
            None => tx.database_clock(&DATABASE_CLOCK)?,
        };
        let ready_sql = if tx.is_sqlite() {
            &READY
        } else {
            &READY_POSTGRES
        };
        let ready: Vec<(TaskId, String)> = tx.many(ready_sql, &[&now, &WINDOW], |row| {
            Ok((row.take()?, row.take()?))
        })?;
        if ready.is_empty() {
            return Ok(Vec::new());
        }
        let mut busy: Vec<String> = tx.many(&RUNNING, &[&now], |row| row.take())?;
        let until = now.plus_seconds(lease_seconds);
        let mut claimed = Vec::new();
        for (id, lane) in ready {
            if claimed.len() >= most {
                break;
            }
            if busy.iter().filter(|other| **other == lane).count() >= LANE_LIMIT {
                continue;
            }
            busy.push(lane);
            tx.exec_one(&LEASE, &[&id, &worker, &until])?;
            claimed.push(tx.load(&CLAIMED, &[&id], Task::read)?);
        }
        Ok(claimed)
    })
    .await
}

fn held(touched: u64) -> Result<(), Fail> {
    if touched == 1 {
        Ok(())
    } else {
        Err(Fail::new(LEASE_LOST))
    }
}

/// Ends a task, in the transaction of its result.
///
/// # Errors
/// [`LEASE_LOST`]: the result must not be kept, somebody else is at it.
pub fn finish(tx: &Tx<'_>, task: &Task) -> Result<(), Fail> {
    held(tx.exec(&FINISH, &[&task.id, &task.holder(), &task.attempts])?)
}

/// Puts a task back for later.
///
/// # Errors
/// [`LEASE_LOST`].
pub fn retry(tx: &Tx<'_>, task: &Task, due: Timestamp, error: &str) -> Result<(), Fail> {
    held(tx.exec(
        &RETRY,
        &[&task.id, &task.holder(), &task.attempts, &due, &error],
    )?)
}

/// Gives a task up; the operator sees it and may revive it.
///
/// # Errors
/// [`LEASE_LOST`].
pub fn bury(tx: &Tx<'_>, task: &Task, error: &str) -> Result<(), Fail> {
    held(tx.exec(&BURY, &[&task.id, &task.holder(), &task.attempts, &error])?)
}

/// Brings a dead task back to life, with fresh attempts.
///
/// # Errors
/// "Not found" when there is no dead task of this id.
pub fn revive(tx: &Tx<'_>, id: TaskId, now: Timestamp) -> Result<(), Fail> {
    if tx.exec(&REVIVE, &[&id, &now])? == 0 {
        return Err(Fail::not_found());
    }
    tx.note_enqueued();
    Ok(())
}

/// Makes a waiting or dead task due now; false when none of the key waits.
///
/// # Errors
/// The database's.
pub fn hurry(tx: &Tx<'_>, unique_key: &str, now: Timestamp) -> Result<bool, Fail> {
    tx.note_enqueued();
    Ok(tx.exec(&HURRY, &[&unique_key, &now])? > 0)
}

/// Removes a task that nobody works on; false when there was none.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Tx<'_>, unique_key: &str) -> Result<bool, Fail> {
    Ok(tx.exec(&REMOVE_BY_KEY, &[&unique_key])? > 0)
}

/// The task of a key, alive or dead.
///
/// # Errors
/// The database's.
pub fn find(tx: &ReadTx<'_>, unique_key: &str) -> Result<Option<Task>, Fail> {
    tx.one(&FIND_BY_KEY, &[&unique_key], Task::read)
}

/// Dead tasks, newest first.
///
/// # Errors
/// The database's.
pub fn dead(
    tx: &ReadTx<'_>,
    request: &kernel::page::PageRequest,
) -> Result<kernel::page::Page<Task>, Fail> {
    let rows = tx.many(
        &DEAD,
        &[
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        Task::read,
    )?;
    Ok(kernel::page::Page::cut(rows, request, |task| {
        kernel::page::Cursor {
            at: task.created_at,
            id: task.id.to_string(),
        }
    }))
}

/// Tasks per state with the earliest due time, for metrics.
///
/// # Errors
/// The database's.
pub fn standing(tx: &ReadTx<'_>) -> Result<Vec<(String, i64, Timestamp)>, Fail> {
    tx.many(&COUNT_BY_STATE, &[], |row| {
        Ok((row.take()?, row.take()?, row.take()?))
    })
}

/// Claims a period of a periodic job for this process; false when somebody did.
///
/// # Errors
/// The database's.
pub fn start_period(tx: &Tx<'_>, kind: &str, period: &str, now: Timestamp) -> Result<bool, Fail> {
    Ok(tx.exec(&START_PERIOD, &[&kind, &period, &now])? > 0)
}

/// Forgets periods that started before a moment.
///
/// # Errors
/// The database's.
pub fn sweep_periods(tx: &Tx<'_>, older_than: Timestamp) -> Result<u64, Fail> {
    tx.exec(&SWEEP_PERIODS, &[&older_than])
}
