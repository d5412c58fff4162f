//! An order and its payment.

use kernel::id::{OrderId, OrderLineId, OrganisationId, UserId};
use kernel::prelude::*;

kernel::id!(/// A payment.
    PaymentId, "pay");

kernel::names! {
    /// Type of an order; the names are those of the order query.
    pub enum OrderType {
        /// A purchase.
        New = "NEW",
        /// Ends an instance and refunds its line.
        Unsubscribe = "UNSUBSCRIBE",
    }
}

impl OrderType {
    /// The manual's code of the type (Billing Center 13.1).
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::New => 1,
            Self::Unsubscribe => 4,
        }
    }
}

/// An order. Fields of a stored order never change.
#[derive(Debug, Clone)]
pub struct Order {
    pub(super) id: OrderId,
    pub(super) number: String,
    pub(super) realm: Realm,
    pub(super) order_type: OrderType,
    pub(super) buyer: OrganisationId,
    pub(super) user: Option<UserId>,
    pub(super) total: Money,
    pub(super) contact_consent: bool,
    pub(super) refers_to: Option<OrderLineId>,
    pub(super) policy_version: i64,
    pub(super) created_at: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
}

/// What a new order is made of.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// Drawn by [`crate::number::draw`].
    pub number: String,
    /// Its world.
    pub realm: Realm,
    /// What sort.
    pub order_type: OrderType,
    /// Who buys.
    pub buyer: OrganisationId,
    /// The person who submitted it; none when the marketplace did.
    pub user: Option<UserId>,
    /// Sum of the lines, to be paid.
    pub total: Money,
    /// The buyer let the seller use the account's contact information (B-22).
    pub contact_consent: bool,
    /// The line that an unsubscription ends.
    pub refers_to: Option<OrderLineId>,
    /// The policy version whose promises hold.
    pub policy_version: i64,
    /// Until when it can be paid.
    pub expires_at: Option<Timestamp>,
}

impl Order {
    /// An order that is placed now.
    #[must_use]
    pub fn place(new: NewOrder, now: Timestamp) -> Self {
        Self {
            id: OrderId::fresh(now),
            number: new.number,
            realm: new.realm,
            order_type: new.order_type,
            buyer: new.buyer,
            user: new.user,
            total: new.total,
            contact_consent: new.contact_consent,
            refers_to: new.refers_to,
            policy_version: new.policy_version,
            created_at: now,
            expires_at: new.expires_at,
        }
    }

    /// Whether it can still be paid: until the second of its expiry, not in it.
    #[must_use]
    pub fn payable_at(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|expires| now < expires)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> OrderId {
        self.id
    }
    /// The number that people and sellers see; `orderId` on the wire.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
    /// Its world.
    #[must_use]
    pub fn realm(&self) -> Realm {
        self.realm
    }
    /// What sort.
    #[must_use]
    pub fn order_type(&self) -> OrderType {
        self.order_type
    }
    /// Who bought.
    #[must_use]
    pub fn buyer(&self) -> OrganisationId {
        self.buyer
    }
    /// The person who submitted it.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        self.user
    }
    /// Sum of the lines.
    #[must_use]
    pub fn total(&self) -> Money {
        self.total
    }
    /// Whether the seller may use the account's contact information.
    #[must_use]
    pub fn contact_consent(&self) -> bool {
        self.contact_consent
    }
    /// The line that an unsubscription ends.
    #[must_use]
    pub fn refers_to(&self) -> Option<OrderLineId> {
        self.refers_to
    }
    /// The policy version whose promises hold.
    #[must_use]
    pub fn policy_version(&self) -> i64 {
        self.policy_version
    }
    /// When it was placed.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// Until when it can be paid.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }
}

/// What an order was paid with.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The order; one payment each.
    pub order: OrderId,
    /// Whose money.
    pub buyer: OrganisationId,
    /// How: `balance`.
    pub method: &'static str,
    /// How much.
    pub amount: Money,
    /// The person who paid.
    pub paid_by: Option<UserId>,
    /// When.
    pub paid_at: Timestamp,
}
