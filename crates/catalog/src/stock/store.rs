//! The stock's buckets.

use db::{ReadTx, Tx, sql};
use kernel::id::ProductId;
use kernel::prelude::*;

use super::BUCKETS;

kernel::codes! {
    /// No piece is left.
    Conflict OUT_OF_STOCK = "out-of-stock";
}

sql! {
    FILL = "insert into stock (product_id, bucket, remaining, sold) values ($1, $2, $3, 0) \
            on conflict (product_id, bucket) do update set remaining = excluded.remaining";
    TAKE = "update stock set remaining = remaining - 1, sold = sold + 1 where product_id = $1 and bucket = $2 and remaining > 0";
    GIVE_BACK = "update stock set remaining = remaining + 1, sold = sold - 1 where product_id = $1 and bucket = $2";
    REMAINING = "select cast(coalesce(sum(remaining), 0) as bigint) from stock where product_id = $1";
    SOLD = "select cast(coalesce(sum(sold), 0) as bigint) from stock where product_id = $1";
}

/// Sets what is left to `total`; what was sold stays counted.
///
/// # Errors
/// The database's.
pub fn fill(tx: &Tx<'_>, product_id: ProductId, total: u32) -> Result<(), Fail> {
    let (share, rest) = (total / BUCKETS, total % BUCKETS);
    for bucket in 0..BUCKETS {
        let remaining = share + u32::from(bucket < rest);
        tx.exec(&FILL, &[&product_id, &bucket, &remaining])?;
    }
    Ok(())
}

/// Takes one piece for an order line, from a bucket drawn at random or the
/// next one that has any.
///
/// # Errors
/// [`OUT_OF_STOCK`]; the database's.
pub fn take(tx: &Tx<'_>, product_id: ProductId) -> Result<(), Fail> {
    let start = random_bucket();
    for offset in 0..BUCKETS {
        let bucket = (start + offset) % BUCKETS;
        if tx.exec(&TAKE, &[&product_id, &bucket])? == 1 {
            return Ok(());
        }
    }
    Err(Fail::new(OUT_OF_STOCK))
}

/// Gives back the piece of an order line that was cancelled or failed. The
/// caller answers for doing it once per line.
///
/// # Errors
/// Changed meanwhile when the product has no stock rows; the database's.
pub fn give_back(tx: &Tx<'_>, product_id: ProductId) -> Result<(), Fail> {
    tx.exec_one(&GIVE_BACK, &[&product_id, &random_bucket()])
}

/// Pieces left.
///
/// # Errors
/// The database's.
pub fn remaining(tx: &ReadTx<'_>, product_id: ProductId) -> Result<i64, Fail> {
    tx.load(&REMAINING, &[&product_id], |row| row.take())
}

/// Pieces sold and not given back: how popular a product is.
///
/// # Errors
/// The database's.
pub fn sold(tx: &ReadTx<'_>, product_id: ProductId) -> Result<i64, Fail> {
    tx.load(&SOLD, &[&product_id], |row| row.take())
}

fn random_bucket() -> u32 {
    u32::try_from(kernel::random::below(u64::from(BUCKETS))).unwrap_or(0)
}
