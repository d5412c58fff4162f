use kernel::state::Machine;

kernel::names! {
    /// How far an effect is (access guide 1.9).
    pub enum Status {
        /// A call is being made, or is about to be.
        Calling = "CALLING",
        /// The seller accepted it and is asked for the result.
        Polling = "POLLING",
        /// A call failed; it will be repeated.
        Retrying = "RETRYING",
        /// Repeated for long enough; only a restart calls again.
        Stopped = "STOPPED",
        /// Done.
        Succeeded = "SUCCEEDED",
        /// Not done in its window; the order failed.
        OrderFailed = "ORDER_FAILED",
    }
}

kernel::names! {
    /// What can happen to an effect.
    pub enum Event {
        /// The seller answered that it is done.
        Succeeded = "succeeded",
        /// The seller answered that it is working on it (000004).
        Pending = "pending",
        /// No answer, or one that doesn't help.
        AttemptFailed = "attempt_failed",
        /// The next repetition is due.
        RetryDue = "retry_due",
        /// Somebody asked to repeat it now.
        Restarted = "restarted",
        /// The time for repetitions is over.
        GaveUp = "gave_up",
        /// The window of the order is over.
        OrderFailed = "order_failed",
    }
}

/// The table of messages.
#[derive(Debug)]
pub struct MessageMachine;

impl Machine for MessageMachine {
    const NAME: &'static str = "interface_message";
    type State = Status;
    type Event = Event;

    fn next(state: Status, event: Event) -> Option<Status> {
        use Event as E;
        use Status as S;
        match (state, event) {
            (S::Calling, E::Succeeded) => Some(S::Succeeded),
            (S::Calling, E::Pending) => Some(S::Polling),
            (S::Calling, E::AttemptFailed) => Some(S::Retrying),
            (S::Calling, E::RetryDue | E::Restarted | E::GaveUp | E::OrderFailed) => None,

            (S::Polling, E::Succeeded) => Some(S::Succeeded),
            (S::Polling, E::Pending) => Some(S::Polling),
            (S::Polling, E::AttemptFailed) => Some(S::Retrying),
            (S::Polling, E::OrderFailed) => Some(S::OrderFailed),
            (S::Polling, E::RetryDue | E::Restarted | E::GaveUp) => None,

            (S::Retrying, E::RetryDue | E::Restarted) => Some(S::Calling),
            (S::Retrying, E::GaveUp) => Some(S::Stopped),
            (S::Retrying, E::OrderFailed) => Some(S::OrderFailed),
            (S::Retrying, E::Succeeded | E::Pending | E::AttemptFailed) => None,

            (S::Stopped, E::Restarted) => Some(S::Calling),
            (S::Stopped, E::Succeeded | E::Pending | E::AttemptFailed)
            | (S::Stopped, E::RetryDue | E::GaveUp | E::OrderFailed) => None,

            (S::Succeeded, E::Succeeded | E::Pending | E::AttemptFailed | E::RetryDue)
            | (S::Succeeded, E::Restarted | E::GaveUp | E::OrderFailed) => None,

            (S::OrderFailed, E::Succeeded | E::Pending | E::AttemptFailed | E::RetryDue)
            | (S::OrderFailed, E::Restarted | E::GaveUp | E::OrderFailed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::names::Named as _;

    #[test]
    fn what_succeeded_or_failed_for_good_is_never_called_again() {
        for event in Event::ALL {
            assert_eq!(MessageMachine::next(Status::Succeeded, *event), None);
            assert_eq!(MessageMachine::next(Status::OrderFailed, *event), None);
        }
    }

    #[test]
    fn a_restart_is_possible_while_retrying_and_after_it_stopped() {
        let possible: Vec<_> = Status::ALL
            .iter()
            .filter(|status| MessageMachine::next(**status, Event::Restarted).is_some())
            .collect();
        assert_eq!(possible, [&Status::Retrying, &Status::Stopped]);
    }
}
