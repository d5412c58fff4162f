//! Why a call to a seller's server brought no whole answer.

use std::error::Error;
use std::{fmt, io};

use kernel::{Code, Fail};
use rustls::pki_types::InvalidDnsNameError;

use super::guard::Refusal;
use crate::network::AddressKind;

kernel::codes! {
    /// The text is no address of a server.
    Invalid ADDRESS_INVALID = "seller-address-invalid";
    /// Not encrypted, and not into an allowed network.
    Invalid ADDRESS_NOT_HTTPS = "seller-address-not-https";
    /// The address isn't public and not allowed either.
    Invalid ADDRESS_REFUSED = "seller-address-refused";
    /// The name service doesn't know the host.
    Unavailable ADDRESS_UNKNOWN = "seller-address-unknown";
    /// Nobody answers at the address.
    Unavailable UNREACHABLE = "seller-unreachable";
    /// No encrypted connection; mostly the certificate.
    Unavailable TLS_FAILED = "seller-tls-failed";
    /// No whole answer in time.
    Unavailable TIMED_OUT = "seller-timed-out";
    /// The answer's body is longer than allowed.
    Unavailable ANSWER_TOO_LARGE = "seller-answer-too-large";
    /// The connection ended, or what came was no HTTP.
    Unavailable CONNECTION_BROKEN = "seller-connection-broken";
}

/// Why there is no whole answer. Holds nothing secret: hosts, but no paths,
/// queries or bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// No address of a server, or one with a user name inside.
    BadUrl,
    /// Neither https nor http into an allowed network.
    NotHttps {
        /// The host of the address.
        host: String,
    },
    /// The address isn't public.
    RefusedAddress {
        /// The host of the address.
        host: String,
        /// What it leads to.
        kind: AddressKind,
    },
    /// The name service doesn't know the host.
    DnsFailed {
        /// The host of the address.
        host: String,
    },
    /// No connection.
    Connect {
        /// The host of the address.
        host: String,
        /// For example "connection refused".
        reason: String,
    },
    /// No encrypted connection.
    Tls {
        /// The host of the address.
        host: String,
        /// For example "certificate not valid for name".
        reason: String,
    },
    /// No whole answer in time. The seller may have done its work.
    Timeout {
        /// The limit in milliseconds.
        limit_ms: u32,
    },
    /// The body is longer than the limit; the rest wasn't read.
    TooLarge {
        /// The limit in bytes.
        limit_bytes: u32,
    },
    /// The connection ended in between, or what came was no HTTP. The seller may
    /// have done its work.
    Broken {
        /// The host of the address.
        host: String,
    },
    /// A test cut the power here; see [`Wire`](super::Wire).
    Killed,
}

impl CallError {
    /// Stable code: key of the sentence, of statistics and of the call record.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::BadUrl => ADDRESS_INVALID,
            Self::NotHttps { .. } => ADDRESS_NOT_HTTPS,
            Self::RefusedAddress { .. } => ADDRESS_REFUSED,
            Self::DnsFailed { .. } => ADDRESS_UNKNOWN,
            Self::Connect { .. } => UNREACHABLE,
            Self::Tls { .. } => TLS_FAILED,
            Self::Timeout { .. } => TIMED_OUT,
            Self::TooLarge { .. } => ANSWER_TOO_LARGE,
            Self::Broken { .. } | Self::Killed => CONNECTION_BROKEN,
        }
    }

    /// The failure with the values of its sentence.
    #[must_use]
    pub fn fail(&self) -> Fail {
        let fail = Fail::new(self.code());
        match self {
            Self::BadUrl | Self::Killed => fail,
            Self::NotHttps { host } | Self::DnsFailed { host } | Self::Broken { host } => {
                fail.with("host", host)
            }
            Self::RefusedAddress { host, kind } => fail.with("host", host).with("kind", kind),
            Self::Connect { host, reason } | Self::Tls { host, reason } => {
                fail.with("host", host).with("reason", reason)
            }
            Self::Timeout { limit_ms } => fail.with("seconds", seconds(*limit_ms)),
            Self::TooLarge { limit_bytes } => fail.with("limit", limit_bytes),
        }
    }

    /// The same in the words of the seller interfaces (section 1.6 of the contract),
    /// so that a call has one kind of error whether it failed on the way or in its answer.
    #[must_use]
    pub fn on_the_wire(&self) -> seller_wire::response::CallError {
        use seller_wire::response::CallError as Wire;
        let reason = match self {
            Self::Timeout { limit_ms } => {
                return Wire::TimedOut {
                    limit_ms: u64::from(*limit_ms),
                };
            }
            Self::TooLarge { limit_bytes } => {
                return Wire::TooLarge {
                    limit: u64::from(*limit_bytes),
                };
            }
            Self::BadUrl => "it is no address of the form https://host/path".to_owned(),
            Self::NotHttps { host } => format!("{host} must be called by https"),
            Self::RefusedAddress { host, kind } => {
                format!("{host} leads to {}, which isn't public", kind.phrase())
            }
            Self::DnsFailed { host } => format!("the name {host} is unknown"),
            Self::Connect { host, reason } => format!("{host} gives no connection ({reason})"),
            Self::Tls { host, reason } => {
                format!("{host} gives no encrypted connection ({reason})")
            }
            Self::Broken { host } => {
                format!("{host} ended the connection before its answer was whole")
            }
            Self::Killed => "the marketplace stopped during the call".to_owned(),
        };
        Wire::Unreachable { reason }
    }
}

/// Whole seconds without a fraction, others with one.
fn seconds(limit_ms: u32) -> String {
    let (whole, rest) = (limit_ms / 1_000, limit_ms % 1_000);
    if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{rest:03}")
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.on_the_wire().fmt(f)
    }
}

impl Error for CallError {}

impl From<CallError> for Fail {
    fn from(error: CallError) -> Self {
        error.fail()
    }
}

/// Finds the cause in the chain of the client's error. The client's own words are
/// never used: they hold the whole address, signature included.
pub(super) fn of_exchange(error: &reqwest::Error, host: &str) -> CallError {
    let mut reason = None;
    let mut next = error.source();
    while let Some(cause) = next {
        if let Some(refusal) = cause.downcast_ref::<Refusal>() {
            return refusal.at(host);
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return CallError::Tls {
                host: host.to_owned(),
                reason: tls.to_string(),
            };
        }
        if cause.is::<InvalidDnsNameError>() {
            return CallError::BadUrl;
        }
        next = cause.source();
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            reason = Some(io.kind().to_string());
            // What an I/O error wraps isn't its source: the source is one further.
            next = io
                .get_ref()
                .map(|inner| -> &(dyn Error + 'static) { inner })
                .or(next);
        }
    }
    let host = host.to_owned();
    if error.is_connect() {
        CallError::Connect {
            host,
            reason: reason.unwrap_or_else(|| "no connection".to_owned()),
        }
    } else {
        CallError::Broken { host }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_limit_is_told_in_seconds() {
        assert_eq!(seconds(20_000), "20");
        assert_eq!(seconds(1_500), "1.500");
    }

    #[test]
    fn an_error_reads_like_the_contracts_messages() {
        let late = CallError::Timeout { limit_ms: 20_000 };
        assert!(
            late.to_string()
                .starts_with("The server did not answer within 20000 ms")
        );
        let refused = CallError::RefusedAddress {
            host: "a.example".into(),
            kind: AddressKind::Loopback,
        };
        assert!(
            refused.to_string().starts_with(
                "The address cannot be reached: a.example leads to the machine itself"
            )
        );
        assert_eq!(refused.code().key, "seller-address-refused");
    }
}
