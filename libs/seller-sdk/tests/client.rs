//! The client of the open APIs against a marketplace on loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use seller_sdk::wire::open_api::{
    ApiError, Authorization, GatewayError, HttpRequest, ORDER_QUERY_PATH, OrderAnswer, OrderQuery,
    mock_order, query_pairs, verify,
};
use seller_sdk::{ClientError, Clock, OpenApiClient};

const NOW_S: i64 = 1_767_225_600;

struct Fixed;

impl Clock for Fixed {
    fn now_ms(&self) -> i64 {
        NOW_S * 1000
    }
}

async fn order(request: Request) -> impl IntoResponse {
    let headers: Vec<(&str, &str)> = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    let target = request.uri().path_and_query().unwrap().as_str();
    let received = HttpRequest {
        method: "GET",
        target,
        headers: &headers,
        body: b"",
    };
    let authorization =
        Authorization::parse(request.headers()["authorization"].to_str().unwrap()).unwrap();
    if authorization.access_key_id != "AK"
        || verify(&received, &authorization, "SK", NOW_S, 900).is_err()
    {
        let error = GatewayError::not_authenticated("1".into());
        return (
            StatusCode::UNAUTHORIZED,
            serde_json::to_string(&error).unwrap(),
        );
    }
    let query = OrderQuery::from_pairs(&query_pairs(target)).unwrap();
    match mock_order(&query.order_id, NOW_S) {
        Some(order) => (
            StatusCode::OK,
            serde_json::to_string(&OrderAnswer::found(order)).unwrap(),
        ),
        None => {
            let answer = ApiError::IllegalOperation.order_answer(None);
            (
                StatusCode::UNAUTHORIZED,
                serde_json::to_string(&answer).unwrap(),
            )
        }
    }
}

async fn query(secret_key: &str, order_id: &str) -> Result<String, ClientError> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/", listener.local_addr().unwrap());
    let server = tokio::spawn(async {
        axum::serve(listener, Router::new().route(ORDER_QUERY_PATH, get(order))).await
    });
    let client = OpenApiClient::new(&base_url, "AK", secret_key, Arc::new(Fixed)).unwrap();
    let query = OrderQuery {
        order_id: order_id.into(),
        order_line_id: Some(format!("{order_id}-000001")),
    };
    let result = client.query_order(&query).await.map(|order| order.order_id);
    server.abort();
    result
}

#[tokio::test]
async fn an_order_is_queried_with_a_signature_that_fits() {
    assert_eq!(
        query("SK", "MOCKPERIODYEARNEW").await.as_deref(),
        Ok("MOCKPERIODYEARNEW")
    );
}

#[tokio::test]
async fn a_refusal_keeps_code_and_sentence() {
    let error = query("SK", "CS 1/ä").await.unwrap_err();
    assert!(
        matches!(&error, ClientError::Refused { status: 401, code, .. } if code == "MKT.0150"),
        "{error}"
    );
}

#[tokio::test]
async fn a_wrong_secret_key_is_explained() {
    let error = query("other", "MOCKPERIODYEARNEW").await.unwrap_err();
    assert_eq!(error, ClientError::NotAnOrder { status: 401 });
    assert!(error.to_string().contains("secret key"));
}

#[test]
fn an_address_that_is_none_is_refused_at_once() {
    let client = OpenApiClient::new("marketplace", "AK", "SK", Arc::new(Fixed));
    assert_eq!(client.unwrap_err(), ClientError::Address);
}
