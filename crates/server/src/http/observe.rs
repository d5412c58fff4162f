//! A number for every request, one line in the log, one observation in the
//! metrics. Neither holds a query, a header or a body: a route's template is
//! all that is told of what was asked.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use kernel::Stopwatch;
use tower_http::request_id::RequestId;
use tracing::Instrument as _;

const NUMBER: HeaderName = HeaderName::from_static("x-request-id");
/// Characters of a number: short enough to be read out on the telephone.
const LENGTH: usize = 12;

/// Numbers a request. A number that the client sent isn't taken over: it could
/// make two requests one in the log.
pub(super) async fn number(mut request: Request, next: Next) -> Response {
    let text = kernel::random::upper_alnum(LENGTH);
    let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("unknown"));
    request.headers_mut().remove(NUMBER);
    request
        .extensions_mut()
        .insert(RequestId::new(value.clone()));
    request.extensions_mut().insert(web::Reference(text));
    let mut response = next.run(request).await;
    response.headers_mut().insert(NUMBER, value);
    response
}

/// The number of a request, to show as the reference on error pages.
#[must_use]
pub fn reference(request: &Request) -> &str {
    let number = request.extensions().get::<RequestId>();
    number
        .and_then(|number| number.header_value().to_str().ok())
        .unwrap_or_default()
}

/// Logs and measures.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let number = reference(&request).to_owned();
    let method = known(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", request = %number);
    let watch = Stopwatch::start();
    let working = Working::begin();
    let response = next.run(request).instrument(span).await;
    drop(working);
    let (status, elapsed) = (response.status(), watch.elapsed());
    metrics::histogram!("http_request_seconds", "method" => method, "route" => route.clone(), "status" => class(status))
        .record(elapsed);
    let ms = watch.elapsed_ms();
    if is_probe(&route) {
        tracing::debug!(target: "access", method, route, status = status.as_u16(), ms, request = number);
    } else {
        tracing::info!(target: "access", method, route, status = status.as_u16(), ms, request = number);
    }
    response
}

/// Asked for every few seconds by machines, and of no interest when it works.
fn is_probe(route: &str) -> bool {
    matches!(route, "/healthz" | "/readyz" | "/metrics")
}

/// A client may invent methods; metrics must not grow by them.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

/// Counts a request as long as it is worked on, also when the client goes away.
struct Working;

impl Working {
    fn begin() -> Self {
        metrics::gauge!("http_requests_at_work").increment(1.0);
        Self
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        metrics::gauge!("http_requests_at_work").decrement(1.0);
    }
}
