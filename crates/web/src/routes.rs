//! The table of routes: method, path and audience of each page. The audience is
//! checked before the handler runs, and the handler's extractor asks again for
//! the actor, so that neither can be forgotten alone.

use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use crate::Site;
use crate::failure::Failed;
use crate::visitor::Visitor;

/// Who a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Anyone,
    /// Whoever is signed in.
    Person,
    /// Members of a buyer.
    Buyer,
    /// Members of a seller.
    Seller,
    /// The operator's staff.
    Operator,
}

/// One route, as data.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// `GET` or `POST`.
    pub method: Method,
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// Who it is for.
    pub audience: Audience,
}

/// Routes of a part of the site.
pub(crate) struct Routes {
    router: Router<Site>,
    table: Vec<RouteInfo>,
}

impl Routes {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self {
            router: Router::new(),
            table: Vec::new(),
        }
    }

    /// A page.
    pub(crate) fn get<H, T>(self, path: &'static str, audience: Audience, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        self.add(Method::GET, path, audience, get(handler))
    }

    /// A form.
    pub(crate) fn post<H, T>(self, path: &'static str, audience: Audience, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        self.add(Method::POST, path, audience, post(handler))
    }

    /// The routes of another part.
    pub(crate) fn join(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    /// The table.
    pub(crate) fn table(self) -> Vec<RouteInfo> {
        self.table
    }

    /// The router.
    pub(crate) fn into_router(self) -> Router<Site> {
        self.router
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        audience: Audience,
        handler: MethodRouter<Site>,
    ) -> Self {
        let guarded = handler.route_layer(middleware::from_fn_with_state(audience, admit));
        self.router = self.router.route(path, guarded);
        self.table.push(RouteInfo {
            method,
            path,
            audience,
        });
        self
    }
}

async fn admit(
    State(audience): State<Audience>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let admitted = match audience {
        Audience::Anyone => Ok(()),
        Audience::Person => visitor.signed().map(|_| ()),
        Audience::Buyer => visitor
            .signed()
            .and_then(|signed| signed.buyer().map(|_| ())),
        Audience::Seller => visitor
            .signed()
            .and_then(|signed| signed.seller().map(|_| ())),
        Audience::Operator => visitor
            .signed()
            .and_then(|signed| signed.operator().map(|_| ())),
    };
    match admitted {
        Ok(()) => next.run(request).await,
        Err(fail) => Failed(fail).into_response(),
    }
}
