//! What a closure gets: statements on one transaction. The first database
//! error poisons it: every later call fails and the closure is rolled back, on
//! both databases.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Deref;

use kernel::codes;
use kernel::fail::{self, Fail};
use kernel::value::{AsValue, Value};
use kernel::{Stopwatch, Timestamp};
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::{Row, Sql};

codes! {
    /// A unique constraint refused the row; the name of the constraint is given.
    Conflict ALREADY_EXISTS = "already-exists";
    /// The closure worked longer than any closure may.
    Unavailable TOOK_TOO_LONG = "took-too-long";
}

/// Prepared statements of one PostgreSQL connection, by statement name.
pub(crate) type Prepared = HashMap<&'static str, postgres::Statement>;

pub(crate) enum Conn<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres {
        tx: RefCell<postgres::Transaction<'c>>,
        prepared: &'c RefCell<Prepared>,
    },
}

/// What went wrong first in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Poison {
    /// The engine asks to run it again.
    Retry,
    /// The disk is full or fails.
    Storage,
    /// The connection is gone.
    Connection,
    /// Anything else; the closure's own error stands.
    Other,
}

/// A transaction that reads.
pub struct ReadTx<'c> {
    conn: Conn<'c>,
    poison: Cell<Option<Poison>>,
    watch: Stopwatch,
    hard_limit_ms: u64,
}

/// A transaction that may write; reads as [`ReadTx`] does.
pub struct Tx<'c> {
    read: ReadTx<'c>,
    enqueued: Cell<bool>,
}

impl<'c> Deref for Tx<'c> {
    type Target = ReadTx<'c>;
    fn deref(&self) -> &ReadTx<'c> {
        &self.read
    }
}

impl<'c> ReadTx<'c> {
    pub(crate) fn new(conn: Conn<'c>, hard_limit_ms: u64) -> Self {
        Self {
            conn,
            poison: Cell::new(None),
            watch: Stopwatch::start(),
            hard_limit_ms,
        }
    }

    pub(crate) fn poison(&self) -> Option<Poison> {
        self.poison.get()
    }

    pub(crate) fn elapsed_ms(&self) -> u64 {
        self.watch.elapsed_ms()
    }

    /// Whether this is the embedded engine; only `db` may ask.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.conn, Conn::Sqlite(_))
    }

    /// All rows.
    ///
    /// # Errors
    /// The database's, or the mapping's.
    pub fn many<T>(
        &self,
        sql: &'static Sql,
        params: &[&dyn AsValue],
        map: impl Fn(&Row<'_>) -> Result<T, Fail>,
    ) -> Result<Vec<T>, Fail> {
        self.ready()?;
        match &self.conn {
            Conn::Sqlite(conn) => {
                let mut statement = conn
                    .prepare_cached(sql.sqlite_text())
                    .map_err(|e| self.sqlite_error(sql, e))?;
                bind(&mut statement, params).map_err(|e| self.sqlite_error(sql, e))?;
                let mut rows = statement.raw_query();
                let mut found = Vec::new();
                while let Some(row) = rows.next().map_err(|e| self.sqlite_error(sql, e))? {
                    found.push(map(&Row::sqlite(row, sql.name()))?);
                }
                Ok(found)
            }
            Conn::Postgres { tx, prepared } => {
                let statement = self.prepare(tx, prepared, sql)?;
                let values = pg_values(params);
                let rows = tx
                    .borrow_mut()
                    .query(&statement, &pg_refs(&values))
                    .map_err(|e| self.postgres_error(sql, e))?;
                rows.iter()
                    .map(|row| map(&Row::postgres(row, sql.name())))
                    .collect()
            }
        }
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`ReadTx::many`].
    pub fn one<T>(
        &self,
        sql: &'static Sql,
        params: &[&dyn AsValue],
        map: impl Fn(&Row<'_>) -> Result<T, Fail>,
    ) -> Result<Option<T>, Fail> {
        self.ready()?;
        match &self.conn {
            Conn::Sqlite(conn) => {
                let mut statement = conn
                    .prepare_cached(sql.sqlite_text())
                    .map_err(|e| self.sqlite_error(sql, e))?;
                bind(&mut statement, params).map_err(|e| self.sqlite_error(sql, e))?;
                let mut rows = statement.raw_query();
                match rows.next().map_err(|e| self.sqlite_error(sql, e))? {
                    Some(row) => map(&Row::sqlite(row, sql.name())).map(Some),
                    None => Ok(None),
                }
            }
            Conn::Postgres { .. } => Ok(self.many(sql, params, map)?.into_iter().next()),
        }
    }

    /// The first row, which must be there.
    ///
    /// # Errors
    /// As [`ReadTx::many`]; "not found" when there is no row.
    pub fn load<T>(
        &self,
        sql: &'static Sql,
        params: &[&dyn AsValue],
        map: impl Fn(&Row<'_>) -> Result<T, Fail>,
    ) -> Result<T, Fail> {
        self.one(sql, params, map)?.ok_or_else(Fail::not_found)
    }

    fn ready(&self) -> Result<(), Fail> {
        if self.poison.get().is_some() {
            return Err(Fail::bug("an earlier statement of this transaction failed"));
        }
        if self.elapsed_ms() > self.hard_limit_ms {
            self.poison.set(Some(Poison::Other));
            return Err(Fail::new(TOOK_TOO_LONG));
        }
        Ok(())
    }

    fn prepare(
        &self,
        tx: &RefCell<postgres::Transaction<'c>>,
        prepared: &RefCell<Prepared>,
        sql: &'static Sql,
    ) -> Result<postgres::Statement, Fail> {
        if let Some(statement) = prepared.borrow().get(sql.name()) {
            return Ok(statement.clone());
        }
        let statement = tx
            .borrow_mut()
            .prepare(sql.text())
            .map_err(|e| self.postgres_error(sql, e))?;
        prepared.borrow_mut().insert(sql.name(), statement.clone());
        Ok(statement)
    }

    fn sqlite_error(&self, sql: &'static Sql, error: rusqlite::Error) -> Fail {
        let (poison, fail) = describe_sqlite(error);
        self.poison.set(Some(poison));
        fail.with("statement", sql.name())
    }

    fn postgres_error(&self, sql: &'static Sql, error: postgres::Error) -> Fail {
        let (poison, fail) = describe_postgres(error);
        self.poison.set(Some(poison));
        fail.with("statement", sql.name())
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: Conn<'c>, hard_limit_ms: u64) -> Self {
        Self {
            read: ReadTx::new(conn, hard_limit_ms),
            enqueued: Cell::new(false),
        }
    }

    /// Executes a statement that writes; the number of rows it touched.
    ///
    /// # Errors
    /// The database's. A unique violation names its constraint, see
    /// [`unique_violation`].
    pub fn exec(&self, sql: &'static Sql, params: &[&dyn AsValue]) -> Result<u64, Fail> {
        self.ready()?;
        match &self.read.conn {
            Conn::Sqlite(conn) => {
                let mut statement = conn
                    .prepare_cached(sql.sqlite_text())
                    .map_err(|e| self.sqlite_error(sql, e))?;
                bind(&mut statement, params).map_err(|e| self.sqlite_error(sql, e))?;
                let touched = statement
                    .raw_execute()
                    .map_err(|e| self.sqlite_error(sql, e))?;
                Ok(u64::try_from(touched).unwrap_or(u64::MAX))
            }
            Conn::Postgres { tx, prepared } => {
                let statement = self.prepare(tx, prepared, sql)?;
                let values = pg_values(params);
                tx.borrow_mut()
                    .execute(&statement, &pg_refs(&values))
                    .map_err(|e| self.postgres_error(sql, e))
            }
        }
    }

    /// Executes a statement that must touch exactly one row: the guard of every
    /// change that was decided on a version that may be old by now.
    ///
    /// # Errors
    /// As [`Tx::exec`]; [`fail::CHANGED_MEANWHILE`] when no row fitted.
    pub fn exec_one(&self, sql: &'static Sql, params: &[&dyn AsValue]) -> Result<(), Fail> {
        match self.exec(sql, params)? {
            1 => Ok(()),
            0 => Err(Fail::new(fail::CHANGED_MEANWHILE).with("statement", sql.name())),
            many => Err(Fail::bug(format!("{} touched {many} rows", sql.name()))),
        }
    }

    /// The PostgreSQL transaction back, to end it.
    pub(crate) fn into_postgres(self) -> Option<postgres::Transaction<'c>> {
        match self.read.conn {
            Conn::Postgres { tx, .. } => Some(tx.into_inner()),
            Conn::Sqlite(_) => None,
        }
    }

    /// Notes that a task was enqueued, so that workers wake after the commit.
    pub(crate) fn note_enqueued(&self) {
        self.enqueued.set(true);
    }

    pub(crate) fn has_enqueued(&self) -> bool {
        self.enqueued.get()
    }

    /// The time that leases count by on PostgreSQL.
    pub(crate) fn database_clock(&self, sql: &'static Sql) -> Result<Timestamp, Fail> {
        self.load(sql, &[], |row| row.take())
    }
}

/// Name of the unique constraint that refused a row: `table__column__column`.
#[must_use]
pub fn unique_violation(fail: &Fail) -> Option<&str> {
    if !fail.is(ALREADY_EXISTS) {
        return None;
    }
    fail.args()
        .iter()
        .find(|(name, _)| *name == "constraint")
        .map(|(_, value)| value.as_str())
}

pub(crate) fn describe_sqlite(error: rusqlite::Error) -> (Poison, Fail) {
    use rusqlite::ErrorCode::{
        ConstraintViolation, DatabaseBusy, DatabaseLocked, DiskFull, OutOfMemory, SystemIoFailure,
    };
    let code = error.sqlite_error_code();
    match (code, &error) {
        (Some(ConstraintViolation), rusqlite::Error::SqliteFailure(_, Some(message))) => {
            match message.strip_prefix("UNIQUE constraint failed: ") {
                Some(columns) => {
                    let name = constraint_name(columns);
                    (
                        Poison::Other,
                        Fail::new(ALREADY_EXISTS).with("constraint", name),
                    )
                }
                None => (Poison::Other, Fail::bug(error)),
            }
        }
        (Some(DiskFull | SystemIoFailure | OutOfMemory), _) => (
            Poison::Storage,
            Fail::new(fail::STORAGE_FAILED).caused_by(error),
        ),
        (Some(DatabaseBusy | DatabaseLocked), _) => {
            (Poison::Other, Fail::new(fail::BUSY).caused_by(error))
        }
        _ => (Poison::Other, Fail::bug(error)),
    }
}

/// `table.a, table.b` as `table__a__b`, the name that PostgreSQL reports.
fn constraint_name(columns: &str) -> String {
    let mut name = String::new();
    for column in columns.split(", ") {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if name.is_empty() {
            name.push_str(table);
        }
        name.push_str("__");
        name.push_str(column);
    }
    name
}

pub(crate) fn describe_postgres(error: postgres::Error) -> (Poison, Fail) {
    use postgres::error::SqlState;
    let Some(database) = error.as_db_error() else {
        return (Poison::Connection, Fail::new(fail::BUSY).caused_by(error));
    };
    match database.code() {
        &SqlState::UNIQUE_VIOLATION => {
            let name = database.constraint().unwrap_or_default().to_owned();
            (
                Poison::Other,
                Fail::new(ALREADY_EXISTS).with("constraint", name),
            )
        }
        &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => {
            (Poison::Retry, Fail::new(fail::BUSY).caused_by(error))
        }
        &SqlState::DISK_FULL | &SqlState::OUT_OF_MEMORY | &SqlState::IO_ERROR => (
            Poison::Storage,
            Fail::new(fail::STORAGE_FAILED).caused_by(error),
        ),
        _ => (Poison::Other, Fail::bug(error)),
    }
}

fn bind(
    statement: &mut rusqlite::Statement<'_>,
    params: &[&dyn AsValue],
) -> Result<(), rusqlite::Error> {
    for (index, param) in params.iter().enumerate() {
        match param.as_value() {
            Value::Text(text) => statement.raw_bind_parameter(index + 1, text.as_ref())?,
            Value::Int(number) => statement.raw_bind_parameter(index + 1, number)?,
            Value::Blob(bytes) => statement.raw_bind_parameter(index + 1, bytes.as_ref())?,
            Value::Null => statement.raw_bind_parameter(index + 1, rusqlite::types::Null)?,
        }
    }
    Ok(())
}

#[derive(Debug)]
struct PgParam<'a>(Value<'a>);

impl ToSql for PgParam<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match &self.0 {
            Value::Text(text) => text.as_ref().to_sql(ty, out),
            Value::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Value::Int(number) => number.to_sql(ty, out),
            Value::Blob(bytes) => bytes.as_ref().to_sql(ty, out),
            Value::Null => Ok(IsNull::Yes),
        }
    }
    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::BYTEA
        )
    }
    to_sql_checked!();
}

fn pg_values<'a>(params: &'a [&'a dyn AsValue]) -> Vec<PgParam<'a>> {
    params
        .iter()
        .map(|param| PgParam(param.as_value()))
        .collect()
}

fn pg_refs<'a>(values: &'a [PgParam<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values
        .iter()
        .map(|value| -> &(dyn ToSql + Sync) { value })
        .collect()
}
