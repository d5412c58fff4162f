//! `Submit Request`: the buyer tells the seller what is wanted (flow F-REQ).

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use db::audit;
use kernel::id::ServiceFlowId;
use kernel::prelude::*;
use ordering::order_line;
use supervision::record::FileKind;
use supervision::service_flow;

use crate::App;
use crate::facts::{Fact, announce};
use crate::handed_over::HandedOver;

impl App {
    /// Submits the request, or submits it again after a rejection.
    ///
    /// # Errors
    /// Not found; trouble at `text` and files; not in this state.
    pub async fn submit_request(
        &self,
        buyer: &BuyerActor,
        flow: ServiceFlowId,
        text: &str,
        files: Vec<HandedOver>,
    ) -> Result<(), Fail> {
        buyer.require(Right::Supervise)?;
        let files = self
            .keep_files(
                buyer.organisation(),
                buyer.user(),
                files,
                FileKind::RequestDocument,
            )
            .await?;
        let rules = self.policy().await?;
        let (buyer, text, now) = (
            buyer.clone(),
            text.to_owned(),
            self.business_now(buyer.realm()),
        );
        self.step(move |tx| {
            let mut flow = service_flow::store::find_for_buyer(tx, buyer.organisation(), flow)?;
            let said = files.said(tx, &text, &rules.supervision, now)?;
            let submitted = service_flow::ops::submit_request(&mut flow, &said, buyer.who(), now)?;
            service_flow::store::save(tx, &mut flow, submitted, &said)?;
            let line = order_line::find_any(tx, flow.order_line_id())?;
            announce(tx, &Fact::RequestSubmitted(&line, &flow), now)?;
            audit::record(
                tx,
                &crate::app_audit(&buyer, "submitRequirement", flow.id().as_str(), now),
            )
        })
        .await
    }
}
