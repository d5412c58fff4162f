//! Typed, prefixed, sortable ids: `ord_01j9…`. The time stands in front, so an
//! index grows at its end; the prefix says what a stray id in a log belongs to.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::Timestamp;

/// Characters of an id after the prefix and its underscore.
const BODY_LENGTH: usize = 26;
/// Crockford's base 32 in lower case: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Text of an id, held inline so that ids are `Copy`.
pub type Text = arrayvec::ArrayString<32>;

/// A fresh id body: a version 7 UUID of `now` in base 32.
#[must_use]
pub fn fresh(prefix: &str, now: Timestamp) -> Text {
    body(prefix, now, crate::random::bytes())
}

/// A fresh id body that sorts behind those this process made before in the same
/// millisecond. It tells how many were made: for ids that stay in the house.
#[must_use]
pub fn in_turn(prefix: &str, now: Timestamp) -> Text {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let [high, upper, lower, low] = MADE.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let mut tail: [u8; 10] = crate::random::bytes();
    // The UUID's version takes the upper half of the first byte, its variant the
    // two upper bits of the third: the count goes around both.
    let [first, second, third, fourth, fifth, ..] = &mut tail;
    (*first, *second) = (high >> 4, (high << 4) | (upper >> 4));
    (*third, *fourth) = (
        ((upper & 0x0f) << 2) | (lower >> 6),
        (lower << 2) | (low >> 6),
    );
    *fifth = (low << 2) | (*fifth & 0b11);
    body(prefix, now, tail)
}

fn body(prefix: &str, now: Timestamp, tail: [u8; 10]) -> Text {
    let micros = now.micros().max(0).unsigned_abs();
    let seconds = micros / 1_000_000;
    let nanos = u32::try_from(micros % 1_000_000)
        .unwrap_or(0)
        .saturating_mul(1_000);
    let millis = seconds
        .saturating_mul(1_000)
        .saturating_add(u64::from(nanos / 1_000_000));
    let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &tail);
    encode(prefix, uuid.into_uuid().as_u128())
}

fn encode(prefix: &str, number: u128) -> Text {
    let mut text = Text::new();
    let _ = text.try_push_str(prefix);
    let _ = text.try_push('_');
    for place in (0..BODY_LENGTH).rev() {
        let digit = usize::try_from((number >> (place * 5)) & 31).unwrap_or(0);
        let character = ALPHABET.get(digit).copied().map_or('0', char::from);
        let _ = text.try_push(character);
    }
    text
}

/// Reads an id of the given prefix; `None` when it is not one.
#[must_use]
pub fn parse(prefix: &str, text: &str) -> Option<Text> {
    let body = text.strip_prefix(prefix)?.strip_prefix('_')?;
    let well_formed =
        body.len() == BODY_LENGTH && body.bytes().all(|byte| ALPHABET.contains(&byte));
    if well_formed {
        Text::from(text).ok()
    } else {
        None
    }
}

/// Defines an id type: `id!(/// An order. OrderId, "ord");`
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::id::Text);

        impl $name {
            /// A new id; `now` stands in front so that ids sort by time.
            #[must_use]
            pub fn fresh(now: $crate::Timestamp) -> Self {
                Self($crate::id::fresh($prefix, now))
            }
            /// A new id that sorts behind the earlier ones of its millisecond:
            /// see [`in_turn`]($crate::id::in_turn).
            #[must_use]
            pub fn in_turn(now: $crate::Timestamp) -> Self {
                Self($crate::id::in_turn($prefix, now))
            }
            /// Reads an id that came from outside.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                $crate::id::parse($prefix, text).map(Self)
            }
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl $crate::value::AsValue for $name {
            fn as_value(&self) -> $crate::value::Value<'_> {
                $crate::value::Value::Text(std::borrow::Cow::Borrowed(self.as_str()))
            }
        }
        impl $crate::value::FromValue for $name {
            fn from_value(value: $crate::value::Value<'_>) -> Option<Self> {
                match value {
                    $crate::value::Value::Text(text) => Self::parse(&text),
                    _ => None,
                }
            }
        }
        impl $crate::__serde::Serialize for $name {
            fn serialize<S: $crate::__serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as $crate::__serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| $crate::__serde::de::Error::custom(concat!("not an id of the form ", $prefix, "_…")))
            }
        }
    };
}

// Ids that more than one context names. An id of one context alone stands there.
id!(/// A person who can sign in.
    UserId, "usr");
id!(/// A buyer's, seller's or operator's organisation.
    OrganisationId, "org");
id!(/// A product in the catalogue.
    ProductId, "prd");
id!(/// An order.
    OrderId, "ord");
id!(/// A line of an order.
    OrderLineId, "lin");
id!(/// What the seller opened for one order line.
    InstanceId, "ins");
id!(/// The supervised delivery of one order line.
    ServiceFlowId, "flo");
id!(/// A file in the object store.
    FileId, "fil");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_turn_sort_as_they_were_made() {
        let now = Timestamp::from_micros(1_000_000);
        let made: Vec<_> = (0..70_000).map(|_| OrderId::in_turn(now)).collect();
        assert!(made.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn ids_sort_by_their_time() {
        let early = OrderId::fresh(Timestamp::from_micros(1_000_000));
        let late = OrderId::fresh(Timestamp::from_micros(9_000_000));
        assert!(early < late);
    }

    #[test]
    fn an_id_of_another_kind_is_not_accepted() {
        let order = OrderId::fresh(Timestamp::from_micros(1));
        assert_eq!(OrderId::parse(order.as_str()), Some(order));
        assert_eq!(UserId::parse(order.as_str()), None);
        assert_eq!(OrderId::parse("ord_short"), None);
        assert_eq!(OrderId::parse("ord_0123456789abcdefghijklmnop"), None);
    }
}
