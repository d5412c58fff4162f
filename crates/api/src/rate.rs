//! How often one seller may ask. Counted per process: it protects the machine,
//! not a secret.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::Timestamp;
use kernel::id::OrganisationId;

/// Microseconds after which an empty bucket is full.
const FULL_MICROS: i64 = 60_000_000;
/// Sellers remembered at once; those with a full bucket are forgotten first.
const REMEMBERED: usize = 10_000;

/// A token bucket per seller, kept as the moment at which it is full again.
#[derive(Debug, Default)]
pub(crate) struct Rates(Mutex<HashMap<OrganisationId, Timestamp>>);

impl Rates {
    /// Counts a request of a seller, over all its access keys; false when it
    /// is one too many for `per_minute`, which isn't counted.
    pub(crate) fn allow(&self, seller: OrganisationId, per_minute: u32, now: Timestamp) -> bool {
        let refill_micros = FULL_MICROS / i64::from(per_minute.max(1));
        let mut full_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= REMEMBERED {
            full_at.retain(|_, full_at| *full_at > now);
        }
        let known = full_at.get(&seller).copied().unwrap_or(now);
        // A bucket that would fill later than one minute from now is from
        // before the clock was set back; it counts as empty now.
        let latest = now.micros().saturating_add(FULL_MICROS);
        let known = known.micros().clamp(now.micros(), latest);
        let used = known.saturating_add(refill_micros);
        let allowed = used <= latest;
        let kept = if allowed { used } else { known };
        full_at.insert(seller, Timestamp::from_micros(kept));
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_772_442_000);

    fn taken(rates: &Rates, seller: OrganisationId, now: Timestamp) -> usize {
        (0..1_000)
            .take_while(|_| rates.allow(seller, 100, now))
            .count()
    }

    #[test]
    fn a_hundred_requests_are_answered_and_then_one_each_six_tenths_of_a_second() {
        let (rates, seller) = (Rates::default(), OrganisationId::fresh(NOW));
        assert_eq!(taken(&rates, seller, NOW), 100);
        assert_eq!(taken(&rates, seller, NOW.plus_millis(599)), 0);
        assert_eq!(taken(&rates, seller, NOW.plus_millis(600)), 1);
        assert_eq!(taken(&rates, seller, NOW.plus_seconds(120)), 100);
    }

    #[test]
    fn one_seller_does_not_use_up_anothers_requests() {
        let rates = Rates::default();
        let (one, other) = (OrganisationId::fresh(NOW), OrganisationId::fresh(NOW));
        taken(&rates, one, NOW);
        assert!(rates.allow(other, 100, NOW));
    }

    #[test]
    fn a_clock_that_was_set_back_locks_nobody_out_for_longer_than_a_minute() {
        let (rates, seller) = (Rates::default(), OrganisationId::fresh(NOW));
        taken(&rates, seller, NOW);
        let earlier = NOW.plus_seconds(-3_600);
        assert!(!rates.allow(seller, 100, earlier));
        assert!(rates.allow(seller, 100, earlier.plus_seconds(1)));
    }
}
