//! The password of an application: shown only on demand, counted and audited,
//! never kept by the browser (B-44).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::id::InstanceId;
use kernel::prelude::*;

use super::apps;
use crate::Site;
use crate::failure::Failed;
use crate::form::Form;
use crate::page::{self, Answer, Parcel};
use crate::routes::{Audience, Routes};
use crate::ui::{self, RevealedSecret};
use crate::visitor::{Buyer, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new().post("/my/apps/{id}/password", Audience::Buyer, reveal)
}

#[derive(Template)]
#[template(path = "buyer/password.html")]
struct Password {
    frame: ui::Frame,
    secret: RevealedSecret,
}

async fn reveal(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
    Form(form): Form,
) -> Answer {
    let id = InstanceId::parse(&id).ok_or_else(Fail::not_found)?;
    let two_step = visitor.signed()?.has_totp();
    let password = site.app.reveal_password(&buyer, two_step, id).await?;
    let (lang, back) = (visitor.lang(), page::local(form.text("back")));
    let secret = RevealedSecret::new(lang, password.reveal().as_str(), back);
    let mut answer: Response = if visitor.wants_fragment() {
        page::html(secret.render().map_err(|error| Failed(Fail::bug(error)))?)
    } else {
        let frame = super::frame(&site, &visitor, lang.get("buyer-app-password")).await;
        Parcel(Password {
            frame: super::below(frame, "nav-purchased-apps", apps::PATH),
            secret,
        })
        .into_response()
    };
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
