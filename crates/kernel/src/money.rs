//! Money that changes hands: whole minor units and a currency. No floats, and
//! one function that rounds.

use iso_currency::Currency as Iso;

use crate::fail::{self, Fail};
use crate::value::{AsValue, FromValue, Value};

/// One, as a rate of [`Money::share`]: rates are integers at 10^-8.
pub const RATE_ONE: i64 = 100_000_000;

/// A currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(Iso);

impl Currency {
    /// US dollar, the default listing currency.
    pub const USD: Self = Self(Iso::USD);
    /// Euro.
    pub const EUR: Self = Self(Iso::EUR);
    /// Renminbi.
    pub const CNY: Self = Self(Iso::CNY);
    /// Yen, which has no minor unit.
    pub const JPY: Self = Self(Iso::JPY);

    /// By its three letters.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Iso::from_code(code).map(Self)
    }
    /// The three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }
    /// Digits after the point, 0 to 4.
    #[must_use]
    pub fn digits(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }
    /// The usual sign, for example `$`.
    #[must_use]
    pub fn symbol(self) -> String {
        self.0.symbol().to_string()
    }
}

impl AsValue for Currency {
    fn as_value(&self) -> Value<'_> {
        Value::Text(std::borrow::Cow::Borrowed(self.code()))
    }
}
impl FromValue for Currency {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(code) => Self::from_code(&code),
            Value::Int(_) | Value::Blob(_) | Value::Null => None,
        }
    }
}
impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <String as serde::Deserialize>::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| {
            serde::de::Error::custom(format!("\"{code}\" is no currency of ISO 4217"))
        })
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Money {
    /// Minor units: cents for the dollar, yen for the yen.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }
    /// Nothing.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }
    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum.
    ///
    /// # Errors
    /// A bug when the currencies differ or the sum has no place in 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, Fail> {
        self.combine(other, i64::checked_add)
    }

    /// The difference.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn minus(self, other: Self) -> Result<Self, Fail> {
        self.combine(other, i64::checked_sub)
    }

    fn combine(self, other: Self, by: fn(i64, i64) -> Option<i64>) -> Result<Self, Fail> {
        if self.currency != other.currency {
            return Err(Fail::bug(format!("{self} and {other} don't combine")));
        }
        by(self.minor, other.minor)
            .map(|minor| Self {
                minor,
                currency: self.currency,
            })
            .ok_or_else(|| Fail::bug("an amount is too large"))
    }

    /// So many times.
    ///
    /// # Errors
    /// [`fail::FIELD_OUT_OF_RANGE`] when the product has no place in 64 bits.
    pub fn times(self, count: i64) -> Result<Self, Fail> {
        self.minor
            .checked_mul(count)
            .map(|minor| Self {
                minor,
                currency: self.currency,
            })
            .ok_or_else(|| Fail::new(fail::FIELD_OUT_OF_RANGE))
    }

    /// The share `rate_e8` / 10^8, rounded half away from zero to minor units.
    #[must_use]
    pub fn share(self, rate_e8: i64) -> Self {
        Self {
            minor: divide_half_up(
                i128::from(self.minor) * i128::from(rate_e8),
                i128::from(RATE_ONE),
            ),
            currency: self.currency,
        }
    }

    /// The share `part` / `whole`, rounded half away from zero; nothing when
    /// `whole` is 0.
    #[must_use]
    pub fn fraction(self, part: i64, whole: i64) -> Self {
        Self {
            minor: divide_half_up(i128::from(self.minor) * i128::from(part), i128::from(whole)),
            currency: self.currency,
        }
    }

    /// Reads what a person typed: digits, at most one point, no more decimals
    /// than the currency has; grouping commas are allowed.
    #[must_use]
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let text = text.trim().replace(',', "");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let digits = usize::try_from(currency.digits()).ok()?;
        let only_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || !only_digits(whole)
            || !only_digits(decimals)
            || decimals.len() > digits
        {
            return None;
        }
        let minor = format!("{whole}{decimals:0<digits$}").parse().ok()?;
        Some(Self { minor, currency })
    }

    /// The number alone with all decimals and no grouping, for machines: `1188.00`.
    #[must_use]
    pub fn plain(self) -> String {
        let digits = usize::try_from(self.currency.digits()).unwrap_or(2);
        let sign = if self.minor < 0 { "-" } else { "" };
        let number = self.minor.unsigned_abs().to_string();
        if digits == 0 {
            return format!("{sign}{number}");
        }
        let padded = format!("{number:0>width$}", width = digits + 1);
        let (whole, decimals) = padded.split_at(padded.len() - digits);
        format!("{sign}{whole}.{decimals}")
    }

    /// The number with grouped thousands: `1,188.00`.
    #[must_use]
    pub fn grouped(self) -> String {
        let plain = self.plain();
        let (sign, rest) = plain
            .strip_prefix('-')
            .map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, decimals) = rest
            .split_once('.')
            .map_or((rest, None), |(w, d)| (w, Some(d)));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        match decimals {
            Some(decimals) => format!("{sign}{grouped}.{decimals}"),
            None => format!("{sign}{grouped}"),
        }
    }
}

impl std::fmt::Display for Money {
    /// `USD 1,188.00`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.currency.code(), self.grouped())
    }
}

/// Rounds half away from zero; the one place that rounds money.
fn divide_half_up(numerator: i128, denominator: i128) -> i64 {
    if denominator == 0 {
        return 0;
    }
    let (numerator, denominator) = if denominator < 0 {
        (-numerator, -denominator)
    } else {
        (numerator, denominator)
    };
    let magnitude = (numerator.unsigned_abs() * 2 + denominator.unsigned_abs())
        / (denominator.unsigned_abs() * 2);
    let magnitude = i64::try_from(magnitude).unwrap_or(i64::MAX);
    if numerator < 0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_person_types_is_read_or_refused() {
        let usd = |text: &str| Money::parse(text, Currency::USD).map(|money| money.minor);
        assert_eq!(usd("1,188.5"), Some(118_850));
        assert_eq!(usd("12"), Some(1_200));
        for bad in ["", "-1", "1.234", "1e3", ".5", "1.2.3", "abc"] {
            assert_eq!(usd(bad), None, "{bad}");
        }
        assert_eq!(Money::parse("12.5", Currency::JPY), None);
    }

    #[test]
    fn halves_round_away_from_zero() {
        let cents = |minor: i64| Money::new(minor, Currency::USD);
        assert_eq!(cents(5).share(RATE_ONE / 10).minor, 1);
        assert_eq!(cents(-5).share(RATE_ONE / 10).minor, -1);
        assert_eq!(cents(4).share(RATE_ONE / 10).minor, 0);
    }

    proptest! {
        #[test]
        fn writing_and_reading_gives_the_same_amount(minor in 0_i64..i64::MAX / 10) {
            for currency in [Currency::USD, Currency::JPY] {
                let money = Money::new(minor, currency);
                prop_assert_eq!(Money::parse(&money.plain(), currency), Some(money));
                prop_assert_eq!(Money::parse(&money.grouped(), currency), Some(money));
            }
        }

        #[test]
        fn a_share_and_its_rest_are_the_whole(minor in -1_000_000_000_i64..1_000_000_000, rate in 0..RATE_ONE) {
            let whole = Money::new(minor, Currency::USD);
            let share = whole.share(rate);
            prop_assert_eq!(whole.minus(share).unwrap().plus(share).unwrap(), whole);
            prop_assert!(share.minor.abs() <= minor.abs());
        }
    }
}
