//! Only the site's own names are answered: a page under a name that somebody
//! else points here could be made to act with the visitor's rights.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::Response;

use super::Refusal;

/// Names that are answered.
#[derive(Clone)]
pub(super) struct Hosts(Arc<HashSet<String>>);

impl Hosts {
    pub(super) fn new(public: &str, more: &[String]) -> Self {
        Self(Arc::new(
            more.iter()
                .map(String::as_str)
                .chain([public])
                .map(str::to_lowercase)
                .collect(),
        ))
    }

    /// Names of the machine itself can't be pointed here by others.
    fn answers(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        let loopback = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
            || host.ends_with(".localhost");
        loopback || self.0.contains(&host)
    }
}

pub(super) async fn check(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    match host(&request) {
        Some(name) if hosts.answers(name) => next.run(request).await,
        _ => Refusal::UnknownHost.into_plain(),
    }
}

/// The name without its port; none when it is missing or sent twice.
fn host(request: &Request) -> Option<&str> {
    if let Some(authority) = request.uri().authority() {
        return Some(authority.host());
    }
    let mut lines = request.headers().get_all(HOST).iter();
    let (line, None) = (lines.next()?, lines.next()) else {
        return None;
    };
    let text = line.to_str().ok()?;
    let after_address = text.find(']').map_or(0, |end| end.saturating_add(1));
    let colon = text
        .get(after_address..)?
        .find(':')
        .map(|at| at.saturating_add(after_address));
    text.get(..colon.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn answered(host: &str) -> bool {
        let request = Request::builder()
            .header(HOST, host)
            .body(Body::empty())
            .unwrap();
        let hosts = Hosts::new("Market.example", &["api.market.example".to_owned()]);
        super::host(&request).is_some_and(|name| hosts.answers(name))
    }

    #[test]
    fn the_sites_names_and_the_machines_own_are_answered() {
        for name in [
            "market.example",
            "MARKET.example:8080",
            "api.market.example",
            "localhost:1",
            "127.0.0.1:80",
            "[::1]",
            "[::1]:80",
            "koogallery.localhost:8080",
        ] {
            assert!(answered(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for name in [
            "",
            "evil.example",
            "market.example.evil.example",
            "localhost.evil.example",
            "notlocalhost",
            "[::2]",
            "127.0.0.1.evil.example",
        ] {
            assert!(!answered(name), "{name}");
        }
    }

    #[test]
    fn two_names_in_one_request_are_none() {
        let request = Request::builder()
            .header(HOST, "market.example")
            .header(HOST, "evil.example")
            .body(Body::empty());
        assert_eq!(host(&request.unwrap()), None);
    }
}
