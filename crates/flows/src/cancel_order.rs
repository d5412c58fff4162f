//! An unpaid order ends: its buyer cancels it, or the time for paying is over.

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use catalog::stock;
use db::{Tx, audit, timer};
use kernel::id::OrderId;
use kernel::prelude::*;
use ordering::order::{self, Order};
use ordering::order_line::{self, LineEvent, LineState};

use crate::facts::{Fact, announce};
use crate::{App, place_order};

kernel::codes! {
    /// Only orders that wait for payment can be cancelled.
    Conflict NOT_PENDING_PAYMENT = "order-not-pending-payment";
}

impl App {
    /// Cancels an order that waits for payment.
    ///
    /// # Errors
    /// Not found; [`NOT_PENDING_PAYMENT`].
    pub async fn cancel_order(&self, buyer: &BuyerActor, order: OrderId) -> Result<(), Fail> {
        buyer.require(Right::Purchase)?;
        let buyer = buyer.clone();
        let now = self.business_now(buyer.realm());
        self.step(move |tx| {
            let order = order::find_for_buyer(tx, buyer.organisation(), order)?;
            if !end_unpaid(tx, &order, LineEvent::Cancel, buyer.who(), now)? {
                return Err(Fail::new(NOT_PENDING_PAYMENT));
            }
            audit::record(
                tx,
                &crate::app_audit(&buyer, "cancelOrder", order.id().as_str(), now),
            )
        })
        .await
    }
}

/// Cancels an order that nobody paid in time; nothing when it was paid,
/// cancelled, or isn't due yet.
pub(crate) fn expire(tx: &Tx<'_>, order: OrderId, now: Timestamp) -> Result<(), Fail> {
    let order = order::find_any(tx, order)?;
    if order.payable_at(now) {
        return Ok(());
    }
    end_unpaid(tx, &order, LineEvent::Expire, Who::SYSTEM, now)?;
    Ok(())
}

/// False when the order doesn't wait for payment.
fn end_unpaid(
    tx: &Tx<'_>,
    order: &Order,
    event: LineEvent,
    who: Who,
    now: Timestamp,
) -> Result<bool, Fail> {
    for line in order_line::of_order(tx, order.id())? {
        if line.state() != LineState::PendingPayment {
            return Ok(false);
        }
        let ended = line.apply(event, now, who)?;
        let line = order_line::save(tx, &line, &ended)?;
        stock::give_back(tx, line.terms().product)?;
        if event == LineEvent::Expire {
            announce(tx, &Fact::OrderExpired(&line), now)?;
        }
    }
    timer::cancel(tx, place_order::EXPIRY, order.id().as_str())?;
    Ok(true)
}
