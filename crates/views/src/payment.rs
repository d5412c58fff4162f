//! A buyer pays an order and watches it being opened: the pages between
//! `Submit` and the console.

use billing::ledger;
use db::{ReadTx, sql};
use delivery::instance::State as InstanceState;
use kernel::id::{InstanceId, OrderId, OrganisationId, ServiceFlowId};
use kernel::prelude::*;
use ordering::order::{self, Order};
use ordering::order_line::{self, OrderLine};
use supervision::service_flow::State as FlowState;

/// An order to be paid, or paid just now.
#[derive(Debug, Clone)]
pub struct Payment {
    /// The order.
    pub order: Order,
    /// Its line.
    pub line: OrderLine,
    /// What the buyer may spend.
    pub balance: Money,
    /// What the seller opens for it, once it is paid.
    pub instance: Option<(InstanceId, InstanceState)>,
    /// Its supervised delivery, once it is paid.
    pub flow: Option<(ServiceFlowId, FlowState)>,
}

sql! {
    INSTANCE = "select id, state from instance where order_line_id = $1 order by ordinal limit 1";
    FLOW = "select id, state from service_flow where order_line_id = $1";
}

/// A buyer's order with what paying it needs.
///
/// # Errors
/// "Not found", also for another buyer's.
pub fn load(tx: &ReadTx<'_>, buyer: OrganisationId, id: OrderId) -> Result<Payment, Fail> {
    let order = order::find_for_buyer(tx, buyer, id)?;
    let line = order_line::of_order(tx, order.id())?
        .into_iter()
        .next()
        .ok_or_else(Fail::not_found)?;
    Ok(Payment {
        balance: ledger::balance(tx, buyer, order.total().currency)?,
        instance: tx.one(&INSTANCE, &[&line.id()], |row| {
            Ok((row.take()?, row.take()?))
        })?,
        flow: tx.one(&FLOW, &[&line.id()], |row| Ok((row.take()?, row.take()?)))?,
        order,
        line,
    })
}
