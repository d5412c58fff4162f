//! `Body-Sign`, the seller's signature over the raw bytes of its answer (section 3 of the contract).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::mac::{hmac_sha256, same};

/// Name of the header, in the spelling that old checkers insist on.
pub const HEADER: &str = "Body-Sign";

const SIGN_TYPE: &str = "HMAC-SHA256";

/// Whether an answer has to be signed; a setting per interface address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// The header is not looked at.
    Off,
    /// A missing header is fine, a wrong one is a failed call.
    #[default]
    VerifyIfPresent,
    /// The header must be there and right.
    Required,
}

/// The header's value for a body as it will be sent, byte for byte.
#[must_use]
pub fn create(access_key: &str, body: &[u8]) -> String {
    let signature = STANDARD.encode(hmac_sha256(access_key.as_bytes(), body));
    format!("sign_type=\"{SIGN_TYPE}\", signature= \"{signature}\"")
}

/// Checks an answer. `body` is the raw body after content decoding; one of `access_keys` must fit.
///
/// # Errors
/// When the policy asks for a signature that is not there, or the one that is there does not fit.
pub fn check(
    policy: Policy,
    access_keys: &[&str],
    header: Option<&str>,
    body: &[u8],
) -> Result<(), BodySignError> {
    let header = match (policy, header) {
        (Policy::Off, _) | (Policy::VerifyIfPresent, None) => return Ok(()),
        (Policy::Required, None) => return Err(BodySignError::Missing),
        (Policy::VerifyIfPresent | Policy::Required, Some(header)) => header,
    };
    let signature = parse(header)?;
    let fits = access_keys
        .iter()
        .any(|key| same(&hmac_sha256(key.as_bytes(), body), &signature));
    if fits {
        Ok(())
    } else {
        Err(BodySignError::Wrong)
    }
}

/// Lenient: blanks around `=` and `,` are optional and the order is free; the quotation marks are not.
fn parse(header: &str) -> Result<Vec<u8>, BodySignError> {
    let (mut sign_type, mut signature) = (None, None);
    for part in header.split(',') {
        // Base64 may end in `=`, so only the first one separates.
        let (name, value) = part.split_once('=').ok_or(BodySignError::Malformed)?;
        let value = value
            .trim()
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let value = value.ok_or(BodySignError::Malformed)?;
        let slot = match name.trim() {
            "sign_type" => &mut sign_type,
            "signature" => &mut signature,
            _ => continue,
        };
        if slot.replace(value).is_some() {
            return Err(BodySignError::Malformed);
        }
    }
    if sign_type != Some(SIGN_TYPE) {
        return Err(BodySignError::Malformed);
    }
    let signature = signature.ok_or(BodySignError::Malformed)?;
    STANDARD
        .decode(signature)
        .map_err(|_| BodySignError::Malformed)
}

/// What is wrong with an answer's `Body-Sign`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodySignError {
    /// Required, but the answer has none.
    Missing,
    /// Not of the form `sign_type="HMAC-SHA256", signature= "..."`.
    Malformed,
    /// Well formed, but not of this body with this key.
    Wrong,
}

impl BodySignError {
    /// Stable identifier, for texts and statistics.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "body_sign_missing",
            Self::Malformed => "body_sign_malformed",
            Self::Wrong => "body_sign_wrong",
        }
    }
}

impl fmt::Display for BodySignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "The response has no Body-Sign header, but this address requires one. Sign the response body with the access key.",
            Self::Malformed => "The Body-Sign header is malformed. It must be: sign_type=\"HMAC-SHA256\", signature= \"<Base64>\".",
            Self::Wrong => "The response signature is invalid: Body-Sign does not fit the response body. Sign exactly the bytes that are sent, with the access key of this address.",
        })
    }
}

impl std::error::Error for BodySignError {}
