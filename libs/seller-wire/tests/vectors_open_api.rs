//! The vectors of section 9.5 of the contract: SDK-HMAC-SHA256.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use seller_wire::open_api;
use sha2::{Digest, Sha256};

struct Signed<'a> {
    request: open_api::HttpRequest<'a>,
    keys: (&'a str, &'a str),
    hash: &'a str,
    signature: &'a str,
}

fn check_signed(vector: &Signed<'_>, now_s: i64) {
    let request = &vector.request;
    let header = open_api::authorize(request, vector.keys.0, vector.keys.1).unwrap();
    assert!(
        header.ends_with(&format!("Signature={}", vector.signature)),
        "{header}"
    );
    let parsed = open_api::Authorization::parse(&header).unwrap();
    let names: Vec<&str> = parsed.signed_headers.iter().map(String::as_str).collect();
    let canonical = open_api::canonical_request(request, &names).unwrap();
    assert_eq!(hex::encode(Sha256::digest(canonical)), vector.hash);
    assert_eq!(
        open_api::verify(request, &parsed, vector.keys.1, now_s, 900),
        Ok(())
    );
}

const S3_KEYS: (&str, &str) = (
    "EXAMPLEACCESSKEY0001",
    "exampleSecretKey0123456789abcdefghijkl",
);

#[test]
fn published_signatures_are_reproduced() {
    check_signed(
        &Signed {
            request: open_api::HttpRequest {
                method: "GET",
                target: "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
                headers: &[
                    ("Content-Type", "application/json"),
                    ("X-Sdk-Date", "20191115T033655Z"),
                    ("Host", "service.region.example.com"),
                ],
                body: b"",
            },
            keys: (
                "QTWAOYTTINDUT2QVKYUC",
                "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
            ),
            hash: "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a",
            signature: "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
        },
        1_573_789_015,
    );
    check_signed(
        &Signed {
            request: open_api::HttpRequest {
                method: "POST",
                target: "/api/mkp-openapi-public/global/v1/license/activate",
                headers: &[
                    ("x-stage", "RELEASE"),
                    ("X-Sdk-Date", "20240317T144237Z"),
                    ("Content-Type", "application/json"),
                    ("host", "mkt.myhuaweicloud.com"),
                ],
                body: b"",
            },
            keys: ("test", "123"),
            hash: "9a33b07351104f6c775075faa7dc0db58ec18bc532feaa8fd0b8fcf7990b1a9e",
            signature: "77595ad624b6e4e49990b8c4e84bf1c287457fca61069c4e60b9b6765b52053d",
        },
        1_710_686_557,
    );
}

#[test]
fn the_order_query_and_its_odd_parameters_are_signed() {
    let date = ("X-Sdk-Date", "20260101T000000Z");
    let host = ("Host", "mkt.example.com");
    check_signed(
        &Signed {
            request: open_api::HttpRequest {
                method: "GET",
                target: "/api/mkp-openapi-public/global/v1/order/query?orderId=MOCKPERIODYEARNEW&orderLineId=MOCKPERIODYEARNEW-000001",
                headers: &[("Content-Type", "application/json"), date, host],
                body: b"",
            },
            keys: S3_KEYS,
            hash: "42cf2bcc710755013972fc4bbdb32538fa9d2f1f9a63287367a3c1e76acee71c",
            signature: "7fbb52fc9adbf015abade6d967c33d90040845573a828fa9830f292113aabff2",
        },
        1_767_225_600,
    );
    check_signed(
        &Signed {
            request: open_api::HttpRequest {
                method: "GET",
                target: "/api/mkp-openapi-public/global/v1/order/query?orderLineId=&orderId=CS%20A%2FB%7E",
                headers: &[date, host],
                body: b"",
            },
            keys: S3_KEYS,
            hash: "a4076c015274b7e9b56c3605b694d458922fc7f7542c78b8f4dad2c0411803f1",
            signature: "4feb6c2f26330ea2bf82dde90dea486c4e2903422b970114db3c5ae26f7f35b4",
        },
        1_767_225_600,
    );
}

#[test]
fn a_body_is_signed_with_its_request() {
    let body = br#"{"usage_records":[{"instance_id":"7f141bf1-aec8-4859-8323-fb3a8ad50721","product_id":"OFFI1","record_time":"20260101T010500Z","begin_time":"20260101T000000Z","end_time":"20260101T010000Z","usage_value":"12.5"}]}"#;
    assert_eq!(
        hex::encode(Sha256::digest(body)),
        "09d91f658f31e940ac542078be95a8583a242f8c46e5af0d598994361d83f965"
    );
    let headers = [
        ("Content-Type", "application/json"),
        ("X-Sdk-Date", "20260101T010500Z"),
        ("Host", "mkt.example.com"),
    ];
    let request = open_api::HttpRequest {
        method: "POST",
        target: "/rest/marketplace/v1/isv/usage-data",
        headers: &headers,
        body,
    };
    let vector = Signed {
        request,
        keys: S3_KEYS,
        hash: "e751e3c2e1c5c585b3f84a0ce580b0ab6f1b291d37c9a63e7d3b8919dfa96ad7",
        signature: "0d3f4982e9081d5ce72b6ed842b658e18228eeafc116473320f253296672cf86",
    };
    check_signed(&vector, 1_767_229_500);
    let header = open_api::authorize(&request, S3_KEYS.0, S3_KEYS.1).unwrap();
    let parsed = open_api::Authorization::parse(&header).unwrap();
    let other = open_api::HttpRequest {
        body: b"{}",
        ..request
    };
    let refused = open_api::verify(&other, &parsed, S3_KEYS.1, 1_767_229_500, 900);
    assert_eq!(refused, Err(open_api::AuthError::WrongSignature));
}

#[test]
fn the_authorization_header_is_spelled_as_documented() {
    let request = open_api::HttpRequest {
        method: "GET",
        target: "/api/mkp-openapi-public/global/v1/order/query?orderId=MOCKPERIODYEARNEW&orderLineId=MOCKPERIODYEARNEW-000001",
        headers: &[
            ("Content-Type", "application/json"),
            ("X-Sdk-Date", "20260101T000000Z"),
            ("Host", "mkt.example.com"),
        ],
        body: b"",
    };
    assert_eq!(
        open_api::authorize(&request, S3_KEYS.0, S3_KEYS.1).unwrap(),
        "SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, SignedHeaders=content-type;host;x-sdk-date, Signature=7fbb52fc9adbf015abade6d967c33d90040845573a828fa9830f292113aabff2"
    );
}
