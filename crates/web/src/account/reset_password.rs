//! Sets a new password by a mailed link.

use accounts::one_time_link::{LINK_NOT_VALID, Purpose};
use axum::extract::State;
use kernel::prelude::*;
use texts::Arg;

use super::form_page::{FormPage, Part};
use super::{newcomer, stays, with_token};
use crate::Site;
use crate::form::{Form, Query};
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Link, paths};
use crate::visitor::{self, Visitor};

const PATH: &str = "/reset-password";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Anyone, show)
        .post(PATH, Audience::Anyone, reset)
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    form(&site, &visitor, &query.secret("token"), None).await
}

async fn reset(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Form(typed): Form,
) -> Answer {
    let token = query.secret("token");
    match site
        .app
        .reset_password(&token, &typed.secret("new_password"), visitor.address())
        .await
    {
        Ok(()) => {
            // All sessions of the account ended; this browser may hold one of them.
            let answer = page::done(paths::SIGN_IN, "password-set")?;
            Ok(page::with_cookies(answer, &[visitor::signed_out(&site)]))
        }
        Err(fail) => form(&site, &visitor, &token, Some(stays(fail)?)).await,
    }
}

async fn form(
    site: &Site,
    visitor: &Visitor,
    token: &Secret<String>,
    fail: Option<Fail>,
) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let shown = FormPage::new(page::frame(site, visitor, lang.get("account-reset-title")).await);
    let link = match site.app.look_at_link(token, Purpose::ResetPassword).await {
        Ok(link) => link,
        Err(void) if void.is(LINK_NOT_VALID) => {
            return shown
                .line(lang.get("account-reset-void"))
                .hint(
                    lang.get("account-link-void"),
                    Link::new(lang.get("account-send-link"), "/forgot-password"),
                )
                .answer(visitor, Some(&void));
        }
        Err(fail) => return Err(fail.into()),
    };
    let password = newcomer::new_password(site, lang, "new_password").await?;
    let button = Button::submit(lang.get("account-reset-button")).wide();
    shown
        .line(lang.format(
            "account-reset-lead",
            &[("address", Arg::Text(link.email()))],
        ))
        .form(Part::new(
            with_token(PATH, token),
            vec![with_complaint(password, lang, fail, "new_password")],
            button,
        ))
        .answer(visitor, fail)
}
