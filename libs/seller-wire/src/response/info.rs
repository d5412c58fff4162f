//! What `queryInstance` tells about an instance (section 5.6 of the contract).

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::stamp::digits17;

/// One instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InstanceInfo {
    /// The instance.
    pub instance_id: String,
    /// How to use it; left out only by sellers who deliver access data otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_info: Option<AppInfo>,
    /// Its use; for pay-per-use and package instances.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usage_info: Vec<UsageInfo>,
}

/// How an instance is used.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AppInfo {
    /// Address that the customer opens, at most 512 characters.
    pub front_end_url: String,
    /// Address of the administration, at most 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_url: Option<String>,
    /// Administrator's account, at most 128 characters on the wire (with encryption if any).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Initial password, at most 128 characters on the wire (with encryption if any).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Free text, at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
}

impl fmt::Debug for AppInfo {
    /// Without user name, password and memo, so that no log has them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppInfo")
            .field("front_end_url", &self.front_end_url)
            .finish_non_exhaustive()
    }
}

/// Use of an instance, or of one billing item of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UsageInfo {
    /// For packages: the pay-per-use instance that this usage belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related_instance_id: Option<String>,
    /// Cumulative total (pay-per-use) or amount used (package).
    pub usage_value: UsageValue,
    /// When it was counted, Unix milliseconds; 17 digits in UTC on the wire.
    #[serde(rename = "statisticalTime", serialize_with = "write_digits17")]
    pub counted_at_ms: i64,
    /// Seller's page about the usage, at most 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dashboard_url: Option<String>,
}

fn write_digits17<S: Serializer>(unix_ms: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&digits17(*unix_ms))
}

/// An amount with at most 12 digits, 4 of them after the point, kept exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UsageValue(i64);

impl UsageValue {
    /// From ten-thousandths: 125000 is 12.5. `None` if negative or over 12 digits.
    #[must_use]
    pub fn from_ten_thousandths(amount: i64) -> Option<Self> {
        (0..1_000_000_000_000)
            .contains(&amount)
            .then_some(Self(amount))
    }

    /// In ten-thousandths.
    #[must_use]
    pub fn ten_thousandths(self) -> i64 {
        self.0
    }
}

impl FromStr for UsageValue {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fraction = fraction.trim_end_matches('0');
        if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 4 {
            return Err(());
        }
        let scaled: i64 = format!("{whole}{fraction:0<4}").parse().map_err(|_| ())?;
        Self::from_ten_thousandths(scaled).ok_or(())
    }
}

impl fmt::Display for UsageValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for UsageValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // At most 12 digits, so the nearest double prints as the same digits again.
        let number: serde_json::Number = self
            .to_string()
            .parse()
            .map_err(serde::ser::Error::custom)?;
        number.serialize(serializer)
    }
}
