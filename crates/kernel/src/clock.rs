//! Time. The system's clock is asked here and nowhere else; everybody gets a
//! [`Clock`] handed in, so that a test or a sandbox can move it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::value::{AsValue, FromValue, Value};

/// A moment: microseconds since 1970-01-01 UTC. What the database stores.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Before everything; "never" in comparisons.
    pub const ZERO: Self = Self(0);

    /// From microseconds since 1970 UTC.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// From milliseconds since 1970 UTC, the form of the seller interfaces.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }
    /// From seconds since 1970 UTC.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }
    /// Microseconds since 1970 UTC.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// Whole milliseconds since 1970 UTC.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }
    /// Whole seconds since 1970 UTC.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
    /// Later by so many seconds; earlier when negative.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
    /// Later by so many milliseconds; earlier when negative.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis.saturating_mul(1_000)))
    }
    /// Seconds from `earlier` to this; negative when it is later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(1_000_000)
    }

    fn jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or_default()
    }

    /// In a format of `strftime`, UTC.
    #[must_use]
    pub fn format_utc(self, format: &str) -> String {
        self.jiff()
            .to_zoned(TimeZone::UTC)
            .strftime(format)
            .to_string()
    }

    /// Reads a UTC time in a format of `strptime` that holds date and time.
    #[must_use]
    pub fn parse_utc(format: &str, text: &str) -> Option<Self> {
        let civil = jiff::civil::DateTime::strptime(format, text).ok()?;
        let moment = civil.to_zoned(TimeZone::UTC).ok()?.timestamp();
        Some(Self(moment.as_microsecond()))
    }

    /// RFC 3339 in UTC with whole seconds, for `<time datetime>` and JSON.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.format_utc("%Y-%m-%dT%H:%M:%SZ")
    }
}

impl AsValue for Timestamp {
    fn as_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}
impl FromValue for Timestamp {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(Self)
    }
}

/// The zone in which a site counts days: terms start and end by it.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// UTC.
    #[must_use]
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// A zone by its IANA name, for example `Asia/Shanghai`; `None` when unknown.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The local date at a moment.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Date {
        at.jiff().to_zoned(self.0.clone()).date()
    }

    /// The first moment of a local date.
    #[must_use]
    pub fn start_of(&self, date: Date) -> Timestamp {
        date.to_zoned(self.0.clone())
            .map_or(Timestamp::ZERO, |zoned| {
                Timestamp::from_micros(zoned.timestamp().as_microsecond())
            })
    }

    /// The moment of a local date and clock time such as `2026-11-22T14:30`,
    /// the form of a date-time input; `None` when it isn't one.
    #[must_use]
    pub fn parse_local(&self, text: &str) -> Option<Timestamp> {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        let zoned = civil.to_zoned(self.0.clone()).ok()?;
        Some(Timestamp::from_micros(zoned.timestamp().as_microsecond()))
    }

    /// In a format of `strftime`, local.
    #[must_use]
    pub fn format(&self, at: Timestamp, format: &str) -> String {
        at.jiff()
            .to_zoned(self.0.clone())
            .strftime(format)
            .to_string()
    }
}

/// Where a [`Clock`] gets its time.
pub trait TimeSource: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// A clock that is handed in. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn TimeSource>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(SystemSource))
    }
    /// A clock with a source of its own.
    #[must_use]
    pub fn new(source: Arc<dyn TimeSource>) -> Self {
        Self(source)
    }
    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

struct SystemSource;

impl TimeSource for SystemSource {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or(Duration::ZERO);
        Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at `start`.
    #[must_use]
    pub fn new(start: Timestamp) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(start.micros())))
    }
    /// Moves by seconds, backwards when negative.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0
            .fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
    }
    /// Sets the time.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.micros(), Ordering::SeqCst);
    }
}

impl TimeSource for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// A clock that never goes backwards: leases on the embedded database count by
/// it, so that a corrected system clock can't hand out a lease twice. While its
/// source lags behind, it goes on at the pace of the machine, so that leases
/// still run out.
#[derive(Debug)]
pub struct NeverBack {
    source: Clock,
    highest: Mutex<(Timestamp, Stopwatch)>,
}

impl NeverBack {
    /// Over a clock that may jump.
    #[must_use]
    pub fn new(source: Clock) -> Self {
        Self {
            source,
            highest: Mutex::new((Timestamp::ZERO, Stopwatch::start())),
        }
    }
    /// The time, never before one that was given already.
    pub fn now(&self) -> Timestamp {
        let source = self.source.now();
        let mut highest = self.highest.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, since) = *highest;
        let now = if source >= last {
            source
        } else {
            let passed = i64::try_from(since.elapsed().as_micros()).unwrap_or(0);
            Timestamp(last.0.saturating_add(passed))
        };
        *highest = (now, Stopwatch::start());
        now
    }
}

/// Measures how long something takes; not a time of day.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }
    /// Time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
    /// Whole milliseconds since the start.
    #[must_use]
    pub fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_back_moves_no_lease() {
        let manual = ManualClock::new(Timestamp::from_seconds(1_000));
        let steady = NeverBack::new(Clock::new(manual.clone()));
        let before = steady.now();
        manual.advance_seconds(-3_600);
        let after = steady.now();
        assert!(after >= before && after < before.plus_seconds(60));
        manual.advance_seconds(7_200);
        assert_eq!(steady.now(), before.plus_seconds(3_600));
    }

    #[test]
    fn times_are_read_as_they_were_written() {
        let at = Timestamp::parse_utc("%Y%m%dT%H%M%SZ", "20260101T000000Z").unwrap();
        assert_eq!(at.seconds(), 1_767_225_600);
        assert_eq!(at.format_utc("%Y%m%d%H%M%S"), "20260101000000");
    }
}
