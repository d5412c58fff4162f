//! `Deliver Service`: the seller hands over result and proof, and says since
//! when the service is enabled.

use accounts::actor::SellerActor;
use accounts::organisation::Right;
use db::{Tx, audit};
use delivery::instance;
use kernel::id::{OrderLineId, ServiceFlowId};
use kernel::prelude::*;
use ordering::order_line;
use supervision::record::FileKind;
use supervision::service_flow::{self, ops::Delivery};

use crate::App;
use crate::facts::{Fact, announce};
use crate::handed_over::HandedOver;

impl App {
    /// Delivers. `enabled_at` is the actual service enabling time, when the
    /// seller gives one; the validity then counts from it.
    ///
    /// # Errors
    /// Not found; trouble at fields and files; the instance isn't open yet; not
    /// in this state.
    pub async fn deliver_service(
        &self,
        seller: &SellerActor,
        flow: ServiceFlowId,
        text: &str,
        enabled_at: Option<Timestamp>,
        files: Vec<HandedOver>,
    ) -> Result<(), Fail> {
        seller.require(Right::Deliver)?;
        let files = self
            .keep_files(seller.organisation(), seller.user(), files, FileKind::Other)
            .await?;
        let rules = self.policy().await?;
        let (seller, text, now) = (
            seller.clone(),
            text.to_owned(),
            self.business_now(seller.realm()),
        );
        self.step(move |tx| {
            let mut flow = service_flow::store::find_for_seller(tx, seller.organisation(), flow)?;
            let said = files.said(tx, &text, &rules.supervision, now)?;
            let delivery = Delivery {
                enabled_at,
                instance_open: is_open(tx, flow.order_line_id())?,
            };
            let delivered =
                service_flow::ops::deliver(&mut flow, delivery, &said, seller.who(), now)?;
            service_flow::store::save(tx, &mut flow, delivered, &said)?;
            let line = order_line::find_any(tx, flow.order_line_id())?;
            announce(tx, &Fact::ServiceDelivered(&line, &flow), now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "deliverService", flow.id().as_str(), now),
            )
        })
        .await
    }
}

/// Whether everything that the seller's server must open for a line is open.
fn is_open(tx: &Tx<'_>, line: OrderLineId) -> Result<bool, Fail> {
    Ok(instance::store::of_line(tx, line)?
        .iter()
        .all(instance::Instance::is_usable))
}
