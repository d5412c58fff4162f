//! The signature of calls from the marketplace to a seller (section 2 of the contract).
//!
//! ```text
//! payloadHash      = lower-case hex of HMAC-SHA256(access key, canonical body)
//! canonicalRequest = access key + nonce + timestamp + payloadHash
//! signature        = upper-case hex of HMAC-SHA256(access key, canonicalRequest)
//! ```

use std::fmt;

use crate::canonical::signed_forms;
use crate::mac::{hmac_sha256, same};

/// How old a call may be when it arrives, in milliseconds.
pub const MAX_AGE_MS: i64 = 60_000;

/// Result code for a call that is too old or lacks a parameter.
const INVALID_PARAMETER: &str = "000002";
/// Result code for a call whose signature is missing or wrong.
const AUTHENTICATION_FAILED: &str = "000001";

/// The hash of a canonical body, in lower-case hex.
#[must_use]
pub fn payload_hash(access_key: &str, canonical_body: &str) -> String {
    hex::encode(hmac_sha256(
        access_key.as_bytes(),
        canonical_body.as_bytes(),
    ))
}

/// The signature of a canonical body, in upper-case hex. `timestamp_ms` is Unix time.
#[must_use]
pub fn sign(access_key: &str, canonical_body: &str, timestamp_ms: i64, nonce: &str) -> String {
    sign_text(access_key, canonical_body, &timestamp_ms.to_string(), nonce)
}

fn sign_text(access_key: &str, canonical_body: &str, timestamp: &str, nonce: &str) -> String {
    let hash = payload_hash(access_key, canonical_body);
    let canonical_request = format!("{access_key}{nonce}{timestamp}{hash}");
    hex::encode_upper(hmac_sha256(
        access_key.as_bytes(),
        canonical_request.as_bytes(),
    ))
}

/// A nonce of 64 upper-case hex characters, from 32 bytes of a cryptographic generator.
#[must_use]
pub fn nonce_from_random(random: [u8; 32]) -> String {
    hex::encode_upper(random)
}

/// The three query parameters as they arrived; a parameter that did not arrive is `None`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Received<'a> {
    /// `signature`, in either case.
    pub signature: Option<&'a str>,
    /// `timestamp`, Unix milliseconds as decimal digits.
    pub timestamp: Option<&'a str>,
    /// `nonce`.
    pub nonce: Option<&'a str>,
}

/// Checks a received call as a seller has to: parameters present, not older than [`MAX_AGE_MS`],
/// signature right. The body is brought into canonical form first, so its order and its nulls do not
/// matter; members inside members may be sorted or as the sender had them. A time in the future passes,
/// as it does in the reference implementation.
///
/// # Errors
/// The first check that failed; [`Refusal::result_code`] is what to answer.
pub fn verify(
    access_key: &str,
    received: Received<'_>,
    body: &[u8],
    now_ms: i64,
) -> Result<(), Refusal> {
    let present = |parameter: Option<&'_ str>, name| match parameter {
        Some(text) if !text.is_empty() => Ok(()),
        _ => Err(Refusal::Missing(name)),
    };
    present(received.timestamp, "timestamp")?;
    present(received.nonce, "nonce")?;
    let timestamp = received.timestamp.unwrap_or_default();
    let sent_ms: i64 = timestamp
        .parse()
        .map_err(|_| Refusal::UnreadableTimestamp)?;
    let age_ms = now_ms.saturating_sub(sent_ms);
    if age_ms > MAX_AGE_MS {
        return Err(Refusal::TooOld { age_ms });
    }
    present(received.signature, "signature")?;
    let given = received.signature.unwrap_or_default().to_ascii_uppercase();
    let nonce = received.nonce.unwrap_or_default();
    for form in signed_forms(body).map_err(|_| Refusal::UnreadableBody)? {
        if same(
            sign_text(access_key, &form, timestamp, nonce).as_bytes(),
            given.as_bytes(),
        ) {
            return Ok(());
        }
    }
    Err(Refusal::WrongSignature)
}

/// Why a received call is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The named query parameter did not arrive.
    Missing(&'static str),
    /// `timestamp` is no number.
    UnreadableTimestamp,
    /// The call is older than [`MAX_AGE_MS`].
    TooOld {
        /// Its age in milliseconds.
        age_ms: i64,
    },
    /// The body is no JSON object, so there is nothing to compare the signature with.
    UnreadableBody,
    /// The signature belongs to another body, time, nonce or key.
    WrongSignature,
}

impl Refusal {
    /// The result code to answer (with HTTP status 200): 000001 or 000002.
    #[must_use]
    pub fn result_code(self) -> &'static str {
        match self {
            Self::Missing("signature") | Self::WrongSignature => AUTHENTICATION_FAILED,
            Self::Missing(_)
            | Self::UnreadableTimestamp
            | Self::TooOld { .. }
            | Self::UnreadableBody => INVALID_PARAMETER,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "The query parameter {name} is missing."),
            Self::UnreadableTimestamp => {
                f.write_str("The query parameter timestamp is not a number of milliseconds.")
            }
            Self::TooOld { age_ms } => {
                write!(
                    f,
                    "The call is {age_ms} ms old; at most {MAX_AGE_MS} ms are accepted. Check both clocks."
                )
            }
            Self::UnreadableBody => f.write_str("The body is not a JSON object in UTF-8."),
            Self::WrongSignature => f.write_str(
                "The signature is wrong. Check that both sides use the same access key.",
            ),
        }
    }
}

impl std::error::Error for Refusal {}
