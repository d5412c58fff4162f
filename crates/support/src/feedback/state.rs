use kernel::state::Machine;

kernel::names! {
    /// How far an answer to a help page is handled.
    pub enum State {
        /// Nobody has looked at it.
        Submitted = "SUBMITTED",
        /// Somebody is on it.
        Processing = "PROCESSING",
        /// Its author has a reply.
        Replied = "REPLIED",
        /// Done.
        Closed = "CLOSED",
    }
}

kernel::names! {
    /// What can happen to it.
    pub enum Event {
        /// The operator looks into it.
        TakenUp = "taken_up",
        /// The operator replied.
        Replied = "replied",
        /// The operator is done with it.
        Closed = "closed",
    }
}

/// The table of feedback.
#[derive(Debug)]
pub struct FeedbackMachine;

impl Machine for FeedbackMachine {
    const NAME: &'static str = "feedback";
    type State = State;
    type Event = Event;

    fn next(state: State, event: Event) -> Option<State> {
        match (state, event) {
            (State::Submitted, Event::TakenUp) => Some(State::Processing),
            (State::Submitted | State::Processing, Event::Replied) => Some(State::Replied),
            (State::Submitted | State::Processing | State::Replied, Event::Closed) => {
                Some(State::Closed)
            }
            (State::Processing | State::Replied, Event::TakenUp)
            | (State::Replied, Event::Replied)
            | (State::Closed, Event::TakenUp | Event::Replied | Event::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::names::Named as _;

    #[test]
    fn nothing_leaves_the_closed_state() {
        for event in Event::ALL {
            assert_eq!(FeedbackMachine::next(State::Closed, *event), None);
        }
    }
}
