//! The store. One small interface, [`Db`], over an embedded SQLite file and
//! over PostgreSQL; everything that differs between them lives in this crate.
//!
//! Invariants:
//! - closures are synchronous, so no network call can stand in a transaction;
//! - closures may run more than once, so their only effects go through `tx`;
//! - both engines are serialisable: check-then-write is right on both;
//! - nobody is answered before the commit returned.

pub mod audit;
mod engine;
mod errors;
pub mod fault;
pub mod history;
pub mod idempotency;
mod job;
pub mod migrate;
mod param;
mod queue;
mod row;
mod sql;
mod statements;
pub mod task;
pub mod timer;
mod tx;

use std::sync::Arc;

use kernel::clock::NeverBack;
use kernel::fail::{self, Fail};
use kernel::{Clock, Timestamp};

use job::Isolation;

pub use engine::{Options, PostgresOptions, SqliteOptions, Target};
pub use errors::{ALREADY_EXISTS, TOOK_TOO_LONG, unique_violation};
pub use row::Row;
#[doc(hidden)]
pub use sql::Listed as __Listed;
pub use sql::{Sql, all_statements};
pub use statements::{Unprepared, prepare_all};
pub use tx::{ReadTx, Tx};

#[doc(hidden)]
pub use inventory as __inventory;

/// Which queue a write waits in: people before housekeeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// A person or a seller's server waits for it.
    Interactive,
    /// Tasks, timers, sweeps: at most one per batch.
    Background,
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    engine: engine::Engine,
    steady: NeverBack,
    lease_by_database: bool,
    wake: tokio::sync::Notify,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0.engine {
            engine::Engine::Sqlite(_) => "Db(sqlite)",
            engine::Engine::Postgres(_) => "Db(postgres)",
        })
    }
}

impl Db {
    /// Opens the database, from inside of an asynchronous program or outside; it
    /// blocks until the connections stand. The schema must be the one that this program knows:
    /// call [`migrate::migrate`] before, or let [`migrate::check`] refuse.
    ///
    /// # Errors
    /// When it can't be opened; the cause says why.
    pub fn open(options: Options, clock: Clock) -> Result<Self, Fail> {
        let lease_by_database =
            matches!(options.target, Target::Postgres(_)) && !options.lease_by_given_clock;
        let engine = engine::Engine::open(options)?;
        Ok(Self(Arc::new(Inner {
            engine,
            steady: NeverBack::new(clock),
            lease_by_database,
            wake: tokio::sync::Notify::new(),
        })))
    }

    /// Runs a closure in a transaction that may write; a person waits for it.
    ///
    /// The closure may run more than once. An `Err` rolls it back.
    ///
    /// # Errors
    /// The closure's own, or why the database couldn't commit.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&Tx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        self.write_in(Lane::Interactive, work).await
    }

    /// As [`Db::write`], in a lane of choice.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_in<T, F>(&self, lane: Lane, work: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&Tx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        self.write_apart(Isolation::Serializable, lane, work).await
    }

    /// As [`Db::write_in`], with a choice that only `db` may make.
    pub(crate) async fn write_apart<T, F>(
        &self,
        isolation: Isolation,
        lane: Lane,
        work: F,
    ) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&Tx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        let (job, answer) = job::writing(isolation, work);
        match &self.0.engine {
            engine::Engine::Sqlite(sqlite) => sqlite.write(lane, job)?,
            engine::Engine::Postgres(postgres) => postgres.write(lane, job)?,
        }
        // A thread that died with the job may have committed it.
        let done = answer
            .await
            .map_err(|_| Fail::new(fail::OUTCOME_UNKNOWN).caused_by(STOPPED))?;
        if done.enqueued {
            // Kept for a worker that isn't waiting right now.
            self.0.wake.notify_one();
        }
        done.result
    }

    /// Runs a closure that only reads, in one snapshot.
    ///
    /// # Errors
    /// The closure's own, or why the database couldn't answer.
    pub async fn read<T, F>(&self, work: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        self.read_from(false, work).await
    }

    /// As [`Db::read`], on a reader of its own, for exports and rebuilds that
    /// must not stand in the way of pages. Keep each call short; go in pages.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_bulk<T, F>(&self, work: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        self.read_from(true, work).await
    }

    async fn read_from<T, F>(&self, bulk: bool, work: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        let (job, answer) = job::reading(work);
        match &self.0.engine {
            engine::Engine::Sqlite(sqlite) => sqlite.read(bulk, job)?,
            engine::Engine::Postgres(postgres) => postgres.read(bulk, job)?,
        }
        let done = answer
            .await
            .map_err(|_| Fail::new(fail::BUSY).caused_by(STOPPED))?;
        done.result
    }

    /// Resolves when a committed write of this process enqueued a task, at once
    /// when one did since the last call. It may resolve for nothing; look, and
    /// poll beside it, since other processes enqueue too.
    pub async fn task_enqueued(&self) {
        self.0.wake.notified().await;
    }

    /// Whether the database takes writes: false after the writer ended or when
    /// storing failed several times in a row.
    #[must_use]
    pub fn healthy(&self) -> bool {
        match &self.0.engine {
            engine::Engine::Sqlite(sqlite) => sqlite.healthy(),
            engine::Engine::Postgres(postgres) => postgres.healthy(),
        }
    }

    /// Whether this is the embedded database.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        matches!(self.0.engine, engine::Engine::Sqlite(_))
    }

    /// Copies a consistent state of the embedded database to a new file while
    /// work goes on. PostgreSQL has tools of its own for this.
    ///
    /// # Errors
    /// When the copy can't be written, or the database isn't embedded.
    pub async fn copy_to(&self, file: std::path::PathBuf) -> Result<(), Fail> {
        match &self.0.engine {
            engine::Engine::Sqlite(sqlite) => {
                let source = sqlite.clone();
                tokio::task::spawn_blocking(move || source.copy_to(&file))
                    .await
                    .map_err(Fail::bug)?
            }
            engine::Engine::Postgres(_) => {
                Err(Fail::bug("only the embedded database is copied this way"))
            }
        }
    }

    /// The time that leases count by, when it isn't the database's own.
    fn lease_clock(&self) -> Option<Timestamp> {
        if self.0.lease_by_database {
            None
        } else {
            Some(self.0.steady.now())
        }
    }
}

const STOPPED: &str = "the database threads have stopped";
