//! `Reject`: the buyer sends a delivery back with a reason.

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use db::audit;
use kernel::id::ServiceFlowId;
use kernel::prelude::*;
use ordering::order_line;
use supervision::record::Statement;
use supervision::service_flow;

use crate::App;
use crate::facts::{Fact, announce};

impl App {
    /// Rejects the delivery; the seller delivers again.
    ///
    /// # Errors
    /// Not found; no reason; not in this state.
    pub async fn reject_service(
        &self,
        buyer: &BuyerActor,
        flow: ServiceFlowId,
        reason: &str,
    ) -> Result<(), Fail> {
        buyer.require(Right::Supervise)?;
        let rules = self.policy().await?;
        let said = Statement::parse(reason, Vec::new(), &rules.supervision)?;
        let (buyer, now) = (buyer.clone(), self.business_now(buyer.realm()));
        self.step(move |tx| {
            let mut flow = service_flow::store::find_for_buyer(tx, buyer.organisation(), flow)?;
            let rejected = service_flow::ops::reject_delivery(&mut flow, &said, buyer.who(), now)?;
            service_flow::store::save(tx, &mut flow, rejected, &said)?;
            let line = order_line::find_any(tx, flow.order_line_id())?;
            announce(tx, &Fact::DeliveryRejected(&line, &flow, said.text()), now)?;
            audit::record(
                tx,
                &crate::app_audit(&buyer, "rejectDelivery", flow.id().as_str(), now),
            )
        })
        .await
    }
}
