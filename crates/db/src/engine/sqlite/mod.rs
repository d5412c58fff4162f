//! SQLite: one writer thread that commits what waits together (group commit),
//! and reader threads with a connection each.

mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use kernel::Stopwatch;
use kernel::fail::Fail;
use rusqlite::{Connection, OpenFlags};

use super::{Options, SqliteOptions, over_budget, spawn};
use crate::Lane;
use crate::errors::describe_sqlite;
use crate::job::{ReadJob, WriteJob};
use crate::queue::Queue;
use crate::tx::{Conn, ReadTx};
use writer::Writer;

/// Batches in a row that storage may fail before the server calls itself unready.
const STORAGE_FAILURES_TOLERATED: u32 = 3;
const STATEMENT_CACHE: usize = 1_024;
/// What stays of the write-ahead log after it starts again from its beginning.
const LOG_LIMIT_BYTES: i64 = 64 * 1024 * 1024;
/// How long a connection waits for a lock of another process.
const PATIENCE: Duration = Duration::from_secs(10);

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

        let writer = Writer::new(&sqlite, options, Arc::clone(&writes), Arc::clone(&health))?;
        threads.push(spawn("db-writer", move || writer.run())?);
        for queue in std::iter::repeat_n(&reads, sqlite.readers.max(1)).chain([&bulk]) {
            let mut reader = Reader {
                conn: open_reader(&sqlite.file)?,
                health: Arc::clone(&health),
                budget_ms: options.budget_ms,
                hard_limit_ms: options.hard_limit_ms,
            };
            let queue = Arc::clone(queue);
            threads.push(spawn("db-reader", move || reader.serve(&queue))?);
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

    /// Copies one snapshot, while the writer goes on. The log can't be cut
    /// meanwhile and grows by what is written.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), Fail> {
        let source = open_reader(&self.0.options.file)?;
        let mut target = Connection::open(file).map_err(|e| describe_sqlite(e).1)?;
        // One step takes one snapshot: with several, every write in between
        // would start the copy again and a busy server would never finish it.
        let backup = rusqlite::backup::Backup::new(&source, &mut target)
            .map_err(|e| describe_sqlite(e).1)?;
        backup
            .run_to_completion(i32::MAX, Duration::from_millis(10), None)
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

/// Opens the connection that writes, with all pragmas set.
pub(crate) fn open_writer(options: &SqliteOptions) -> Result<Connection, Fail> {
    let open = || -> Result<Connection, rusqlite::Error> {
        let conn = Connection::open(&options.file)?;
        conn.busy_timeout(PATIENCE)?;
        enter_log_mode(&conn)?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "mmap_size", 0)?;
        conn.pragma_update(None, "cache_size", -32 * 1024)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.pragma_update(None, "journal_size_limit", LOG_LIMIT_BYTES)?;
        if options.max_pages > 0 {
            conn.pragma_update(None, "max_page_count", options.max_pages)?;
        }
        conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        Ok(conn)
    };
    open().map_err(|error| describe_sqlite(error).1)
}

/// Switches to the write-ahead log. For this alone SQLite doesn't wait for
/// another process that does the same, so we do.
fn enter_log_mode(conn: &Connection) -> Result<(), rusqlite::Error> {
    let watch = Stopwatch::start();
    loop {
        let mode = conn
            .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode {
            Ok(mode) if mode == "wal" => return Ok(()),
            // The file system can't share memory between processes.
            Ok(_) => {
                let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN);
                let advice = "the database's folder must be on a local disk".to_owned();
                return Err(rusqlite::Error::SqliteFailure(code, Some(advice)));
            }
            Err(error) if is_busy(&error) && watch.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(5));
            }
            Err(error) => return Err(error),
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)
}

/// Opens a connection that only reads; the file must exist.
pub(crate) fn open_reader(file: &Path) -> Result<Connection, Fail> {
    let open = || -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(file, flags)?;
        conn.busy_timeout(PATIENCE)?;
        conn.pragma_update(None, "mmap_size", 0)?;
        conn.pragma_update(None, "cache_size", -8 * 1024)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        Ok(conn)
    };
    open().map_err(|error| describe_sqlite(error).1)
}

fn command(conn: &Connection, text: &str) -> Result<(), rusqlite::Error> {
    conn.prepare_cached(text)?.raw_execute().map(|_| ())
}

struct Reader {
    conn: Connection,
    health: Arc<Health>,
    budget_ms: u64,
    hard_limit_ms: u64,
}

impl Reader {
    fn serve(&mut self, queue: &Queue<Box<dyn ReadJob>>) {
        while let Some(mut job) = queue.take_one() {
            if job.unwanted() {
                continue;
            }
            self.read(job.as_mut());
            job.answer();
        }
    }

    fn read(&mut self, job: &mut dyn ReadJob) {
        let watch = Stopwatch::start();
        let limit_ms = self.hard_limit_ms.saturating_mul(4);
        // One statement alone can't outlast the limit either.
        let _ = self
            .conn
            .progress_handler(10_000, Some(move || watch.elapsed_ms() > limit_ms));
        if let Err(error) = command(&self.conn, "begin") {
            job.fail(describe_sqlite(error).1);
            return;
        }
        job.run(&ReadTx::new(Conn::Sqlite(&self.conn), self.hard_limit_ms));
        let _ = command(&self.conn, "rollback");
        over_budget(job.name(), watch.elapsed_ms(), self.budget_ms);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if thread::panicking() {
            self.health.ended.store(true, Ordering::Relaxed);
        }
    }
}
