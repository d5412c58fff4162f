//! `Service Supervision > View Details`: one supervised delivery with its line,
//! both sides and its operation records, for buyer, seller and operator (B-60).

use accounts::seller::{self, SellerProfile};
use db::{ReadTx, sql};
use delivery::instance::State as InstanceState;
use kernel::id::{InstanceId, OrganisationId, ServiceFlowId};
use kernel::prelude::*;
use ordering::order_line::{self, OrderLine};
use supervision::record::{self, Record};
use supervision::service_flow::{self, ServiceFlow};

/// A supervised delivery as its page shows it.
#[derive(Debug, Clone)]
pub struct SupervisionDetails {
    /// The flow.
    pub flow: ServiceFlow,
    /// What was bought.
    pub line: OrderLine,
    /// Who bought.
    pub buyer_name: String,
    /// Who delivers, with contact data as it is now.
    pub seller: SellerProfile,
    /// What the seller opened for it: `Deliver Service` waits until it is open.
    pub instance: Option<(InstanceId, InstanceState)>,
    /// Who did what, oldest first.
    pub records: Vec<Record>,
}

sql! {
    BUYER_NAME = "select name from organisation where id = $1";
    INSTANCE = "select id, state from instance where order_line_id = $1 order by ordinal limit 1";
}

/// A buyer's supervised delivery.
///
/// # Errors
/// "Not found", also for another buyer's.
pub fn for_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    id: ServiceFlowId,
) -> Result<SupervisionDetails, Fail> {
    let flow = service_flow::store::find_for_buyer(tx, buyer, id)?;
    let records = record::store::list_for_buyer(tx, buyer, id)?;
    assemble(tx, flow, records)
}

/// A seller's supervised delivery.
///
/// # Errors
/// "Not found", also for another seller's.
pub fn for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    id: ServiceFlowId,
) -> Result<SupervisionDetails, Fail> {
    let flow = service_flow::store::find_for_seller(tx, seller, id)?;
    let records = record::store::list_for_seller(tx, seller, id)?;
    assemble(tx, flow, records)
}

/// Any supervised delivery, for operators.
///
/// # Errors
/// "Not found".
pub fn for_operator(tx: &ReadTx<'_>, id: ServiceFlowId) -> Result<SupervisionDetails, Fail> {
    let flow = service_flow::store::find_any(tx, id)?;
    let records = record::store::list_any(tx, id)?;
    assemble(tx, flow, records)
}

fn assemble(
    tx: &ReadTx<'_>,
    flow: ServiceFlow,
    records: Vec<Record>,
) -> Result<SupervisionDetails, Fail> {
    Ok(SupervisionDetails {
        line: order_line::find_any(tx, flow.order_line_id())?,
        buyer_name: tx.load(&BUYER_NAME, &[&flow.buyer_id()], |row| row.take())?,
        seller: seller::load(tx, flow.seller_id())?,
        instance: tx.one(&INSTANCE, &[&flow.order_line_id()], |row| {
            Ok((row.take()?, row.take()?))
        })?,
        flow,
        records,
    })
}
