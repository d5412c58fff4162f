//! The open APIs: headers that are refused, the order query's JSON, mock orders.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use seller_wire::open_api::{
    ApiError, AuthError, Authorization, HttpRequest, MOCK_ORDERS, OrderAnswer, OrderQuery,
    OrderType, authorize, mock_order, query_pairs, verify,
};

const NOW_S: i64 = 1_767_225_600;
const HEADERS: [(&str, &str); 2] = [
    ("Host", "mkt.example.com"),
    ("X-Sdk-Date", "20260101T000000Z"),
];

fn request<'a>(target: &'a str, headers: &'a [(&'a str, &'a str)]) -> HttpRequest<'a> {
    HttpRequest {
        method: "GET",
        target,
        headers,
        body: b"",
    }
}

#[test]
fn a_header_of_another_form_is_refused() {
    let parse = |header: &str| Authorization::parse(header).unwrap_err();
    assert_eq!(parse("Bearer abc"), AuthError::OtherAlgorithm);
    assert_eq!(
        parse("SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date, Signature=0"),
        AuthError::NotSigned("host")
    );
    assert_eq!(
        parse("SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=0"),
        AuthError::NotSigned("x-sdk-date")
    );
    for malformed in [
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SHA256 Access=a",
        "SDK-HMAC-SHA256 Access=, SignedHeaders=host;x-sdk-date, Signature=0",
        "SDK-HMAC-SHA256 Access=a, Access=b, SignedHeaders=host;x-sdk-date, Signature=0",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date;host, Signature=0",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=host;host;x-sdk-date, Signature=0",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=Accept;host;x-sdk-date, Signature=0",
    ] {
        assert_eq!(parse(malformed), AuthError::Malformed, "{malformed}");
    }
}

#[test]
fn the_clock_window_counts_in_both_directions() {
    let request = request("/x", &HEADERS);
    let parsed = Authorization::parse(&authorize(&request, "ak", "sk").unwrap()).unwrap();
    for now_s in [NOW_S - 900, NOW_S, NOW_S + 900] {
        assert_eq!(verify(&request, &parsed, "sk", now_s, 900), Ok(()));
    }
    for now_s in [NOW_S - 901, NOW_S + 901] {
        let refused = verify(&request, &parsed, "sk", now_s, 900);
        assert_eq!(
            refused,
            Err(AuthError::ClockSkew {
                skew_s: 901,
                window_s: 900
            })
        );
    }
}

#[test]
fn another_target_host_method_or_key_is_refused() {
    let signed = request("/x?orderId=1", &HEADERS);
    let parsed = Authorization::parse(&authorize(&signed, "ak", "sk").unwrap()).unwrap();
    let check = |request: &HttpRequest<'_>, key| verify(request, &parsed, key, NOW_S, 900);
    assert_eq!(check(&signed, "sk"), Ok(()));
    assert_eq!(check(&signed, "other"), Err(AuthError::WrongSignature));
    assert_eq!(
        check(&request("/x?orderId=2", &HEADERS), "sk"),
        Err(AuthError::WrongSignature)
    );
    assert_eq!(
        check(
            &HttpRequest {
                method: "POST",
                ..signed
            },
            "sk"
        ),
        Err(AuthError::WrongSignature)
    );
    let other_host = [("Host", "evil.example.com"), HEADERS[1]];
    assert_eq!(
        check(&request("/x?orderId=1", &other_host), "sk"),
        Err(AuthError::WrongSignature)
    );
    assert_eq!(
        check(&request("/x?orderId=1", &HEADERS[..1]), "sk"),
        Err(AuthError::HeaderNotSent("x-sdk-date".into()))
    );
    let twice = [HEADERS[0], HEADERS[0], HEADERS[1]];
    assert_eq!(
        check(&request("/x?orderId=1", &twice), "sk"),
        Err(AuthError::Malformed)
    );
}

#[test]
fn parameters_are_read_as_they_were_signed() {
    let pairs = query_pairs("/x?orderId=CS%20A%2fB+c&orderLineId=&&flag");
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [("orderId", "CS A/B c"), ("orderLineId", ""), ("flag", "")]
    );
    let query = OrderQuery {
        order_id: "a&b=c d/ü".into(),
        order_line_id: Some("+1".into()),
    };
    assert_eq!(
        OrderQuery::from_pairs(&query_pairs(&query.target())).unwrap(),
        query
    );
}

#[test]
fn an_order_query_without_an_order_names_the_parameter() {
    assert_eq!(OrderQuery::from_pairs(&[]).unwrap_err().field, "orderId");
    let long = [
        ("orderId".to_owned(), "x".to_owned()),
        ("orderLineId".to_owned(), "x".repeat(65)),
    ];
    assert_eq!(
        OrderQuery::from_pairs(&long).unwrap_err().field,
        "orderLineId"
    );
}

#[test]
fn the_order_of_the_manual_keeps_its_bytes() {
    let text = r#"{"resultCode":"MKT.0000","resultMsg":"Success.","orderInfo":{"orderId":"CS2601010000ABCDE","orderType":"NEW","createTime":"20251231160012","orderLine":[{"orderLineId":"CS2601010000ABCDE-000001","chargingMode":"PERIOD","expireTime":"20261231155959","periodType":"year","periodNumber":1,"productInfo":[{"productId":"OFFI000000000000000001","skuCode":"0f2e6c1a-7a55-4b8e-9f10-2d5b7c9e1a33","linearValue":10,"productName":"CRM,Enterprise"}]}],"buyerInfo":{"customerId":"c-1","customerName":"acme"},"extendParams":[{"name":"domain","value":"acme.example.com"}]}}"#;
    let answer: OrderAnswer = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&answer).unwrap(), text);
}

#[test]
fn a_type_that_nobody_knows_is_kept() {
    let text = r#"{"orderId":"O","orderType":"GIFT","createTime":"20251231160012","orderLine":[]}"#;
    let order: seller_wire::open_api::OrderInfo = serde_json::from_str(text).unwrap();
    assert_eq!(order.order_type, OrderType::Unknown("GIFT".into()));
    assert_eq!(serde_json::to_string(&order).unwrap(), text);
}

#[test]
fn there_are_nine_mock_orders_and_no_tenth() {
    for id in MOCK_ORDERS {
        let order = mock_order(id, NOW_S).unwrap();
        assert_eq!(order.order_line[0].order_line_id, format!("{id}-000001"));
        assert_eq!(
            order.order_line[0].period_type.is_some(),
            order.order_line[0].expire_time.is_some()
        );
    }
    assert!(mock_order("MOCKMONTHRENEW", NOW_S).is_none());
}

#[test]
fn a_mock_order_looks_like_this() {
    let order = mock_order("MOCKPERIODYEARNEW", NOW_S).unwrap();
    insta::assert_snapshot!(serde_json::to_string(&order).unwrap(), @r#"{"orderId":"MOCKPERIODYEARNEW","orderType":"NEW","createTime":"20251231230000","orderLine":[{"orderLineId":"MOCKPERIODYEARNEW-000001","chargingMode":"PERIOD","expireTime":"20261231230000","periodType":"year","periodNumber":1,"productInfo":[{"productId":"OFFI000000000000000001","skuCode":"00000000-0000-4000-8000-000000000001","linearValue":10,"productName":"Mock product,Basic"}]}],"buyerInfo":{"customerId":"mock-customer","customerName":"mock-customer"},"extendParams":[{"name":"mock","value":"true"}]}"#);
}

#[test]
fn an_error_has_code_status_and_body() {
    assert_eq!(
        (
            ApiError::IllegalOperation.code(),
            ApiError::IllegalOperation.http_status()
        ),
        ("MKT.0150", 401)
    );
    let answer = ApiError::InvalidParameter.order_answer(Some("orderId is too long.".into()));
    assert_eq!(
        serde_json::to_string(&answer).unwrap(),
        r#"{"resultCode":"MKT.0101","resultMsg":"orderId is too long."}"#
    );
}
