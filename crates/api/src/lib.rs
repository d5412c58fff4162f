//! The open APIs: JSON that sellers' servers ask for, authenticated by access
//! key and signature (access guide 7).
//!
//! A request passes, in this order: its host name is one of ours; it is signed
//! over this very body and within the clock window; its seller asks no more
//! often than allowed; then its parameters are looked at. Before the signature
//! holds, nothing is told but that it doesn't.

mod answer;
mod caller;
mod hosts;
mod order_query;
mod rate;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use flows::App;
use seller_wire::open_api::ORDER_QUERY_PATH;

use hosts::Hosts;
use rate::Rates;

/// What all open APIs share.
#[derive(Clone)]
struct Api {
    app: App,
    hosts: Arc<Hosts>,
    rates: Arc<Rates>,
}

/// The routes of the open APIs, without a fallback of their own.
pub fn router(app: App) -> Router {
    let api = Api {
        hosts: Arc::new(Hosts::of(&app.site)),
        rates: Arc::default(),
        app,
    };
    Router::new()
        .route(ORDER_QUERY_PATH, get(order_query::answer))
        .with_state(api)
}
