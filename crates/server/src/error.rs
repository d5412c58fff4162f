//! What a command says when it can't do its work.

use std::fmt::Display;

use kernel::Fail;

use crate::config::ConfigError;

/// One plain sentence: what happened, why, and what to do.
#[derive(Debug)]
pub struct CommandError(String);

impl CommandError {
    /// The sentence as it is shown.
    #[must_use]
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// What couldn't be done, and why.
    #[must_use]
    pub fn because(what: impl Display, cause: impl Display) -> Self {
        Self(format!("{what}: {cause}"))
    }

    /// As [`CommandError::because`], with what the failure knows of its cause.
    #[must_use]
    pub fn of(what: impl Display, fail: &Fail) -> Self {
        match std::error::Error::source(fail) {
            Some(cause) => Self::because(what, cause),
            None => Self::because(what, fail),
        }
    }
}

impl Display for CommandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for CommandError {}

impl From<ConfigError> for CommandError {
    fn from(error: ConfigError) -> Self {
        Self(error.to_string())
    }
}

/// Nothing can be printed any more, for example because a pipe was closed.
impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self::because("the answer can't be printed", error)
    }
}
