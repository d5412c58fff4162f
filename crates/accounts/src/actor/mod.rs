//! Who acts: the proof types that use cases take.
//!
//! Invariants:
//! - an actor is made here and nowhere else: out of a live session whose two
//!   steps are done and a membership that stands now, or out of a request that
//!   a credential of the open APIs signed;
//! - its organisation is the tenant that finders are asked for;
//! - a membership taken away or a role changed holds from the next request on.
//!
//! Nothing of this is stored.

mod authenticate;
mod model;
mod system;

pub use authenticate::{
    Caller, OPERATOR_NEEDS_TOTP, Signed, TOTP_FIRST, Waiting, authenticate, choose_organisation,
};
pub use model::{BuyerActor, OperatorActor, STEP_UP_NEEDED, SellerActor};
pub use system::{API_SIGNATURE_WRONG, SellerSystem};
