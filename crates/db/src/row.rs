//! One row of a result, read column by column in the order of the statement.

use std::borrow::Cow;
use std::cell::Cell;

use kernel::Fail;
use kernel::value::{FromValue, Value};
use postgres::types::{FromSql, Type};

/// A row. [`Row::take`] gives the next column.
pub struct Row<'r> {
    source: Source<'r>,
    next: Cell<usize>,
    statement: &'static str,
}

enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

impl<'r> Row<'r> {
    pub(crate) fn sqlite(row: &'r rusqlite::Row<'r>, statement: &'static str) -> Self {
        Self {
            source: Source::Sqlite(row),
            next: Cell::new(0),
            statement,
        }
    }

    pub(crate) fn postgres(row: &'r postgres::Row, statement: &'static str) -> Self {
        Self {
            source: Source::Postgres(row),
            next: Cell::new(0),
            statement,
        }
    }

    /// The next column as a value of the wanted type.
    ///
    /// # Errors
    /// A bug when the statement gives no such column or another type.
    pub fn take<T: FromValue>(&self) -> Result<T, Fail> {
        let index = self.next.get();
        self.next.set(index + 1);
        let value = match &self.source {
            Source::Sqlite(row) => sqlite_value(row, index),
            Source::Postgres(row) => row
                .try_get::<usize, PgValue<'_>>(index)
                .ok()
                .map(|value| value.0),
        };
        value.and_then(T::from_value).ok_or_else(|| {
            Fail::bug(format!(
                "{}: column {} isn't a {}",
                self.statement,
                index + 1,
                std::any::type_name::<T>()
            ))
        })
    }
}

fn sqlite_value<'r>(row: &'r rusqlite::Row<'_>, index: usize) -> Option<Value<'r>> {
    use rusqlite::types::ValueRef;
    match row.get_ref(index).ok()? {
        ValueRef::Null => Some(Value::Null),
        ValueRef::Integer(number) => Some(Value::Int(number)),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes)
            .ok()
            .map(|text| Value::Text(Cow::Borrowed(text))),
        ValueRef::Blob(bytes) => Some(Value::Blob(Cow::Borrowed(bytes))),
        ValueRef::Real(_) => None,
    }
}

/// Whether a column of this PostgreSQL type can be taken.
pub(crate) fn reads(ty: &Type) -> bool {
    PgValue::accepts(ty)
}

struct PgValue<'a>(Value<'a>);

impl<'a> FromSql<'a> for PgValue<'a> {
    fn from_sql(
        ty: &Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(match *ty {
            Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i64::from(i32::from_sql(ty, raw)?)),
            Type::BYTEA => Value::Blob(Cow::Borrowed(raw)),
            _ => Value::Text(Cow::Borrowed(<&str>::from_sql(ty, raw)?)),
        }))
    }
    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(Value::Null))
    }
    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::BYTEA | Type::NAME
        )
    }
}
