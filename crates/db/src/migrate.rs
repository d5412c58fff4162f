//! Migrations: forward only, the same numbers for both databases, under a
//! lock, so that two servers that start together don't both migrate.

use kernel::codes;
use kernel::crypt::sha256_hex;
use kernel::fail::Fail;
use kernel::{Clock, Timestamp};

use crate::engine::{
    PostgresOptions, SqliteOptions, Target, connect_postgres, open_sqlite, open_sqlite_reader,
    outside_runtime,
};
use crate::errors::postgres_cause;

codes! {
    /// The database has migrations that this program doesn't know, or lacks some.
    Unavailable SCHEMA_MISMATCH = "schema-mismatch";
}

/// One step of the schema.
struct Migration {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($number:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

const MIGRATIONS: &[Migration] = migrations![
    1 "0001_foundation",
    2 "0002_accounts",
    3 "0003_catalog",
    4 "0004_ordering",
    5 "0005_delivery",
    6 "0006_supervision",
    7 "0007_billing",
    8 "0008_support",
];

/// Number that PostgreSQL locks while a migration runs; any number does, as
/// long as all servers use the same.
const LOCK: i64 = 7_205_759;

const TABLE: &str = "schema_migration";
const TABLE_SQLITE: &str = "create table if not exists schema_migration (number integer primary key, \
     name text not null, content_hash text not null, applied_at integer not null) strict";
const TABLE_POSTGRES: &str = "create table if not exists schema_migration (number bigint primary key, \
     name text not null, content_hash text not null, applied_at bigint not null)";

/// What a database has, compared with what this program knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Migrations that the database lacks.
    pub missing: Vec<&'static str>,
    /// Migrations that the database has and this program doesn't know, or
    /// knows with another content.
    pub foreign: Vec<String>,
}

impl Standing {
    fn of(applied: &[(i64, String, String)], hash: fn(&Migration) -> String) -> Self {
        let has = |m: &Migration| {
            applied
                .iter()
                .any(|(number, _, found)| *number == m.number && *found == hash(m))
        };
        let missing = MIGRATIONS
            .iter()
            .filter(|m| applied.iter().all(|(number, _, _)| *number != m.number))
            .map(|m| m.name)
            .collect();
        let foreign = applied
            .iter()
            .filter(|(number, _, _)| !MIGRATIONS.iter().any(|m| m.number == *number && has(m)))
            .map(|(_, name, _)| name.clone())
            .collect();
        Self { missing, foreign }
    }

    fn refuse_foreign(&self) -> Result<(), Fail> {
        if self.foreign.is_empty() {
            return Ok(());
        }
        let names = self.foreign.join(", ");
        Err(Fail::new(SCHEMA_MISMATCH).caused_by(format!("the database has migrations that this program doesn't know: {names}; use the program version that made them, or a newer one")))
    }
}

/// Brings the schema up to date; the names of the migrations applied now.
///
/// # Errors
/// When the database was migrated by a newer program, or a step fails.
pub fn migrate(target: &Target, clock: &Clock) -> Result<Vec<&'static str>, Fail> {
    match target {
        Target::Sqlite(options) => migrate_sqlite(options, clock.now()),
        Target::Postgres(options) => outside_runtime(|| migrate_postgres(options, clock.now())),
    }
}

/// Refuses a schema that isn't exactly the one this program knows.
///
/// # Errors
/// [`SCHEMA_MISMATCH`] with what to do.
pub fn check(target: &Target) -> Result<(), Fail> {
    let standing = match target {
        Target::Sqlite(options) if !options.file.exists() => Standing::of(&[], sqlite_hash),
        Target::Sqlite(options) => {
            let conn = open_sqlite_reader(&options.file)?;
            let applied = if conn.table_exists(None, TABLE).map_err(Fail::bug)? {
                applied_sqlite(&conn)?
            } else {
                Vec::new()
            };
            Standing::of(&applied, sqlite_hash)
        }
        Target::Postgres(options) => {
            let applied = outside_runtime(|| {
                let mut client = connect_postgres(options)?;
                let there = client
                    .query_one("select to_regclass($1) is not null", &[&TABLE])
                    .and_then(|row| row.try_get(0))
                    .map_err(broken)?;
                if there {
                    applied_postgres(&mut client)
                } else {
                    Ok(Vec::new())
                }
            })?;
            Standing::of(&applied, postgres_hash)
        }
    };
    standing.refuse_foreign()?;
    if standing.missing.is_empty() {
        return Ok(());
    }
    let names = standing.missing.join(", ");
    Err(Fail::new(SCHEMA_MISMATCH).caused_by(format!(
        "the database lacks the migrations {names}; run `koogallery migrate` first"
    )))
}

fn broken(error: postgres::Error) -> Fail {
    Fail::bug(postgres_cause(&error))
}

fn sqlite_hash(migration: &Migration) -> String {
    sha256_hex(migration.sqlite.as_bytes())
}

fn postgres_hash(migration: &Migration) -> String {
    sha256_hex(migration.postgres.as_bytes())
}

fn applied_sqlite(conn: &rusqlite::Connection) -> Result<Vec<(i64, String, String)>, Fail> {
    let mut statement = conn
        .prepare("select number, name, content_hash from schema_migration order by number")
        .map_err(Fail::bug)?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .map_err(Fail::bug)?;
    rows.collect::<Result<_, _>>().map_err(Fail::bug)
}

fn applied_postgres(
    client: &mut impl postgres::GenericClient,
) -> Result<Vec<(i64, String, String)>, Fail> {
    let rows = client
        .query(
            "select number, name, content_hash from schema_migration order by number",
            &[],
        )
        .map_err(broken)?;
    rows.iter()
        .map(|row| {
            Ok((
                row.try_get(0).map_err(broken)?,
                row.try_get(1).map_err(broken)?,
                row.try_get(2).map_err(broken)?,
            ))
        })
        .collect()
}

fn migrate_sqlite(options: &SqliteOptions, now: Timestamp) -> Result<Vec<&'static str>, Fail> {
    let mut conn = open_sqlite(options)?;
    let tx = conn
        .transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)
        .map_err(Fail::bug)?;
    tx.execute_batch(TABLE_SQLITE).map_err(Fail::bug)?;
    let applied = applied_sqlite(&tx)?;
    let standing = Standing::of(&applied, sqlite_hash);
    standing.refuse_foreign()?;
    for migration in MIGRATIONS
        .iter()
        .filter(|m| standing.missing.contains(&m.name))
    {
        let name = migration.name;
        tx.execute_batch(migration.sqlite)
            .map_err(|e| Fail::bug(format!("migration {name}: {e}")))?;
        tx.execute(
            "insert into schema_migration (number, name, content_hash, applied_at) values (?1, ?2, ?3, ?4)",
            (migration.number, name, sqlite_hash(migration), now.micros()),
        )
        .map_err(Fail::bug)?;
    }
    tx.commit().map_err(Fail::bug)?;
    Ok(standing.missing)
}

fn migrate_postgres(options: &PostgresOptions, now: Timestamp) -> Result<Vec<&'static str>, Fail> {
    let mut client = connect_postgres(options)?;
    let mut tx = client.transaction().map_err(broken)?;
    tx.execute("select pg_advisory_xact_lock($1)", &[&LOCK])
        .map_err(broken)?;
    tx.batch_execute(TABLE_POSTGRES).map_err(broken)?;
    let standing = Standing::of(&applied_postgres(&mut tx)?, postgres_hash);
    standing.refuse_foreign()?;
    for migration in MIGRATIONS
        .iter()
        .filter(|m| standing.missing.contains(&m.name))
    {
        let name = migration.name;
        tx.batch_execute(migration.postgres)
            .map_err(|e| Fail::bug(format!("migration {name}: {}", postgres_cause(&e))))?;
        tx.execute(
            "insert into schema_migration (number, name, content_hash, applied_at) values ($1, $2, $3, $4)",
            &[&migration.number, &name, &postgres_hash(migration), &now.micros()],
        )
        .map_err(broken)?;
    }
    tx.commit().map_err(broken)?;
    Ok(standing.missing)
}
