//! The favourites' table.

use db::{ReadTx, Tx, sql};
use kernel::id::{ProductId, UserId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

sql! {
    ADD = "insert into favourite (user_id, product_id, created_at) values ($1, $2, $3) on conflict (user_id, product_id) do nothing";
    REMOVE = "delete from favourite where user_id = $1 and product_id = $2";
    FIND = "select created_at from favourite where user_id = $1 and product_id = $2";
    LIST = "select product_id, created_at from favourite \
            where user_id = $1 and (created_at < $2 or (created_at = $2 and product_id < $3)) \
            order by created_at desc, product_id desc limit $4";
}

/// A saved product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Favourite {
    /// The product.
    pub product_id: ProductId,
    /// When it was saved.
    pub created_at: Timestamp,
}

/// Saves a product; saving it again changes nothing. The product must exist.
///
/// # Errors
/// The database's.
pub fn add(
    tx: &Tx<'_>,
    user_id: UserId,
    product_id: ProductId,
    now: Timestamp,
) -> Result<(), Fail> {
    tx.exec(&ADD, &[&user_id, &product_id, &now])?;
    Ok(())
}

/// Takes a product off the list, when it is on it.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Tx<'_>, user_id: UserId, product_id: ProductId) -> Result<(), Fail> {
    tx.exec(&REMOVE, &[&user_id, &product_id])?;
    Ok(())
}

/// Whether the person saved it.
///
/// # Errors
/// The database's.
pub fn contains(tx: &ReadTx<'_>, user_id: UserId, product_id: ProductId) -> Result<bool, Fail> {
    Ok(tx
        .one(&FIND, &[&user_id, &product_id], |row| {
            row.take::<Timestamp>()
        })?
        .is_some())
}

/// A person's list, newest first.
///
/// # Errors
/// The database's.
pub fn list(tx: &ReadTx<'_>, user_id: UserId, page: &PageRequest) -> Result<Page<Favourite>, Fail> {
    let rows = tx.many(
        &LIST,
        &[
            &user_id,
            &page.before_micros(),
            &page.before_id(),
            &page.fetch(),
        ],
        |row| {
            Ok(Favourite {
                product_id: row.take()?,
                created_at: row.take()?,
            })
        },
    )?;
    Ok(Page::cut(rows, page, |favourite| Cursor {
        at: favourite.created_at,
        id: favourite.product_id.as_str().to_owned(),
    }))
}
