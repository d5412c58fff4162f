//! Openings that were given up although the seller may have opened something:
//! it was called, and never told an instance ID that could be released. Seller
//! and operator look after them by hand (ruling on failed openings).

use db::{ReadTx, Row, sql};
use delivery::message::MessageId;
use kernel::id::{InstanceId, OrderId, OrganisationId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

/// A possible orphan.
#[derive(Debug, Clone)]
pub struct OrphanRow {
    /// The unit that failed to open.
    pub instance: InstanceId,
    /// The order.
    pub order: OrderId,
    /// The order's number.
    pub order_number: String,
    /// The line's number, by which the seller finds it.
    pub line_number: String,
    /// The product as it was named.
    pub product_name: String,
    /// The seller's name.
    pub seller: String,
    /// The message whose calls failed.
    pub message: MessageId,
    /// When the seller was called last.
    pub last_call_at: Timestamp,
    /// What went wrong at that call.
    pub exception: String,
    /// When the unit was planned.
    pub created_at: Timestamp,
}

// A message without an address was never sent, and an ID that came later is a
// stray with a row of its own. The realm leads to the few that failed.
sql! {
    LIST = "select i.id, i.order_id, m.order_number, m.line_number, l.product_name, s.name, m.id, m.last_call_at, m.exception, i.created_at \
            from instance i join order_line l on l.id = i.order_line_id join organisation s on s.id = i.seller_id \
            join interface_message m on m.effect_key = 'open:' || i.id \
            where i.realm = $1 and i.state = 'FAILED' and ($2 = '' or i.seller_id = $2) and i.external_ref is null and m.url <> '' \
            and not exists (select 1 from stray_instance x where x.instance_id = i.id) \
            and (i.created_at < $3 or (i.created_at = $3 and i.id < $4)) order by i.created_at desc, i.id desc limit $5";
}

/// A seller's possible orphans in its realm, newest first.
///
/// # Errors
/// The database's.
pub fn of_seller(
    tx: &ReadTx<'_>,
    realm: Realm,
    seller: OrganisationId,
    request: &PageRequest,
) -> Result<Page<OrphanRow>, Fail> {
    load(tx, realm, seller.as_str(), request)
}

/// All possible orphans of a realm, for operators, newest first.
///
/// # Errors
/// The database's.
pub fn of_all(
    tx: &ReadTx<'_>,
    realm: Realm,
    request: &PageRequest,
) -> Result<Page<OrphanRow>, Fail> {
    load(tx, realm, "", request)
}

fn load(
    tx: &ReadTx<'_>,
    realm: Realm,
    seller: &str,
    request: &PageRequest,
) -> Result<Page<OrphanRow>, Fail> {
    let rows = tx.many(
        &LIST,
        &[
            &realm,
            &seller,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        read,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.created_at,
        id: row.instance.to_string(),
    }))
}

fn read(row: &Row<'_>) -> Result<OrphanRow, Fail> {
    Ok(OrphanRow {
        instance: row.take()?,
        order: row.take()?,
        order_number: row.take()?,
        line_number: row.take()?,
        product_name: row.take()?,
        seller: row.take()?,
        message: row.take()?,
        last_call_at: row.take()?,
        exception: row.take()?,
        created_at: row.take()?,
    })
}
