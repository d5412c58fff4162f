//! Lists of orders: `Billing Center > Orders > My Orders` and `Unpaid Orders`
//! of the buyer, the seller's order list, and all orders for operators.

use db::{ReadTx, Row, sql};
use kernel::id::{OrderId, OrderLineId, OrganisationId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;
use ordering::order::OrderType;
use ordering::order_line::LineState;
use ordering::status::OrderStatus;

use crate::line_name::LineName;

/// What a list of orders is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A status; all when none.
    pub status: Option<OrderStatus>,
    /// Part of an order number from its start; empty for all.
    pub number: String,
}

/// A row: one line of an order, with the order's own data.
#[derive(Debug, Clone)]
pub struct OrderRow {
    /// The line.
    pub line: OrderLineId,
    /// The order.
    pub order: OrderId,
    /// The order's number.
    pub number: String,
    /// What sort.
    pub order_type: OrderType,
    /// The product as it was named.
    pub product_name: String,
    /// Product and specification in both languages.
    pub name: LineName,
    /// The product's address part.
    pub product_slug: String,
    /// The other side: the seller for a buyer, the buyer for a seller.
    pub counterpart: String,
    /// What the buyer pays.
    pub gross: Money,
    /// Where it stands.
    pub status: OrderStatus,
    /// Whether delivery is supervised.
    pub supervised: bool,
    /// When it was submitted.
    pub created_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Until when it can be paid.
    pub expires_at: Option<Timestamp>,
}

macro_rules! orders {
    ($counterpart:literal, $scope:literal) => {
        concat!(
            "select l.id, o.id, o.number, o.type, l.product_name, p.slug, ", $counterpart, ", l.currency, l.gross_minor, l.state, ",
            "l.supervised, l.created_at, l.paid_at, o.expires_at, l.frozen from order_line l ",
            "join orders o on o.id = l.order_id join product p on p.id = l.product_id ",
            "join organisation b on b.id = l.buyer_id join organisation s on s.id = l.seller_id where ", $scope,
            " and (l.state = $2 or l.state = $3 or $2 = '') and (o.type = $4 or $4 = '') ",
            "and o.number >= $5 and o.number < $6 ",
            "and (l.created_at < $7 or (l.created_at = $7 and l.id < $8)) order by l.created_at desc, l.id desc limit $9"
        )
    };
}

sql! {
    OF_BUYER = orders!("s.name", "l.buyer_id = $1");
    OF_SELLER = orders!("b.name", "l.seller_id = $1 and l.state <> 'PENDING_PAYMENT' and l.state <> 'CANCELLED'");
    OF_ALL = orders!("b.name", "l.realm = $1");
}

fn read(row: &Row<'_>) -> Result<OrderRow, Fail> {
    let (line, order, number, order_type) = (row.take()?, row.take()?, row.take()?, row.take()?);
    let (product_name, product_slug, counterpart) = (row.take()?, row.take()?, row.take()?);
    let (currency, minor): (Currency, i64) = (row.take()?, row.take()?);
    let state: LineState = row.take()?;
    Ok(OrderRow {
        line,
        order,
        number,
        order_type,
        product_name,
        product_slug,
        counterpart,
        gross: Money::new(minor, currency),
        status: OrderStatus::of(order_type, state),
        supervised: row.take()?,
        created_at: row.take()?,
        paid_at: row.take()?,
        expires_at: row.take()?,
        name: LineName::take(row)?,
    })
}

fn load(
    tx: &ReadTx<'_>,
    sql: &'static db::Sql,
    scope: &str,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<OrderRow>, Fail> {
    let states = filter
        .status
        .map(OrderStatus::line_states)
        .unwrap_or_default();
    let first = states.first().map_or("", |state| state.name());
    let second = states
        .get(1)
        .or(states.first())
        .map_or("", |state| state.name());
    let order_type = match filter.status {
        Some(OrderStatus::Refunding) => OrderType::Unsubscribe.name(),
        Some(OrderStatus::Processing) => OrderType::New.name(),
        _ => "",
    };
    let number = filter.number.trim().to_uppercase();
    let number_end = format!("{number}\u{7f}");
    let rows = tx.many(
        sql,
        &[
            &scope,
            &first,
            &second,
            &order_type,
            &number,
            &number_end,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        read,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.created_at,
        id: row.line.to_string(),
    }))
}

/// A buyer's orders, newest first.
///
/// # Errors
/// The database's.
pub fn of_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<OrderRow>, Fail> {
    load(tx, &OF_BUYER, buyer.as_str(), filter, request)
}

/// Orders of a seller's products that were paid, newest first.
///
/// # Errors
/// The database's.
pub fn of_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<OrderRow>, Fail> {
    load(tx, &OF_SELLER, seller.as_str(), filter, request)
}

/// All orders of a realm, for operators, newest first.
///
/// # Errors
/// The database's.
pub fn of_all(
    tx: &ReadTx<'_>,
    realm: Realm,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<OrderRow>, Fail> {
    load(tx, &OF_ALL, realm.name(), filter, request)
}
