//! The applications themselves: a page to log in, and a page behind it.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, REFERRER_POLICY, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, StatusCode};

use crate::instances::{Instance, InstanceStatus};
use crate::seller::Business;

mod page;
mod session;

pub(crate) use session::Sessions;

/// What the pages need.
pub(crate) struct Applications {
    pub(crate) business: Arc<Business>,
    pub(crate) sessions: Sessions,
}

type Shared = State<Arc<Applications>>;
/// `app` or `admin`, and the instance.
type Place = Path<(String, String)>;

pub(crate) fn router(applications: Arc<Applications>) -> Router {
    Router::new()
        .route("/", get(|| async { Html(page::front()) }))
        .route(
            "/style.css",
            get(|| async { ([(CONTENT_TYPE, "text/css")], page::STYLE) }),
        )
        .route("/{area}/{instance}", get(show).post(log_in))
        .route("/{area}/{instance}/log-out", post(log_out))
        .fallback(|| async { not_there() })
        .layer(from_fn(with_security_headers))
        .with_state(applications)
}

async fn show(
    State(applications): Shared,
    Path((area, id)): Place,
    headers: HeaderMap,
) -> Response {
    let (area, instance) = match applications.find(&area, &id) {
        Ok(found) => found,
        Err(response) => return *response,
    };
    if applications.sessions.has(&headers, &id) {
        Html(page::home(area, &instance)).into_response()
    } else {
        Html(page::log_in(area, &instance, None)).into_response()
    }
}

async fn log_in(
    State(applications): Shared,
    Path((area, id)): Place,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let (area, instance) = match applications.find(&area, &id) {
        Ok(found) => found,
        Err(response) => return *response,
    };
    let written = |name: &str| form.get(name).map_or("", |text| text.trim());
    let sessions = &applications.sessions;
    let right_user = sessions.same(written("user_name"), &instance.user_name);
    let right_password = sessions.same(written("password"), &instance.password);
    if !(right_user && right_password) {
        return Html(page::log_in(area, &instance, Some(written("user_name")))).into_response();
    }
    let cookie = sessions.cookie(
        &id,
        applications.business.public_url.starts_with("https://"),
    );
    (
        [(SET_COOKIE, cookie)],
        Redirect::to(&page::address(area, &id)),
    )
        .into_response()
}

async fn log_out(State(applications): Shared, Path((area, id)): Place) -> Response {
    let (area, _) = match applications.find(&area, &id) {
        Ok(found) => found,
        Err(response) => return *response,
    };
    let cookie = applications.sessions.no_cookie(&id);
    (
        [(SET_COOKIE, cookie)],
        Redirect::to(&page::address(area, &id)),
    )
        .into_response()
}

impl Applications {
    /// The instance, if it can be used; else the page that says why not.
    fn find(&self, area: &str, id: &str) -> Result<(page::Area, Instance), Box<Response>> {
        let area = page::Area::of_path(area).ok_or_else(|| Box::new(not_there()))?;
        let instance = self.business.instances.get(id).filter(Instance::ready);
        let instance = instance.ok_or_else(|| Box::new(not_there()))?;
        match instance.status {
            InstanceStatus::Normal => Ok((area, instance)),
            InstanceStatus::Frozen => Err(Box::new(Html(page::frozen(&instance)).into_response())),
            InstanceStatus::Released => Err(Box::new(
                (StatusCode::GONE, Html(page::released())).into_response(),
            )),
        }
    }
}

fn not_there() -> Response {
    (StatusCode::NOT_FOUND, Html(page::not_there())).into_response()
}

async fn with_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
