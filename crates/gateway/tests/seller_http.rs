//! Calls to sellers' servers, against small servers on this machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at anything unexpected"
)]

mod authority;
mod peer;

use std::sync::Arc;

use authority::Authority;
use gateway::network::{AddressKind, AllowedNetworks};
use gateway::seller_http::{
    CallError, NetworkSettings, RawAnswer, SellerCall, SellerHttp, Wire, WireMoment,
};
use peer::Peer;

const HEADERS: [(&str, &str); 2] = [
    ("Accept", "application/json"),
    ("Content-Type", "application/json;charset=utf8"),
];

fn client(allowed: &[&str]) -> SellerHttp {
    let allowed = AllowedNetworks::parse(allowed).unwrap();
    SellerHttp::new(
        NetworkSettings {
            allowed,
            extra_ca_file: None,
        },
        None,
    )
    .unwrap()
}

fn near() -> SellerHttp {
    client(&["127.0.0.0/8", "::1"])
}

async fn call(http: &SellerHttp, url: &str) -> Result<RawAnswer, CallError> {
    let call = SellerCall {
        url,
        headers: &HEADERS,
        body: b"{}",
        timeout_ms: 10_000,
        limit_bytes: 1_000_000,
    };
    http.call(&call).await
}

#[tokio::test]
async fn exactly_the_given_headers_and_bytes_are_sent() {
    let peer = Peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    call(
        &near(),
        &peer.url("/produce?signature=AB&timestamp=1&nonce=x"),
    )
    .await
    .unwrap();
    let sent = peer.received().await;
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<&str> = head.lines().collect();
    assert_eq!(
        lines.remove(0),
        "POST /produce?signature=AB&timestamp=1&nonce=x HTTP/1.1"
    );
    lines.sort_unstable();
    let host = format!("Host: 127.0.0.1:{}", peer.port);
    let expected = [
        "Accept: application/json",
        "Content-Length: 2",
        "Content-Type: application/json;charset=utf8",
        host.as_str(),
        "User-Agent: KooGallery",
    ];
    assert_eq!(lines, expected);
    assert_eq!(body, "{}");
}

#[tokio::test]
async fn an_answer_arrives_with_its_headers_in_any_spelling() {
    let peer = Peer::answering(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nBODY-SIGN: sign_type=\"x\"\r\nContent-Length: 2\r\n\r\nok",
    )
    .await;
    let answer = call(&near(), &peer.url("/")).await.unwrap();
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (200, b"ok".as_slice())
    );
    assert_eq!(answer.content_type.as_deref(), Some("application/json"));
    assert_eq!(answer.as_answer().body_sign, Some("sign_type=\"x\""));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_never_followed() {
    let target = Peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let redirect = format!(
        "HTTP/1.1 307 Go\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
        target.url("/")
    );
    let peer = Peer::answering(&redirect).await;
    assert_eq!(call(&near(), &peer.url("/")).await.unwrap().status, 307);
    assert_eq!(target.calls(), 0);
}

#[tokio::test]
async fn an_answer_that_says_it_is_too_long_is_refused_at_once() {
    let peer = Peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n").await;
    let error = call(&near(), &peer.url("/")).await.unwrap_err();
    assert_eq!(
        error,
        CallError::TooLarge {
            limit_bytes: 1_000_000
        }
    );
}

#[tokio::test]
async fn an_answer_that_grows_too_long_is_refused_while_it_comes() {
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let answer = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
        chunk.repeat(32)
    );
    let peer = Peer::answering(&answer).await;
    let error = call(&near(), &peer.url("/")).await.unwrap_err();
    assert_eq!(
        error,
        CallError::TooLarge {
            limit_bytes: 1_000_000
        }
    );
}

#[tokio::test]
async fn compressed_bytes_are_handed_on_as_they_came() {
    let peer = Peer::answering(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbomb",
    )
    .await;
    assert_eq!(call(&near(), &peer.url("/")).await.unwrap().body, b"bomb");
}

#[tokio::test]
async fn a_server_that_never_answers_is_left_after_the_limit() {
    for answer in ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"] {
        let peer = Peer::hanging_after(answer).await;
        let url = peer.url("/");
        let call = SellerCall {
            url: &url,
            headers: &HEADERS,
            body: b"{}",
            timeout_ms: 100,
            limit_bytes: 1_000,
        };
        assert_eq!(
            near().call(&call).await,
            Err(CallError::Timeout { limit_ms: 100 })
        );
    }
}

#[tokio::test]
async fn a_connection_that_ends_early_is_told_apart_from_one_that_never_was() {
    let peer = Peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").await;
    assert!(matches!(
        call(&near(), &peer.url("/")).await,
        Err(CallError::Broken { .. })
    ));
    let no_http = Peer::answering("220 mail ready\r\n").await;
    assert!(matches!(
        call(&near(), &no_http.url("/")).await,
        Err(CallError::Broken { .. })
    ));
    let nobody = format!("http://127.0.0.1:{}/", peer::free_port().await);
    let error = call(&near(), &nobody).await.unwrap_err();
    assert_eq!(
        error,
        CallError::Connect {
            host: "127.0.0.1".into(),
            reason: "connection refused".into()
        }
    );
}

#[tokio::test]
async fn every_spelling_of_an_inner_address_is_refused() {
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "%31%32%37.0.0.1",
        "１２７.０.０.１",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "localhost",
        "LOCALHOST.",
        "seller.localhost",
    ] {
        let error = call(&client(&[]), &format!("https://{host}:8443/produce"))
            .await
            .unwrap_err();
        let refused = matches!(
            error,
            CallError::RefusedAddress {
                kind: AddressKind::Loopback,
                ..
            }
        );
        assert!(refused, "{host}: {error:?}");
    }
    for (host, expected) in [
        ("10.0.0.1", AddressKind::Private),
        ("169.254.169.254", AddressKind::LinkLocal),
        ("0xA9FEA9FE", AddressKind::LinkLocal),
        ("100.100.100.200", AddressKind::SharedCarrier),
        ("0", AddressKind::Unspecified),
        ("[::]", AddressKind::Unspecified),
        ("[64:ff9b::a00:1]", AddressKind::Tunnel),
        ("[2002:7f00:1::]", AddressKind::Tunnel),
        ("[fd00:ec2::254]", AddressKind::Private),
        ("[fe80::1]", AddressKind::LinkLocal),
    ] {
        let error = call(&near(), &format!("http://{host}/")).await.unwrap_err();
        assert!(
            matches!(error, CallError::RefusedAddress { kind, .. } if kind == expected),
            "{host}: {error:?}"
        );
    }
}

#[tokio::test]
async fn what_is_no_address_is_told() {
    for url in [
        "",
        "seller.example.com/produce",
        "https://",
        "https://user:secret@example.com/",
        "https://1.2.3.4.5/",
    ] {
        assert_eq!(
            call(&near(), url).await.unwrap_err(),
            CallError::BadUrl,
            "{url}"
        );
    }
    for url in ["ftp://example.com/", "gopher://127.0.0.1/"] {
        assert!(
            matches!(call(&near(), url).await, Err(CallError::NotHttps { .. })),
            "{url}"
        );
    }
}

#[tokio::test]
async fn plain_http_stays_inside_allowed_networks() {
    let strict = client(&[]);
    for url in ["http://example.com/", "http://8.8.8.8/"] {
        assert!(
            matches!(strict.check_address(url), Err(CallError::NotHttps { .. })),
            "{url}"
        );
        assert!(
            strict
                .check_address(&url.replace("http:", "https:"))
                .is_ok()
        );
    }
    assert!(matches!(
        near().check_address("http://8.8.8.8/"),
        Err(CallError::NotHttps { .. })
    ));
    assert!(near().check_address("http://127.0.0.1:8000/").is_ok());
}

#[tokio::test]
async fn a_name_of_this_machine_is_called_where_loopback_is_allowed() {
    let peer = Peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let url = format!("http://seller.localhost:{}/", peer.port);
    assert_eq!(call(&near(), &url).await.unwrap().status, 200);
    let elsewhere = call(&client(&["10.0.0.0/8"]), &url).await.unwrap_err();
    assert!(matches!(
        elsewhere,
        CallError::RefusedAddress {
            kind: AddressKind::Loopback,
            ..
        }
    ));
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_told() {
    // No name has a part of more than 63 characters, so the machine says no without asking further.
    let host = format!("{}.example", "a".repeat(64));
    let error = call(&near(), &format!("http://{host}/")).await.unwrap_err();
    let secure = call(&near(), &format!("https://{host}/")).await;
    assert_eq!(secure, Err(CallError::BadUrl));
    assert_eq!(error, CallError::DnsFailed { host });
}

#[tokio::test]
async fn a_certificate_counts_only_for_its_name_and_from_a_trusted_authority() {
    let authority = Authority::new();
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, authority.pem()).unwrap();
    let allowed = AllowedNetworks::parse(&["127.0.0.1"]).unwrap();
    let settings = NetworkSettings {
        allowed,
        extra_ca_file: Some(ca_file),
    };
    let trusting = SellerHttp::new(settings, None).unwrap();
    let peer = Peer::answering_tls(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        &authority,
        "seller.localhost",
    )
    .await;

    let url = |host: &str| format!("https://{host}:{}/", peer.port);
    assert_eq!(
        call(&trusting, &url("seller.localhost"))
            .await
            .unwrap()
            .status,
        200
    );
    for host in ["other.localhost", "127.0.0.1"] {
        assert!(
            matches!(
                call(&trusting, &url(host)).await,
                Err(CallError::Tls { .. })
            ),
            "{host}"
        );
    }
    let unknown = call(&near(), &url("seller.localhost")).await.unwrap_err();
    let CallError::Tls { reason, .. } = unknown else {
        panic!("{unknown:?}")
    };
    assert!(reason.contains("UnknownIssuer"), "{reason}");
}

#[test]
fn a_file_without_certificates_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, "no certificate").unwrap();
    let settings = NetworkSettings {
        extra_ca_file: Some(file),
        ..NetworkSettings::default()
    };
    assert!(
        SellerHttp::new(settings, None)
            .unwrap_err()
            .to_string()
            .contains("outgoing.extra_ca_file")
    );
}

struct PowerCut(WireMoment);

impl Wire for PowerCut {
    fn dies_at(&self, moment: WireMoment) -> bool {
        moment == self.0
    }
}

#[tokio::test]
async fn a_power_cut_leaves_the_seller_asked_or_not() {
    for (moment, calls) in [(WireMoment::BeforeSend, 0), (WireMoment::AfterReceive, 1)] {
        let peer = Peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        let allowed = AllowedNetworks::parse(&["127.0.0.1"]).unwrap();
        let settings = NetworkSettings {
            allowed,
            extra_ca_file: None,
        };
        let http = SellerHttp::new(settings, Some(Arc::new(PowerCut(moment)))).unwrap();
        assert_eq!(call(&http, &peer.url("/")).await, Err(CallError::Killed));
        assert_eq!(peer.calls(), calls);
    }
}

#[tokio::test]
async fn no_error_holds_the_query_with_its_signature() {
    let peer = Peer::answering("garbage\r\n\r\n").await;
    let error = call(&near(), &peer.url("/produce?signature=CANARY"))
        .await
        .unwrap_err();
    assert!(!format!("{error} {error:?} {}", error.fail()).contains("CANARY"));
}
