//! The products' table. Every change here tells the search index.

use db::{ReadTx, Row, Tx, history, sql, unique_violation};
use kernel::id::{OrganisationId, ProductId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

use super::{Product, ProductMachine, ProductState, SLUG_TAKEN};
use crate::search_change;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, realm, seller_id, slug, category_key, state, hidden, current_version, version, created_at, listed_at \
             from product ",
            $rest
        )
    };
}

sql! {
    INSERT = "insert into product (id, realm, seller_id, slug, category_key, state, hidden, current_version, version, created_at, listed_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    BY_ID = select!("where id = $1");
    BY_SLUG = select!("where slug = $1");
    BY_SELLER_AND_ID = select!("where seller_id = $1 and id = $2");
    OF_SELLER = select!("where seller_id = $1 and (created_at < $2 or (created_at = $2 and id < $3)) \
                         order by created_at desc, id desc limit $4");
    AFTER = select!("where id > $1 order by id limit $2");
    SAVE = "update product set state = $1, listed_at = $2, version = version + 1 where id = $3 and state = $4 and version = $5";
    SET_VERSION = "update product set current_version = $1, version = version + 1 where id = $2 and version = $3";
    SET_PLACE = "update product set category_key = $1, hidden = $2, version = version + 1 where id = $3 and version = $4";
}

fn map(row: &Row<'_>) -> Result<Product, Fail> {
    Ok(Product {
        id: row.take()?,
        realm: row.take()?,
        seller_id: row.take()?,
        slug: row.take()?,
        category_key: row.take()?,
        state: row.take()?,
        hidden: row.take()?,
        current_version: row.take()?,
        version: row.take()?,
        created_at: row.take()?,
        listed_at: row.take()?,
    })
}

/// Writes a new product.
///
/// # Errors
/// [`SLUG_TAKEN`] at the field `slug`; the database's.
pub fn insert(tx: &Tx<'_>, product: &Product) -> Result<(), Fail> {
    let written = tx.exec(
        &INSERT,
        &[
            &product.id,
            &product.realm,
            &product.seller_id,
            &product.slug,
            &product.category_key,
            &product.state,
            &product.hidden,
            &product.current_version,
            &product.version,
            &product.created_at,
            &product.listed_at,
        ],
    );
    match written {
        Ok(_) => Ok(()),
        Err(fail) if unique_violation(&fail) == Some("product__slug") => {
            Err(Fail::field("slug", SLUG_TAKEN))
        }
        Err(fail) => Err(fail),
    }
}

/// Any product by id, for the shop, the operator and the system: the catalogue
/// is public. Whether it may be bought is asked of `offer::check_saleable`.
///
/// # Errors
/// Not found; the database's.
pub fn find_any(tx: &ReadTx<'_>, id: ProductId) -> Result<Product, Fail> {
    tx.load(&BY_ID, &[&id], map)
}

/// Any product by the readable part of its address, if there is one.
///
/// # Errors
/// The database's.
pub fn find_by_slug(tx: &ReadTx<'_>, slug: &str) -> Result<Option<Product>, Fail> {
    tx.one(&BY_SLUG, &[&slug], map)
}

/// A seller's own product.
///
/// # Errors
/// Not found, also when it is another seller's; the database's.
pub fn find_for_seller(
    tx: &ReadTx<'_>,
    seller_id: OrganisationId,
    id: ProductId,
) -> Result<Product, Fail> {
    tx.load(&BY_SELLER_AND_ID, &[&seller_id, &id], map)
}

/// A seller's products, newest first.
///
/// # Errors
/// The database's.
pub fn list_for_seller(
    tx: &ReadTx<'_>,
    seller_id: OrganisationId,
    page: &PageRequest,
) -> Result<Page<Product>, Fail> {
    let rows = tx.many(
        &OF_SELLER,
        &[
            &seller_id,
            &page.before_micros(),
            &page.before_id(),
            &page.fetch(),
        ],
        map,
    )?;
    Ok(Page::cut(rows, page, |product| Cursor {
        at: product.created_at,
        id: product.id.as_str().to_owned(),
    }))
}

/// All products in the order of their ids, for rebuilding and reconciling the
/// search index: up to `limit` after the last one seen.
///
/// # Errors
/// The database's.
pub fn after(
    tx: &ReadTx<'_>,
    last_seen: Option<ProductId>,
    limit: u32,
) -> Result<Vec<Product>, Fail> {
    let last_seen = last_seen.map_or_else(String::new, |id| id.as_str().to_owned());
    tx.many(&AFTER, &[&last_seen, &limit], map)
}

/// Stores a transition with its history row; the product after it.
///
/// # Errors
/// Changed meanwhile when the row moved on; the database's.
pub fn save(
    tx: &Tx<'_>,
    product: &Product,
    transition: &Transition<ProductMachine>,
) -> Result<Product, Fail> {
    let mut after = product.clone();
    after.state = transition.to();
    after.version = transition.version() + 1;
    if after.state == ProductState::OnSale && after.listed_at.is_none() {
        after.listed_at = Some(transition.at());
    }
    tx.exec_one(
        &SAVE,
        &[
            &after.state,
            &after.listed_at,
            &product.id,
            &transition.from(),
            &transition.version(),
        ],
    )?;
    history::append(tx, product.id.as_str(), transition)?;
    search_change::append(tx, product.id, transition.at())?;
    Ok(after)
}

/// Moves it to a category and hides or shows it.
///
/// # Errors
/// Changed meanwhile when the row moved on; the database's.
pub fn set_place(
    tx: &Tx<'_>,
    product: &Product,
    category_key: &str,
    hidden: bool,
    now: Timestamp,
) -> Result<Product, Fail> {
    tx.exec_one(
        &SET_PLACE,
        &[&category_key, &hidden, &product.id, &product.version],
    )?;
    search_change::append(tx, product.id, now)?;
    Ok(Product {
        category_key: category_key.to_owned(),
        hidden,
        version: product.version + 1,
        ..product.clone()
    })
}

/// Makes a version the one that is sold; only `release` calls this.
pub(crate) fn set_current_version(
    tx: &Tx<'_>,
    product: &Product,
    number: i64,
    now: Timestamp,
) -> Result<Product, Fail> {
    tx.exec_one(&SET_VERSION, &[&number, &product.id, &product.version])?;
    search_change::append(tx, product.id, now)?;
    Ok(Product {
        current_version: number,
        version: product.version + 1,
        ..product.clone()
    })
}
