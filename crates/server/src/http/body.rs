//! How large a body may be: uploads have a limit of their own, so that nobody
//! can make the server hold a form of hundreds of megabytes in memory.

use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::Limited;

use super::{BodyLimits, Refusal};

/// Whether this is a form with files.
pub(super) fn is_upload(request: &Request) -> bool {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    kind.and_then(|kind| kind.get(..19))
        .is_some_and(|start| start.eq_ignore_ascii_case("multipart/form-data"))
}

/// Refuses a body that says it is larger, and cuts one that says nothing.
pub(super) async fn limit(
    State(limits): State<BodyLimits>,
    request: Request,
    next: Next,
) -> Response {
    let limit_bytes = if is_upload(&request) {
        limits.upload_bytes
    } else {
        limits.form_bytes
    };
    let announced = request.body().size_hint().lower();
    if usize::try_from(announced).map_or(true, |bytes| bytes > limit_bytes) {
        return Refusal::TooLarge { limit_bytes }.into_plain();
    }
    let response = next
        .run(request.map(|body| Body::new(Limited::new(body, limit_bytes))))
        .await;
    if response.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE && !is_explained(&response) {
        return Refusal::TooLarge { limit_bytes }.into_plain();
    }
    response
}

/// Whether whoever answered gave a page with it.
fn is_explained(response: &Response) -> bool {
    let kind = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| !kind.starts_with("text/plain"))
}
