//! What a closure gets: statements on one transaction. The first database
//! error poisons it: every later call fails and the closure is rolled back, on
//! both databases.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Deref;

use kernel::Stopwatch;
use kernel::fail::{self, Fail};
use kernel::value::AsValue;
use postgres::types::ToSql as _;

use crate::errors::{Poison, TOOK_TOO_LONG, describe_postgres, describe_sqlite, postgres_cause};
use crate::param::{PgParam, bind, pg_refs, pg_values};
use crate::{Row, Sql};

/// Prepared statements of one PostgreSQL connection, by text.
pub(crate) type Prepared = HashMap<&'static str, postgres::Statement>;

pub(crate) enum Conn<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres {
        tx: RefCell<postgres::Transaction<'c>>,
        prepared: &'c RefCell<Prepared>,
    },
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
    written: Cell<bool>,
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
        if let Some(statement) = prepared.borrow().get(sql.text()) {
            return Ok(statement.clone());
        }
        let statement = tx
            .borrow_mut()
            .prepare(sql.text())
            .map_err(|e| self.postgres_error(sql, e))?;
        prepared.borrow_mut().insert(sql.text(), statement.clone());
        Ok(statement)
    }

    /// Prepares a statement without running it; why it can't be.
    pub(crate) fn prepare_only(&self, sql: &'static Sql) -> Result<(), String> {
        match &self.conn {
            Conn::Sqlite(conn) => conn
                .prepare(sql.sqlite_text())
                .map(|_| ())
                .map_err(|error| error.to_string()),
            Conn::Postgres { tx, .. } => {
                let statement = tx
                    .borrow_mut()
                    .prepare(sql.text())
                    .map_err(|error| postgres_cause(&error))?;
                let unreadable = statement
                    .columns()
                    .iter()
                    .find(|column| !crate::row::reads(column.type_()));
                let unwritable = statement.params().iter().find(|ty| !PgParam::accepts(ty));
                match (unreadable, unwritable) {
                    (Some(column), _) => Err(format!(
                        "column {} is a {}; cast it",
                        column.name(),
                        column.type_()
                    )),
                    (None, Some(ty)) => Err(format!("a parameter is a {ty}; cast it")),
                    (None, None) => Ok(()),
                }
            }
        }
    }

    fn sqlite_error(&self, sql: &'static Sql, error: rusqlite::Error) -> Fail {
        let (poison, fail) = describe_sqlite(error);
        self.poison.set(Some(poison));
        fail.with("statement", sql.name())
    }

    fn postgres_error(&self, sql: &'static Sql, error: postgres::Error) -> Fail {
        let (poison, fail) = describe_postgres(&error);
        self.poison.set(Some(poison));
        fail.with("statement", sql.name())
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: Conn<'c>, hard_limit_ms: u64) -> Self {
        Self {
            read: ReadTx::new(conn, hard_limit_ms),
            enqueued: Cell::new(false),
            written: Cell::new(false),
        }
    }

    /// Executes a statement that writes; the number of rows it touched.
    ///
    /// # Errors
    /// The database's. A unique violation names its constraint, see
    /// [`unique_violation`].
    pub fn exec(&self, sql: &'static Sql, params: &[&dyn AsValue]) -> Result<u64, Fail> {
        let touched = self.execute(sql, params)?;
        if touched > 0 {
            self.written.set(true);
        }
        Ok(touched)
    }

    fn execute(&self, sql: &'static Sql, params: &[&dyn AsValue]) -> Result<u64, Fail> {
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

    /// Whether a statement changed a row.
    pub(crate) fn has_written(&self) -> bool {
        self.written.get()
    }

    pub(crate) fn has_enqueued(&self) -> bool {
        self.enqueued.get()
    }
}
