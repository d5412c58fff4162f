//! What went wrong becomes a page: what happened, why, what to do, with code
//! and reference number small beside it.

use std::sync::Arc;

use askama::Template;
use axum::extract::OriginalUri;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::prelude::*;

use crate::Site;
use crate::page::{self, Parcel};
use crate::ui::{self, Button, Message, Tone, paths};
use crate::visitor::Visitor;

/// A failure on its way to its page.
pub(crate) struct Failed(pub(crate) Fail);

impl From<Fail> for Failed {
    fn from(fail: Fail) -> Self {
        Self(fail)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let mut answer = status(self.0.kind()).into_response();
        answer.extensions_mut().insert(Arc::new(self.0));
        answer
    }
}

/// The HTTP status of a kind of failure.
pub(crate) fn status(kind: FailKind) -> StatusCode {
    match kind {
        FailKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        FailKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        FailKind::Forbidden => StatusCode::FORBIDDEN,
        FailKind::NotFound => StatusCode::NOT_FOUND,
        FailKind::Conflict => StatusCode::CONFLICT,
        FailKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        FailKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        FailKind::Bug => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    frame: ui::Frame,
    message: Message,
}

/// Nothing stands at this address.
pub(crate) async fn unknown_page(_: OriginalUri) -> Failed {
    Failed(Fail::not_found())
}

/// The page of a failure; whoever isn't signed in gets the sign-in page first.
pub(crate) async fn page(site: &Site, visitor: &Visitor, fail: &Fail, safe: bool) -> Response {
    if fail.kind() == FailKind::Unauthenticated && !visitor.wants_fragment() {
        let back = if safe {
            with_query(visitor)
        } else {
            "/".to_owned()
        };
        return page::see_other(&sign_in(&back));
    }
    if fail.is(accounts::actor::STEP_UP_NEEDED) && !visitor.wants_fragment() {
        let back = if safe {
            with_query(visitor)
        } else {
            page::parent(visitor.path()).to_owned()
        };
        return page::see_other(&format!(
            "/account/confirm-identity?back={}",
            page::encoded(&back)
        ));
    }
    if fail.kind() == FailKind::Bug {
        tracing::error!(reference = visitor.reference(), path = visitor.path(), error = %fail, "a page failed");
    }
    let message = message(visitor, fail);
    if visitor.wants_fragment() {
        return (status(fail.kind()), page::html(message.to_string())).into_response();
    }
    let title = visitor.lang().get(title_key(fail.kind())).to_owned();
    let frame = page::frame(site, visitor, title).await;
    let mut answer = (status(fail.kind()), Parcel(FailurePage { frame, message })).into_response();
    if fail.kind() == FailKind::Unavailable {
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
    }
    answer
}

/// A failure as a message: for the page of it, and above a form.
pub(crate) fn message(visitor: &Visitor, fail: &Fail) -> Message {
    let lang = visitor.lang();
    let reference = if visitor.reference().is_empty() {
        fail.code().key.to_owned()
    } else {
        format!("{} · {}", fail.code().key, visitor.reference())
    };
    let mut message = Message::new(Tone::Danger, lang.fail(fail)).reference(reference);
    if fail.kind() == FailKind::NotFound {
        message = message.action(Button::link(lang.get("page-home"), "/"));
    }
    message
}

fn title_key(kind: FailKind) -> &'static str {
    match kind {
        FailKind::Invalid => "failure-invalid",
        FailKind::Unauthenticated => "failure-unauthenticated",
        FailKind::Forbidden => "failure-forbidden",
        FailKind::NotFound => "failure-not-found",
        FailKind::Conflict => "failure-conflict",
        FailKind::TooMany => "failure-too-many",
        FailKind::Unavailable => "failure-unavailable",
        FailKind::Bug => "failure-bug",
    }
}

fn with_query(visitor: &Visitor) -> String {
    if visitor.query().is_empty() {
        visitor.path().to_owned()
    } else {
        format!("{}?{}", visitor.path(), visitor.query())
    }
}

fn sign_in(back: &str) -> String {
    format!("{}?back={}", paths::SIGN_IN, page::encoded(back))
}
