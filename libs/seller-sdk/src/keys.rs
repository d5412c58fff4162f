//! The access keys of an interface address.

use std::fmt;

/// One or more access keys; more than one while a key is being replaced.
#[derive(Clone)]
pub struct Keys(Vec<String>);

impl Keys {
    /// The key that the marketplace shows for the interface address, exactly as it is displayed.
    #[must_use]
    pub fn new(access_key: impl Into<String>) -> Self {
        Self(vec![access_key.into()])
    }

    /// Accepts calls that are signed with this key too.
    #[must_use]
    pub fn also_accept(mut self, access_key: impl Into<String>) -> Self {
        self.0.push(access_key.into());
        self
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub(crate) fn primary(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }
}

impl fmt::Debug for Keys {
    /// Only how many there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}
