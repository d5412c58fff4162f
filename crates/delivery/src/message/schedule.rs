//! When a seller is called again (access guide 5.2). `None` says that the time
//! is over: the order failed, or the repetitions stop. The settings are those
//! of [`kernel::policy::Opening`].

use kernel::Timestamp;
use kernel::policy::Opening;

/// The next attempt at an opening that failed. The last one falls on the end
/// of the window.
#[must_use]
pub fn next_create(
    opening: &Opening,
    window_ends_at: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    let next = now.plus_seconds(opening.create_interval_seconds.into());
    (now < window_ends_at).then(|| next.min(window_ends_at))
}

/// The next question for the result of an opening that the seller accepted.
/// `asked` counts the questions so far. The last one falls on the end of the
/// window.
#[must_use]
pub fn next_poll(
    opening: &Opening,
    asked: u32,
    window_ends_at: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    let index = usize::try_from(asked).unwrap_or(usize::MAX);
    let seconds = opening
        .poll_seconds
        .get(index)
        .or(opening.poll_seconds.last())?;
    let next = now.plus_seconds(i64::from((*seconds).max(1)));
    (now < window_ends_at).then(|| next.min(window_ends_at))
}

/// The next repetition of any other call, counted from its first.
#[must_use]
pub fn next_repeat(
    opening: &Opening,
    first_call_at: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    opening
        .repeat_at_seconds
        .iter()
        .map(|seconds| first_call_at.plus_seconds((*seconds).into()))
        .find(|at| *at > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::policy::Policy;

    const START: Timestamp = Timestamp::from_seconds(1_000_000);

    fn after(seconds: i64) -> Timestamp {
        START.plus_seconds(seconds)
    }

    #[test]
    fn opening_is_tried_each_hour_and_last_at_the_end_of_the_window() {
        let opening = Policy::intl().opening;
        let window = after(10_800);
        assert_eq!(next_create(&opening, window, after(2)), Some(after(3_602)));
        assert_eq!(next_create(&opening, window, after(7_206)), Some(window));
        assert_eq!(next_create(&opening, window, window), None);
    }

    #[test]
    fn questions_come_slower_until_the_last_pace_repeats() {
        let opening = Policy::intl().opening;
        let at = |asked| next_poll(&opening, asked, after(10_800), START);
        assert_eq!(at(0), Some(after(10)));
        assert_eq!(at(1), Some(after(30)));
        assert_eq!(at(2), Some(after(60)));
        assert_eq!(at(99), Some(after(60)));
    }

    #[test]
    fn other_calls_repeat_for_an_hour_and_stop() {
        let opening = Policy::intl().opening;
        assert_eq!(next_repeat(&opening, START, after(1)), Some(after(60)));
        assert_eq!(next_repeat(&opening, START, after(61)), Some(after(300)));
        assert_eq!(next_repeat(&opening, START, after(3_600)), None);
    }
}
