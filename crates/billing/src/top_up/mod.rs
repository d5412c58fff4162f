//! Top-ups: an operator records money that came in from outside. Above a limit
//! a second operator must agree before it counts.
//!
//! Invariant: the reference of a top-up is used once, so the same bank transfer
//! can't be booked twice.

mod model;
mod state;
mod store;

pub use model::{TopUp, TopUpId};
pub use state::{TopUpEvent, TopUpMachine, TopUpState};
pub use store::{find, insert, list, save};

kernel::codes! {
    /// The reference was used for another top-up.
    Conflict REFERENCE_USED = "top-up-reference-used";
    /// The operator who recorded it can't be the second pair of eyes.
    Forbidden SECOND_OPERATOR_NEEDED = "second-operator-needed";
}
