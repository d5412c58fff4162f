//! Parameters of a statement, as each engine takes them.

use kernel::value::{AsValue, Value};
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};

pub(crate) fn bind(
    statement: &mut rusqlite::Statement<'_>,
    params: &[&dyn AsValue],
) -> Result<(), rusqlite::Error> {
    // PostgreSQL refuses too few; SQLite would take them for nulls.
    let wanted = statement.parameter_count();
    if wanted != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(params.len(), wanted));
    }
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
pub(crate) struct PgParam<'a>(Value<'a>);

impl ToSql for PgParam<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (&self.0, ty) {
            (Value::Text(text), &Type::TEXT | &Type::VARCHAR) => text.as_ref().to_sql(ty, out),
            (Value::Int(number), &Type::INT8) => number.to_sql(ty, out),
            (Value::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(ty, out),
            (Value::Blob(bytes), &Type::BYTEA) => bytes.as_ref().to_sql(ty, out),
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Text(_), _) => Err(format!("a text for a {ty}").into()),
            (Value::Int(_), _) => Err(format!("an integer for a {ty}").into()),
            (Value::Blob(_), _) => Err(format!("bytes for a {ty}").into()),
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

pub(crate) fn pg_values<'a>(params: &'a [&'a dyn AsValue]) -> Vec<PgParam<'a>> {
    params
        .iter()
        .map(|param| PgParam(param.as_value()))
        .collect()
}

pub(crate) fn pg_refs<'a>(values: &'a [PgParam<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values
        .iter()
        .map(|value| -> &(dyn ToSql + Sync) { value })
        .collect()
}
