//! The common form of state machines: a table decides, a [`Transition`] proves
//! that it was asked, and the store takes nothing but the proof.

use crate::names::Named;
use crate::{Timestamp, Who};

/// A pair of state and event that the table of a machine forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illegal {
    /// Which machine, for example `order_line`.
    pub machine: &'static str,
    /// Stored name of the state that stood.
    pub state: &'static str,
    /// Stored name of the event that was tried.
    pub event: &'static str,
}

impl std::fmt::Display for Illegal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {} is not possible in state {}",
            self.machine, self.event, self.state
        )
    }
}
impl std::error::Error for Illegal {}

/// A machine: its states, its events and the one table that joins them.
pub trait Machine: 'static {
    /// Name of the aggregate, as in its table.
    const NAME: &'static str;
    /// The states.
    type State: Named;
    /// The events.
    type Event: Named;
    /// The table; every pair is decided, none by a wildcard.
    fn next(state: Self::State, event: Self::Event) -> Option<Self::State>;

    /// Asks the table and makes the proof. `version` is the row's version that
    /// the decision was made on.
    ///
    /// # Errors
    /// [`Illegal`] when the table forbids the pair.
    fn transition(
        state: Self::State,
        event: Self::Event,
        version: i64,
        at: Timestamp,
        who: Who,
    ) -> Result<Transition<Self>, Illegal>
    where
        Self: Sized,
    {
        match Self::next(state, event) {
            Some(to) => Ok(Transition {
                from: state,
                to,
                event,
                version,
                at,
                who,
                reason: None,
            }),
            None => Err(Illegal {
                machine: Self::NAME,
                state: state.name(),
                event: event.name(),
            }),
        }
    }
}

/// A decided change of state, to be stored with its history row.
#[must_use = "a transition that is not stored did not happen"]
pub struct Transition<M: Machine> {
    from: M::State,
    to: M::State,
    event: M::Event,
    version: i64,
    at: Timestamp,
    who: Who,
    reason: Option<String>,
}

impl<M: Machine> Transition<M> {
    /// Adds the sentence that a person gave, or that explains a machine's act.
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
    /// The state before.
    #[must_use]
    pub fn from(&self) -> M::State {
        self.from
    }
    /// The state after.
    #[must_use]
    pub fn to(&self) -> M::State {
        self.to
    }
    /// What happened.
    #[must_use]
    pub fn event(&self) -> M::Event {
        self.event
    }
    /// The version of the row that the decision was made on.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }
    /// When.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }
    /// Who.
    #[must_use]
    pub fn who(&self) -> Who {
        self.who
    }
    /// Why, when somebody said so.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
