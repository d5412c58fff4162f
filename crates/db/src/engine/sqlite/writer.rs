//! The one thread that writes: it takes what waits, runs each closure in a
//! savepoint, commits once, answers them all, and then tends the log.
//!
//! Invariants: nobody is answered before the commit returned; a closure that
//! fails takes nothing but its own work back; when the transaction itself is
//! gone, nothing of the batch counts and each closure runs again alone.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use kernel::Stopwatch;
use kernel::fail::{self, Fail};
use rusqlite::Connection;
use rusqlite::wal::CheckpointMode;

use super::{Health, PATIENCE, command, open_writer};
use crate::engine::{Options, SqliteOptions, over_budget};
use crate::errors::{Poison, describe_sqlite, sqlite_commit_is_doubtful};
use crate::fault::{Moment, PowerSupply};
use crate::job::{Ran, WriteJob};
use crate::queue::Queue;
use crate::tx::{Conn, Tx};

/// Jobs of people that share one commit at most.
const BATCH: usize = 256;
/// Once a batch has run for so long, it is committed and the others wait for
/// the next one, in milliseconds.
const BATCH_MS: u64 = 50;
/// Pages in the log after which they are moved into the database: 8 MiB.
const CHECKPOINT_PAGES: u32 = 2_000;
/// Pages in the log after which readers are waited for, so that it can start
/// again from its beginning: 64 MiB.
const FULL_LOG_PAGES: u32 = 16_000;
/// How long the writer waits for them, at most once per [`LOG_PAUSE_MS`].
const LOG_PATIENCE: Duration = Duration::from_millis(50);
/// Time after which a log that couldn't be emptied is tried again, in milliseconds.
const LOG_PAUSE_MS: u64 = 1_000;

pub(super) struct Writer {
    conn: Connection,
    queue: Arc<Queue<Box<dyn WriteJob>>>,
    health: Arc<Health>,
    log: Log,
    power: PowerSupply,
    budget_ms: u64,
    hard_limit_ms: u64,
}

/// What is known about the write-ahead log.
struct Log {
    /// Pages in it, told by the engine at each commit that wrote; 0 before the first.
    told: Arc<AtomicU32>,
    /// Pages in it that may not be in the database yet.
    pages: Cell<u32>,
    /// Pages at the last attempt to empty it, and when that was.
    tried: Cell<Option<(u32, Stopwatch)>>,
}

/// How a batch ended.
enum Ended {
    /// So many of the jobs are committed, the first ones; their answers stand.
    Committed(usize),
    /// Nothing of it counts; the jobs must run again, each alone.
    Lost(Loss),
    /// No transaction began; no job ran.
    NotBegun(Fail),
    /// The power failed; nobody is answered.
    Dead,
}

struct Loss {
    cause: Fail,
    /// After a crash the lost commit may be found done.
    doubtful: bool,
}

impl From<Fail> for Loss {
    fn from(cause: Fail) -> Self {
        Self {
            cause,
            doubtful: false,
        }
    }
}

impl Writer {
    pub(super) fn new(
        sqlite: &SqliteOptions,
        options: &Options,
        queue: Arc<Queue<Box<dyn WriteJob>>>,
        health: Arc<Health>,
    ) -> Result<Self, Fail> {
        let mut conn = open_writer(sqlite)?;
        let told = Arc::new(AtomicU32::new(0));
        let heard = Arc::clone(&told);
        // Takes the place of the automatic checkpoint, which would run inside
        // of the commit, while people wait.
        conn.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages: i32| {
            heard.store(u32::try_from(pages).unwrap_or(0), Ordering::Relaxed);
            Ok(())
        }))
        .map_err(|error| describe_sqlite(error).1)?;
        Ok(Self {
            conn,
            queue,
            health,
            log: Log {
                told,
                pages: Cell::new(0),
                tried: Cell::new(None),
            },
            power: options.power.clone(),
            budget_ms: options.budget_ms,
            hard_limit_ms: options.hard_limit_ms,
        })
    }

    pub(super) fn run(self) {
        while let Some(mut batch) = self.queue.take(BATCH) {
            metrics::histogram!("db_batch_jobs")
                .record(f64::from(u32::try_from(batch.len()).unwrap_or(u32::MAX)));
            while !batch.is_empty() {
                match self.serve(batch) {
                    Some(rest) => batch = rest,
                    None => return,
                }
            }
            self.tend_log();
        }
    }

    /// Serves a batch; what is left of it, or `None` when the power failed.
    fn serve(&self, mut batch: Vec<Box<dyn WriteJob>>) -> Option<Vec<Box<dyn WriteJob>>> {
        match self.commit_together(&mut batch) {
            Ended::Committed(jobs) => {
                let rest = batch.split_off(jobs.min(batch.len()));
                batch.into_iter().for_each(WriteJob::answer);
                Some(rest)
            }
            Ended::NotBegun(cause) => {
                self.storage_failed();
                for mut job in batch {
                    job.fail(Fail::new(cause.code()).caused_by(cause.to_string()));
                    job.answer();
                }
                Some(Vec::new())
            }
            Ended::Lost(loss) => {
                tracing::error!(cause = %loss.cause, "a batch of writes was lost; each runs again alone");
                self.commit_each_alone(batch, loss.doubtful).then(Vec::new)
            }
            Ended::Dead => None,
        }
    }

    fn commit_together(&self, batch: &mut [Box<dyn WriteJob>]) -> Ended {
        let watch = Stopwatch::start();
        if let Err(error) = command(&self.conn, "begin immediate") {
            return Ended::NotBegun(describe_sqlite(error).1);
        }
        let mut jobs = 0;
        let mut storage_refused = false;
        for job in batch.iter_mut() {
            match self.run_in_savepoint(job.as_mut()) {
                Ok(poison) => storage_refused |= poison == Some(Poison::Storage),
                Err(cause) => return self.lose(cause.into()),
            }
            jobs += 1;
            if watch.elapsed_ms() > BATCH_MS {
                break;
            }
        }
        if self.power.fails_at(Moment::BeforeCommit) {
            let _ = command(&self.conn, "rollback");
            return Ended::Dead;
        }
        self.log.told.store(0, Ordering::Relaxed);
        if let Err(error) = command(&self.conn, "commit") {
            let doubtful = sqlite_commit_is_doubtful(&error);
            let (_, cause) = describe_sqlite(error);
            return self.lose(Loss { cause, doubtful });
        }
        if self.power.fails_at(Moment::AfterCommit) {
            return Ended::Dead;
        }
        self.note_commit(storage_refused);
        Ended::Committed(jobs)
    }

    /// Runs one job; `Err` when the whole transaction is gone with it.
    fn run_in_savepoint(&self, job: &mut dyn WriteJob) -> Result<Option<Poison>, Fail> {
        let storage = |error| describe_sqlite(error).1;
        command(&self.conn, "savepoint job").map_err(storage)?;
        let tx = Tx::new(Conn::Sqlite(&self.conn), self.hard_limit_ms);
        let ran = job.run(&tx);
        let (poison, elapsed_ms) = (tx.poison(), tx.elapsed_ms());
        over_budget(job.name(), elapsed_ms, self.budget_ms);
        // Disk full, I/O errors and lack of memory end the whole transaction,
        // savepoints included, so ask instead of trusting.
        if self.conn.is_autocommit() {
            return Err(
                Fail::new(fail::STORAGE_FAILED).caused_by("the database ended the transaction")
            );
        }
        if ran == Ran::Discard {
            command(&self.conn, "rollback to job").map_err(storage)?;
        }
        command(&self.conn, "release job").map_err(storage)?;
        Ok(poison)
    }

    fn lose(&self, loss: Loss) -> Ended {
        if !self.conn.is_autocommit() {
            let _ = command(&self.conn, "rollback");
        }
        Ended::Lost(loss)
    }

    /// After a lost batch. False when the power failed meanwhile.
    fn commit_each_alone(&self, batch: Vec<Box<dyn WriteJob>>, doubtful: bool) -> bool {
        for mut job in batch {
            match self.commit_together(std::slice::from_mut(&mut job)) {
                Ended::Committed(_) => {}
                Ended::Lost(loss) => {
                    self.storage_failed();
                    job.fail(told(loss.cause, doubtful || loss.doubtful));
                }
                Ended::NotBegun(cause) => {
                    self.storage_failed();
                    job.fail(told(cause, doubtful));
                }
                Ended::Dead => return false,
            }
            job.answer();
        }
        true
    }

    /// Only a commit that wrote proves that storing works.
    fn note_commit(&self, storage_refused: bool) {
        let pages = self.log.told.load(Ordering::Relaxed);
        if pages > 0 {
            self.log.pages.set(pages);
        }
        if storage_refused {
            self.storage_failed();
        } else if pages > 0 {
            self.health.storage_failures.store(0, Ordering::Relaxed);
        }
    }

    fn storage_failed(&self) {
        self.health.storage_failures.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("db_storage_failures_total").increment(1);
    }

    /// Moves the log into the database, after the callers were answered. What a
    /// long reader still needs stays, and is tried again later.
    fn tend_log(&self) {
        let pages = self.log.pages.get();
        if pages < CHECKPOINT_PAGES {
            return;
        }
        let too_soon = self.log.tried.get().is_some_and(|(before, watch)| {
            pages < before.saturating_add(CHECKPOINT_PAGES) && watch.elapsed_ms() < LOG_PAUSE_MS
        });
        if too_soon {
            return;
        }
        let emptied = if pages < FULL_LOG_PAGES {
            self.checkpoint(CheckpointMode::PASSIVE)
        } else {
            self.cut_log()
        };
        if emptied {
            self.log.pages.set(0);
            self.log.tried.set(None);
        } else {
            self.log.tried.set(Some((pages, Stopwatch::start())));
        }
    }

    /// Empties the log and gives its room back, if no reader stands in the way.
    fn cut_log(&self) -> bool {
        let _ = self.conn.busy_timeout(LOG_PATIENCE);
        let emptied = self.checkpoint(CheckpointMode::TRUNCATE);
        let _ = self.conn.busy_timeout(PATIENCE);
        emptied
    }

    /// Whether all of the log is in the database now.
    fn checkpoint(&self, mode: CheckpointMode) -> bool {
        match self.conn.wal_checkpoint_v2(rusqlite::DEFAULT_NAME, mode) {
            Ok((pages, moved)) => pages == moved,
            Err(error) => {
                tracing::debug!(%error, "the log couldn't be emptied now");
                false
            }
        }
    }
}

/// A lost job's answer: nothing was changed, or nobody knows.
fn told(cause: Fail, doubtful: bool) -> Fail {
    if doubtful {
        Fail::new(fail::OUTCOME_UNKNOWN).caused_by(cause)
    } else {
        cause
    }
}

impl Drop for Writer {
    /// However the thread ends, nobody waits for it in vain.
    fn drop(&mut self) {
        self.health.ended.store(true, Ordering::Relaxed);
        for mut job in self.queue.abandon() {
            job.fail(Fail::new(fail::BUSY).caused_by("the database writer has ended"));
            job.answer();
        }
    }
}
