use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount at 10^-8 of a minor unit, so that a share of a rate at 10^-8 is
/// exact. In JSON it is a decimal text: it may have more digits than a JSON
/// number keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PreciseMinor(i128);

impl PreciseMinor {
    /// The share `rate_e8` / 10^8 of an amount in minor units.
    #[must_use]
    pub fn share(minor: i64, rate_e8: i64) -> Self {
        Self(i128::from(minor) * i128::from(rate_e8))
    }

    /// Units of 10^-8 of a minor unit.
    #[must_use]
    pub const fn e8(self) -> i128 {
        self.0
    }

    /// From units of 10^-8 of a minor unit.
    #[must_use]
    pub const fn from_e8(e8: i128) -> Self {
        Self(e8)
    }
}

impl Serialize for PreciseMinor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for PreciseMinor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}
