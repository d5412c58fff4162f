use kernel::state::Machine;

kernel::names! {
    /// How far the service is (access guide 5.3).
    pub enum State {
        /// Ordered and paid; the seller is being asked.
        Provisioning = "PROVISIONING",
        /// In use.
        Normal = "NORMAL",
        /// Past its term but still usable.
        Grace = "GRACE",
        /// Kept by the seller, not usable.
        Frozen = "FROZEN",
        /// Given up by the seller; its data may be gone.
        Released = "RELEASED",
        /// The seller couldn't open it in time.
        Failed = "FAILED",
    }
}

kernel::names! {
    /// What can happen to an instance.
    pub enum Event {
        /// The seller accepted the request and named an id, but isn't ready.
        Accepted = "accepted",
        /// The seller opened it.
        Opened = "opened",
        /// The opening was given up.
        OpeningFailed = "opening_failed",
        /// A supervised delivery was accepted, so its term runs.
        TermStarted = "term_started",
        /// The term is over.
        Expired = "expired",
        /// Blocked: not renewed in time, or a violation.
        Frozen = "frozen",
        /// The block was lifted.
        Unfrozen = "unfrozen",
        /// The term was extended.
        Renewed = "renewed",
        /// The seller confirmed the release.
        Released = "released",
    }
}

/// The table of instances.
#[derive(Debug)]
pub struct InstanceMachine;

impl Machine for InstanceMachine {
    const NAME: &'static str = "instance";
    type State = State;
    type Event = Event;

    fn next(state: State, event: Event) -> Option<State> {
        use Event as E;
        use State as S;
        match (state, event) {
            (S::Provisioning, E::Accepted) => Some(S::Provisioning),
            (S::Provisioning, E::Opened) => Some(S::Normal),
            (S::Provisioning, E::OpeningFailed) => Some(S::Failed),
            (S::Provisioning, E::TermStarted | E::Expired | E::Frozen)
            | (S::Provisioning, E::Unfrozen | E::Renewed | E::Released) => None,

            (S::Normal, E::TermStarted | E::Renewed) => Some(S::Normal),
            (S::Normal, E::Expired) => Some(S::Grace),
            (S::Normal, E::Frozen) => Some(S::Frozen),
            (S::Normal, E::Released) => Some(S::Released),
            (S::Normal, E::Accepted | E::Opened | E::OpeningFailed | E::Unfrozen) => None,

            (S::Grace, E::Renewed) => Some(S::Normal),
            (S::Grace, E::Frozen) => Some(S::Frozen),
            (S::Grace, E::Released) => Some(S::Released),
            (S::Grace, E::Accepted | E::Opened | E::OpeningFailed)
            | (S::Grace, E::TermStarted | E::Expired | E::Unfrozen) => None,

            // A renewal first tells the seller the new term; the unfreezing
            // follows as a call of its own.
            (S::Frozen, E::TermStarted | E::Renewed) => Some(S::Frozen),
            (S::Frozen, E::Unfrozen) => Some(S::Normal),
            (S::Frozen, E::Released) => Some(S::Released),
            (S::Frozen, E::Accepted | E::Opened | E::OpeningFailed)
            | (S::Frozen, E::Expired | E::Frozen) => None,

            // The seller named an id before the opening failed: it is released.
            (S::Failed, E::Released) => Some(S::Released),
            (S::Failed, E::Accepted | E::Opened | E::OpeningFailed | E::TermStarted)
            | (S::Failed, E::Expired | E::Frozen | E::Unfrozen | E::Renewed) => None,

            (S::Released, E::Accepted | E::Opened | E::OpeningFailed | E::TermStarted)
            | (S::Released, E::Expired | E::Frozen | E::Unfrozen | E::Renewed)
            | (S::Released, E::Released) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::names::Named as _;

    #[test]
    fn nothing_leaves_the_released_state() {
        for event in Event::ALL {
            assert_eq!(InstanceMachine::next(State::Released, *event), None);
        }
    }

    #[test]
    fn a_failed_instance_is_never_opened() {
        for event in Event::ALL {
            let next = InstanceMachine::next(State::Failed, *event);
            assert!(matches!(next, None | Some(State::Released)), "{event}");
        }
    }

    #[test]
    fn an_instance_is_opened_only_while_it_is_being_provisioned() {
        let opened: Vec<_> = State::ALL
            .iter()
            .filter(|state| InstanceMachine::next(**state, Event::Opened).is_some())
            .collect();
        assert_eq!(opened, [&State::Provisioning]);
    }
}
