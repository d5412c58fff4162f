//! Sealing everything anew with the newest key of the ring.

use db::Tx;
use kernel::Fail;
use kernel::crypt::{KeyRing, Place};
use kernel::names::Named;

use super::store::{Column, SealedRow};
use super::{check, store};
use crate::{access_key, api_credential, user};

/// Rows of a page: a transaction of a few milliseconds.
const PAGE: i64 = 100;

/// Seals a page of secrets anew that an older key sealed. Call it in a loop, a
/// transaction each: with `None` first, then with what it gave, until it gives
/// `None`. A secret that can't be opened stops the rotation; nothing is lost.
///
/// The secrets of instances belong to another crate and have a loop of their
/// own; run that before this, which ends with the canary.
///
/// # Errors
/// When the ring can't open a secret; a bug for a cursor that isn't one.
pub fn rotate_page(
    tx: &Tx<'_>,
    ring: &KeyRing,
    after: Option<&str>,
) -> Result<Option<String>, Fail> {
    let (column, after) = match after {
        None => (Column::ALL.first().copied(), ""),
        Some(cursor) => {
            let (name, id) = cursor.split_once(':').unwrap_or((cursor, ""));
            (Column::from_name(name), id)
        }
    };
    let column = column.ok_or_else(|| Fail::bug("no cursor of a rotation"))?;
    let rows = store::page(tx, column, after, PAGE)?;
    for row in &rows {
        reseal(tx, ring, column, row)?;
    }
    match (rows.last(), next(column)) {
        (Some(last), _) => Ok(Some(format!("{column}:{}", last.id))),
        (None, Some(column)) => Ok(Some(format!("{column}:"))),
        (None, None) => Ok(None),
    }
}

fn reseal(tx: &Tx<'_>, ring: &KeyRing, column: Column, row: &SealedRow) -> Result<(), Fail> {
    if row.sealed.key_id() == Some(ring.newest()) {
        return Ok(());
    }
    let place = place(column, &row.id);
    let plain = ring.open(place, &row.sealed)?;
    let sealed = ring.seal(place, plain.reveal())?;
    store::replace(tx, column, row, &sealed)
}

fn place(column: Column, row: &str) -> Place<'_> {
    match column {
        Column::Totp => user::totp_place(row),
        Column::AccessKey => access_key::place(row),
        Column::ApiCredential => api_credential::place(row),
        Column::Canary => check::place(),
    }
}

fn next(column: Column) -> Option<Column> {
    let mut columns = Column::ALL.iter().copied();
    columns.find(|candidate| *candidate == column)?;
    columns.next()
}
