//! An order of type UNSUBSCRIBE ends a line that isn't completed: its money
//! goes back to the balance and its piece back to stock.

use billing::ledger::{self, recipe};
use catalog::stock;
use db::Tx;
use kernel::prelude::*;
use ordering::order::{self, NewOrder, Order, OrderType};
use ordering::order_line::{self, LineEvent, OrderLine, PaidLine};

use crate::CurrentPolicy;

/// Refunds a paid line in full by an unsubscription order; its line, whose
/// numbers the release call names.
pub(crate) fn refund_in_full(
    tx: &Tx<'_>,
    paid: PaidLine<'_>,
    reason: &str,
    policy: &CurrentPolicy,
    who: Who,
    now: Timestamp,
) -> Result<OrderLine, Fail> {
    let line = paid.line();
    let amount = line.terms().gross;
    let origin = order::find_any(tx, line.order())?;
    let order = Order::place(
        NewOrder {
            number: ordering::number::draw(now, &policy.zone),
            realm: line.realm(),
            order_type: OrderType::Unsubscribe,
            buyer: line.buyer(),
            user: who.user(),
            total: amount,
            contact_consent: origin.contact_consent(),
            refers_to: Some(line.id()),
            policy_version: origin.policy_version(),
            expires_at: None,
        },
        now,
    );
    order::insert(tx, &order)?;
    let ending = OrderLine::place(&order, line.terms().clone());
    order_line::insert(tx, &ending)?;

    let refunded = line.apply(LineEvent::Refund, now, who)?.because(reason);
    order_line::save(tx, line, &refunded)?;
    let group = recipe::refund(
        line.id(),
        line.realm(),
        order.number(),
        line.buyer(),
        amount,
    )?;
    ledger::post(tx, &group, now, who)?;
    stock::give_back(tx, line.terms().product)?;

    let done = ending.apply(LineEvent::Complete, now, who)?;
    order_line::save(tx, &ending, &done)
}
