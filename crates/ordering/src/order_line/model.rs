//! An order line.

use kernel::id::{OrderId, OrderLineId, OrganisationId, ProductId};
use kernel::prelude::*;
use kernel::state::Machine;
use kernel::term::Period;

use super::{Frozen, LineEvent, LineMachine, LineState};
use crate::order::{Order, OrderType};

/// An order line.
#[derive(Debug, Clone)]
pub struct OrderLine {
    pub(super) id: OrderLineId,
    pub(super) number: String,
    pub(super) order: OrderId,
    pub(super) realm: Realm,
    pub(super) order_type: OrderType,
    pub(super) buyer: OrganisationId,
    pub(super) terms: NewLine,
    pub(super) state: LineState,
    pub(super) version: i64,
    pub(super) created_at: Timestamp,
    pub(super) paid_at: Option<Timestamp>,
    pub(super) completed_at: Option<Timestamp>,
}

/// What was agreed on.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// Who delivers.
    pub seller: OrganisationId,
    /// What.
    pub product: ProductId,
    /// The product version that was confirmed.
    pub product_version: i64,
    /// `skuCode` on the wire.
    pub sku_code: String,
    /// `productId` on the wire.
    pub product_code: String,
    /// `productName` on the wire: product, specification, options.
    pub product_name: String,
    /// Pieces; 1 when the specification has no quantity.
    pub quantity: u32,
    /// Required duration.
    pub period: Period,
    /// Whether delivery is supervised.
    pub supervised: bool,
    /// How it is opened: `saas_v2`.
    pub contract: String,
    /// List amount before discounts.
    pub list: Money,
    /// After discounts, without tax.
    pub net: Money,
    /// Tax.
    pub tax: Money,
    /// What the buyer pays.
    pub gross: Money,
    /// Everything else that was agreed on.
    pub frozen: Frozen,
}

impl OrderLine {
    /// The only line of an order that is placed now.
    #[must_use]
    pub fn place(order: &Order, terms: NewLine) -> Self {
        // An unsubscription needs no payment: it is accepted as it is made.
        let state = match order.order_type() {
            OrderType::New => LineState::PendingPayment,
            OrderType::Unsubscribe => LineState::Paid,
        };
        Self {
            id: OrderLineId::fresh(order.created_at()),
            number: crate::number::line(order.number(), 1),
            order: order.id(),
            realm: order.realm(),
            order_type: order.order_type(),
            buyer: order.buyer(),
            terms,
            state,
            version: 1,
            created_at: order.created_at(),
            paid_at: None,
            completed_at: None,
        }
    }

    /// Asks the table for a change of state.
    ///
    /// # Errors
    /// Illegal in the present state.
    pub fn apply(
        &self,
        event: LineEvent,
        now: Timestamp,
        who: Who,
    ) -> Result<Transition<LineMachine>, Fail> {
        Ok(LineMachine::transition(
            self.state,
            event,
            self.version,
            now,
            who,
        )?)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> OrderLineId {
        self.id
    }
    /// The number that people and sellers see; `orderLineId` on the wire.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
    /// The order's number, the first part of the line's.
    #[must_use]
    pub fn order_number(&self) -> &str {
        self.number
            .split_once('-')
            .map_or(self.number.as_str(), |(order, _)| order)
    }
    /// Its order.
    #[must_use]
    pub fn order(&self) -> OrderId {
        self.order
    }
    /// Its world.
    #[must_use]
    pub fn realm(&self) -> Realm {
        self.realm
    }
    /// What sort of order it belongs to.
    #[must_use]
    pub fn order_type(&self) -> OrderType {
        self.order_type
    }
    /// Who bought.
    #[must_use]
    pub fn buyer(&self) -> OrganisationId {
        self.buyer
    }
    /// What was agreed on.
    #[must_use]
    pub fn terms(&self) -> &NewLine {
        &self.terms
    }
    /// Everything that was frozen.
    #[must_use]
    pub fn frozen(&self) -> &Frozen {
        &self.terms.frozen
    }
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> LineState {
        self.state
    }
    /// The status that people see.
    #[must_use]
    pub fn status(&self) -> crate::status::OrderStatus {
        crate::status::OrderStatus::of(self.order_type, self.state)
    }
    /// When it was submitted.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// When it was paid.
    #[must_use]
    pub fn paid_at(&self) -> Option<Timestamp> {
        self.paid_at
    }
    /// When it was completed.
    #[must_use]
    pub fn completed_at(&self) -> Option<Timestamp> {
        self.completed_at
    }
}

/// Proof that a line is paid and neither completed nor refunded: what opening
/// at the seller, delivery and refund ask for.
#[derive(Debug, Clone, Copy)]
pub struct PaidLine<'l>(&'l OrderLine);

impl<'l> PaidLine<'l> {
    /// The line.
    #[must_use]
    pub fn line(&self) -> &'l OrderLine {
        self.0
    }
}

impl<'l> TryFrom<&'l OrderLine> for PaidLine<'l> {
    type Error = Fail;

    fn try_from(line: &'l OrderLine) -> Result<Self, Fail> {
        match line.state {
            LineState::Paid => Ok(Self(line)),
            LineState::PendingPayment
            | LineState::Completed
            | LineState::Cancelled
            | LineState::Refunded => {
                Err(Fail::new(kernel::fail::NOT_IN_THIS_STATE).with("state", line.state))
            }
        }
    }
}
