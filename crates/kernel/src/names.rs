//! Enums whose members have one stored name each: states, events, kinds, roles.
//! The name is what stands in the database, in JSON and in text keys.

/// An enum with stored names.
pub trait Named: Copy + Eq + 'static {
    /// All members, in the order of their definition.
    const ALL: &'static [Self];
    /// The stored name.
    fn name(self) -> &'static str;
    /// The member of a stored name.
    #[must_use]
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|member| member.name() == name)
    }
}

/// Defines an enum with stored names:
/// `names! { /// Doc. pub enum Colour { /// Red. Red = "RED" } }`
#[macro_export]
macro_rules! names {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$member_meta:meta])* $member:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$member_meta])* $member),+ }

        impl $crate::names::Named for $name {
            const ALL: &'static [Self] = &[$(Self::$member),+];
            fn name(self) -> &'static str {
                match self { $(Self::$member => $text),+ }
            }
        }
        impl $name {
            /// The stored name.
            #[must_use]
            pub fn name(self) -> &'static str {
                $crate::names::Named::name(self)
            }
            /// The member of a stored name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                <Self as $crate::names::Named>::from_name(name)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
        impl $crate::value::AsValue for $name {
            fn as_value(&self) -> $crate::value::Value<'_> {
                $crate::value::Value::Text(std::borrow::Cow::Borrowed(self.name()))
            }
        }
        impl $crate::value::FromValue for $name {
            fn from_value(value: $crate::value::Value<'_>) -> Option<Self> {
                match value {
                    $crate::value::Value::Text(text) => Self::from_name(&text),
                    _ => None,
                }
            }
        }
        impl $crate::__serde::Serialize for $name {
            fn serialize<S: $crate::__serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as $crate::__serde::Deserialize>::deserialize(deserializer)?;
                Self::from_name(&text).ok_or_else(|| {
                    let known: Vec<&str> = <Self as $crate::names::Named>::ALL.iter().map(|member| member.name()).collect();
                    $crate::__serde::de::Error::custom(format!("\"{text}\" is none of: {}", known.join(", ")))
                })
            }
        }
    };
}
