//! The two engines behind [`crate::Db`].

mod postgres;
mod sqlite;

use std::path::PathBuf;
use std::thread;

use kernel::Fail;

use crate::fault::PowerSupply;

pub(crate) use postgres::{connect as connect_postgres, outside_runtime};
pub(crate) use sqlite::{open_reader as open_sqlite_reader, open_writer as open_sqlite};

/// Which database.
#[derive(Debug, Clone)]
pub enum Target {
    /// The embedded one.
    Sqlite(SqliteOptions),
    /// A PostgreSQL-wire server.
    Postgres(PostgresOptions),
}

/// The embedded database.
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    /// The file; its folder must exist.
    pub file: PathBuf,
    /// Threads that read; one per core is right.
    pub readers: usize,
    /// Pages the file may have at most; 0 for no limit. Tests fill the "disk" by it.
    pub max_pages: u32,
}

/// A PostgreSQL-wire server.
#[derive(Clone)]
pub struct PostgresOptions {
    /// Connection string in libpq's form.
    pub url: String,
    /// PEM file of the authority that signed the server's certificate; TLS is
    /// used when it is given.
    pub ca_file: Option<PathBuf>,
    /// Connections that write, and as many that read.
    pub connections: usize,
}

impl std::fmt::Debug for PostgresOptions {
    /// Without the connection string, which holds a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresOptions")
            .field("ca_file", &self.ca_file)
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}

/// How to open a database.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which.
    pub target: Target,
    /// Jobs that may wait in a lane; more are refused as busy.
    pub queue_capacity: usize,
    /// A closure over this is logged, in milliseconds.
    pub budget_ms: u64,
    /// Past this the next statement of a closure fails, in milliseconds.
    pub hard_limit_ms: u64,
    /// Where a test may cut the power.
    pub power: PowerSupply,
    /// Leases count by the given clock on PostgreSQL too; for tests that move time.
    pub lease_by_given_clock: bool,
}

impl Options {
    /// The usual limits.
    #[must_use]
    pub fn new(target: Target) -> Self {
        Self {
            target,
            queue_capacity: 4_096,
            budget_ms: 50,
            hard_limit_ms: 500,
            power: PowerSupply::default(),
            lease_by_given_clock: false,
        }
    }
}

pub(crate) enum Engine {
    Sqlite(sqlite::Engine),
    Postgres(postgres::Engine),
}

impl Engine {
    pub(crate) fn open(options: Options) -> Result<Self, Fail> {
        match &options.target {
            Target::Sqlite(file) => sqlite::Engine::open(file.clone(), &options).map(Self::Sqlite),
            Target::Postgres(server) => {
                postgres::Engine::open(server.clone(), &options).map(Self::Postgres)
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

fn over_budget(closure: &'static str, elapsed_ms: u64, budget_ms: u64) {
    if elapsed_ms > budget_ms {
        tracing::warn!(
            closure,
            elapsed_ms,
            "a database closure was over its budget"
        );
    }
}
