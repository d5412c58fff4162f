//! `My KooGallery > Purchased Apps` (B-42, B-46).

use db::{ReadTx, Row, sql};
use delivery::instance::State as InstanceState;
use kernel::id::{InstanceId, OrderId, OrganisationId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;
use ordering::order_line::LineState;

use crate::line_name::LineName;

/// A purchased application.
#[derive(Debug, Clone)]
pub struct AppRow {
    /// The instance.
    pub instance: InstanceId,
    /// Product and specification as they were named.
    pub name: LineName,
    /// The product's address part.
    pub product_slug: String,
    /// Who delivers.
    pub seller: String,
    /// The order.
    pub order: OrderId,
    /// The order's number.
    pub order_number: String,
    /// Where the instance stands.
    pub state: InstanceState,
    /// Where the line stands.
    pub line_state: LineState,
    /// Whether delivery is supervised.
    pub supervised: bool,
    /// When the seller opened it.
    pub opened_at: Option<Timestamp>,
    /// The last second of its term; none for ever, or when it didn't start.
    pub ends_at: Option<Timestamp>,
    /// When it was planned.
    pub created_at: Timestamp,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Copy)]
pub struct Filter<'a> {
    /// Part of the product's name, any case; empty for all.
    pub search: &'a str,
    /// Leave out supervised lines whose flow hasn't ended (policy).
    pub hide_unfinished: bool,
}

sql! {
    LIST = "select i.id, l.frozen, p.slug, s.name, l.order_id, o.number, i.state, l.state, l.supervised, i.opened_at, i.ends_at, i.created_at \
            from instance i join order_line l on l.id = i.order_line_id join orders o on o.id = i.order_id \
            join product p on p.id = i.product_id join organisation s on s.id = i.seller_id \
            left join service_flow f on f.order_line_id = l.id \
            where i.buyer_id = $1 and i.state <> 'FAILED' \
            and ($2 = 0 or f.id is null or f.state = 'COMPLETED') \
            and (lower(l.product_name) like $3 or $3 = '%%') \
            and (i.created_at < $4 or (i.created_at = $4 and i.id < $5)) order by i.created_at desc, i.id desc limit $6";
}

fn read(row: &Row<'_>) -> Result<AppRow, Fail> {
    Ok(AppRow {
        instance: row.take()?,
        name: LineName::take(row)?,
        product_slug: row.take()?,
        seller: row.take()?,
        order: row.take()?,
        order_number: row.take()?,
        state: row.take()?,
        line_state: row.take()?,
        supervised: row.take()?,
        opened_at: row.take()?,
        ends_at: row.take()?,
        created_at: row.take()?,
    })
}

/// A buyer's applications, newest first.
///
/// # Errors
/// The database's.
pub fn load(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    filter: Filter<'_>,
    request: &PageRequest,
) -> Result<Page<AppRow>, Fail> {
    // Wildcards of the search text would match more than was asked for.
    let plain: String = filter
        .search
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '%' | '_'))
        .collect();
    let pattern = format!("%{plain}%");
    let rows = tx.many(
        &LIST,
        &[
            &buyer,
            &filter.hide_unfinished,
            &pattern,
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
