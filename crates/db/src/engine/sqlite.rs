//! SQLite: one writer thread that commits what waits together (group commit),
//! and reader threads with a connection each.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use kernel::fail::{self, Fail};
use rusqlite::{Connection, OpenFlags};

use super::{Options, SqliteOptions};
use crate::Lane;
use crate::fault::{Moment, PowerSupply};
use crate::job::{Ran, ReadJob, WriteJob};
use crate::queue::Queue;
use crate::tx::{Conn, ReadTx, Tx, describe_sqlite};

/// Jobs of people that share one commit at most.
const BATCH: usize = 256;
/// Batches in a row that storage may fail before the server calls itself unready.
const STORAGE_FAILURES_TOLERATED: u32 = 3;
const STATEMENT_CACHE: usize = 1_024;
const WAL_LIMIT_BYTES: i64 = 64 * 1024 * 1024;

/// The embedded engine. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Engine(Arc<Shared>);

struct Shared {
    options: SqliteOptions,
    writes: Arc<Queue<Box<dyn WriteJob>>>,
    reads: Arc<Queue<Box<dyn ReadJob>>>,
    bulk: Arc<Queue<Box<dyn ReadJob>>>,
    health: Arc<Health>,
    threads: std::sync::Mutex<Vec<thread::JoinHandle<()>>>,
}

#[derive(Default)]
struct Health {
    ended: AtomicBool,
    storage_failures: AtomicU32,
}

impl Engine {
    pub(crate) fn open(sqlite: SqliteOptions, options: &Options) -> Result<Self, Fail> {
        let writes = Arc::new(Queue::new(options.queue_capacity));
        let reads = Arc::new(Queue::new(options.queue_capacity));
        let bulk = Arc::new(Queue::new(options.queue_capacity));
        let health = Arc::new(Health::default());
        let mut threads = Vec::new();

        let writer = Writer {
            conn: open_writer(&sqlite)?,
            queue: Arc::clone(&writes),
            health: Arc::clone(&health),
            power: options.power.clone(),
            budget_ms: options.budget_ms,
            hard_limit_ms: options.hard_limit_ms,
        };
        threads.push(spawn("db-writer", move || writer.run())?);
        for queue in std::iter::repeat_n(&reads, sqlite.readers.max(1)).chain([&bulk]) {
            let mut conn = open_reader(&sqlite.file)?;
            let (queue, hard_limit_ms) = (Arc::clone(queue), options.hard_limit_ms);
            threads.push(spawn("db-reader", move || {
                serve_reads(&mut conn, &queue, hard_limit_ms)
            })?);
        }
        let threads = std::sync::Mutex::new(threads);
        Ok(Self(Arc::new(Shared {
            options: sqlite,
            writes,
            reads,
            bulk,
            health,
            threads,
        })))
    }

    pub(crate) fn write(&self, lane: Lane, job: Box<dyn WriteJob>) -> Result<(), Fail> {
        self.0.writes.put(lane, job)
    }

    pub(crate) fn read(&self, bulk: bool, job: Box<dyn ReadJob>) -> Result<(), Fail> {
        let queue = if bulk { &self.0.bulk } else { &self.0.reads };
        queue.put(Lane::Interactive, job)
    }

    pub(crate) fn healthy(&self) -> bool {
        !self.0.health.ended.load(Ordering::Relaxed)
            && self.0.health.storage_failures.load(Ordering::Relaxed) < STORAGE_FAILURES_TOLERATED
    }

    /// Copies page by page, giving way to the writer between steps.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), Fail> {
        let source = open_reader(&self.0.options.file)?;
        let mut target = Connection::open(file).map_err(|e| describe_sqlite(e).1)?;
        // One step takes one snapshot: with several, every write in between
        // would start the copy again and a busy server would never finish it.
        let backup = rusqlite::backup::Backup::new(&source, &mut target)
            .map_err(|e| describe_sqlite(e).1)?;
        backup
            .run_to_completion(i32::MAX, std::time::Duration::ZERO, None)
            .map_err(|e| describe_sqlite(e).1)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.writes.close();
        self.reads.close();
        self.bulk.close();
        let threads = std::mem::take(
            self.threads
                .get_mut()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        );
        for thread in threads {
            // A database thread may itself hold the last handle; it can't wait for itself.
            if thread.thread().id() != thread::current().id() {
                let _ = thread.join();
            }
        }
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<thread::JoinHandle<()>, Fail> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map_err(Fail::bug)
}

/// Opens the connection that writes, with all pragmas set.
pub(crate) fn open_writer(options: &SqliteOptions) -> Result<Connection, Fail> {
    let open = || -> Result<Connection, rusqlite::Error> {
        let conn = Connection::open(&options.file)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "mmap_size", 0)?;
        conn.pragma_update(None, "cache_size", -32 * 1024)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.pragma_update(None, "journal_size_limit", WAL_LIMIT_BYTES)?;
        conn.pragma_update(None, "wal_autocheckpoint", 2_000)?;
        if options.max_pages > 0 {
            conn.pragma_update(None, "max_page_count", options.max_pages)?;
        }
        conn.busy_timeout(std::time::Duration::from_secs(10))?;
        conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        Ok(conn)
    };
    open().map_err(|error| describe_sqlite(error).1)
}

fn open_reader(file: &Path) -> Result<Connection, Fail> {
    let open = || -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(file, flags)?;
        conn.pragma_update(None, "mmap_size", 0)?;
        conn.pragma_update(None, "cache_size", -8 * 1024)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.busy_timeout(std::time::Duration::from_secs(10))?;
        conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        Ok(conn)
    };
    open().map_err(|error| describe_sqlite(error).1)
}

fn serve_reads(conn: &mut Connection, queue: &Queue<Box<dyn ReadJob>>, hard_limit_ms: u64) {
    while let Some(mut job) = queue.take_one() {
        let watch = kernel::Stopwatch::start();
        // One statement alone can't outlast the limit either.
        let _ = conn.progress_handler(
            10_000,
            Some(move || watch.elapsed_ms() > hard_limit_ms.saturating_mul(4)),
        );
        match command(conn, "begin") {
            Ok(()) => {
                job.run(&ReadTx::new(Conn::Sqlite(conn), hard_limit_ms));
                let _ = command(conn, "rollback");
            }
            Err(error) => job.fail(describe_sqlite(error).1),
        }
        job.answer();
    }
}

fn command(conn: &Connection, text: &str) -> Result<(), rusqlite::Error> {
    conn.prepare_cached(text)?.raw_execute().map(|_| ())
}

struct Writer {
    conn: Connection,
    queue: Arc<Queue<Box<dyn WriteJob>>>,
    health: Arc<Health>,
    power: PowerSupply,
    budget_ms: u64,
    hard_limit_ms: u64,
}

/// How a batch ended.
enum Ended {
    /// Committed; the answers stand.
    Committed,
    /// Nothing of it counts; the jobs must run again, each alone.
    Lost(Fail),
    /// The power failed; nobody is answered.
    Dead,
}

impl Writer {
    fn run(self) {
        while let Some(mut batch) = self.queue.take(BATCH) {
            metrics::histogram!("db_batch_jobs")
                .record(f64::from(u32::try_from(batch.len()).unwrap_or(u32::MAX)));
            match self.commit_together(&mut batch) {
                Ended::Committed => {
                    self.health.storage_failures.store(0, Ordering::Relaxed);
                    batch.into_iter().for_each(WriteJob::answer);
                }
                Ended::Lost(_) => {
                    if !self.commit_each_alone(batch) {
                        break;
                    }
                }
                Ended::Dead => break,
            }
        }
        self.health.ended.store(true, Ordering::Relaxed);
        self.queue.abandon();
    }

    fn commit_together(&self, batch: &mut [Box<dyn WriteJob>]) -> Ended {
        if let Err(error) = command(&self.conn, "begin immediate") {
            return Ended::Lost(describe_sqlite(error).1);
        }
        for job in batch.iter_mut() {
            if let Err(lost) = self.run_in_savepoint(job.as_mut()) {
                return self.abandon(lost);
            }
        }
        if self.power.fails_at(Moment::BeforeCommit) {
            let _ = command(&self.conn, "rollback");
            return Ended::Dead;
        }
        if let Err(error) = command(&self.conn, "commit") {
            return self.abandon(describe_sqlite(error).1);
        }
        if self.power.fails_at(Moment::AfterCommit) {
            Ended::Dead
        } else {
            Ended::Committed
        }
    }

    /// Runs one job; `Err` when the whole transaction is gone with it.
    fn run_in_savepoint(&self, job: &mut dyn WriteJob) -> Result<(), Fail> {
        let storage = |error| describe_sqlite(error).1;
        command(&self.conn, "savepoint job").map_err(storage)?;
        let tx = Tx::new(Conn::Sqlite(&self.conn), self.hard_limit_ms);
        let ran = job.run(&tx);
        let elapsed_ms = tx.elapsed_ms();
        if elapsed_ms > self.budget_ms {
            tracing::warn!(elapsed_ms, "a database closure was over its budget");
        }
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
        command(&self.conn, "release job").map_err(storage)
    }

    fn abandon(&self, cause: Fail) -> Ended {
        if !self.conn.is_autocommit() {
            let _ = command(&self.conn, "rollback");
        }
        tracing::error!(cause = %cause, "a batch of writes was lost; each runs again alone");
        Ended::Lost(cause)
    }

    /// After a lost batch. False when the power failed meanwhile.
    fn commit_each_alone(&self, batch: Vec<Box<dyn WriteJob>>) -> bool {
        for mut job in batch {
            match self.commit_together(std::slice::from_mut(&mut job)) {
                Ended::Committed => {
                    self.health.storage_failures.store(0, Ordering::Relaxed);
                }
                Ended::Lost(cause) => {
                    self.health.storage_failures.fetch_add(1, Ordering::Relaxed);
                    metrics::counter!("db_storage_failures_total").increment(1);
                    job.fail(cause);
                }
                Ended::Dead => return false,
            }
            job.answer();
        }
        true
    }
}
