//! The one way in which an order becomes paid: page, notice of a provider and
//! hourly check all end here. A second notice changes nothing.

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use billing::ledger::{self, recipe};
use catalog::release::{Contract, FlowTemplate};
use db::task::{self, NewTask};
use db::{Tx, audit, timer};
use delivery::instance::{self, Plan};
use kernel::id::OrderId;
use kernel::policy::OpenAt;
use kernel::prelude::*;
use ordering::order::{self, Order, Payment, PaymentId};
use ordering::order_line::{self, LineEvent, LineState, OrderLine};
use supervision::service_flow::{self, NewFlow};

use crate::facts::{Fact, announce};
use crate::{App, CurrentPolicy, place_order};

kernel::codes! {
    /// The time for paying is over.
    Conflict ORDER_EXPIRED = "order-expired";
    /// The order was cancelled.
    Conflict ORDER_CANCELLED = "order-cancelled";
}

impl App {
    /// Pays an order from the account balance. Paying a paid order is no error
    /// and moves nothing.
    ///
    /// # Errors
    /// Not found; balance too low; [`ORDER_EXPIRED`]; [`ORDER_CANCELLED`].
    pub async fn pay_from_balance(&self, buyer: &BuyerActor, order: OrderId) -> Result<(), Fail> {
        buyer.require(Right::Purchase)?;
        let buyer = buyer.clone();
        let found = {
            let organisation = buyer.organisation();
            self.db
                .read(move |tx| order::find_for_buyer(tx, organisation, order))
                .await?
        };
        let policy = self.policy_version(found.policy_version()).await?;
        let now = self.business_now(found.realm());
        self.step(move |tx| {
            let order = order::find_for_buyer(tx, buyer.organisation(), order)?;
            if settle(tx, &order, &policy, buyer.who(), now)? {
                audit::record(
                    tx,
                    &crate::app_audit(&buyer, "payOrder", order.id().as_str(), now),
                )?;
            }
            Ok(())
        })
        .await
    }
}

/// Everything that a payment means, in one transaction. False when the order
/// was paid before.
fn settle(
    tx: &Tx<'_>,
    order: &Order,
    policy: &CurrentPolicy,
    who: Who,
    now: Timestamp,
) -> Result<bool, Fail> {
    let lines = order_line::of_order(tx, order.id())?;
    for line in &lines {
        match line.state() {
            LineState::PendingPayment => {}
            LineState::Paid | LineState::Completed | LineState::Refunded => return Ok(false),
            LineState::Cancelled => return Err(Fail::new(ORDER_CANCELLED)),
        }
    }
    // In the very second of expiry the sweeper may be at it: late is late.
    if !order.payable_at(now) {
        return Err(Fail::new(ORDER_EXPIRED));
    }
    let amounts: Vec<_> = lines
        .iter()
        .map(|line| (line.id(), line.terms().gross))
        .collect();
    let group = recipe::payment(
        order.id(),
        order.realm(),
        order.number(),
        order.buyer(),
        &amounts,
    )?;
    ledger::post(tx, &group, now, who)?;
    let payment = Payment {
        id: PaymentId::fresh(now),
        order: order.id(),
        buyer: order.buyer(),
        method: "balance",
        amount: order.total(),
        paid_by: who.user(),
        paid_at: now,
    };
    order::insert_payment(tx, &payment)?;
    timer::cancel(tx, place_order::EXPIRY, order.id().as_str())?;
    for line in &lines {
        let paid = line.apply(LineEvent::Pay, now, who)?;
        let line = order_line::save(tx, line, &paid)?;
        start_delivery(tx, order, &line, policy, now)?;
        announce(tx, &Fact::OrderPaid(&line), now)?;
    }
    Ok(true)
}

/// Plans the instance, opens the service flow of a supervised line, and
/// enqueues the call to the seller.
fn start_delivery(
    tx: &Tx<'_>,
    order: &Order,
    line: &OrderLine,
    policy: &CurrentPolicy,
    now: Timestamp,
) -> Result<(), Fail> {
    let terms = line.terms();
    let contract = Contract::from_name(&terms.contract)
        .ok_or_else(|| Fail::bug("a line has an unknown contract"))?;
    let planned = instance::ops::plan(
        Plan {
            realm: line.realm(),
            order_line_id: line.id(),
            ordinal: 1,
            order_id: order.id(),
            buyer_id: line.buyer(),
            seller_id: terms.seller,
            product_id: terms.product,
            contract,
            window_ends_at: now.plus_seconds(policy.opening.window_seconds.into()),
        },
        now,
    );
    instance::store::insert(tx, &planned)?;
    if terms.supervised {
        let about = NewFlow {
            realm: line.realm(),
            order_line_id: line.id(),
            order_id: order.id(),
            buyer_id: line.buyer(),
            seller_id: terms.seller,
            product_id: terms.product,
            template: FlowTemplate::Request,
        };
        let flow = service_flow::ops::open(about, now);
        service_flow::store::insert(tx, &flow)?;
    }
    let open_now = match policy.opening.open_at {
        OpenAt::Payment => true,
        OpenAt::Delivery => !terms.supervised,
    };
    if open_now {
        enqueue_opening(tx, &planned, now)?;
    }
    Ok(())
}

/// Enqueues the opening of an instance; once, however often it is asked.
pub(crate) fn enqueue_opening(
    tx: &Tx<'_>,
    planned: &instance::Instance,
    now: Timestamp,
) -> Result<(), Fail> {
    let (id, seller) = (planned.id(), planned.seller_id());
    let task = NewTask {
        kind: crate::tasks::open::KIND,
        realm: planned.realm(),
        lane: seller.as_str(),
        payload: id.as_str(),
        due_at: now,
        unique_key: Some(&crate::tasks::open::key(id)),
    };
    task::enqueue(tx, &task, now)?;
    Ok(())
}
