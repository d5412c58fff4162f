//! The order status that people see (manual, Billing Center 13.1), derived
//! from type and line state and never stored.

use crate::order::OrderType;
use crate::order_line::LineState;

kernel::names! {
    /// Status of an order; codes as in the manual.
    pub enum OrderStatus {
        /// Refund accepted, money under way.
        Refunding = "refunding",
        /// Paid, not yet provisioned; supervised: flow open.
        Processing = "processing",
        /// Cancelled by buyer or system, or refunded.
        Canceled = "canceled",
        /// Purchase or refund ended.
        Completed = "completed",
        /// Submitted, unpaid.
        PendingPayment = "pending_payment",
    }
}

impl OrderStatus {
    /// The manual's status code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Refunding => 2,
            Self::Processing => 3,
            Self::Canceled => 4,
            Self::Completed => 5,
            Self::PendingPayment => 6,
        }
    }

    /// Status of an order by its type and the state of its line.
    #[must_use]
    pub fn of(order_type: OrderType, line: LineState) -> Self {
        match (line, order_type) {
            (LineState::PendingPayment, _) => Self::PendingPayment,
            (LineState::Paid, OrderType::Unsubscribe) => Self::Refunding,
            (LineState::Paid, OrderType::New) => Self::Processing,
            (LineState::Completed, _) => Self::Completed,
            (LineState::Cancelled | LineState::Refunded, _) => Self::Canceled,
        }
    }

    /// The line states that show as this status, for filters.
    #[must_use]
    pub fn line_states(self) -> &'static [LineState] {
        match self {
            Self::PendingPayment => &[LineState::PendingPayment],
            Self::Refunding | Self::Processing => &[LineState::Paid],
            Self::Completed => &[LineState::Completed],
            Self::Canceled => &[LineState::Cancelled, LineState::Refunded],
        }
    }
}
