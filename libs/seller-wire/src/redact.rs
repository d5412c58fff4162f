//! What of a call may be recorded. The rule is an allow-list, so that a secret in a member that nobody
//! foresaw does not survive either:
//!
//! - values of known harmless members stay; addresses lose user, query and fragment;
//! - `resultMsg` stays without e-mail addresses, numbers of seven and more digits and the secrets of
//!   the same body;
//! - every other value becomes `***`, its member name stays if it looks like one;
//! - of a body that is no JSON only its length and its kind stay, no text of it.

use serde_json::{Map, Value};

use crate::canonical::canonical;

/// What stands where a secret was.
pub const MASK: &str = "***";

/// Longest body that is recorded in full, in bytes; of longer ones only the length is.
pub const MAX_RECORDED: usize = 65_536;

/// Members whose values are kept: identifiers, codes, amounts and times of the contract.
const KEPT: [&str; 32] = [
    "activity",
    "businessId",
    "chargingMode",
    "createTime",
    "encryptType",
    "error_code",
    "expireTime",
    "extra_info",
    "info",
    "instanceId",
    "appInfo",
    "linearValue",
    "orderId",
    "orderInfo",
    "orderLine",
    "orderLineId",
    "orderType",
    "periodNumber",
    "periodType",
    "productId",
    "productInfo",
    "productName",
    "relatedInstanceId",
    "request_id",
    "resultCode",
    "scene",
    "skuCode",
    "statisticalTime",
    "status",
    "testFlag",
    "usageInfo",
    "usageValue",
];
/// Members whose values are addresses.
const ADDRESSES: [&str; 3] = ["adminUrl", "dashboardUrl", "frontEndUrl"];
/// Members whose values are messages to people.
const MESSAGES: [&str; 2] = ["error_msg", "resultMsg"];

/// A request address for the record: the signature in its query becomes `***`.
#[must_use]
pub fn url(url: &str) -> String {
    let Some((base, query)) = url.split_once('?') else {
        return without_user(url);
    };
    let query = query.split_once('#').map_or(query, |(before, _)| before);
    let kept = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name @ ("timestamp" | "nonce" | "orderId" | "orderLineId"), value)) => {
            format!("{name}={value}")
        }
        Some((name, _)) => format!("{name}={MASK}"),
        None => MASK.to_owned(),
    });
    format!(
        "{}?{}",
        without_user(base),
        kept.collect::<Vec<_>>().join("&")
    )
}

/// A header for the record: its value, or `***` unless the header is known to be harmless.
#[must_use]
pub fn header<'a>(name: &str, value: &'a str) -> &'a str {
    const KEPT: [&str; 9] = [
        "accept",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "server",
        "transfer-encoding",
        "x-sdk-date",
    ];
    if KEPT.contains(&name.to_ascii_lowercase().as_str()) {
        value
    } else {
        MASK
    }
}

/// A request's or answer's body for the record.
#[must_use]
pub fn body(body: &[u8]) -> String {
    let length = body.len();
    if length > MAX_RECORDED {
        return format!("[not recorded: {length} bytes]");
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(members)) => {
            let mut secrets = Vec::new();
            collect_secrets(&members, &mut secrets);
            canonical(&Value::Object(redact_members(&members, &secrets)))
        }
        Ok(_) => format!("[JSON, but no object: {length} bytes]"),
        Err(_) => format!("[not JSON: {length} bytes, {}]", kind(body)),
    }
}

/// Says what a body looks like without quoting any of it.
fn kind(body: &[u8]) -> &'static str {
    let Ok(text) = std::str::from_utf8(body) else {
        return "binary";
    };
    let start: String = text
        .trim_start()
        .chars()
        .take(14)
        .collect::<String>()
        .to_ascii_lowercase();
    match start.as_str() {
        "" => "empty",
        html if html.starts_with("<!doctype html") || html.starts_with("<html") => "HTML",
        xml if xml.starts_with('<') => "XML",
        json if json.starts_with(['{', '[']) => "begins like JSON",
        _ => "text",
    }
}

fn redact_members(members: &Map<String, Value>, secrets: &[String]) -> Map<String, Value> {
    let mut redacted = Map::new();
    for (name, value) in members {
        let value = redact_member(name, value, secrets);
        redacted.insert(safe_name(name), value);
    }
    redacted
}

fn redact_member(name: &str, value: &Value, secrets: &[String]) -> Value {
    match value {
        Value::Object(members) if KEPT.contains(&name) => {
            Value::Object(redact_members(members, secrets))
        }
        Value::Array(items) if KEPT.contains(&name) => Value::Array(
            items
                .iter()
                .map(|item| redact_member(name, item, secrets))
                .collect(),
        ),
        Value::String(text) if ADDRESSES.contains(&name) => Value::String(address(text)),
        Value::String(text) if MESSAGES.contains(&name) => Value::String(message(text, secrets)),
        Value::Null => Value::Null,
        scalar if KEPT.contains(&name) => scalar.clone(),
        _ => Value::String(MASK.to_owned()),
    }
}

/// A member's name is worth keeping (`instanceID` explains itself), a text in its place is not.
fn safe_name(name: &str) -> String {
    let like_a_name = name.len() <= 40
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'-');
    if like_a_name {
        name.to_owned()
    } else {
        MASK.to_owned()
    }
}

/// Texts of members that are not kept, for messages that repeat them.
fn collect_secrets(members: &Map<String, Value>, secrets: &mut Vec<String>) {
    for (name, value) in members {
        match value {
            Value::Object(inner) => collect_secrets(inner, secrets),
            Value::Array(items) => {
                items
                    .iter()
                    .filter_map(Value::as_object)
                    .for_each(|inner| collect_secrets(inner, secrets));
            }
            Value::String(text) => {
                let kept = [&KEPT[..], &ADDRESSES[..], &MESSAGES[..]].concat();
                if !kept.contains(&name.as_str()) && text.len() >= 3 {
                    secrets.push(text.clone());
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// Scheme, host and path: a query may carry a log-in token.
fn address(text: &str) -> String {
    if !text.to_ascii_lowercase().starts_with("http") {
        return MASK.to_owned();
    }
    let end = text.find(['?', '#']).unwrap_or(text.len());
    let (base, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let base = without_user(base);
    if rest.is_empty() {
        base
    } else {
        format!("{base}?{MASK}")
    }
}

fn without_user(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = rest
        .split_once('/')
        .map_or((rest, None), |(authority, path)| (authority, Some(path)));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    path.map_or_else(
        || format!("{scheme}://{host}"),
        |path| format!("{scheme}://{host}/{path}"),
    )
}

fn message(text: &str, secrets: &[String]) -> String {
    let mut text = text.to_owned();
    // Longest first, so that a secret inside another one leaves no rest of it.
    let mut secrets: Vec<&String> = secrets.iter().collect();
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    for secret in secrets {
        text = text.replace(secret.as_str(), MASK);
    }
    let words = text.split(' ').map(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if word.contains('@') || digits >= 7 {
            MASK
        } else {
            word
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
