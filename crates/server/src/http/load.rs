//! How much is worked on at once, and how long.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::Semaphore;

use super::{Refusal, TimeLimits, body};

/// Requests that are worked on at once.
#[derive(Clone)]
pub(super) struct Load(Arc<Semaphore>);

impl Load {
    pub(super) fn new(at_once: usize) -> Self {
        Self(Arc::new(Semaphore::new(
            at_once.clamp(1, Semaphore::MAX_PERMITS),
        )))
    }
}

/// Refuses at once instead of letting people wait in a line that grows.
pub(super) async fn at_once(State(load): State<Load>, request: Request, next: Next) -> Response {
    match load.0.try_acquire_owned() {
        Ok(_held) => next.run(request).await,
        Err(_) => Refusal::Busy.into_plain(),
    }
}

/// Gives a request up after its time. What it did in the database is whole or
/// not at all, whenever that happens.
pub(super) async fn in_time(
    State(limits): State<TimeLimits>,
    request: Request,
    next: Next,
) -> Response {
    let limit = if body::is_upload(&request) {
        limits.upload
    } else {
        limits.request
    };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::TooSlow.into_plain(),
    }
}
