//! Asks for a mail with a link that sets a new password.

use axum::extract::State;
use kernel::prelude::*;

use super::form_page::{FormPage, Part};
use super::{mail_sent, stays};
use crate::Site;
use crate::form::{Form, Values};
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Field, Link, paths};
use crate::visitor::Visitor;

const PATH: &str = "/forgot-password";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Anyone, show)
        .post(PATH, Audience::Anyone, ask)
}

async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    form(&site, &visitor, &Values::default(), None).await
}

async fn ask(State(site): State<Site>, visitor: Visitor, Form(typed): Form) -> Answer {
    match site
        .app
        .request_password_reset(typed.text("email"), visitor.address())
        .await
    {
        Ok(()) => Ok(page::see_other(mail_sent::PASSWORD_ASKED)),
        Err(fail) => form(&site, &visitor, &typed, Some(stays(fail)?)).await,
    }
}

async fn form(site: &Site, visitor: &Visitor, typed: &Values, fail: Option<Fail>) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let email = Field::email("email", lang.get("account-email"))
        .value(typed.text("email"))
        .autocomplete("username");
    let button = Button::submit(lang.get("account-send-link")).wide();
    FormPage::new(page::frame(site, visitor, lang.get("account-forgot-title")).await)
        .line(lang.get("account-forgot-lead"))
        .form(Part::new(
            PATH,
            vec![with_complaint(email, lang, fail, "email")],
            button,
        ))
        .hint(
            lang.get("account-remembered"),
            Link::new(lang.get("account-sign-in"), paths::SIGN_IN),
        )
        .answer(visitor, fail)
}
