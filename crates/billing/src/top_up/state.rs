//! States of a top-up.

use kernel::state::Machine;

kernel::names! {
    /// Where a top-up stands.
    pub enum TopUpState {
        /// Recorded, above the limit: a second operator must agree.
        AwaitingSecond = "AWAITING_SECOND",
        /// Counted to the buyer's balance.
        Booked = "BOOKED",
        /// Refused by the second operator.
        Rejected = "REJECTED",
    }
}

kernel::names! {
    /// What happens to a top-up.
    pub enum TopUpEvent {
        /// The second operator agrees.
        Approve = "approve",
        /// The second operator refuses.
        Reject = "reject",
    }
}

/// The machine.
#[derive(Debug)]
pub struct TopUpMachine;

impl Machine for TopUpMachine {
    const NAME: &'static str = "top_up";
    type State = TopUpState;
    type Event = TopUpEvent;

    fn next(state: TopUpState, event: TopUpEvent) -> Option<TopUpState> {
        use TopUpEvent::{Approve, Reject};
        use TopUpState::{AwaitingSecond, Booked, Rejected};
        match (state, event) {
            (AwaitingSecond, Approve) => Some(Booked),
            (AwaitingSecond, Reject) => Some(Rejected),
            (Booked | Rejected, Approve | Reject) => None,
        }
    }
}
