//! How a seller's server asks, signature included.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use flows::NewCredential;
use seller_wire::open_api::{HttpRequest, OrderQuery, authorize};
use seller_wire::stamp::sdk_date;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::kit::{HOST, Market};

/// A request before it is sent; each part may be changed after signing.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
}

impl Answered {
    pub(crate) fn code(&self) -> (u16, &str) {
        let code = ["resultCode", "error_code"]
            .iter()
            .find_map(|name| self.json[*name].as_str());
        (self.status, code.unwrap_or_default())
    }
}

/// A request signed so many seconds from now for a host.
pub(crate) fn signed(
    market: &Market,
    credential: &NewCredential,
    target: &str,
    host: &str,
    seconds: i64,
) -> Ask {
    let date = sdk_date(market.bed.now().seconds() + seconds);
    let headers = [
        ("content-type", "application/json"),
        ("host", host),
        ("x-sdk-date", date.as_str()),
    ];
    let request = HttpRequest {
        method: "GET",
        target,
        headers: &headers,
        body: b"",
    };
    let secret = credential.secret_key.reveal();
    let authorization = authorize(&request, &credential.access_key, secret).unwrap();
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .chain([("authorization".to_owned(), authorization)]);
    Ask {
        target: target.to_owned(),
        headers: headers.collect(),
        body: Vec::new(),
    }
}

/// The address of an order's query.
pub(crate) fn target(order: &str, line: Option<&str>) -> String {
    OrderQuery {
        order_id: order.to_owned(),
        order_line_id: line.map(str::to_owned),
    }
    .target()
}

pub(crate) async fn send(market: &Market, ask: Ask) -> Answered {
    let mut request = Request::builder().method("GET").uri(&ask.target);
    for (name, value) in &ask.headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(ask.body)).unwrap();
    answered(api::router(market.app.clone()), request).await
}

pub(crate) async fn answered(router: axum::Router, request: Request<Body>) -> Answered {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answered {
        status: parts.status.as_u16(),
        headers: parts.headers,
        json: serde_json::from_slice(&bytes).unwrap_or_default(),
    }
}

/// Asks as it should be done.
pub(crate) async fn ask(
    market: &Market,
    credential: &NewCredential,
    order: &str,
    line: Option<&str>,
) -> Answered {
    let request = signed(market, credential, &target(order, line), HOST, 0);
    send(market, request).await
}

/// A credential of the seller whose products the market has.
pub(crate) async fn credential(market: &Market) -> NewCredential {
    let seller = market.seller();
    let made = market.app.create_api_credential(&seller, true).await;
    made.unwrap()
}

/// A credential of another seller.
pub(crate) async fn foreign_credential(market: &Market) -> NewCredential {
    let seller = market.other_seller();
    let made = market.app.create_api_credential(&seller, true).await;
    made.unwrap()
}
