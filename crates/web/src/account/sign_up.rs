//! `Sign up`: a person with a buyer's organisation.

use axum::extract::State;
use flows::SignUpForm;
use kernel::prelude::*;

use super::form_page::{FormPage, Part};
use super::{landing, mail_sent, newcomer, stays};
use crate::Site;
use crate::form::{Form, Values};
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Field, Link, paths};
use crate::visitor::Visitor;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(paths::SIGN_UP, Audience::Anyone, show)
        .post(paths::SIGN_UP, Audience::Anyone, sign_up)
}

async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    match visitor.person() {
        Some(signed) => Ok(page::see_other(&landing::destination(signed, ""))),
        None => form(&site, &visitor, &Values::default(), None).await,
    }
}

async fn sign_up(State(site): State<Site>, visitor: Visitor, Form(typed): Form) -> Answer {
    let newcomer = newcomer::typed(visitor.lang(), &typed);
    let form_sent = SignUpForm {
        email: typed.text("email").to_owned(),
        password: newcomer.password,
        name: newcomer.name,
        country: newcomer.country,
        language: newcomer.language,
    };
    match site.app.sign_up(&form_sent, visitor.address()).await {
        Ok(()) => Ok(page::see_other(mail_sent::SIGNED_UP)),
        Err(fail) => form(&site, &visitor, &typed, Some(stays(fail)?)).await,
    }
}

async fn form(site: &Site, visitor: &Visitor, typed: &Values, fail: Option<Fail>) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let email = Field::email("email", lang.get("account-email"))
        .value(typed.text("email"))
        .help(lang.get("account-email-help"))
        .autocomplete("username");
    let mut fields = vec![with_complaint(email, lang, fail, "email")];
    fields.extend(newcomer::fields(site, lang, typed, fail).await?);
    let button = Button::submit(lang.get("account-sign-up")).wide();
    FormPage::new(page::frame(site, visitor, lang.get("account-sign-up")).await)
        .line(lang.get("account-sign-up-lead"))
        .form(Part::new(paths::SIGN_UP, fields, button))
        .hint(
            lang.get("account-have-account"),
            Link::new(lang.get("account-sign-in"), paths::SIGN_IN),
        )
        .answer(visitor, fail)
}
