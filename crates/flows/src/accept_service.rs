//! `Confirm Acceptance`: the buyer accepts the delivery. The term starts at the
//! enabling time, or now; the order becomes `Completed` some hours later.

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use db::{Tx, audit, timer};
use delivery::instance::{self, Validity};
use kernel::id::{OrderLineId, ServiceFlowId};
use kernel::prelude::*;
use ordering::order_line::{self, LineState};
use supervision::record::Statement;
use supervision::service_flow;

use crate::App;
use crate::complete_line::{COMPLETION, complete_line};
use crate::facts::{Fact, announce};

impl App {
    /// Accepts the delivery.
    ///
    /// # Errors
    /// Not found; not in this state.
    pub async fn accept_service(
        &self,
        buyer: &BuyerActor,
        flow: ServiceFlowId,
    ) -> Result<(), Fail> {
        buyer.require(Right::Supervise)?;
        let policy = self.policy().await?;
        let (buyer, now) = (buyer.clone(), self.business_now(buyer.realm()));
        self.step(move |tx| {
            let mut flow = service_flow::store::find_for_buyer(tx, buyer.organisation(), flow)?;
            let accepted = service_flow::ops::accept(&mut flow, buyer.who(), now)?;
            service_flow::store::save(tx, &mut flow, accepted, &Statement::default())?;
            let line = order_line::find_any(tx, flow.order_line_id())?;
            let from = flow.valid_from().unwrap_or(now);
            for mut opened in instance::store::of_line(tx, line.id())? {
                let validity = Validity::starting(from, line.terms().period, &policy.zone);
                let started = instance::ops::start_term(&mut opened, validity, buyer.who(), now)?;
                instance::store::save(tx, &mut opened, started)?;
            }
            let completes_at = now.plus_seconds(policy.supervision.complete_after_seconds.into());
            timer::set(
                tx,
                COMPLETION,
                line.id().as_str(),
                line.realm(),
                completes_at,
            )?;
            announce(tx, &Fact::ServiceAccepted(&line, &flow), now)?;
            audit::record(
                tx,
                &crate::app_audit(&buyer, "confirmAcceptance", flow.id().as_str(), now),
            )
        })
        .await
    }
}

/// The hours after the acceptance are over. Nothing when the line was completed
/// or refunded meanwhile.
pub(crate) fn complete_accepted(
    tx: &Tx<'_>,
    line: OrderLineId,
    now: Timestamp,
) -> Result<(), Fail> {
    let line = order_line::find_any(tx, line)?;
    let accepted = service_flow::store::of_line(tx, line.id())?
        .is_some_and(|flow| flow.state() == service_flow::State::Completed);
    if accepted && line.state() == LineState::Paid {
        complete_line(tx, &line, Who::SYSTEM, now)?;
    }
    Ok(())
}
