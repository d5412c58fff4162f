//! The table of changes.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::ProductId;
use kernel::prelude::*;

/// How far back a follower reads again, for numbers that committed late.
pub const REREAD_SECONDS: i64 = 60;

sql! {
    APPEND = "insert into search_change (product_id, at) values ($1, $2)";
    NEW = "select seq, product_id from search_change where seq > $1 order by seq limit $2";
    AGAIN = "select max(seq), product_id from search_change where seq <= $1 and at >= $2 group by product_id order by 1";
    LATEST = "select coalesce(max(seq), 0) from search_change";
    PRUNE = "delete from search_change where seq in (select seq from search_change where at < $1 order by seq limit $2)";
}

/// A numbered change of one product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchChange {
    /// Its number.
    pub seq: i64,
    /// The product that changed.
    pub product_id: ProductId,
}

fn map(row: &Row<'_>) -> Result<SearchChange, Fail> {
    Ok(SearchChange {
        seq: row.take()?,
        product_id: row.take()?,
    })
}

/// Notes that a product looks different from now on.
///
/// # Errors
/// The database's.
pub fn append(tx: &Tx<'_>, product_id: ProductId, now: Timestamp) -> Result<(), Fail> {
    tx.exec(&APPEND, &[&product_id, &now])?;
    Ok(())
}

/// What a follower that has seen `after` must look at, in the order of the
/// numbers: products changed in the last [`REREAD_SECONDS`] at or below
/// `after`, then up to `limit` newer changes. The last one's number, or
/// `after` when there is none above it, is the next `after`.
///
/// # Errors
/// The database's.
pub fn since(
    tx: &ReadTx<'_>,
    after: i64,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<SearchChange>, Fail> {
    let reread_from = now.plus_seconds(-REREAD_SECONDS);
    let mut changes = tx.many(&AGAIN, &[&after, &reread_from], map)?;
    changes.extend(tx.many(&NEW, &[&after, &limit], map)?);
    Ok(changes)
}

/// The highest number so far: where a follower starts after a full rebuild.
///
/// # Errors
/// The database's.
pub fn latest(tx: &ReadTx<'_>) -> Result<i64, Fail> {
    tx.load(&LATEST, &[], |row| row.take())
}

/// Deletes up to `limit` changes from before a time; how many went. Followers
/// that slept longer rebuild from the products instead.
///
/// # Errors
/// The database's.
pub fn prune(tx: &Tx<'_>, before: Timestamp, limit: u32) -> Result<u64, Fail> {
    tx.exec(&PRUNE, &[&before, &limit])
}
