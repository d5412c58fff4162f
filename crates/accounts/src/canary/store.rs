//! The canary and all sealed columns of this crate.

use db::{ReadTx, Row, Sql, Tx, sql};
use kernel::Fail;
use kernel::crypt::Sealed;

pub(super) use self::column::Column;

/// Id of the one row.
pub(super) const CANARY: &str = "canary";

mod column {
    kernel::names! {
        /// The sealed columns of this crate, in the order of a rotation: the
        /// canary last.
        pub enum Column {
            /// Secrets of two-step verification.
            Totp = "totp",
            /// Interface keys of sellers.
            AccessKey = "access_key",
            /// Secret keys of the open APIs.
            ApiCredential = "api_credential",
            /// The canary.
            Canary = "canary",
        }
    }
}

sql! {
    CANARY_ROW = "select sealed from key_canary where id = $1";
    INSERT = "insert into key_canary (id, sealed) values ($1, $2)";
    ANYTHING = "select cast(count(*) as bigint) from (\
                select id from users where totp_secret is not null union all select id from access_key \
                union all select access_key from api_credential) as sealed";
    TOTP_PAGE = "select id, totp_secret from users where totp_secret is not null and id > $1 order by id limit $2";
    ACCESS_KEY_PAGE = "select id, secret from access_key where id > $1 order by id limit $2";
    API_CREDENTIAL_PAGE = "select access_key, secret from api_credential where access_key > $1 order by access_key limit $2";
    CANARY_PAGE = "select id, sealed from key_canary where id > $1 order by id limit $2";
    TOTP_REPLACE = "update users set totp_secret = $1, version = version + 1 where id = $2 and totp_secret = $3";
    ACCESS_KEY_REPLACE = "update access_key set secret = $1 where id = $2 and secret = $3";
    API_CREDENTIAL_REPLACE = "update api_credential set secret = $1 where access_key = $2 and secret = $3";
    CANARY_REPLACE = "update key_canary set sealed = $1 where id = $2 and sealed = $3";
}

/// A secret and the row it stands in.
pub(super) struct SealedRow {
    pub(super) id: String,
    pub(super) sealed: Sealed,
}

pub(super) fn canary(tx: &ReadTx<'_>) -> Result<Option<Sealed>, Fail> {
    tx.one(&CANARY_ROW, &[&CANARY], |row| row.take())
}

pub(super) fn insert(tx: &Tx<'_>, sealed: &Sealed) -> Result<(), Fail> {
    tx.exec_one(&INSERT, &[&CANARY, sealed])
}

pub(super) fn anything_sealed(tx: &ReadTx<'_>) -> Result<bool, Fail> {
    let count: i64 = tx.load(&ANYTHING, &[], |row| row.take())?;
    Ok(count > 0)
}

pub(super) fn page(
    tx: &ReadTx<'_>,
    column: Column,
    after: &str,
    limit: i64,
) -> Result<Vec<SealedRow>, Fail> {
    tx.many(statements(column).0, &[&after, &limit], sealed_row)
}

/// Replaces a secret unless it changed since it was read. The version of a user
/// grows, so that nobody writes the old seal back.
pub(super) fn replace(
    tx: &Tx<'_>,
    column: Column,
    row: &SealedRow,
    sealed: &Sealed,
) -> Result<(), Fail> {
    tx.exec_one(statements(column).1, &[sealed, &row.id, &row.sealed])
}

fn statements(column: Column) -> (&'static Sql, &'static Sql) {
    match column {
        Column::Totp => (&TOTP_PAGE, &TOTP_REPLACE),
        Column::AccessKey => (&ACCESS_KEY_PAGE, &ACCESS_KEY_REPLACE),
        Column::ApiCredential => (&API_CREDENTIAL_PAGE, &API_CREDENTIAL_REPLACE),
        Column::Canary => (&CANARY_PAGE, &CANARY_REPLACE),
    }
}

fn sealed_row(row: &Row<'_>) -> Result<SealedRow, Fail> {
    Ok(SealedRow {
        id: row.take()?,
        sealed: row.take()?,
    })
}
