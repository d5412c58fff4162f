//! `Service Supervision`: the list of the buyer and of the seller (B-59).

use db::{ReadTx, Row, sql};
use kernel::id::{OrderId, OrganisationId, ServiceFlowId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;
use supervision::service_flow::State as FlowState;

use crate::line_name::LineName;

/// A supervised delivery.
#[derive(Debug, Clone)]
pub struct FlowRow {
    /// The flow.
    pub flow: ServiceFlowId,
    /// The order.
    pub order: OrderId,
    /// The order's number.
    pub order_number: String,
    /// The product as it was named.
    pub product_name: String,
    /// Product and specification in both languages.
    pub name: LineName,
    /// The other side's name.
    pub counterpart: String,
    /// What the buyer paid.
    pub gross: Money,
    /// Where it stands.
    pub state: FlowState,
    /// Until when the seller should deliver.
    pub delivery_due_at: Option<Timestamp>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it moved last.
    pub updated_at: Timestamp,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A state; all when none.
    pub state: Option<FlowState>,
    /// Order number or part of the product's name; empty for all.
    pub search: String,
}

macro_rules! flows {
    ($counterpart:literal, $scope:literal) => {
        concat!(
            "select f.id, f.order_id, o.number, l.product_name, ", $counterpart, ", l.currency, l.gross_minor, f.state, ",
            "f.delivery_due_at, f.created_at, f.updated_at, l.frozen from service_flow f join order_line l on l.id = f.order_line_id ",
            "join orders o on o.id = f.order_id join organisation b on b.id = f.buyer_id join organisation s on s.id = f.seller_id ",
            "where ", $scope, " and (f.state = $2 or $2 = '') and (lower(l.product_name) like $3 or lower(o.number) like $3) ",
            "and (f.created_at < $4 or (f.created_at = $4 and f.id < $5)) order by f.created_at desc, f.id desc limit $6"
        )
    };
}

sql! {
    OF_BUYER = flows!("s.name", "f.buyer_id = $1");
    OF_SELLER = flows!("b.name", "f.seller_id = $1");
}

fn read(row: &Row<'_>) -> Result<FlowRow, Fail> {
    let (flow, order, order_number, product_name, counterpart) = (
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
    );
    let (currency, minor): (Currency, i64) = (row.take()?, row.take()?);
    Ok(FlowRow {
        flow,
        order,
        order_number,
        product_name,
        counterpart,
        gross: Money::new(minor, currency),
        state: row.take()?,
        delivery_due_at: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
        name: LineName::take(row)?,
    })
}

fn load(
    tx: &ReadTx<'_>,
    sql: &'static db::Sql,
    scope: OrganisationId,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<FlowRow>, Fail> {
    let state = filter.state.map_or("", FlowState::name);
    let plain: String = filter
        .search
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '%' | '_'))
        .collect();
    let pattern = format!("%{plain}%");
    let rows = tx.many(
        sql,
        &[
            &scope,
            &state,
            &pattern,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        read,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.created_at,
        id: row.flow.to_string(),
    }))
}

/// A buyer's supervised deliveries, newest first.
///
/// # Errors
/// The database's.
pub fn of_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<FlowRow>, Fail> {
    load(tx, &OF_BUYER, buyer, filter, request)
}

/// A seller's supervised deliveries, newest first.
///
/// # Errors
/// The database's.
pub fn of_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<FlowRow>, Fail> {
    load(tx, &OF_SELLER, seller, filter, request)
}
