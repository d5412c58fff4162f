//! The use cases. A file is either a *step* (takes a transaction, never the
//! network) or an *errand* (takes the app: reads, calls outside, then does one
//! step). [`App`] is what pages and interfaces get to see.

mod accept_service;
mod account;
mod app;
mod cancel_order;
mod catalogue;
mod checkout;
mod complete_line;
mod confirm_request;
mod deliver_service;
mod download;
mod facts;
mod fail_opening;
mod favourites;
mod feedback;
mod finish_opening;
mod handed_over;
mod interface_messages;
mod notices;
mod open_instance;
mod operator_tools;
mod order_query;
mod place_order;
mod policy_book;
mod product_page;
mod receipt;
mod reject_service;
mod release_instance;
mod remind;
mod resource_details;
mod restart_message;
mod seed_catalogue;
mod seller_addresses;
mod seller_call;
mod seller_credentials;
mod seller_keys;
mod seller_names;
mod seller_profile;
mod settle_payment;
mod submit_request;
pub mod tasks;
mod top_up;
mod unsubscribe;

pub use account::{
    INVITATION_NOT_YOURS, Invitation, Manager, MemberList, NewcomerForm, PASSWORD_WRONG,
    ProfileForm, Proof, SIGN_IN_REFUSED, SignInOutcome, SignUpForm, TOO_MANY_INVITATIONS,
};
pub use app::{App, Keys, Parts, Site};
pub use catalogue::{Card, Catalogue, Found};
pub use checkout::{Checkout, CheckoutAgreement};
pub use download::Download;
pub use favourites::SavedProduct;
pub use feedback::FeedbackForm;
pub use handed_over::HandedOver;
pub use interface_messages::MessageDetails;
pub use operator_tools::WRITTEN_MAILS;
pub use order_query::{ORDER_LINE_UNKNOWN, ORDER_NOT_YOURS};
pub use place_order::{OFFER_CHANGED, OrderForm};
pub use policy_book::{CurrentPolicy, PolicyBook};
pub use product_page::ProductPage;
pub use receipt::RECEIPT_NOT_PAID;
pub use resource_details::{LiveAnswer, ResourceDetails};
pub use search::{FacetCount, Filter, Group, SearchQuery, SearchResult, Sort};
pub use seed_catalogue::{SeedReport, SeedSetup, SeededSeller, SellerSecrets};
pub use seller_credentials::NewCredential;
pub use seller_keys::MaskedKey;
pub use seller_profile::SellerProfileForm;
pub use tasks::housekeeping::Periods;
pub use top_up::TopUpForm;

/// Names a task that gave up.
pub use db::task::TaskId;

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
