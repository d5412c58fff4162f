//! Who calls: the seller whose credential signed the request (access guide
//! 7.2). Nothing of a signature and no secret goes to a log.

use std::net::IpAddr;

use accounts::actor::{API_SIGNATURE_WRONG, SellerSystem};
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request};
use axum::http::header::{AUTHORIZATION, HOST};
use axum::http::request::Parts;
use kernel::Fail;
use seller_wire::open_api::{Authorization, DEFAULT_CLOCK_WINDOW_S, HttpRequest, verify};

use crate::Api;
use crate::answer::Refused;

/// Bytes of a body at most.
const BODY_LIMIT_BYTES: usize = 12 * 1024 * 1024;

/// A request whose signature holds.
pub(crate) struct Called {
    /// The seller.
    pub(crate) seller: SellerSystem,
    /// Path and query, as they were signed.
    pub(crate) target: String,
}

impl Api {
    /// Finds out who sent a request, and whether it may be answered now.
    pub(crate) async fn called(&self, request: Request) -> Result<Called, Refused> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, BODY_LIMIT_BYTES)
            .await
            .map_err(|_| Refused::TooLarge)?;
        let seller = self.prove(&parts, &body).await?;
        let policy = self.app.policy().await.map_err(Refused::Failed)?;
        let per_minute = policy.opening.order_queries_per_minute;
        if !self
            .rates
            .allow(seller.organisation(), per_minute, self.app.now())
        {
            return Err(Refused::TooFrequent);
        }
        Ok(Called {
            seller,
            target: target(&parts).to_owned(),
        })
    }

    async fn prove(&self, parts: &Parts, body: &[u8]) -> Result<SellerSystem, Refused> {
        let headers = headers(parts);
        let host = only(&headers, HOST.as_str()).ok_or(Refused::NotAuthenticated)?;
        if !self.hosts.contains(host) {
            return Err(not_believed("the host is none of this site's"));
        }
        let given = only(&headers, AUTHORIZATION.as_str()).ok_or(Refused::NotAuthenticated)?;
        let authorization =
            Authorization::parse(given).map_err(|error| not_believed(&error.to_string()))?;
        let signed = HttpRequest {
            method: parts.method.as_str(),
            target: target(parts),
            headers: &headers,
            body,
        };
        let now_s = self.app.now().seconds();
        let window_s = DEFAULT_CLOCK_WINDOW_S;
        let proved = self
            .app
            .seller_system(&authorization.access_key_id, &address(parts), |secret| {
                let held = verify(&signed, &authorization, secret.reveal(), now_s, window_s);
                held.inspect_err(|error| drop(not_believed(&error.to_string())))
                    .is_ok()
            })
            .await;
        proved.map_err(|fail: Fail| {
            if fail.is(API_SIGNATURE_WRONG) {
                Refused::NotAuthenticated
            } else {
                Refused::Failed(fail)
            }
        })
    }
}

/// The operator helps a seller with the log; the caller isn't told which check
/// failed, so that nobody can try out access keys.
fn not_believed(why: &str) -> Refused {
    tracing::debug!(why, "a call to the open APIs isn't believed");
    Refused::NotAuthenticated
}

/// Names and values as they came. Values that aren't text are left out, so a
/// signature over one of them doesn't hold. HTTP/2 sends the host in front of
/// the headers.
fn headers(parts: &Parts) -> Vec<(&str, &str)> {
    let mut headers: Vec<(&str, &str)> = parts
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect();
    if let (Some(authority), false) = (parts.uri.authority(), parts.headers.contains_key(HOST)) {
        headers.push((HOST.as_str(), authority.as_str()));
    }
    headers
}

/// The value of a header that came once.
fn only<'h>(headers: &[(&str, &'h str)], wanted: &str) -> Option<&'h str> {
    let mut found = headers.iter().filter(|(name, _)| *name == wanted);
    let (first, second) = (found.next(), found.next());
    match (first, second) {
        (Some((_, value)), None) => Some(value),
        _ => None,
    }
}

fn target(parts: &Parts) -> &str {
    let target = parts.uri.path_and_query();
    target.map_or("/", axum::http::uri::PathAndQuery::as_str)
}

/// The client's address as the server found it; empty in a router of its own.
fn address(parts: &Parts) -> String {
    let found = parts.extensions.get::<ConnectInfo<IpAddr>>();
    found.map_or_else(String::new, |ConnectInfo(address)| address.to_string())
}
