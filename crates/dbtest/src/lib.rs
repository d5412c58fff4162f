//! A real, migrated, empty database for a test, on each engine.
//!
//! `db_test! { async fn promise(bed) { … } }` makes two tests of one body, one
//! on SQLite and one on PostgreSQL. The second needs a server: its connection
//! string stands in `KOOGALLERY_TEST_POSTGRES`; `cargo xtask test` starts one.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that can't get its database can only stop"
)]

use std::sync::Arc;

use db::{Db, Options, PostgresOptions, SqliteOptions, Target};
use kernel::clock::ManualClock;
use kernel::{Clock, Timestamp};

/// Environment variable with the test server's connection string.
pub const POSTGRES_VARIABLE: &str = "KOOGALLERY_TEST_POSTGRES";
/// Environment variable with the folder that counts tests per database.
const COUNTS_VARIABLE: &str = "KOOGALLERY_TEST_COUNTS";

/// 2026-03-02 09:00:00 UTC, a Monday: where test clocks start.
pub const START: Timestamp = Timestamp::from_seconds(1_772_442_000);

/// An engine to test on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded database.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A database of a test's own, gone when dropped.
pub struct Bed {
    /// The open database.
    pub db: Db,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// How it was opened, to open it again.
    pub options: Options,
    _place: Place,
}

enum Place {
    Folder(#[allow(dead_code, reason = "kept for its drop")] tempfile::TempDir),
    Server { admin_url: String, name: String },
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Server { admin_url, name } = self {
            let (url, name) = (admin_url.clone(), name.clone());
            // The client blocks on a runtime of its own, so not in the test's.
            let dropped = std::thread::spawn(move || {
                let mut client = postgres::Client::connect(&url, postgres::NoTls)?;
                client.batch_execute(&format!("drop database if exists {name} with (force)"))
            });
            let _ = dropped.join();
        }
    }
}

impl Bed {
    /// A fresh database; `None` for PostgreSQL when no server is given.
    #[must_use]
    pub fn new(engine: Engine) -> Option<Self> {
        let (target, place) = match engine {
            Engine::Sqlite => sqlite_target(),
            Engine::Postgres => postgres_target()?,
        };
        count(engine);
        let clock = ManualClock::new(START);
        let mut options = Options::new(target);
        options.lease_by_given_clock = true;
        // Unoptimised builds on a loaded machine must not trip over the limit.
        options.hard_limit_ms = 30_000;
        options.budget_ms = 10_000;
        let system = Clock::new(clock.clone());
        db::migrate::migrate(&options.target, &system).expect("the schema can be made");
        let db = Db::open(options.clone(), system).expect("the database opens");
        Some(Self {
            db,
            clock,
            options,
            _place: place,
        })
    }

    /// Opens the same database once more, with other options: with another
    /// limit, or after its power failed.
    #[must_use]
    pub fn open_with(&self, change: impl FnOnce(&mut Options)) -> Db {
        let mut options = self.options.clone();
        change(&mut options);
        Db::open(options, Clock::new(self.clock.clone())).expect("the database opens")
    }

    /// The test's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        kernel::clock::TimeSource::now(&*self.clock)
    }
}

fn sqlite_target() -> (Target, Place) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("test.db");
    (
        Target::Sqlite(SqliteOptions {
            file,
            readers: 2,
            max_pages: 0,
        }),
        Place::Folder(folder),
    )
}

fn postgres_target() -> Option<(Target, Place)> {
    let admin_url = std::env::var(POSTGRES_VARIABLE).ok()?;
    let name = format!("t_{}", kernel::random::upper_alnum(16).to_lowercase());
    let (url, database) = (admin_url.clone(), name.clone());
    std::thread::spawn(move || {
        let mut client =
            postgres::Client::connect(&url, postgres::NoTls).expect("the test server answers");
        client
            .batch_execute(&format!(
                "create database {database} template template0 encoding 'UTF8' locale 'C'"
            ))
            .expect("a database can be made");
    })
    .join()
    .expect("a database can be made");
    let options = PostgresOptions {
        url: with_database(&admin_url, &name),
        ca_file: None,
        connections: 4,
    };
    Some((Target::Postgres(options), Place::Server { admin_url, name }))
}

/// A `key=value` connection string; the last `dbname` wins.
fn with_database(url: &str, name: &str) -> String {
    format!("{url} dbname={name}")
}

fn count(engine: Engine) {
    let Some(folder) = std::env::var_os(COUNTS_VARIABLE) else {
        return;
    };
    let file = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    use std::io::Write as _;
    let opened = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(std::path::Path::new(&folder).join(file));
    if let Ok(mut opened) = opened {
        let _ = opened.write_all(b"1\n");
    }
}

/// Runs a test body on one engine; the macro calls it.
#[doc(hidden)]
pub fn run<F, Fut>(engine: Engine, body: F)
where
    F: FnOnce(Bed) -> Fut,
    Fut: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    match Bed::new(engine) {
        Some(bed) => runtime.block_on(body(bed)),
        None => eprintln!("not run: {POSTGRES_VARIABLE} is not set"),
    }
}

/// Makes a test of each engine out of one body.
#[macro_export]
macro_rules! db_test {
    ($($(#[$meta:meta])* async fn $name:ident($bed:ident) $body:block)+) => {
        $(
            $(#[$meta])*
            mod $name {
                #[allow(unused_imports, reason = "not every test needs what stands around it")]
                use super::*;
                async fn body($bed: $crate::Bed) $body
                #[test]
                fn sqlite() {
                    $crate::run($crate::Engine::Sqlite, body);
                }
                #[test]
                fn postgres() {
                    $crate::run($crate::Engine::Postgres, body);
                }
            }
        )+
    };
}
