//! The gate before live queries: calls to a seller that a person waits for. A
//! seller whose server fails is left alone for a while, and pages show the last
//! known values at once instead of waiting for a time limit again; and one
//! instance is asked for once at a time, however often its page is reloaded.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::id::{InstanceId, OrganisationId};
use kernel::{Clock, Timestamp};

/// When a seller is left alone.
#[derive(Debug, Clone, Copy)]
pub struct BreakerSettings {
    /// Failures in a row that open the breaker; at least 1.
    pub failures: u32,
    /// Seconds for which it stays open. After them one call tries.
    pub open_s: u32,
}

/// One seller's breaker: closed while calls succeed, open after failures in a
/// row, and then one call at a time until one succeeds.
#[derive(Debug, Default)]
struct Breaker {
    failures: u32,
    open_until: Timestamp,
    trying: bool,
}

impl Breaker {
    fn start(&mut self, settings: BreakerSettings, now: Timestamp) -> Option<Start> {
        if self.failures < settings.failures.max(1) {
            return Some(Start::Usual);
        }
        let may_try = now >= self.open_until && !self.trying;
        self.trying |= may_try;
        may_try.then_some(Start::Trying)
    }

    fn failed(&mut self, settings: BreakerSettings, now: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        self.open_until = now.plus_seconds(i64::from(settings.open_s));
    }
}

/// How a call was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// The breaker is closed.
    Usual,
    /// It is the one call that finds out whether the seller works again.
    Trying,
}

/// The gate of this process. Cheap to clone.
#[derive(Clone)]
pub struct LiveGate(Arc<Gate>);

struct Gate {
    settings: BreakerSettings,
    clock: Clock,
    state: Mutex<State>,
}

/// Only sellers with failures have a breaker here, so that it stays small.
#[derive(Default)]
struct State {
    breakers: HashMap<OrganisationId, Breaker>,
    in_flight: HashSet<InstanceId>,
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LiveGate {
    /// A gate; `clock` is the wall clock.
    #[must_use]
    pub fn new(settings: BreakerSettings, clock: Clock) -> Self {
        Self(Arc::new(Gate {
            settings,
            clock,
            state: Mutex::default(),
        }))
    }

    /// Leave to ask `seller` about `instance` now. `None` when that is being asked
    /// already, or the seller is left alone: then show the last known values.
    #[must_use]
    pub fn enter(&self, seller: OrganisationId, instance: InstanceId) -> Option<LiveGuard> {
        let mut state = self.0.state();
        if state.in_flight.contains(&instance) {
            return None;
        }
        let start = match state.breakers.get_mut(&seller) {
            Some(breaker) => breaker.start(self.0.settings, self.0.clock.now())?,
            None => Start::Usual,
        };
        state.in_flight.insert(instance);
        Some(LiveGuard {
            gate: Arc::clone(&self.0),
            seller,
            instance,
            start,
        })
    }
}

/// Leave for one call. Report how it went; dropped without a report (the person
/// went away) it says nothing about the seller.
#[must_use]
pub struct LiveGuard {
    gate: Arc<Gate>,
    seller: OrganisationId,
    instance: InstanceId,
    start: Start,
}

impl LiveGuard {
    /// The seller's server answered.
    pub fn succeeded(self) {
        self.gate.state().breakers.remove(&self.seller);
    }

    /// The seller's server didn't answer, or nonsense.
    pub fn failed(self) {
        let now = self.gate.clock.now();
        self.gate
            .state()
            .breakers
            .entry(self.seller)
            .or_default()
            .failed(self.gate.settings, now);
    }
}

impl Drop for LiveGuard {
    fn drop(&mut self) {
        let mut state = self.gate.state();
        state.in_flight.remove(&self.instance);
        if self.start == Start::Trying
            && let Some(breaker) = state.breakers.get_mut(&self.seller)
        {
            breaker.trying = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::clock::ManualClock;

    use super::*;

    struct Scene {
        gate: LiveGate,
        clock: Arc<ManualClock>,
        seller: OrganisationId,
    }

    impl Scene {
        fn new() -> Self {
            let clock = ManualClock::new(Timestamp::from_seconds(1_000));
            let settings = BreakerSettings {
                failures: 2,
                open_s: 30,
            };
            let gate = LiveGate::new(settings, Clock::new(clock.clone()));
            Self {
                gate,
                clock,
                seller: OrganisationId::fresh(Timestamp::ZERO),
            }
        }

        fn enter(&self) -> Option<LiveGuard> {
            self.gate
                .enter(self.seller, InstanceId::fresh(Timestamp::ZERO))
        }

        fn fail_twice(&self) {
            for _ in 0..2 {
                self.enter().unwrap().failed();
            }
        }
    }

    #[test]
    fn an_instance_is_asked_for_once_at_a_time() {
        let scene = Scene::new();
        let instance = InstanceId::fresh(Timestamp::ZERO);
        let first = scene.gate.enter(scene.seller, instance).unwrap();
        assert!(scene.gate.enter(scene.seller, instance).is_none());
        drop(first);
        assert!(scene.gate.enter(scene.seller, instance).is_some());
    }

    #[test]
    fn failures_in_a_row_leave_the_seller_alone_for_a_while() {
        let scene = Scene::new();
        scene.fail_twice();
        assert!(scene.enter().is_none());
        scene.clock.advance_seconds(29);
        assert!(scene.enter().is_none());
        scene.clock.advance_seconds(1);
        assert!(scene.enter().is_some());
    }

    #[test]
    fn a_success_in_between_starts_the_count_anew() {
        let scene = Scene::new();
        scene.enter().unwrap().failed();
        scene.enter().unwrap().succeeded();
        scene.enter().unwrap().failed();
        assert!(scene.enter().is_some());
    }

    #[test]
    fn after_the_pause_one_call_tries_and_its_failure_opens_again() {
        let scene = Scene::new();
        scene.fail_twice();
        scene.clock.advance_seconds(30);
        let trying = scene.enter().unwrap();
        assert!(scene.enter().is_none());
        trying.failed();
        assert!(scene.enter().is_none());
        scene.clock.advance_seconds(30);
        scene.enter().unwrap().succeeded();
        let (one, two) = (scene.enter(), scene.enter());
        assert!(one.is_some() && two.is_some());
    }

    #[test]
    fn another_sellers_failures_close_no_gate() {
        let scene = Scene::new();
        scene.fail_twice();
        let other = OrganisationId::fresh(Timestamp::ZERO);
        assert!(
            scene
                .gate
                .enter(other, InstanceId::fresh(Timestamp::ZERO))
                .is_some()
        );
    }

    #[test]
    fn a_person_who_goes_away_says_nothing_about_the_seller() {
        let scene = Scene::new();
        scene.fail_twice();
        scene.clock.advance_seconds(30);
        drop(scene.enter().unwrap());
        assert!(scene.enter().is_some());
    }
}
