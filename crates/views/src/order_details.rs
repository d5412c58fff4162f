//! One order with its line, payment, instance, flow and what followed: the
//! details page of buyer, seller and operator.

use db::{ReadTx, sql};
use delivery::instance::State as InstanceState;
use kernel::id::{InstanceId, OrderId, OrganisationId, ServiceFlowId, UserId};
use kernel::prelude::*;
use ordering::order::{self, Order};
use ordering::order_line::{self, OrderLine};
use supervision::service_flow::State as FlowState;

/// An order as people see it.
#[derive(Debug, Clone)]
pub struct OrderDetails {
    /// The order.
    pub order: Order,
    /// Its line.
    pub line: OrderLine,
    /// Who bought.
    pub buyer_name: String,
    /// Who delivers.
    pub seller_name: String,
    /// The product's address part.
    pub product_slug: String,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// What the seller opened for it, if anything is planned.
    pub instance: Option<(InstanceId, InstanceState)>,
    /// Its supervised delivery.
    pub flow: Option<(ServiceFlowId, FlowState)>,
    /// The unsubscription that ended it, or the order that this one ended.
    pub related: Vec<RelatedOrder>,
    /// What happened, oldest first.
    pub history: Vec<db::history::Past>,
}

/// An order that belongs to this one.
#[derive(Debug, Clone)]
pub struct RelatedOrder {
    /// Its id.
    pub order: OrderId,
    /// Its number.
    pub number: String,
    /// When it was made.
    pub created_at: Timestamp,
}

sql! {
    NAMES = "select b.name, s.name, p.slug from organisation b, organisation s, product p where b.id = $1 and s.id = $2 and p.id = $3";
    INSTANCE = "select id, state from instance where order_line_id = $1 order by ordinal limit 1";
    FLOW = "select id, state from service_flow where order_line_id = $1";
    UNSUBSCRIPTIONS = "select id, number, created_at from orders where refers_to = $1 order by created_at";
    ORIGIN = "select o.id, o.number, o.created_at from order_line l join orders o on o.id = l.order_id where l.id = $1";
    CONTACT = "select name, email, mobile from users where id = $1";
}

/// A buyer's order.
///
/// # Errors
/// "Not found", also for another buyer's.
pub fn for_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    id: OrderId,
) -> Result<OrderDetails, Fail> {
    assemble(tx, order::find_for_buyer(tx, buyer, id)?)
}

/// An order of a seller's product.
///
/// # Errors
/// "Not found", also for another seller's.
pub fn for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    id: OrderId,
) -> Result<OrderDetails, Fail> {
    let details = assemble(tx, order::find_any(tx, id)?)?;
    if details.line.terms().seller == seller {
        Ok(details)
    } else {
        Err(Fail::not_found())
    }
}

/// Any order, for operators.
///
/// # Errors
/// "Not found".
pub fn for_operator(tx: &ReadTx<'_>, id: OrderId) -> Result<OrderDetails, Fail> {
    assemble(tx, order::find_any(tx, id)?)
}

fn assemble(tx: &ReadTx<'_>, order: Order) -> Result<OrderDetails, Fail> {
    let line = order_line::of_order(tx, order.id())?
        .into_iter()
        .next()
        .ok_or_else(Fail::not_found)?;
    let terms = line.terms();
    let (buyer_name, seller_name, product_slug) = tx.load(
        &NAMES,
        &[&order.buyer(), &terms.seller, &terms.product],
        |row| Ok((row.take()?, row.take()?, row.take()?)),
    )?;
    let related = |row: &db::Row<'_>| {
        Ok(RelatedOrder {
            order: row.take()?,
            number: row.take()?,
            created_at: row.take()?,
        })
    };
    let related = match order.refers_to() {
        Some(origin) => tx.many(&ORIGIN, &[&origin], related)?,
        None => tx.many(&UNSUBSCRIPTIONS, &[&line.id()], related)?,
    };
    Ok(OrderDetails {
        buyer_name,
        seller_name,
        product_slug,
        paid_at: order::payment_of(tx, order.id())?,
        instance: tx.one(&INSTANCE, &[&line.id()], |row| {
            Ok((row.take()?, row.take()?))
        })?,
        flow: tx.one(&FLOW, &[&line.id()], |row| Ok((row.take()?, row.take()?)))?,
        related,
        history: db::history::of(tx, line.id().as_str())?,
        order,
        line,
    })
}

/// Contact data of the person who ordered, for a seller whom the buyer let see it.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Mobile number, possibly empty.
    pub mobile: String,
}

/// The contact data of a person. The caller has checked the consent.
///
/// # Errors
/// "Not found".
pub fn contact(tx: &ReadTx<'_>, user: UserId) -> Result<Contact, Fail> {
    tx.load(&CONTACT, &[&user], |row| {
        Ok(Contact {
            name: row.take()?,
            email: row.take()?,
            mobile: row.take()?,
        })
    })
}
