//! PostgreSQL: threads of our own, a connection each, SERIALIZABLE, with
//! retries when the server asks for them.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use kernel::Stopwatch;
use kernel::fail::{self, Fail};
use postgres::{Client, Config, IsolationLevel, NoTls};

use super::{Options, PostgresOptions, over_budget, spawn};
use crate::Lane;
use crate::errors::{Poison, describe_postgres, describe_postgres_commit, postgres_cause};
use crate::fault::{Moment, PowerSupply};
use crate::job::{Isolation, Ran, ReadJob, WriteJob};
use crate::queue::Queue;
use crate::tx::{Conn, Prepared, ReadTx, Tx};

/// Attempts at a closure before its caller hears "busy".
const ATTEMPTS: u32 = 10;
/// Time for all attempts, in milliseconds.
const PATIENCE_MS: u64 = 2_000;
/// Connections, or writes, in a row that may fail before the server calls
/// itself unready.
const FAILURES_TOLERATED: u32 = 3;
/// How long a connection may take to be made, and how long the network may be
/// silent before it counts as lost, unless the connection string says otherwise.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
const SILENCE: Duration = Duration::from_secs(30);

pub(crate) struct Engine {
    writes: Arc<Queue<Box<dyn WriteJob>>>,
    reads: Arc<Queue<Box<dyn ReadJob>>>,
    bulk: Arc<Queue<Box<dyn ReadJob>>>,
    health: Arc<Health>,
    threads: Vec<thread::JoinHandle<()>>,
}

#[derive(Default)]
struct Health {
    /// A thread died, or the power failed: nothing is committed from then on.
    ended: AtomicBool,
    /// Connections that couldn't be made, since one could.
    unreachable: AtomicU32,
    /// Writes that the server couldn't store, since it stored one.
    storage_failures: AtomicU32,
}

impl Health {
    fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }
    fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
    fn storage_failed(&self) {
        self.storage_failures.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("db_storage_failures_total").increment(1);
    }
    fn is_good(&self) -> bool {
        let few = |count: &AtomicU32| count.load(Ordering::Relaxed) < FAILURES_TOLERATED;
        !self.has_ended() && few(&self.unreachable) && few(&self.storage_failures)
    }
}

impl Engine {
    pub(crate) fn open(server: PostgresOptions, options: &Options) -> Result<Self, Fail> {
        let writes = Arc::new(Queue::new(options.queue_capacity));
        let reads = Arc::new(Queue::new(options.queue_capacity));
        let bulk = Arc::new(Queue::new(options.queue_capacity));
        let health = Arc::new(Health::default());
        let mut threads = Vec::new();
        let worker = || -> Result<Worker, Fail> {
            Ok(Worker {
                link: Link::open(server.clone(), options.hard_limit_ms)?,
                health: Arc::clone(&health),
                power: options.power.clone(),
                budget_ms: options.budget_ms,
                hard_limit_ms: options.hard_limit_ms,
            })
        };
        for _ in 0..server.connections.max(1) {
            let (mut writer, queue) = (worker()?, Arc::clone(&writes));
            threads.push(spawn("db-writer", move || writer.serve_writes(&queue))?);
        }
        for queue in std::iter::repeat_n(&reads, server.connections.max(1)).chain([&bulk]) {
            let (mut reader, queue) = (worker()?, Arc::clone(queue));
            threads.push(spawn("db-reader", move || reader.serve_reads(&queue))?);
        }
        Ok(Self {
            writes,
            reads,
            bulk,
            health,
            threads,
        })
    }

    pub(crate) fn write(&self, lane: Lane, job: Box<dyn WriteJob>) -> Result<(), Fail> {
        self.writes.put(lane, job)
    }

    pub(crate) fn read(&self, bulk: bool, job: Box<dyn ReadJob>) -> Result<(), Fail> {
        let queue = if bulk { &self.bulk } else { &self.reads };
        queue.put(Lane::Interactive, job)
    }

    pub(crate) fn healthy(&self) -> bool {
        self.health.is_good()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.writes.close();
        self.reads.close();
        self.bulk.close();
        for thread in self.threads.drain(..) {
            if thread.thread().id() != thread::current().id() {
                let _ = thread.join();
            }
        }
    }
}

/// Runs what uses the synchronous client, which brings a runtime of its own and
/// refuses to work inside of another.
pub(crate) fn outside_runtime<T: Send>(
    work: impl FnOnce() -> Result<T, Fail> + Send,
) -> Result<T, Fail> {
    thread::scope(|scope| {
        scope
            .spawn(work)
            .join()
            .unwrap_or_else(|_| Err(Fail::bug("a database thread panicked")))
    })
}

/// Opens one connection, with TLS when an authority is given.
pub(crate) fn connect(server: &PostgresOptions) -> Result<Client, Fail> {
    let unreachable =
        |error: postgres::Error| Fail::new(fail::BUSY).caused_by(postgres_cause(&error));
    let mut config: Config = server.url.parse().map_err(unreachable)?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_PATIENCE);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE).keepalives_idle(SILENCE);
    }
    match &server.ca_file {
        None => config.connect(NoTls).map_err(unreachable),
        Some(file) => config.connect(tls(file)?).map_err(unreachable),
    }
}

fn tls(ca_file: &Path) -> Result<tokio_postgres_rustls::MakeRustlsConnect, Fail> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(ca_file).map_err(Fail::bug)? {
        roots
            .add(certificate.map_err(Fail::bug)?)
            .map_err(Fail::bug)?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Fail::bug)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_postgres_rustls::MakeRustlsConnect::new(config))
}

struct Link {
    server: PostgresOptions,
    statement_limit_ms: u64,
    client: Client,
    prepared: RefCell<Prepared>,
}

impl Link {
    fn open(server: PostgresOptions, hard_limit_ms: u64) -> Result<Self, Fail> {
        // One statement alone can't outlast the limit of a closure by much.
        let statement_limit_ms = hard_limit_ms.saturating_mul(4);
        Ok(Self {
            client: outside_runtime(|| connect_session(&server, statement_limit_ms))?,
            server,
            statement_limit_ms,
            prepared: RefCell::new(Prepared::new()),
        })
    }

    /// Makes sure that there is a connection.
    fn heal(&mut self) -> Result<(), Fail> {
        if self.client.is_closed() {
            self.client = connect_session(&self.server, self.statement_limit_ms)?;
            self.prepared.borrow_mut().clear();
        }
        Ok(())
    }
}

fn connect_session(server: &PostgresOptions, statement_limit_ms: u64) -> Result<Client, Fail> {
    let mut client = connect(server)?;
    client
        .batch_execute(&format!("set statement_timeout = {statement_limit_ms}"))
        .map_err(|error| describe_postgres(&error).1)?;
    Ok(client)
}

struct Worker {
    link: Link,
    health: Arc<Health>,
    power: PowerSupply,
    budget_ms: u64,
    hard_limit_ms: u64,
}

/// How one attempt ended.
enum Attempt {
    Done,
    Again(Fail),
    Failed(Fail),
    Dead,
}

impl Worker {
    fn serve_writes(&mut self, queue: &Queue<Box<dyn WriteJob>>) {
        while let Some(mut job) = queue.take_one() {
            if !self.write(job.as_mut()) {
                self.health.end();
                for mut waiting in queue.abandon() {
                    waiting.fail(Fail::new(fail::BUSY).caused_by("the database writer has ended"));
                    waiting.answer();
                }
                return;
            }
            job.answer();
        }
    }

    /// Runs a job until it is committed or given up. False when the power failed.
    fn write(&mut self, job: &mut dyn WriteJob) -> bool {
        let watch = Stopwatch::start();
        for attempt in 1..=ATTEMPTS {
            match self.attempt(job) {
                Attempt::Done => return true,
                Attempt::Failed(fail) => {
                    job.fail(fail);
                    return true;
                }
                Attempt::Dead => return false,
                Attempt::Again(fail) => {
                    metrics::counter!("db_retries_total").increment(1);
                    if attempt == ATTEMPTS || watch.elapsed_ms() > PATIENCE_MS {
                        job.fail(fail);
                        return true;
                    }
                    let wait_ms = kernel::random::below(u64::from(attempt) * 10);
                    thread::sleep(Duration::from_millis(wait_ms));
                }
            }
        }
        true
    }

    fn heal(&mut self) -> Result<(), Fail> {
        let healed = self.link.heal();
        match &healed {
            Ok(()) => self.health.unreachable.store(0, Ordering::Relaxed),
            Err(_) => {
                self.health.unreachable.fetch_add(1, Ordering::Relaxed);
            }
        }
        healed
    }

    fn attempt(&mut self, job: &mut dyn WriteJob) -> Attempt {
        if let Err(fail) = self.heal() {
            return Attempt::Again(fail);
        }
        let Link {
            client, prepared, ..
        } = &mut self.link;
        let begun = client
            .build_transaction()
            .isolation_level(match job.isolation() {
                Isolation::Serializable => IsolationLevel::Serializable,
                Isolation::ReadCommitted => IsolationLevel::ReadCommitted,
            })
            .start();
        let transaction = match begun {
            Ok(transaction) => transaction,
            Err(error) => return Attempt::Again(describe_postgres(&error).1),
        };
        let tx = Tx::new(
            Conn::Postgres {
                tx: RefCell::new(transaction),
                prepared,
            },
            self.hard_limit_ms,
        );
        let ran = job.run(&tx);
        let (poison, wrote, elapsed_ms) = (tx.poison(), tx.has_written(), tx.elapsed_ms());
        over_budget(job.name(), elapsed_ms, self.budget_ms);
        let Some(transaction) = tx.into_postgres() else {
            return Attempt::Failed(Fail::bug("a transaction changed its engine"));
        };
        if poison == Some(Poison::Storage) {
            self.health.storage_failed();
        }
        if ran == Ran::Discard {
            let rolled_back = transaction.rollback();
            return match poison {
                Some(Poison::Retry | Poison::Connection) => Attempt::Again(Fail::new(fail::BUSY)),
                // Nothing was decided on a connection that is gone by now; what
                // the closure answered may rest on it.
                None if rolled_back.is_err() => Attempt::Again(Fail::new(fail::BUSY)),
                _ => Attempt::Done,
            };
        }
        if self.health.has_ended() || self.power.fails_at(Moment::BeforeCommit) {
            self.health.end();
            let _ = transaction.rollback();
            return Attempt::Dead;
        }
        match transaction.commit() {
            Ok(()) if self.power.fails_at(Moment::AfterCommit) => Attempt::Dead,
            Ok(()) => {
                // A commit that wrote nothing proves nothing.
                if wrote {
                    self.health.storage_failures.store(0, Ordering::Relaxed);
                }
                Attempt::Done
            }
            Err(error) => match describe_postgres_commit(&error) {
                (Poison::Retry, fail) => Attempt::Again(fail),
                (poison, fail) => {
                    if poison == Poison::Storage {
                        self.health.storage_failed();
                    }
                    Attempt::Failed(fail)
                }
            },
        }
    }

    fn serve_reads(&mut self, queue: &Queue<Box<dyn ReadJob>>) {
        while let Some(mut job) = queue.take_one() {
            if job.unwanted() {
                continue;
            }
            // A lost connection is noticed by the first statement; one more try
            // on a new one is enough for a closure that only reads.
            for _ in 0..2 {
                match self.read(job.as_mut()) {
                    Ok(None | Some(Poison::Other)) => break,
                    Ok(Some(Poison::Retry | Poison::Connection | Poison::Storage)) => {}
                    Err(fail) => job.fail(fail),
                }
            }
            job.answer();
        }
    }

    fn read(&mut self, job: &mut dyn ReadJob) -> Result<Option<Poison>, Fail> {
        self.heal()?;
        let Link {
            client, prepared, ..
        } = &mut self.link;
        let transaction = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .map_err(|error| describe_postgres(&error).1)?;
        let tx = ReadTx::new(
            Conn::Postgres {
                tx: RefCell::new(transaction),
                prepared,
            },
            self.hard_limit_ms,
        );
        job.run(&tx);
        over_budget(job.name(), tx.elapsed_ms(), self.budget_ms);
        Ok(tx.poison())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if thread::panicking() {
            self.health.end();
        }
    }
}
