//! The commercial states of an order line. What the seller opened and how it
//! is delivered are machines of their own; `flows` moves them together.

use kernel::state::Machine;

kernel::names! {
    /// Where a line stands commercially.
    pub enum LineState {
        /// Submitted, unpaid.
        PendingPayment = "PENDING_PAYMENT",
        /// Paid; not yet earned by the seller. For an unsubscription: accepted.
        Paid = "PAID",
        /// Delivered and earned. For an unsubscription: refunded.
        Completed = "COMPLETED",
        /// Never paid.
        Cancelled = "CANCELLED",
        /// Paid back before it was completed.
        Refunded = "REFUNDED",
    }
}

kernel::names! {
    /// What happens to a line.
    pub enum LineEvent {
        /// The order was paid.
        Pay = "pay",
        /// The buyer cancelled the order.
        Cancel = "cancel",
        /// The order wasn't paid in time.
        Expire = "expire",
        /// Opened, or accepted long enough ago.
        Complete = "complete",
        /// The money went back.
        Refund = "refund",
    }
}

/// The machine.
#[derive(Debug)]
pub struct LineMachine;

impl Machine for LineMachine {
    const NAME: &'static str = "order_line";
    type State = LineState;
    type Event = LineEvent;

    fn next(state: LineState, event: LineEvent) -> Option<LineState> {
        use LineEvent::{Cancel, Complete, Expire, Pay, Refund};
        use LineState::{Cancelled, Completed, Paid, PendingPayment, Refunded};
        match (state, event) {
            (PendingPayment, Pay) => Some(Paid),
            (PendingPayment, Cancel | Expire) => Some(Cancelled),
            (Paid, Complete) => Some(Completed),
            (Paid, Refund) => Some(Refunded),
            (PendingPayment, Complete | Refund)
            | (Paid, Pay | Cancel | Expire)
            | (Completed | Cancelled | Refunded, Pay | Cancel | Expire | Complete | Refund) => None,
        }
    }
}
