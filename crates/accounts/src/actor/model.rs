//! The three kinds of people who act.

use kernel::id::{OrganisationId, UserId};
use kernel::policy::Accounts;
use kernel::who::Side;
use kernel::{Fail, Realm, Timestamp, Who, codes, fail};

use crate::Country;
use crate::organisation::{Membership, Right, Role, may};

codes! {
    /// A fresh proof of identity is needed before this.
    Forbidden STEP_UP_NEEDED = "step-up-needed";
}

/// What all three have.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) user: UserId,
    pub(super) membership: Membership,
    pub(super) address: String,
    pub(super) step_up_at: Option<Timestamp>,
}

macro_rules! actor {
    ($(#[$meta:meta])* $name:ident, $side:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name(pub(super) Seat);

        impl $name {
            /// The person.
            #[must_use]
            pub const fn user(&self) -> UserId {
                self.0.user
            }
            /// The organisation acted for: the tenant of every finder.
            #[must_use]
            pub const fn organisation(&self) -> OrganisationId {
                self.0.membership.organisation()
            }
            /// Name of the organisation.
            #[must_use]
            pub fn organisation_name(&self) -> &str {
                self.0.membership.name()
            }
            /// Country in which the organisation is registered.
            #[must_use]
            pub const fn country(&self) -> Country {
                self.0.membership.country()
            }
            /// World in which the organisation trades.
            #[must_use]
            pub const fn realm(&self) -> Realm {
                self.0.membership.realm()
            }
            /// Role in the organisation.
            #[must_use]
            pub const fn role(&self) -> Role {
                self.0.membership.role()
            }
            /// Network address of the request.
            #[must_use]
            pub fn address(&self) -> &str {
                &self.0.address
            }
            /// As a history row or an audit row keeps it.
            #[must_use]
            pub const fn who(&self) -> Who {
                Who::person($side, self.0.user)
            }
            /// Whether the role has a right; for pages that hide what isn't allowed.
            #[must_use]
            pub fn may(&self, right: Right) -> bool {
                may(self.role(), right)
            }
            /// Refuses without a right.
            ///
            /// # Errors
            /// [`FORBIDDEN`](fail::FORBIDDEN).
            pub fn require(&self, right: Right) -> Result<(), Fail> {
                if self.may(right) {
                    Ok(())
                } else {
                    Err(Fail::new(fail::FORBIDDEN))
                }
            }
            /// Refuses when the last proof of identity is too long ago.
            ///
            /// # Errors
            /// [`STEP_UP_NEEDED`].
            pub fn fresh_step_up(&self, now: Timestamp, policy: &Accounts) -> Result<(), Fail> {
                check_step_up(self.0.step_up_at, now, policy)
            }
        }
    };
}

actor! {
    /// A member acting for a buyer.
    BuyerActor, Side::Buyer
}
actor! {
    /// A member acting for a seller.
    SellerActor, Side::Seller
}
actor! {
    /// A member acting for the operator.
    OperatorActor, Side::Operator
}

pub(super) fn check_step_up(
    step_up_at: Option<Timestamp>,
    now: Timestamp,
    policy: &Accounts,
) -> Result<(), Fail> {
    let seconds = i64::from(policy.step_up_minutes) * 60;
    // A proof from the future means that the clock was set back: it doesn't count.
    let fresh = step_up_at.is_some_and(|at| (0..seconds).contains(&now.seconds_since(at)));
    if fresh {
        Ok(())
    } else {
        Err(Fail::new(STEP_UP_NEEDED))
    }
}
