//! The page that a confirming mail opens. Looking doesn't use the link up: mail
//! programs look at links, too.

use accounts::one_time_link::{LINK_NOT_VALID, Purpose};
use axum::extract::State;
use kernel::prelude::*;
use texts::Arg;

use super::form_page::{FormPage, Part};
use super::{stays, with_token};
use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Link, paths};
use crate::visitor::Visitor;

const PATH: &str = "/verify-email";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Anyone, show)
        .post(PATH, Audience::Anyone, verify)
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    form(&site, &visitor, &query.secret("token"), None).await
}

async fn verify(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    let token = query.secret("token");
    match site.app.verify_email(&token, visitor.address()).await {
        Ok(()) => page::done(paths::SIGN_IN, "email-confirmed"),
        Err(fail) => form(&site, &visitor, &token, Some(stays(fail)?)).await,
    }
}

async fn form(
    site: &Site,
    visitor: &Visitor,
    token: &Secret<String>,
    fail: Option<Fail>,
) -> Answer {
    let lang = visitor.lang();
    let shown = FormPage::new(page::frame(site, visitor, lang.get("account-confirm-email")).await);
    match site.app.look_at_link(token, Purpose::VerifyEmail).await {
        Ok(link) => shown
            .line(lang.format(
                "account-confirm-email-lead",
                &[("address", Arg::Text(link.email()))],
            ))
            .form(Part::new(
                with_token(PATH, token),
                Vec::new(),
                Button::submit(lang.get("account-confirm-email-button")).wide(),
            ))
            .answer(visitor, fail.as_ref()),
        Err(fail) if fail.is(LINK_NOT_VALID) => shown
            .line(lang.get("account-confirm-email-void"))
            .hint(
                lang.get("account-mail-done"),
                Link::new(lang.get("account-sign-in"), paths::SIGN_IN),
            )
            .answer(visitor, Some(&fail)),
        Err(fail) => Err(fail.into()),
    }
}
