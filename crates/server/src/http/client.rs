//! The client's address. Proxies append to `X-Forwarded-For`, and anybody may
//! send one with lies in it, so it is read from the right: as long as the hop
//! that wrote an entry is a trusted proxy, the entry is believed.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use gateway::network::AllowedNetworks;

use crate::listener::Peer;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED: HeaderName = HeaderName::from_static("forwarded");

/// The client's address in the request's extensions, also for the extractor
/// `ConnectInfo<IpAddr>`. Pages find it as [`web::ClientAddress`].
pub type ClientAddress = ConnectInfo<IpAddr>;

/// Puts the [`ClientAddress`] into the request. Without a connection, as in a
/// test that calls the router itself, it is `0.0.0.0`, which no network holds.
pub(super) async fn find(
    State(trusted): State<AllowedNetworks>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<Peer>>();
    let peer = peer.map_or(
        IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        |ConnectInfo(Peer(address))| address.ip(),
    );
    let client = client(peer, request.headers(), &trusted);
    request
        .extensions_mut()
        .insert::<ClientAddress>(ConnectInfo(client));
    request
        .extensions_mut()
        .insert(web::ClientAddress(client.to_string()));
    next.run(request).await
}

/// Whether a proxy says that it asks for somebody else.
#[must_use]
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.contains_key(FORWARDED_FOR) || headers.contains_key(FORWARDED)
}

fn client(peer: IpAddr, headers: &HeaderMap, trusted: &AllowedNetworks) -> IpAddr {
    let mut client = peer.to_canonical();
    let lines: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
    for hop in hops {
        if !trusted.contains(client) {
            break;
        }
        // What isn't an address was written by nobody we trust; the proxy stands for it.
        let Ok(address) = hop.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, forwarded: &[&str]) -> String {
        let trusted = AllowedNetworks::parse(&["10.0.0.0/8", "::1"]).unwrap();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(found("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }

    #[test]
    fn the_rightmost_hop_that_is_no_proxy_is_the_client() {
        assert_eq!(
            found("10.0.0.1", &["1.2.3.4, 198.51.100.1, 10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(found("::1", &["1.2.3.4", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            found("::ffff:10.0.0.1", &["::ffff:198.51.100.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn a_proxy_without_the_header_stands_for_itself() {
        assert_eq!(found("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(found("10.0.0.1", &["198.51.100.1, unknown"]), "10.0.0.1");
        assert_eq!(found("10.0.0.1", &["10.0.0.7"]), "10.0.0.7");
    }
}
