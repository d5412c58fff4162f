//! What the commands ask the database: facts for the manifest of a backup and
//! for the doctor.

use db::{ReadTx, sql};
use kernel::{Fail, Timestamp};

/// Content hashes that are read at once.
const PAGE: i64 = 500;

sql! {
    MIGRATIONS = "select name from schema_migration order by number";
    NEWEST_MIGRATION = "select cast(max(applied_at) as bigint) from schema_migration";
    CONTENT = "select distinct content_hash from file where content_hash > $1 order by content_hash limit $2";
    USERS = "select cast(count(*) as bigint) from users";
    PRODUCTS = "select cast(count(*) as bigint) from product";
    ORDERS = "select cast(count(*) as bigint) from orders";
    INSTANCES = "select cast(count(*) as bigint) from instance";
}

/// Names of the migrations that the schema has.
pub(crate) fn migrations(tx: &ReadTx<'_>) -> Result<Vec<String>, Fail> {
    tx.many(&MIGRATIONS, &[], |row| row.take())
}

/// When the schema was changed last.
pub(crate) fn last_migration(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fail> {
    let newest: Option<Option<Timestamp>> = tx.one(&NEWEST_MIGRATION, &[], |row| row.take())?;
    Ok(newest.flatten())
}

/// A page of the names of stored files, after a name; empty at the end.
pub(crate) fn stored_files(tx: &ReadTx<'_>, after: &str) -> Result<Vec<String>, Fail> {
    tx.many(&CONTENT, &[&after, &PAGE], |row| row.take())
}

/// How many rows some tables have, for people who compare.
pub(crate) fn counts(tx: &ReadTx<'_>) -> Result<Vec<(&'static str, i64)>, Fail> {
    let tables = [
        ("users", &USERS),
        ("products", &PRODUCTS),
        ("orders", &ORDERS),
        ("instances", &INSTANCES),
    ];
    let count = |(name, statement)| {
        let rows: Option<i64> = tx.one(statement, &[], |row| row.take())?;
        Ok((name, rows.unwrap_or_default()))
    };
    tables.into_iter().map(count).collect()
}
