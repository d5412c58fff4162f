//! SDK-HMAC-SHA256, the signature with access key id and secret key (section 7.2 of the contract).

use std::fmt;

use crate::mac::{hmac_sha256, same, sha256_hex};
use crate::stamp::parse_sdk_date;

/// How far the clocks of both sides may differ, in seconds.
pub const DEFAULT_CLOCK_WINDOW_S: u64 = 15 * 60;

const ALGORITHM: &str = "SDK-HMAC-SHA256";
const DATE_HEADER: &str = "x-sdk-date";

/// The parts of an HTTP request that a signature covers.
#[derive(Clone, Copy)]
pub struct HttpRequest<'a> {
    /// `GET`, `POST`, ...
    pub method: &'a str,
    /// Path and query as in the request line, still percent-encoded.
    pub target: &'a str,
    /// Names in any case, values as sent.
    pub headers: &'a [(&'a str, &'a str)],
    /// The raw body.
    pub body: &'a [u8],
}

impl HttpRequest<'_> {
    fn header(&self, wanted: &str) -> Option<&str> {
        let mut named = self
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        named.next().map(|(_, value)| value.trim())
    }
}

/// The canonical request over the given headers (lower case, ascending).
///
/// # Errors
/// When a header that shall be signed is not among the headers.
pub fn canonical_request(
    request: &HttpRequest<'_>,
    signed_headers: &[&str],
) -> Result<String, AuthError> {
    let (path, query) = request
        .target
        .split_once('?')
        .unwrap_or((request.target, ""));
    let mut uri: String = path
        .split('/')
        .map(|segment| encode(&decode(segment, false)))
        .collect::<Vec<_>>()
        .join("/");
    if !uri.ends_with('/') {
        uri.push('/');
    }
    let mut pairs: Vec<(String, String)> = raw_pairs(query)
        .map(|(name, value)| (encode(&decode(name, true)), encode(&decode(value, true))))
        .collect();
    pairs.sort();
    let query = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&");
    let mut headers = String::new();
    for name in signed_headers {
        let value = request
            .header(name)
            .ok_or_else(|| AuthError::HeaderNotSent((*name).to_owned()))?;
        headers.push_str(&format!("{name}:{value}\n"));
    }
    let signed = signed_headers.join(";");
    let body_hash = sha256_hex(request.body);
    Ok(format!(
        "{}\n{uri}\n{query}\n{headers}\n{signed}\n{body_hash}",
        request.method.to_ascii_uppercase()
    ))
}

fn signature(
    request: &HttpRequest<'_>,
    signed_headers: &[&str],
    secret_key: &str,
) -> Result<String, AuthError> {
    let date = request.header(DATE_HEADER).ok_or(AuthError::MissingDate)?;
    let hash = sha256_hex(canonical_request(request, signed_headers)?.as_bytes());
    let to_sign = format!("{ALGORITHM}\n{date}\n{hash}");
    Ok(hex::encode(hmac_sha256(
        secret_key.as_bytes(),
        to_sign.as_bytes(),
    )))
}

/// Signs all headers of the request and gives the value of its `Authorization` header. The headers
/// must contain `Host` and `X-Sdk-Date` (see [`crate::stamp::sdk_date`]).
///
/// # Errors
/// When one of these two headers is missing.
pub fn authorize(
    request: &HttpRequest<'_>,
    access_key_id: &str,
    secret_key: &str,
) -> Result<String, AuthError> {
    let mut names: Vec<String> = request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    names.sort();
    names.dedup();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    require_signed(&names)?;
    let signature = signature(request, &names, secret_key)?;
    Ok(format!(
        "{ALGORITHM} Access={access_key_id}, SignedHeaders={}, Signature={signature}",
        names.join(";")
    ))
}

/// A parsed `Authorization` header. Look up the secret key by `access_key_id`, then [`verify`].
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The access key id (AK).
    pub access_key_id: String,
    /// Names of the signed headers, lower case, ascending.
    pub signed_headers: Vec<String>,
    signature: String,
}

impl Authorization {
    /// Reads the header's value.
    ///
    /// # Errors
    /// When it is of another algorithm or malformed, or `host` or `x-sdk-date` are not signed.
    pub fn parse(header: &str) -> Result<Self, AuthError> {
        let (algorithm, rest) = header.trim().split_once(' ').ok_or(AuthError::Malformed)?;
        if algorithm != ALGORITHM {
            return Err(AuthError::OtherAlgorithm);
        }
        let (mut access, mut signed_headers, mut signature) = (None, None, None);
        for part in rest.split(',') {
            let (name, value) = part.trim().split_once('=').ok_or(AuthError::Malformed)?;
            let slot = match name {
                "Access" => &mut access,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => return Err(AuthError::Malformed),
            };
            if value.is_empty() || slot.replace(value).is_some() {
                return Err(AuthError::Malformed);
            }
        }
        let access = access.ok_or(AuthError::Malformed)?;
        let signed: Vec<&str> = signed_headers
            .ok_or(AuthError::Malformed)?
            .split(';')
            .collect();
        require_signed(&signed)?;
        let ascending = signed
            .windows(2)
            .all(|pair| matches!(pair, [left, right] if left < right));
        let lower = signed
            .iter()
            .all(|name| !name.bytes().any(|byte| byte.is_ascii_uppercase()));
        if !ascending || !lower {
            return Err(AuthError::Malformed);
        }
        Ok(Self {
            access_key_id: access.to_owned(),
            signed_headers: signed.into_iter().map(str::to_owned).collect(),
            signature: signature.ok_or(AuthError::Malformed)?.to_owned(),
        })
    }
}

impl fmt::Debug for Authorization {
    /// Without the signature, so that no log has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("access_key_id", &self.access_key_id)
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}

/// Checks a received request: its `X-Sdk-Date` is at most `window_s` seconds away from `now_s` (Unix
/// time), each signed header came exactly once, and the signature fits method, target, signed headers
/// and body.
///
/// # Errors
/// The first check that failed.
pub fn verify(
    request: &HttpRequest<'_>,
    authorization: &Authorization,
    secret_key: &str,
    now_s: i64,
    window_s: u64,
) -> Result<(), AuthError> {
    let names: Vec<&str> = authorization
        .signed_headers
        .iter()
        .map(String::as_str)
        .collect();
    require_signed(&names)?;
    for wanted in &names {
        let count = request
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .count();
        match count {
            0 => return Err(AuthError::HeaderNotSent((*wanted).to_owned())),
            1 => {}
            // Which of them a later reader would take is anybody's guess.
            _ => return Err(AuthError::Malformed),
        }
    }
    let date = request.header(DATE_HEADER).ok_or(AuthError::MissingDate)?;
    let sent_s = parse_sdk_date(date).ok_or(AuthError::MissingDate)?;
    let skew_s = now_s.abs_diff(sent_s);
    if skew_s > window_s {
        return Err(AuthError::ClockSkew { skew_s, window_s });
    }
    let expected = signature(request, &names, secret_key)?;
    let given = authorization.signature.to_ascii_lowercase();
    if same(expected.as_bytes(), given.as_bytes()) {
        Ok(())
    } else {
        Err(AuthError::WrongSignature)
    }
}

fn require_signed(names: &[&str]) -> Result<(), AuthError> {
    for required in ["host", DATE_HEADER] {
        if !names.contains(&required) {
            return Err(AuthError::NotSigned(required));
        }
    }
    Ok(())
}

/// The query parameters of a target, decoded exactly as the signature sees them. Handlers have to read
/// the parameters with this function, so that what was signed is what is used. Bytes that are no UTF-8
/// become the replacement character.
#[must_use]
pub fn query_pairs(target: &str) -> Vec<(String, String)> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let text = |part: &str| String::from_utf8_lossy(&decode(part, true)).into_owned();
    raw_pairs(query)
        .map(|(name, value)| (text(name), text(value)))
        .collect()
}

fn raw_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(*byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// `plus_is_blank` as in the queries of forms, which is how servers read them.
fn decode(text: &str, plus_is_blank: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, after @ ..])
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                out.push(16 * hex_digit(*high) + hex_digit(*low));
                rest = after;
            }
            (b'+', _) if plus_is_blank => out.push(b' '),
            _ => out.push(*first),
        }
    }
    out
}

fn hex_digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => 0,
    }
}

/// Why a request with AK/SK is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthError {
    /// The `Authorization` header is of another algorithm than `SDK-HMAC-SHA256`.
    OtherAlgorithm,
    /// The `Authorization` header is not of the form of section 7.2.
    Malformed,
    /// This header has to be signed.
    NotSigned(&'static str),
    /// This header is said to be signed, but did not come.
    HeaderNotSent(String),
    /// `X-Sdk-Date` is missing or no date of the form `yyyyMMdd'T'HHmmss'Z'`.
    MissingDate,
    /// The clocks differ too much.
    ClockSkew {
        /// By how many seconds.
        skew_s: u64,
        /// How many are allowed.
        window_s: u64,
    },
    /// The signature does not fit.
    WrongSignature,
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherAlgorithm => {
                write!(f, "The Authorization header must begin with {ALGORITHM}.")
            }
            Self::Malformed => write!(
                f,
                "The Authorization header must be: {ALGORITHM} Access=<AK>, SignedHeaders=<names joined by ;>, Signature=<hex>."
            ),
            Self::NotSigned(name) => write!(f, "The header {name} must be among SignedHeaders."),
            Self::HeaderNotSent(name) => write!(
                f,
                "The header {name} is among SignedHeaders, but was not sent."
            ),
            Self::MissingDate => f.write_str(
                "The header X-Sdk-Date is missing or not of the form yyyyMMdd'T'HHmmss'Z' in UTC.",
            ),
            Self::ClockSkew { skew_s, window_s } => {
                write!(
                    f,
                    "X-Sdk-Date is {skew_s} s away from the server's time; at most {window_s} s are allowed."
                )
            }
            Self::WrongSignature => {
                f.write_str("The signature is wrong. Check the secret key and what was signed.")
            }
        }
    }
}

impl std::error::Error for AuthError {}
