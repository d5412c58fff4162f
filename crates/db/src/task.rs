//! Tasks: everything that leaves the process is a row here, written in the
//! transaction that decided it. A worker claims it by lease, acts without a
//! transaction, and ends it in a second transaction together with its result.
//! A worker that died loses its lease, and another claims the task again.
//!
//! Finished tasks are deleted: what they did is told by the rows they wrote.
//! A task that gave up stays, visible to the operator, who may revive it.

use std::collections::HashMap;

use kernel::codes;
use kernel::fail::Fail;
use kernel::{Realm, Timestamp};

use crate::job::Isolation;
use crate::{Db, Lane, ReadTx, Row, Sql, Tx, sql};

kernel::id!(/// A task.
    TaskId, "tsk");

codes! {
    /// The lease ran out and somebody else has the task.
    Conflict LEASE_LOST = "lease-lost";
}

/// Tasks of one lane (for example of one seller) that run at once.
const LANE_LIMIT: u32 = 8;
/// Rows looked at to fill a claim. Full lanes aren't among them, so that one
/// slow seller hides nobody.
const WINDOW: u32 = 256;

sql! {
    INSERT = "insert into task (id, kind, realm, lane, payload, state, due_at, attempts, unique_key, created_at) \
              values ($1, $2, $3, $4, $5, 'live', $6, 0, $7, $8) on conflict (unique_key) do nothing";
    ANY_DUE = "select id from task where state = 'live' and due_at <= $1 limit 1";
    READY = "select id, lane from task where state = 'live' and due_at <= $1 and lane not in \
             (select lane from task where state = 'live' and worker is not null and due_at > $1 group by lane having count(*) >= $2) \
             order by due_at, id limit $3";
    RUNNING = "select lane from task where state = 'live' and worker is not null and due_at > $1";
    LEASE = "update task set worker = $2, due_at = $3, attempts = attempts + 1 where id = $1 \
             returning id, kind, realm, lane, payload, due_at, attempts, worker, unique_key, last_error, created_at";
    FINISH = "delete from task where id = $1 and worker = $2 and attempts = $3";
    RETRY = "update task set worker = null, due_at = $4, last_error = $5 where id = $1 and worker = $2 and attempts = $3";
    BURY = "update task set worker = null, state = 'dead', last_error = $4 where id = $1 and worker = $2 and attempts = $3";
    REVIVE = "update task set state = 'live', due_at = $2, attempts = 0 where id = $1 and state = 'dead'";
    HURRY = "update task set attempts = case when state = 'dead' then 0 else attempts end, state = 'live', due_at = $2 where unique_key = $1 and worker is null";
    REMOVE_BY_KEY = "delete from task where unique_key = $1 and worker is null";
    FIND_BY_KEY = "select id, kind, realm, lane, payload, due_at, attempts, worker, unique_key, last_error, created_at from task where unique_key = $1";
    DEAD = "select id, kind, realm, lane, payload, due_at, attempts, worker, unique_key, last_error, created_at from task \
            where state = 'dead' and (created_at < $1 or (created_at = $1 and id < $2)) order by created_at desc, id desc limit $3";
    COUNT_BY_STATE = "select state, count(*), coalesce(min(due_at), 0) from task group by state order by state";
    TAKE_TURN = "insert into periodic_run (kind, period, started_at) values ('task-claim', 'turn', $1) \
                 on conflict (kind, period) do update set started_at = excluded.started_at";
    START_PERIOD = "insert into periodic_run (kind, period, started_at) values ($1, $2, $3) on conflict (kind, period) do nothing";
    SWEEP_PERIODS = "delete from periodic_run where started_at < $1";
}

/// Statements that only PostgreSQL understands; they aren't of `sql!`, whose
/// statements must run on both.
pub(crate) static POSTGRES_STATEMENTS: &[&Sql] = &[&READY_POSTGRES, &DATABASE_CLOCK];
static READY_POSTGRES: Sql = Sql::new(
    "db::task::READY_POSTGRES",
    "select id, lane from task where state = 'live' and due_at <= $1 and lane not in \
     (select lane from task where state = 'live' and worker is not null and due_at > $1 group by lane having count(*) >= $2) \
     order by due_at, id limit $3 for update skip locked",
);
static DATABASE_CLOCK: Sql = Sql::new(
    "db::task::DATABASE_CLOCK",
    "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)",
);

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
            &TaskId::in_turn(now),
            &task.kind,
            &task.realm,
            &task.lane,
            &task.payload,
            &task.due_at,
            &key,
            &now,
        ],
    )?;
    if added > 0 {
        tx.note_enqueued();
    }
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
    // Read committed, since a serialisable claim would collide with every task
    // that is enqueued or finished meanwhile.
    db.write_apart(Isolation::ReadCommitted, Lane::Background, move |tx| {
        let clock = || match given {
            Some(now) => Ok(now),
            None => tx.load(&DATABASE_CLOCK, &[], |row| row.take()),
        };
        let due: Option<TaskId> = tx.one(&ANY_DUE, &[&clock()?], |row| row.take())?;
        if due.is_none() {
            return Ok(Vec::new());
        }
        let ready_sql = if tx.is_sqlite() {
            &READY
        } else {
            // Whoever claims waits here for the other claimers to commit, and
            // sees what they took: so a lane stays within its limit.
            tx.exec(&TAKE_TURN, &[&clock()?])?;
            &READY_POSTGRES
        };
        let now = clock()?;
        let ready: Vec<(TaskId, String)> =
            tx.many(ready_sql, &[&now, &LANE_LIMIT, &WINDOW], |row| {
                Ok((row.take()?, row.take()?))
            })?;
        let mut running: HashMap<String, u32> = HashMap::new();
        for lane in tx.many(&RUNNING, &[&now], |row| row.take())? {
            *running.entry(lane).or_default() += 1;
        }
        let until = now.plus_seconds(lease_seconds);
        let mut claimed = Vec::new();
        for (id, lane) in ready {
            if claimed.len() >= most {
                break;
            }
            let in_lane = running.entry(lane).or_default();
            if *in_lane >= LANE_LIMIT {
                continue;
            }
            *in_lane += 1;
            claimed.push(tx.load(&LEASE, &[&id, &worker, &until], Task::read)?);
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

/// Makes a waiting or dead task due now, a dead one with fresh attempts; false
/// when none of the key waits.
///
/// # Errors
/// The database's.
pub fn hurry(tx: &Tx<'_>, unique_key: &str, now: Timestamp) -> Result<bool, Fail> {
    let found = tx.exec(&HURRY, &[&unique_key, &now])? > 0;
    if found {
        tx.note_enqueued();
    }
    Ok(found)
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
