//! Everything that is answered over HTTP beside health and metrics.

use axum::Router;
use flows::App;

/// Pages for people, with the fallback that says "not found".
#[must_use]
pub fn pages(_app: &App) -> Router {
    Router::new()
}

/// Open APIs for sellers' servers, without a fallback.
#[must_use]
pub fn api(_app: &App) -> Router {
    Router::new()
}
