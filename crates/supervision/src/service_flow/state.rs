use catalog::release::FlowTemplate;
use kernel::state::Machine;
use kernel::who::Side;

kernel::names! {
    /// The node that a flow stands at.
    pub enum State {
        /// The buyer is to submit a request.
        WaitRequest = "WAIT_REQUEST",
        /// The seller is to accept or reject the request.
        WaitRequestConfirm = "WAIT_REQUEST_CONFIRM",
        /// The seller is to deliver.
        WaitDelivery = "WAIT_DELIVERY",
        /// The buyer is to accept or reject the delivery.
        WaitAcceptance = "WAIT_ACCEPTANCE",
        /// Accepted.
        Completed = "COMPLETED",
        /// Ended because the line was unsubscribed and refunded.
        ClosedUnsubscribed = "CLOSED_UNSUBSCRIBED",
        /// Ended by a decision of the operator.
        ClosedByOperator = "CLOSED_BY_OPERATOR",
    }
}

kernel::names! {
    /// What can happen to a flow.
    pub enum Event {
        /// The buyer said what is wanted.
        RequestSubmitted = "request_submitted",
        /// The seller agreed to it.
        RequestAccepted = "request_accepted",
        /// The seller asked for another request.
        RequestRejected = "request_rejected",
        /// The seller delivered.
        Delivered = "delivered",
        /// The buyer accepted the delivery.
        Accepted = "accepted",
        /// The buyer asked for another delivery.
        DeliveryRejected = "delivery_rejected",
        /// The line was unsubscribed and refunded.
        Unsubscribed = "unsubscribed",
        /// The operator ended it.
        ClosedByOperator = "closed_by_operator",
    }
}

/// Where a flow of a path begins. An arm here is what makes a delivery method
/// one that can be bought.
#[must_use]
pub fn first_state(path: FlowTemplate) -> State {
    match path {
        FlowTemplate::Request => State::WaitRequest,
    }
}

/// The table of service flows (seller-business 1.3).
#[derive(Debug)]
pub struct ServiceFlowMachine;

impl Machine for ServiceFlowMachine {
    const NAME: &'static str = "service_flow";
    type State = State;
    type Event = Event;

    fn next(state: State, event: Event) -> Option<State> {
        use Event as E;
        use State as S;
        match (state, event) {
            (S::WaitRequest, E::RequestSubmitted) => Some(S::WaitRequestConfirm),
            (S::WaitRequest, E::RequestAccepted | E::RequestRejected | E::Delivered)
            | (S::WaitRequest, E::Accepted | E::DeliveryRejected) => None,

            (S::WaitRequestConfirm, E::RequestAccepted) => Some(S::WaitDelivery),
            (S::WaitRequestConfirm, E::RequestRejected) => Some(S::WaitRequest),
            (S::WaitRequestConfirm, E::RequestSubmitted | E::Delivered)
            | (S::WaitRequestConfirm, E::Accepted | E::DeliveryRejected) => None,

            (S::WaitDelivery, E::Delivered) => Some(S::WaitAcceptance),
            (S::WaitDelivery, E::RequestSubmitted | E::RequestAccepted | E::RequestRejected)
            | (S::WaitDelivery, E::Accepted | E::DeliveryRejected) => None,

            (S::WaitAcceptance, E::Accepted) => Some(S::Completed),
            (S::WaitAcceptance, E::DeliveryRejected) => Some(S::WaitDelivery),
            (S::WaitAcceptance, E::RequestSubmitted | E::RequestAccepted)
            | (S::WaitAcceptance, E::RequestRejected | E::Delivered) => None,

            (
                S::WaitRequest | S::WaitRequestConfirm | S::WaitDelivery | S::WaitAcceptance,
                E::Unsubscribed,
            ) => Some(S::ClosedUnsubscribed),
            (
                S::WaitRequest | S::WaitRequestConfirm | S::WaitDelivery | S::WaitAcceptance,
                E::ClosedByOperator,
            ) => Some(S::ClosedByOperator),

            (
                S::Completed | S::ClosedUnsubscribed | S::ClosedByOperator,
                E::RequestSubmitted
                | E::RequestAccepted
                | E::RequestRejected
                | E::Delivered
                | E::Accepted
                | E::DeliveryRejected
                | E::Unsubscribed
                | E::ClosedByOperator,
            ) => None,
        }
    }
}

/// Who may cause an event. Roles within an organisation are asked before.
#[must_use]
pub fn may(event: Event, side: Side) -> bool {
    match event {
        Event::RequestSubmitted | Event::Accepted | Event::DeliveryRejected => side == Side::Buyer,
        Event::RequestAccepted | Event::RequestRejected | Event::Delivered => side == Side::Seller,
        // The refund is agreed elsewhere; the flow only follows it.
        Event::Unsubscribed => side == Side::System,
        Event::ClosedByOperator => side == Side::Operator,
    }
}

/// The side that a state waits for; `None` once the flow is closed.
#[must_use]
pub fn waits_for(state: State) -> Option<Side> {
    match state {
        State::WaitRequest | State::WaitAcceptance => Some(Side::Buyer),
        State::WaitRequestConfirm | State::WaitDelivery => Some(Side::Seller),
        State::Completed | State::ClosedUnsubscribed | State::ClosedByOperator => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::names::Named as _;

    #[test]
    fn nothing_leaves_a_closed_flow() {
        for state in State::ALL
            .iter()
            .filter(|state| waits_for(**state).is_none())
        {
            for event in Event::ALL {
                assert_eq!(
                    ServiceFlowMachine::next(*state, *event),
                    None,
                    "{state} {event}"
                );
            }
        }
    }

    #[test]
    fn whoever_a_state_waits_for_can_take_it_further() {
        for state in State::ALL {
            let Some(side) = waits_for(*state) else {
                continue;
            };
            let possible = Event::ALL.iter().any(|event| {
                may(*event, side) && ServiceFlowMachine::next(*state, *event).is_some()
            });
            assert!(possible, "{state}");
        }
    }

    #[test]
    fn nobody_takes_the_other_sides_step() {
        for event in Event::ALL {
            let sides = Side::ALL.iter().filter(|side| may(*event, **side)).count();
            assert_eq!(sides, 1, "{event}");
        }
    }

    #[test]
    fn each_open_state_can_be_closed_by_a_refund() {
        for state in State::ALL
            .iter()
            .filter(|state| waits_for(**state).is_some())
        {
            let next = ServiceFlowMachine::next(*state, Event::Unsubscribed);
            assert_eq!(next, Some(State::ClosedUnsubscribed));
        }
    }
}
