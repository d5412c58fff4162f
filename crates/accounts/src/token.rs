//! Tokens that stand for a session or a mailed link. The person holds the
//! token; the database holds its SHA-256, so that a stolen copy of the
//! database opens nothing.

use kernel::value::{AsValue, FromValue, Value};
use kernel::{Secret, crypt, random};

/// SHA-256 of a token, as it is stored. It names a row without opening it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenHash(String);

impl TokenHash {
    /// Of a token that somebody presented.
    #[must_use]
    pub fn of(token: &str) -> Self {
        Self(crypt::sha256_hex(token.as_bytes()))
    }

    /// A hash that stood in a form, as the name of a session or an invitation;
    /// `None` when it isn't one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() == 64
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        well_formed.then(|| Self(text.to_owned()))
    }

    /// The hash as 64 hexadecimal characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenHash")
    }
}
impl AsValue for TokenHash {
    fn as_value(&self) -> Value<'_> {
        self.0.as_value()
    }
}
impl FromValue for TokenHash {
    fn from_value(value: Value<'_>) -> Option<Self> {
        String::from_value(value).and_then(|text| Self::parse(&text))
    }
}

/// A new token of 256 bits and the hash to store.
pub(crate) fn fresh() -> (Secret<String>, TokenHash) {
    let token = Secret::new(random::token());
    let hash = TokenHash::of(token.reveal());
    (token, hash)
}
