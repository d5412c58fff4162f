//! What a recorded call looks like.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use seller_wire::redact;

#[test]
fn an_answer_keeps_what_explains_it() {
    let body = r#"{"resultCode":"000000","resultMsg":"user admin created, call 13800000000","info":[{"instanceId":"i-1","appInfo":{"frontEndUrl":"https://app.example.com/a?token=t","userName":"admin","password":"Init-2026","memo":"ask admin"}}],"instanceID":"typo"}"#;
    assert_eq!(
        redact::body(body.as_bytes()),
        r#"{"info":[{"appInfo":{"frontEndUrl":"https://app.example.com/a?***","memo":"***","password":"***","userName":"***"},"instanceId":"i-1"}],"instanceID":"***","resultCode":"000000","resultMsg":"user *** created, call ***"}"#
    );
}

#[test]
fn a_request_is_kept_but_for_its_signature() {
    let body = r#"{"activity":"newInstance","businessId":"b","orderId":"CS2601010000ABCDE","orderLineId":"CS2601010000ABCDE-000001"}"#;
    assert_eq!(redact::body(body.as_bytes()), body);
    assert_eq!(
        redact::url(
            "https://u:p@seller.example.com/produce?key=abc&signature=0AF9&timestamp=1&nonce=N#f"
        ),
        "https://seller.example.com/produce?key=***&signature=***&timestamp=1&nonce=N"
    );
}

#[test]
fn unknown_headers_lose_their_value() {
    assert_eq!(
        redact::header("Content-Type", "application/json"),
        "application/json"
    );
    for name in ["Body-Sign", "Authorization", "Set-Cookie", "X-Anything"] {
        assert_eq!(redact::header(name, "secret"), "***");
    }
}

#[test]
fn of_a_body_that_is_no_json_only_length_and_kind_stay() {
    assert_eq!(redact::body(b""), "[not JSON: 0 bytes, empty]");
    assert_eq!(
        redact::body(b" <!DOCTYPE html><p>secret"),
        "[not JSON: 25 bytes, HTML]"
    );
    assert_eq!(
        redact::body(b"{\"password\":\"secret"),
        "[not JSON: 19 bytes, begins like JSON]"
    );
    assert_eq!(redact::body(b"secret"), "[not JSON: 6 bytes, text]");
    assert_eq!(redact::body(&[0xff, 0xfe]), "[not JSON: 2 bytes, binary]");
    assert_eq!(
        redact::body(b"[\"secret\"]"),
        "[JSON, but no object: 10 bytes]"
    );
    assert_eq!(
        redact::body(&vec![b' '; 70_000]),
        "[not recorded: 70000 bytes]"
    );
}
