//! When a failed call is repeated (section 5.2 of the contract). Data and arithmetic only: whoever
//! calls keeps the count and the time.

use crate::request::Activity;

const MINUTE: u64 = 60;
const HOUR: u64 = 3600;

/// When a call is repeated. All durations are seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RetryPlan {
    /// At fixed distances from the first call, until the window is over.
    Every {
        /// Distance between two calls.
        interval_s: u64,
        /// Length of the window from the first call.
        window_s: u64,
    },
    /// After growing pauses, the last of which repeats until the window is over; the last call falls
    /// on the end of the window.
    Pauses {
        /// Pauses before the second, third, ... call.
        pauses_s: Vec<u64>,
        /// Length of the window from the first call.
        window_s: u64,
    },
    /// At given distances from the first call, ascending.
    At {
        /// Distances from the first call.
        offsets_s: Vec<u64>,
    },
}

impl RetryPlan {
    /// newInstance and upgradeInstance: every hour for 3 hours.
    #[must_use]
    pub fn create() -> Self {
        Self::Every {
            interval_s: HOUR,
            window_s: 3 * HOUR,
        }
    }

    /// queryInstance after 000004: after 10 s, 30 s, then every 60 s, for 3 hours.
    #[must_use]
    pub fn poll() -> Self {
        Self::Pauses {
            pauses_s: vec![10, 30, MINUTE],
            window_s: 3 * HOUR,
        }
    }

    /// refreshInstance, updateInstanceStatus, releaseInstance, orderNotify: after 1, 5, 15, 30 and 60
    /// minutes.
    #[must_use]
    pub fn within_an_hour() -> Self {
        Self::At {
            offsets_s: [1, 5, 15, 30, 60].map(|minutes| minutes * MINUTE).to_vec(),
        }
    }

    /// The plan of the contract; `None` for change checks, which are not repeated. For queryInstance
    /// it is the plan of polling.
    #[must_use]
    pub fn of(activity: Activity) -> Option<Self> {
        match activity {
            Activity::NewInstance | Activity::UpgradeInstance => Some(Self::create()),
            Activity::QueryInstance => Some(Self::poll()),
            Activity::RefreshInstance
            | Activity::UpdateInstanceStatus
            | Activity::ReleaseInstance
            | Activity::OrderNotify => Some(Self::within_an_hour()),
            Activity::ChangeInstanceCheck => None,
        }
    }

    /// How long to wait before the next call; `None` when the window is over.
    ///
    /// `attempts` counts the calls made so far (at least 1), `elapsed_s` runs from the first of them.
    /// A caller who slept through some dates does not catch up on them, and a clock that jumped back
    /// neither hurries nor adds calls.
    #[must_use]
    pub fn next(&self, attempts: u32, elapsed_s: u64) -> Option<u64> {
        let made = u64::from(attempts.max(1));
        match self {
            Self::Every {
                interval_s,
                window_s,
            } => {
                let interval_s = (*interval_s).max(1);
                let slot = made.max(elapsed_s / interval_s + 1);
                let due_s = slot.checked_mul(interval_s)?;
                (due_s <= *window_s).then(|| (due_s - elapsed_s.min(due_s)).min(interval_s))
            }
            Self::Pauses { pauses_s, window_s } => {
                let position = usize::try_from(made - 1).unwrap_or(usize::MAX);
                let pause_s = pauses_s.get(position).or(pauses_s.last())?;
                let left_s = window_s.checked_sub(elapsed_s)?;
                (left_s > 0).then_some((*pause_s).min(left_s))
            }
            Self::At { offsets_s } => {
                let used = usize::try_from(made - 1).unwrap_or(usize::MAX);
                let due_s = offsets_s
                    .iter()
                    .skip(used)
                    .find(|offset_s| **offset_s > elapsed_s)?;
                Some(due_s - elapsed_s)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moments of all calls when each call takes no time.
    fn moments(plan: &RetryPlan) -> Vec<u64> {
        let mut moments = vec![0];
        let mut attempts = 1;
        while let Some(delay_s) = plan.next(attempts, *moments.last().unwrap()) {
            moments.push(moments.last().unwrap() + delay_s);
            attempts += 1;
        }
        moments
    }

    #[test]
    fn creation_is_tried_each_hour_for_three_hours() {
        assert_eq!(moments(&RetryPlan::create()), [0, 3600, 7200, 10800]);
    }

    #[test]
    fn a_slow_failure_does_not_shift_the_next_try() {
        assert_eq!(RetryPlan::create().next(1, 20), Some(3580));
        assert_eq!(RetryPlan::create().next(2, 3620), Some(3580));
    }

    #[test]
    fn polling_starts_quickly_and_ends_with_its_window() {
        let moments = moments(&RetryPlan::poll());
        assert_eq!(moments.get(..5).unwrap(), [0, 10, 40, 100, 160]);
        assert_eq!(moments.last(), Some(&10_800));
    }

    #[test]
    fn a_release_is_tried_six_times_within_an_hour() {
        assert_eq!(
            moments(&RetryPlan::within_an_hour()),
            [0, 60, 300, 900, 1800, 3600]
        );
    }

    #[test]
    fn missed_dates_are_not_caught_up_on() {
        assert_eq!(RetryPlan::create().next(1, 9000), Some(1800));
        assert_eq!(RetryPlan::within_an_hour().next(1, 1000), Some(800));
        assert_eq!(RetryPlan::within_an_hour().next(1, 3600), None);
        assert_eq!(RetryPlan::create().next(1, 10_800), None);
    }

    #[test]
    fn a_clock_that_jumped_back_adds_no_calls() {
        assert_eq!(RetryPlan::create().next(4, 0), None);
        assert_eq!(RetryPlan::create().next(3, 0), Some(3600));
        assert_eq!(RetryPlan::within_an_hour().next(6, 0), None);
    }

    #[test]
    fn a_change_check_has_no_second_call() {
        assert_eq!(RetryPlan::of(Activity::ChangeInstanceCheck), None);
    }
}
