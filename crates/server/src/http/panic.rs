//! A panic ends one request, not the connection: the client gets an answer
//! with a reference, and the count shows that there is a defect to find.

use std::panic::AssertUnwindSafe;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt as _;

use super::Refusal;

pub(super) async fn catch(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            metrics::counter!("http_panics_total").increment(1);
            Refusal::Broken.into_plain()
        }
    }
}
