//! Order numbers, as buyers and sellers see them: `CS` + minute of the order
//! in the site's zone + five random characters (access guide 7.4.6).

use kernel::{Timestamp, Zone};

/// Random characters at the end.
const SUFFIX: usize = 5;

/// Draws an order number. Two orders of one minute may draw the same, so the
/// caller draws again when the store says that the number is taken.
#[must_use]
pub fn draw(now: Timestamp, zone: &Zone) -> String {
    format!(
        "CS{}{}",
        zone.format(now, "%y%m%d%H%M"),
        kernel::random::upper_alnum(SUFFIX)
    )
}

/// Number of a line: the order's number and a counter of six digits from 1.
#[must_use]
pub fn line(order_number: &str, position: u32) -> String {
    format!("{order_number}-{position:06}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_the_minute_in_the_sites_zone() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let at = Timestamp::parse_utc("%Y%m%d%H%M%S", "20251231160012").unwrap();
        let number = draw(at, &zone);
        assert_eq!(number.len(), 17);
        assert!(number.starts_with("CS2601010000"), "{number}");
        assert_eq!(line(&number, 1), format!("{number}-000001"));
    }
}
