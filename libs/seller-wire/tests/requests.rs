//! Requests: limits, addresses, headers, and what a seller reads.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use seller_wire::Problem;
use seller_wire::open_api::ProductInfo;
use seller_wire::request::{
    Activity, Call, ChangeInstanceCheck, NewInstance, OrderNotify, QueryInstance, ReleaseInstance,
    Request, RequestError, SignedRequest,
};

fn new_instance(order_id: &str) -> Request {
    Request::production(Call::NewInstance(NewInstance {
        order_id: order_id.into(),
        order_line_id: "L".into(),
        business_id: "b".into(),
    }))
}

fn query(ids: Vec<String>) -> Request {
    Request::production(Call::QueryInstance(QueryInstance { instance_ids: ids }))
}

#[test]
fn an_overlong_member_is_refused_by_name() {
    assert!(
        new_instance(&"é".repeat(64)).to_body().is_ok(),
        "characters count, not bytes"
    );
    let error = new_instance(&"x".repeat(65)).to_body().unwrap_err();
    assert_eq!(error.field, "orderId");
    assert_eq!(
        error.problem,
        Problem::TooLong {
            max: 64,
            actual: 65
        }
    );
    assert_eq!(
        error.to_string(),
        "The length of orderId is invalid: 65, but at most 64 is allowed. Shorten it."
    );
    assert_eq!(
        new_instance("").to_body().unwrap_err().code(),
        "field_missing"
    );
}

#[test]
fn one_query_names_up_to_a_hundred_instances() {
    let ids = |count: usize| {
        (0..count)
            .map(|number| format!("{number:064}"))
            .collect::<Vec<_>>()
    };
    let request = query(ids(100));
    assert_eq!(
        Request::from_body(request.to_body().unwrap().as_bytes()).unwrap(),
        request
    );
    assert_eq!(query(ids(101)).to_body().unwrap_err().field, "instanceId");
    assert_eq!(
        query(Vec::new()).to_body().unwrap_err().problem,
        Problem::Missing
    );
    assert_eq!(
        query(vec!["a,b".into()]).to_body().unwrap_err().code(),
        "field_invalid"
    );
}

#[test]
fn a_target_product_with_a_long_name_is_refused_by_path() {
    let request = Request::production(Call::ChangeInstanceCheck(ChangeInstanceCheck {
        instance_id: "i".into(),
        product_info: ProductInfo {
            product_id: "p".into(),
            sku_code: "s".into(),
            linear_value: None,
            product_name: "n".repeat(65),
        },
    }));
    assert_eq!(
        request.to_body().unwrap_err().field,
        "productInfo.productName"
    );
}

#[test]
fn only_order_notify_says_that_it_is_no_test() {
    let notify = Call::OrderNotify(OrderNotify {
        order_id: "O".into(),
        order_line_id: "L".into(),
    });
    let body = Request::production(notify).to_body().unwrap();
    assert_eq!(
        body,
        r#"{"activity":"orderNotify","orderId":"O","orderLineId":"L","testFlag":"0"}"#
    );
    assert!(!Request::from_body(body.as_bytes()).unwrap().debugging);
    let release = Call::ReleaseInstance(ReleaseInstance {
        instance_id: "i".into(),
        unsubscription: None,
    });
    let body = Request::debugging(release).to_body().unwrap();
    assert_eq!(
        body,
        r#"{"activity":"releaseInstance","instanceId":"i","testFlag":"1"}"#
    );
    assert!(Request::from_body(body.as_bytes()).unwrap().debugging);
}

#[test]
fn the_signature_joins_whatever_address_there_is() {
    let signed = SignedRequest::new(&new_instance("O"), "key", 1, "N1").unwrap();
    let signature = signed.query()[0].1;
    let tail = format!("signature={signature}&timestamp=1&nonce=N1");
    for (base, expected) in [
        (
            "https://s.example.com/p",
            format!("https://s.example.com/p?{tail}"),
        ),
        (
            "https://s.example.com/p?",
            format!("https://s.example.com/p?{tail}"),
        ),
        (
            "https://s.example.com/p?a=1",
            format!("https://s.example.com/p?a=1&{tail}"),
        ),
        (
            "https://s.example.com/p?a=1&",
            format!("https://s.example.com/p?a=1&{tail}"),
        ),
        (
            "https://s.example.com/p#part",
            format!("https://s.example.com/p?{tail}"),
        ),
    ] {
        assert_eq!(signed.url(base), expected);
    }
}

#[test]
fn the_headers_are_exactly_those_of_the_contract() {
    assert_eq!(
        SignedRequest::HEADERS,
        [
            ("Accept", "application/json"),
            ("Content-Type", "application/json;charset=utf8")
        ]
    );
}

#[test]
fn a_nonce_that_would_need_encoding_is_refused() {
    for nonce in ["", "a b", "a&b", &"x".repeat(65)] {
        assert_eq!(
            SignedRequest::new(&new_instance("O"), "key", 1, nonce)
                .unwrap_err()
                .field,
            "nonce"
        );
    }
}

#[test]
fn a_log_of_a_signed_request_has_no_signature() {
    let signed = SignedRequest::new(&new_instance("O"), "key", 1, "N1").unwrap();
    assert!(!format!("{signed:?}").contains(signed.query()[0].1));
}

#[test]
fn a_seller_reads_lenient_forms() {
    let refresh = r#"{"activity":"refreshInstance","scene":"RENEWAL","orderId":"O","orderLineId":"L","instanceId":"i","expireTime":"20270101000000000","extra":[1]}"#;
    let Call::RefreshInstance(call) = Request::from_body(refresh.as_bytes()).unwrap().call else {
        panic!()
    };
    assert_eq!(call.expires_at_s, 1_798_761_600);
    let check = r#"{"activity":"changeInstanceCheck","instanceId":"i","productInfo":"{\"productId\":\"p\",\"skuCode\":\"s\",\"productName\":\"n\"}"}"#;
    let Call::ChangeInstanceCheck(call) = Request::from_body(check.as_bytes()).unwrap().call else {
        panic!()
    };
    assert_eq!(call.product_info.sku_code, "s");
}

#[test]
fn a_seller_refuses_what_it_cannot_understand() {
    let error = |body: &str| Request::from_body(body.as_bytes()).unwrap_err();
    assert_eq!(error("nonsense"), RequestError::NotJson);
    assert_eq!(
        error(r#"{"activity":"dance"}"#),
        RequestError::UnknownActivity("dance".into())
    );
    assert_eq!(
        error(r#"{"activity":"newInstance","orderId":5}"#).to_string(),
        "The field orderId has the wrong type. It must be a string."
    );
    assert!(
        error(r#"{"activity":"updateInstanceStatus","instanceId":"i","status":"NORMAL"}"#)
            .to_string()
            .contains("status")
    );
}

#[test]
fn every_activity_has_one_name() {
    for activity in Activity::ALL {
        assert_eq!(Activity::from_name(activity.name()), Some(activity));
    }
    assert_eq!(Activity::from_name("expireInstance"), None);
}
