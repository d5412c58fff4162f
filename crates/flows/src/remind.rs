//! A reminder to the side that the flow waits for.

use accounts::actor::{BuyerActor, SellerActor};
use accounts::organisation::Right;
use db::Tx;
use kernel::id::ServiceFlowId;
use kernel::prelude::*;
use ordering::order_line;
use supervision::record::Statement;
use supervision::service_flow::{self, ServiceFlow};

use crate::facts::{Fact, announce};
use crate::{App, CurrentPolicy};

impl App {
    /// The buyer reminds the seller.
    ///
    /// # Errors
    /// Not found; the flow doesn't wait for the seller; too soon.
    pub async fn remind_seller(&self, buyer: &BuyerActor, flow: ServiceFlowId) -> Result<(), Fail> {
        buyer.require(Right::Supervise)?;
        let policy = self.policy().await?;
        let (buyer, now) = (buyer.clone(), self.business_now(buyer.realm()));
        self.step(move |tx| {
            let flow = service_flow::store::find_for_buyer(tx, buyer.organisation(), flow)?;
            remind(tx, flow, &policy, buyer.who(), now)
        })
        .await
    }

    /// The seller reminds the buyer.
    ///
    /// # Errors
    /// Not found; the flow doesn't wait for the buyer; too soon.
    pub async fn remind_buyer(
        &self,
        seller: &SellerActor,
        flow: ServiceFlowId,
    ) -> Result<(), Fail> {
        seller.require(Right::Deliver)?;
        let policy = self.policy().await?;
        let (seller, now) = (seller.clone(), self.business_now(seller.realm()));
        self.step(move |tx| {
            let flow = service_flow::store::find_for_seller(tx, seller.organisation(), flow)?;
            remind(tx, flow, &policy, seller.who(), now)
        })
        .await
    }
}

fn remind(
    tx: &Tx<'_>,
    mut flow: ServiceFlow,
    policy: &CurrentPolicy,
    who: Who,
    now: Timestamp,
) -> Result<(), Fail> {
    let reminder = service_flow::ops::remind(
        &flow,
        policy.supervision.reminder_interval_seconds,
        who,
        now,
    )?;
    let to = reminder.to();
    service_flow::store::save_reminder(tx, &mut flow, reminder, &Statement::default())?;
    let line = order_line::find_any(tx, flow.order_line_id())?;
    announce(tx, &Fact::Reminded(&line, &flow, to), now)
}
