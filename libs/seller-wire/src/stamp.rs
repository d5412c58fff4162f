//! The time formats of the contract. All are UTC; inside, times are Unix seconds or milliseconds.

/// `yyyyMMddHHmmss`, as in `expireTime` and `createTime`.
#[must_use]
pub fn digits14(unix_s: i64) -> String {
    let (year, month, day, hour, minute, second) = civil(unix_s);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// `yyyyMMddHHmmssSSS`, as in `statisticalTime`.
#[must_use]
pub fn digits17(unix_ms: i64) -> String {
    format!(
        "{}{:03}",
        digits14(unix_ms.div_euclid(1000)),
        unix_ms.rem_euclid(1000)
    )
}

/// `yyyyMMdd'T'HHmmss'Z'`, as in `X-Sdk-Date`.
#[must_use]
pub fn sdk_date(unix_s: i64) -> String {
    let (year, month, day, hour, minute, second) = civil(unix_s);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

/// Reads 14 digits, or 17 with milliseconds, into Unix milliseconds. `None` for anything that is no
/// real date.
#[must_use]
pub fn parse_digits(text: &str) -> Option<i64> {
    let millis = match text.len() {
        14 => 0,
        17 => number(text.get(14..17)?)?,
        _ => return None,
    };
    let seconds = parse_parts(text.get(0..8)?, text.get(8..14)?)?;
    Some(seconds * 1000 + millis)
}

/// Reads `yyyyMMdd'T'HHmmss'Z'` into Unix seconds. `None` for anything that is no real date.
#[must_use]
pub fn parse_sdk_date(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    (date.len() == 8 && time.len() == 6).then(|| parse_parts(date, time))?
}

fn parse_parts(date: &str, time: &str) -> Option<i64> {
    let (year, month, day) = (
        number(date.get(0..4)?)?,
        number(date.get(4..6)?)?,
        number(date.get(6..8)?)?,
    );
    let (hour, minute, second) = (
        number(time.get(0..2)?)?,
        number(time.get(2..4)?)?,
        number(time.get(4..6)?)?,
    );
    let days = days_from_civil(year, month, day);
    // The round trip refuses the 31st of February without a table of month lengths.
    let real = (1..=12).contains(&month) && civil_from_days(days) == (year, month, day);
    (real && hour < 24 && minute < 60 && second < 60)
        .then_some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

fn number(digits: &str) -> Option<i64> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

fn civil(unix_s: i64) -> (i64, i64, i64, i64, i64, i64) {
    let (year, month, day) = civil_from_days(unix_s.div_euclid(86_400));
    let of_day = unix_s.rem_euclid(86_400);
    (
        year,
        month,
        day,
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60,
    )
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that begin
/// on a 1st of March, so that the leap day is the last day of a year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_have_their_known_texts() {
        assert_eq!(digits14(1_767_225_600), "20260101000000");
        assert_eq!(digits17(1_767_225_600_007), "20260101000000007");
        assert_eq!(sdk_date(1_573_789_015), "20191115T033655Z");
        assert_eq!(parse_sdk_date("20191115T033655Z"), Some(1_573_789_015));
        assert_eq!(parse_digits("20240229235959"), Some(1_709_251_199_000));
    }

    #[test]
    fn every_day_of_five_centuries_comes_back() {
        for day in -73_000..110_000_i64 {
            assert_eq!(
                parse_digits(&digits17(day * 86_400_000 + 5)),
                Some(day * 86_400_000 + 5)
            );
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "20230229000000",
            "20261301000000",
            "20260100000000",
            "20260101240000",
            "2026010100000",
            "+0260101000000",
            "",
        ] {
            assert_eq!(parse_digits(text), None, "{text}");
        }
        assert_eq!(parse_sdk_date("20260101000000Z"), None);
        assert_eq!(parse_sdk_date("2026-01-01T00:00:00Z"), None);
    }
}
