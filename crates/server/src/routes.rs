//! Everything that is answered over HTTP beside health and metrics.

use axum::Router;
use flows::App;

/// Pages for people, with the fallback that says "not found".
pub fn pages(app: &App) -> Router {
    web::router(app.clone())
}

/// Open APIs for sellers' servers, without a fallback.
pub fn open_apis(app: &App) -> Router {
    api::router(app.clone())
}
