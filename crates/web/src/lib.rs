//! The pages of KooGallery: shop, consoles and Help Center, rendered on the
//! server. A file shows one page and takes its forms; a folder is a console.
//!
//! Every route stands in a table with the audience that it is for (see
//! [`routes`]); a handler gets its actor as an argument or isn't reached.

mod account;
pub mod assets;
mod buyer;
mod failure;
mod form;
pub mod help;
mod labels;
mod markdown;
mod navigation;
mod operator;
mod page;
mod preferences;
pub mod routes;
mod seller;
mod shop;
pub mod ui;
mod visitor;

use axum::Router;
use flows::App;

pub use routes::{Audience, RouteInfo};
pub use visitor::{ClientAddress, Reference};

use routes::Routes;

/// What every handler can ask for.
#[derive(Clone)]
pub struct Site {
    /// The use cases.
    pub app: App,
}

/// All pages, with who may open each.
fn all() -> Routes {
    Routes::new()
        .join(preferences::routes())
        .join(shop::routes())
        .join(buyer::routes())
        .join(account::routes())
        .join(seller::routes())
        .join(operator::routes())
        .join(help::routes())
}

/// The routes as data: for tests that walk them and for the operator's manual.
#[must_use]
pub fn route_table() -> Vec<RouteInfo> {
    all().table()
}

/// The router of all pages.
pub fn router(app: App) -> Router {
    let site = Site { app };
    all()
        .into_router()
        .fallback(failure::unknown_page)
        .layer(axum::middleware::from_fn_with_state(
            site.clone(),
            visitor::receive,
        ))
        .route(assets::ROUTE, axum::routing::get(assets::serve))
        .with_state(site)
}
