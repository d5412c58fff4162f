//! PostgreSQL: threads of our own, a connection each, SERIALIZABLE, with
//! retries when the server asks for them.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use kernel::Stopwatch;
use kernel::fail::{self, Fail};
use postgres::{Client, IsolationLevel, NoTls};

use super::{Options, PostgresOptions};
use crate::Lane;
use crate::fault::{Moment, PowerSupply};
use crate::job::{Ran, ReadJob, WriteJob};
use crate::queue::Queue;
use crate::tx::{Conn, Poison, Prepared, ReadTx, Tx, describe_postgres};

/// Attempts at a closure before its caller hears "busy".
const ATTEMPTS: u32 = 10;
/// Time for all attempts, in milliseconds.
const PATIENCE_MS: u64 = 2_000;
/// Connections in a row that may fail before the server calls itself unready.
const FAILURES_TOLERATED: u32 = 3;

pub(crate) struct Engine {
    writes: Arc<Queue<Box<dyn WriteJob>>>,
    reads: Arc<Queue<Box<dyn ReadJob>>>,
    bulk: Arc<Queue<Box<dyn ReadJob>>>,
    failures: Arc<AtomicU32>,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Engine {
    pub(crate) fn open(server: PostgresOptions, options: &Options) -> Result<Self, Fail> {
        let writes = Arc::new(Queue::new(options.queue_capacity));
        let reads = Arc::new(Queue::new(options.queue_capacity));
        let bulk = Arc::new(Queue::new(options.queue_capacity));
        let failures = Arc::new(AtomicU32::new(0));
        let mut threads = Vec::new();
        let worker = || -> Result<Worker, Fail> {
            Ok(Worker {
                link: Link::open(server.clone())?,
                failures: Arc::clone(&failures),
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
            failures,
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
        self.failures.load(Ordering::Relaxed) < FAILURES_TOLERATED
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

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<thread::JoinHandle<()>, Fail> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map_err(Fail::bug)
}

/// Opens one connection, with TLS when an authority is given.
pub(crate) fn connect(server: &PostgresOptions) -> Result<Client, Fail> {
    let unreachable = |error: postgres::Error| Fail::new(fail::BUSY).caused_by(error);
    match &server.ca_file {
        None => Client::connect(&server.url, NoTls).map_err(unreachable),
        Some(file) => Client::connect(&server.url, tls(file)?).map_err(unreachable),
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
    client: Client,
    prepared: RefCell<Prepared>,
}

impl Link {
    fn open(server: PostgresOptions) -> Result<Self, Fail> {
        Ok(Self {
            client: connect(&server)?,
            server,
            prepared: RefCell::new(Prepared::new()),
        })
    }

    /// Makes sure that there is a connection.
    fn heal(&mut self) -> Result<(), Fail> {
        if self.client.is_closed() {
            self.client = connect(&self.server)?;
            self.prepared.borrow_mut().clear();
        }
        Ok(())
    }
}

struct Worker {
    link: Link,
    failures: Arc<AtomicU32>,
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
                queue.abandon();
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
                Attempt::Done => {
                    self.failures.store(0, Ordering::Relaxed);
                    return true;
                }
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

    fn attempt(&mut self, job: &mut dyn WriteJob) -> Attempt {
        if let Err(fail) = self.link.heal() {
            self.failures.fetch_add(1, Ordering::Relaxed);
            return Attempt::Again(fail);
        }
        let Link {
            client, prepared, ..
        } = &mut self.link;
        let begun = client
            .build_transaction()
            .isolation_level(IsolationLevel::Serializable)
            .start();
        let transaction = match begun {
            Ok(transaction) => transaction,
            Err(error) => return Attempt::Again(describe_postgres(error).1),
        };
        let tx = Tx::new(
            Conn::Postgres {
                tx: RefCell::new(transaction),
                prepared,
            },
            self.hard_limit_ms,
        );
        let ran = job.run(&tx);
        let (poison, elapsed_ms) = (tx.poison(), tx.elapsed_ms());
        if elapsed_ms > self.budget_ms {
            tracing::warn!(elapsed_ms, "a database closure was over its budget");
        }
        let Some(transaction) = tx.into_postgres() else {
            return Attempt::Failed(Fail::bug("a transaction changed its engine"));
        };
        if ran == Ran::Discard {
            let rolled_back = transaction.rollback();
            return match poison {
                Some(Poison::Retry | Poison::Connection) => Attempt::Again(Fail::new(fail::BUSY)),
                _ if rolled_back.is_err() => Attempt::Again(Fail::new(fail::BUSY)),
                _ => Attempt::Done,
            };
        }
        if self.power.fails_at(Moment::BeforeCommit) {
            let _ = transaction.rollback();
            return Attempt::Dead;
        }
        match transaction.commit() {
            Ok(()) if self.power.fails_at(Moment::AfterCommit) => Attempt::Dead,
            Ok(()) => Attempt::Done,
            Err(error) => match describe_postgres(error) {
                (Poison::Retry, fail) => Attempt::Again(fail),
                // The answer to COMMIT is lost: it may have happened.
                (Poison::Connection, cause) => {
                    Attempt::Failed(Fail::new(fail::OUTCOME_UNKNOWN).caused_by(cause))
                }
                (_, fail) => Attempt::Failed(fail),
            },
        }
    }

    fn serve_reads(&mut self, queue: &Queue<Box<dyn ReadJob>>) {
        while let Some(mut job) = queue.take_one() {
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
        self.link.heal()?;
        let Link {
            client, prepared, ..
        } = &mut self.link;
        let transaction = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .map_err(|error| describe_postgres(error).1)?;
        let tx = ReadTx::new(
            Conn::Postgres {
                tx: RefCell::new(transaction),
                prepared,
            },
            self.hard_limit_ms,
        );
        job.run(&tx);
        Ok(tx.poison())
    }
}
