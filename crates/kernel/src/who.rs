//! Who did something, as a history row or an audit row keeps it.

use crate::id::UserId;

crate::names! {
    /// The side of the marketplace that acted.
    pub enum Side {
        /// A buyer's member.
        Buyer = "buyer",
        /// A seller's member.
        Seller = "seller",
        /// The operator's staff.
        Operator = "operator",
        /// A timer or a task of the marketplace itself.
        System = "system",
        /// The seller's server, through an interface.
        SellerSystem = "seller_system",
    }
}

/// The author of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    side: Side,
    user: Option<UserId>,
}

impl Who {
    /// The marketplace itself.
    pub const SYSTEM: Self = Self {
        side: Side::System,
        user: None,
    };
    /// A seller's server.
    pub const SELLER_SYSTEM: Self = Self {
        side: Side::SellerSystem,
        user: None,
    };

    /// A person acting for a side.
    #[must_use]
    pub const fn person(side: Side, user: UserId) -> Self {
        Self {
            side,
            user: Some(user),
        }
    }

    /// The side that acted.
    #[must_use]
    pub const fn side(self) -> Side {
        self.side
    }

    /// The person, when it was one.
    #[must_use]
    pub const fn user(self) -> Option<UserId> {
        self.user
    }
}
