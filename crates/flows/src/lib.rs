//! The use cases. A file is either a *step* (takes a transaction, never the
//! network) or an *errand* (takes the app: reads, calls outside, then does one
//! step). [`App`] is what pages and interfaces get to see.

mod accept_service;
mod app;
mod cancel_order;
mod catalogue;
mod checkout;
mod complete_line;
mod confirm_request;
mod deliver_service;
mod facts;
mod fail_opening;
mod finish_opening;
mod handed_over;
mod open_instance;
mod place_order;
mod policy_book;
mod reject_service;
mod release_instance;
mod remind;
mod resource_details;
mod restart_message;
mod seller_call;
mod settle_payment;
mod submit_request;
pub mod tasks;
mod top_up;
mod unsubscribe;

pub use app::{App, Keys, Parts, Site};
pub use catalogue::{Card, Catalogue, Found};
pub use checkout::{Checkout, CheckoutAgreement};
pub use handed_over::HandedOver;
pub use place_order::OrderForm;
pub use policy_book::{CurrentPolicy, PolicyBook};
pub use resource_details::{LiveAnswer, ResourceDetails};
pub use tasks::housekeeping::Periods;
pub use top_up::TopUpForm;

use db::audit::Entry;
use kernel::Timestamp;

/// An actor, as the audit trail keeps it.
pub(crate) trait Audited {
    fn who(&self) -> kernel::Who;
    fn organisation(&self) -> kernel::id::OrganisationId;
    fn address(&self) -> &str;
}

macro_rules! audited {
    ($($actor:ty),+) => {
        $(impl Audited for $actor {
            fn who(&self) -> kernel::Who {
                <$actor>::who(self)
            }
            fn organisation(&self) -> kernel::id::OrganisationId {
                <$actor>::organisation(self)
            }
            fn address(&self) -> &str {
                <$actor>::address(self)
            }
        })+
    };
}
audited!(
    accounts::actor::BuyerActor,
    accounts::actor::SellerActor,
    accounts::actor::OperatorActor
);

/// The record of an act that was done.
pub(crate) fn app_audit<'a>(
    actor: &'a impl Audited,
    operation: &'a str,
    subject: &'a str,
    at: Timestamp,
) -> Entry<'a> {
    Entry {
        at,
        who: actor.who(),
        organisation: Some(actor.organisation()),
        address: actor.address(),
        operation,
        subject,
        outcome: "done",
        detail: "",
    }
}
