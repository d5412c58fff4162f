//! Answers of the open APIs: JSON, with the codes of access guide 7.8.

use axum::Json;
use axum::http::header::{CACHE_CONTROL, SERVER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::Fail;
use seller_wire::open_api::{ApiError, GatewayError, OrderAnswer};
use serde::Serialize;
use tower_http::request_id::RequestId;

/// What the `Server` header says.
const SERVER_NAME: &str = "KooGallery";

/// Why a request isn't answered with what it asked for.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Nobody we know signed it.
    NotAuthenticated,
    /// Its body is too large to be looked at.
    TooLarge,
    /// Its seller asks too often.
    TooFrequent,
    /// An error of the API, with a sentence of its own when there is one.
    Api(ApiError, Option<String>),
    /// Something broke here.
    Failed(Fail),
}

impl Refused {
    /// The answer. `reference` names the request in our log.
    pub(crate) fn answer(self, reference: &str) -> Response {
        match self {
            Self::NotAuthenticated => gateway(
                StatusCode::UNAUTHORIZED,
                GatewayError::not_authenticated(reference.to_owned()),
            ),
            Self::TooLarge => gateway(
                StatusCode::PAYLOAD_TOO_LARGE,
                GatewayError {
                    error_code: "APIGW.0201".to_owned(),
                    error_msg: "The request body is too large".to_owned(),
                    request_id: reference.to_owned(),
                },
            ),
            Self::TooFrequent => api(ApiError::TooFrequent, None),
            Self::Api(error, detail) => api(error, detail),
            Self::Failed(fail) => {
                tracing::error!(error = %fail, "a call to the open APIs failed");
                api(ApiError::Internal, None)
            }
        }
    }
}

/// The answer with what was asked for.
pub(crate) fn found(answer: &OrderAnswer) -> Response {
    json(StatusCode::OK, answer)
}

/// Number of the request, when the server gave it one.
pub(crate) fn reference(request: &axum::extract::Request) -> String {
    let number = request.extensions().get::<RequestId>();
    let number = number.and_then(|number| number.header_value().to_str().ok());
    number.map_or_else(kernel::random::uuid, str::to_owned)
}

fn gateway(status: StatusCode, error: GatewayError) -> Response {
    json(status, &error)
}

fn api(error: ApiError, detail: Option<String>) -> Response {
    let status = StatusCode::from_u16(error.http_status());
    json(
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        &error.order_answer(detail),
    )
}

/// Answers hold personal data, so nobody on the way may keep them.
fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(SERVER, HeaderValue::from_static(SERVER_NAME));
    response
}
