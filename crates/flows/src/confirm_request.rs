//! `Accept request`, or its rejection: the seller answers the buyer's request.

use accounts::actor::SellerActor;
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
    /// Agrees to the request; the delivery period counts from here.
    ///
    /// # Errors
    /// Not found; not in this state.
    pub async fn accept_request(
        &self,
        seller: &SellerActor,
        flow: ServiceFlowId,
    ) -> Result<(), Fail> {
        seller.require(Right::Deliver)?;
        let policy = self.policy().await?;
        let (seller, now) = (seller.clone(), self.business_now(seller.realm()));
        self.step(move |tx| {
            let mut flow = service_flow::store::find_for_seller(tx, seller.organisation(), flow)?;
            let line = order_line::find_any(tx, flow.order_line_id())?;
            let days = line.frozen().delivery_days;
            let accepted = service_flow::ops::accept_request(
                &mut flow,
                days,
                &policy.zone,
                seller.who(),
                now,
            )?;
            service_flow::store::save(tx, &mut flow, accepted, &Statement::default())?;
            announce(tx, &Fact::RequestAccepted(&line, &flow), now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "acceptRequest", flow.id().as_str(), now),
            )
        })
        .await
    }

    /// Sends the request back with a reason; the buyer changes and resubmits it.
    ///
    /// # Errors
    /// Not found; no reason; not in this state.
    pub async fn reject_request(
        &self,
        seller: &SellerActor,
        flow: ServiceFlowId,
        reason: &str,
    ) -> Result<(), Fail> {
        seller.require(Right::Deliver)?;
        let rules = self.policy().await?;
        let said = Statement::parse(reason, Vec::new(), &rules.supervision)?;
        let (seller, now) = (seller.clone(), self.business_now(seller.realm()));
        self.step(move |tx| {
            let mut flow = service_flow::store::find_for_seller(tx, seller.organisation(), flow)?;
            let rejected = service_flow::ops::reject_request(&mut flow, &said, seller.who(), now)?;
            service_flow::store::save(tx, &mut flow, rejected, &said)?;
            let line = order_line::find_any(tx, flow.order_line_id())?;
            announce(tx, &Fact::RequestRejected(&line, &flow, said.text()), now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "rejectRequest", flow.id().as_str(), now),
            )
        })
        .await
    }
}
