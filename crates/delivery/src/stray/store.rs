//! Rows of strays.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::OrganisationId;
use kernel::page::{Cursor, Page, PageRequest};
use kernel::{Fail, Timestamp};

use super::{Stray, StrayId, Why};
use crate::instance::{self, ExternalRef, Instance};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, instance_id, order_line_id, seller_id, external_ref, why, released_at, \
             created_at from stray_instance where ",
            $rest
        )
    };
}

sql! {
    INSERT = "insert into stray_instance (id, instance_id, order_line_id, seller_id, external_ref, why, created_at) \
              values ($1, $2, $3, $4, $5, $6, $7) on conflict (instance_id, external_ref) do nothing";
    BY_ANSWER = select!("instance_id = $1 and external_ref = $2");
    ANY = select!("id = $1");
    LIST_FOR_SELLER = select!("seller_id = $1 and (created_at < $2 or (created_at = $2 and id < $3)) \
                               order by created_at desc, id desc limit $4");
    LIST_ANY = select!("(created_at < $1 or (created_at = $1 and id < $2)) \
                        order by created_at desc, id desc limit $3");
    RELEASED = "update stray_instance set released_at = $2 where id = $1 and released_at is null";
}

/// Records an id that was answered for an instance and differs from the
/// instance's own; the same answer again gives the first record. An id that
/// another instance of the market has is recorded as
/// [`Why::BelongsToAnother`], whatever `why` says.
///
/// # Errors
/// The database's; a bug when the id is the instance's own.
pub fn record(
    tx: &Tx<'_>,
    instance: &Instance,
    external_ref: &ExternalRef,
    why: Why,
    now: Timestamp,
) -> Result<Stray, Fail> {
    if instance.external_ref() == Some(external_ref) {
        return Err(Fail::bug("an instance's own id is no stray"));
    }
    let why = match instance::store::find_by_ref(tx, external_ref)? {
        Some(_) => Why::BelongsToAnother,
        None => why,
    };
    tx.exec(
        &INSERT,
        &[
            &StrayId::fresh(now),
            &instance.id(),
            &instance.order_line_id(),
            &instance.seller_id(),
            external_ref,
            &why,
            &now,
        ],
    )?;
    tx.load(&BY_ANSWER, &[&instance.id(), external_ref], read)
}

/// One of any seller: for the operator and for the marketplace itself.
///
/// # Errors
/// Not found.
pub fn find_any(tx: &ReadTx<'_>, id: StrayId) -> Result<Stray, Fail> {
    tx.load(&ANY, &[&id], read)
}

/// A seller's strays, newest first.
///
/// # Errors
/// The database's.
pub fn list_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    page: &PageRequest,
) -> Result<Page<Stray>, Fail> {
    let (before, id) = (page.before_micros(), page.before_id());
    let rows = tx.many(
        &LIST_FOR_SELLER,
        &[&seller, &before, &id, &page.fetch()],
        read,
    )?;
    Ok(Page::cut(rows, page, cursor))
}

/// All strays, newest first, for the operator.
///
/// # Errors
/// The database's.
pub fn list_any(tx: &ReadTx<'_>, page: &PageRequest) -> Result<Page<Stray>, Fail> {
    let (before, id) = (page.before_micros(), page.before_id());
    let rows = tx.many(&LIST_ANY, &[&before, &id, &page.fetch()], read)?;
    Ok(Page::cut(rows, page, cursor))
}

/// Notes that the seller confirmed the release; a second time changes nothing.
///
/// # Errors
/// The database's.
pub fn mark_released(tx: &Tx<'_>, id: StrayId, at: Timestamp) -> Result<(), Fail> {
    tx.exec(&RELEASED, &[&id, &at])?;
    Ok(())
}

fn cursor(stray: &Stray) -> Cursor {
    Cursor {
        at: stray.created_at,
        id: stray.id.to_string(),
    }
}

fn read(row: &Row<'_>) -> Result<Stray, Fail> {
    Ok(Stray {
        id: row.take()?,
        instance_id: row.take()?,
        order_line_id: row.take()?,
        seller_id: row.take()?,
        external_ref: row.take()?,
        why: row.take()?,
        released_at: row.take()?,
        created_at: row.take()?,
    })
}
