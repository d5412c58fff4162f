//! `Sign in`: address and password.

use accounts::session;
use accounts::user::Email;
use axum::extract::State;
use kernel::fail::FIELD_REQUIRED;
use kernel::prelude::*;

use super::form_page::{FormPage, Part};
use super::{landing, stays, two_step_code};
use crate::Site;
use crate::form::{Form, Query, Values};
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Field, Link, paths};
use crate::visitor::Visitor;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(paths::SIGN_IN, Audience::Anyone, show)
        .post(paths::SIGN_IN, Audience::Anyone, sign_in)
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    let back = query.text("back");
    if let Some(signed) = visitor.person() {
        return Ok(page::see_other(&landing::destination(signed, back)));
    }
    if visitor.owes_code() {
        return Ok(page::see_other(&landing::with_back(
            two_step_code::PATH,
            back,
        )));
    }
    form(&site, &visitor, back, &Values::default(), None).await
}

async fn sign_in(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Form(typed): Form,
) -> Answer {
    let (back, password) = (query.text("back"), typed.secret("password"));
    let guest = session::Visitor {
        address: visitor.address(),
        agent: visitor.agent(),
    };
    let outcome = match complete(&typed) {
        Ok(()) => {
            site.app
                .sign_in(typed.text("email"), &password, &guest)
                .await
        }
        Err(fail) => Err(fail),
    };
    match outcome {
        Ok(outcome) => landing::enter(&site, &visitor, outcome, back).await,
        Err(fail) => form(&site, &visitor, back, &typed, Some(stays(fail)?)).await,
    }
}

/// What is forgotten isn't guessed, so it isn't worth counting as an attempt.
fn complete(typed: &Values) -> Result<(), Fail> {
    let mut fields = Fields::new();
    fields.absorb(Email::parse("email", typed.text("email")));
    if typed.text("password").is_empty() {
        fields.reject("password", FIELD_REQUIRED);
    }
    fields.check()
}

async fn form(
    site: &Site,
    visitor: &Visitor,
    back: &str,
    typed: &Values,
    fail: Option<Fail>,
) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let email = Field::email("email", lang.get("account-email"))
        .value(typed.text("email"))
        .autocomplete("username");
    let password = Field::password("password", lang.get("account-password"), "current-password");
    let fields = vec![
        with_complaint(email, lang, fail, "email"),
        with_complaint(password, lang, fail, "password"),
    ];
    let button = Button::submit(lang.get("account-sign-in")).wide();
    FormPage::new(page::frame(site, visitor, lang.get("account-sign-in")).await)
        .form(Part::new(
            landing::with_back(paths::SIGN_IN, back),
            fields,
            button,
        ))
        .hint(
            lang.get("account-password-forgotten"),
            Link::new(lang.get("account-set-new-password"), "/forgot-password"),
        )
        .hint(
            lang.get("account-no-account-yet"),
            Link::new(lang.get("account-sign-up"), paths::SIGN_UP),
        )
        .answer(visitor, fail)
}
