//! Why a call failed before it had a result code (section 1.6 of the contract, in own words).

use std::fmt;

use crate::body_sign::BodySignError;
use crate::crypto::Undecryptable;
use crate::field::FieldError;

/// Why a call to a seller's server failed before it had a result code. The first three are found by
/// whoever sends, the others by the readers of [`crate::response`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// No connection.
    Unreachable {
        /// Why, without secrets.
        reason: String,
    },
    /// No complete answer in time.
    TimedOut {
        /// The limit in milliseconds.
        limit_ms: u64,
    },
    /// The answer's body is too long to read.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The HTTP status is not 200; redirects are not followed.
    HttpStatus(u16),
    /// The media type is not `application/json`.
    ContentType(Option<String>),
    /// The answer's signature.
    BodySign(BodySignError),
    /// The body is no JSON object.
    NotJson,
    /// A member is missing, too long, of the wrong type or senseless.
    Field(FieldError),
    /// Said to be encrypted, but does not decrypt.
    Undecryptable(Undecryptable),
}

impl CallError {
    /// Stable identifier, for texts and statistics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::TimedOut { .. } => "timed_out",
            Self::TooLarge { .. } => "too_large",
            Self::HttpStatus(_) => "http_status",
            Self::ContentType(_) => "content_type",
            Self::BodySign(error) => error.code(),
            Self::NotJson => "not_json",
            Self::Field(error) => error.code(),
            Self::Undecryptable(_) => "undecryptable",
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { reason } => {
                write!(f, "The address cannot be reached: {reason}. Check that the server runs and the address is right.")
            }
            Self::TimedOut { limit_ms } => {
                write!(f, "The server did not answer within {limit_ms} ms. Answer 000004 first if opening takes longer.")
            }
            Self::TooLarge { limit } => write!(f, "The response body is longer than {limit} bytes and was not read."),
            Self::HttpStatus(status) => {
                write!(f, "The HTTP status is {status}, not 200. Answer 200 always and report problems by resultCode.")
            }
            Self::ContentType(Some(found)) => {
                write!(f, "The Content-Type of the response is {found}. It must be application/json.")
            }
            Self::ContentType(None) => {
                f.write_str("The response has no Content-Type header. It must be application/json.")
            }
            Self::BodySign(error) => error.fmt(f),
            Self::NotJson => f.write_str(
                "The response body cannot be parsed. It must be a JSON object such as {\"resultCode\":\"000000\",\"resultMsg\":\"success\"}.",
            ),
            Self::Field(error) => write!(f, "The response body breaks the contract. {error}"),
            Self::Undecryptable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CallError {}

impl From<FieldError> for CallError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}

impl From<BodySignError> for CallError {
    fn from(error: BodySignError) -> Self {
        Self::BodySign(error)
    }
}

impl From<Undecryptable> for CallError {
    fn from(error: Undecryptable) -> Self {
        Self::Undecryptable(error)
    }
}
