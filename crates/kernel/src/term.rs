//! Terms: how long something that was bought is valid. A term starts on a
//! local date of the site's zone and ends at 23:59:59 of the day before its
//! anniversary. The anchor day stays, so month ends clamp without drift: a
//! term that starts on the 31st renews on 28 February and on 31 March.

use jiff::Span;
use jiff::civil::Date;

use crate::{Timestamp, Zone};

crate::names! {
    /// The unit of a required duration; `periodType` on the wire.
    pub enum PeriodType {
        /// Calendar months.
        Month = "month",
        /// Calendar years.
        Year = "year",
        /// Bought once, valid without end.
        Once = "once",
    }
}

/// A required duration: so many months or years, or once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Period {
    /// The unit.
    pub unit: PeriodType,
    /// How many; 1 for [`PeriodType::Once`].
    pub count: u32,
}

impl Period {
    /// Bought once.
    pub const ONCE: Self = Self {
        unit: PeriodType::Once,
        count: 1,
    };

    /// Calendar months covered; `None` when it has no end.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self.unit {
            PeriodType::Month => Some(self.count),
            PeriodType::Year => Some(self.count.saturating_mul(12)),
            PeriodType::Once => None,
        }
    }
}

/// A running term: start date, anchor day and months so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    start: Date,
    months: u32,
}

impl Term {
    /// A term of `months` months that starts on the local date of `at`.
    #[must_use]
    pub fn starting(at: Timestamp, months: u32, zone: &Zone) -> Self {
        Self {
            start: zone.date(at),
            months,
        }
    }

    /// The term as it is stored.
    #[must_use]
    pub fn stored(start: &str, months: u32) -> Option<Self> {
        Some(Self {
            start: start.parse().ok()?,
            months,
        })
    }

    /// First day.
    #[must_use]
    pub fn start(&self) -> Date {
        self.start
    }

    /// Months from the start to the end.
    #[must_use]
    pub fn months(&self) -> u32 {
        self.months
    }

    /// Day of the month on which it renews, before clamping to short months.
    #[must_use]
    pub fn anchor_day(&self) -> i8 {
        self.start.day()
    }

    /// The first day that is no longer covered.
    #[must_use]
    pub fn anniversary(&self) -> Date {
        // Counted from the start each time, so a clamp in between can't stick.
        self.start
            .checked_add(Span::new().months(i64::from(self.months.min(12_000))))
            .unwrap_or(Date::MAX)
    }

    /// The last second that is covered.
    #[must_use]
    pub fn ends_at(&self, zone: &Zone) -> Timestamp {
        zone.start_of(self.anniversary()).plus_seconds(-1)
    }

    /// Days covered in all.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.anniversary() - self.start).get_days().into()
    }

    /// The same term, longer.
    #[must_use]
    pub fn extended(&self, months: u32) -> Self {
        Self {
            start: self.start,
            months: self.months.saturating_add(months),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    fn end_of(start: &str, months: u32) -> String {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let at = zone.parse_local(&format!("{start}T15:00")).unwrap();
        let term = Term::starting(at, months, &zone);
        zone.format(term.ends_at(&zone), "%Y-%m-%d %H:%M:%S")
    }

    #[test]
    fn a_term_ends_the_second_before_its_anniversary() {
        assert_eq!(end_of("2026-01-01", 12), "2026-12-31 23:59:59");
        assert_eq!(end_of("2026-02-28", 1), "2026-03-27 23:59:59");
        assert_eq!(end_of("2024-02-29", 12), "2025-02-27 23:59:59");
        assert_eq!(end_of("2026-01-31", 1), "2026-02-27 23:59:59");
    }

    #[test]
    fn month_ends_clamp_without_drift() {
        let zone = Zone::utc();
        let term = Term::starting(zone.parse_local("2026-01-31T00:00").unwrap(), 1, &zone);
        assert_eq!(term.anniversary().to_string(), "2026-02-28");
        assert_eq!(term.extended(1).anniversary().to_string(), "2026-03-31");
        assert_eq!(term.anchor_day(), 31);
    }

    #[test]
    fn a_day_is_the_sites_day_not_utcs() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let late = Timestamp::parse_utc("%Y%m%d%H%M%S", "20260131170000").unwrap();
        assert_eq!(
            Term::starting(late, 1, &zone).start().to_string(),
            "2026-02-01"
        );
    }
}
