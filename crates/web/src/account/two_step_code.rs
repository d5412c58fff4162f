//! The second step of signing in: the code of the device.

use axum::extract::State;
use flows::SignInOutcome;
use kernel::prelude::*;

use super::form_page::{FormPage, Part};
use super::{landing, stays};
use crate::Site;
use crate::form::{Form, Query};
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Field, paths};
use crate::visitor::Visitor;

/// Where it stands.
pub(super) const PATH: &str = "/sign-in/code";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Anyone, show)
        .post(PATH, Audience::Anyone, complete)
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    let back = query.text("back");
    if visitor.owes_code() {
        form(&site, &visitor, back, None).await
    } else {
        Ok(page::see_other(&landing::with_back(paths::SIGN_IN, back)))
    }
}

async fn complete(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Form(typed): Form,
) -> Answer {
    let back = query.text("back");
    let Some(waiting) = visitor.token().filter(|_| visitor.owes_code()) else {
        return Ok(page::see_other(&landing::with_back(paths::SIGN_IN, back)));
    };
    match site
        .app
        .complete_two_step(waiting, &typed.secret("code"), visitor.address())
        .await
    {
        Ok(token) => landing::enter(&site, &visitor, SignInOutcome::Signed(token), back).await,
        Err(fail) => form(&site, &visitor, back, Some(stays(fail)?)).await,
    }
}

async fn form(site: &Site, visitor: &Visitor, back: &str, fail: Option<Fail>) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let code = with_complaint(code_field(lang), lang, fail, "code");
    let button = Button::submit(lang.get("account-sign-in")).wide();
    let other = Button::submit(lang.get("account-other-account")).quiet();
    FormPage::new(page::frame(site, visitor, lang.get("account-code-title")).await)
        .line(lang.get("account-code-lead"))
        .form(Part::new(
            landing::with_back(PATH, back),
            vec![code],
            button,
        ))
        .instead(
            Part::new(paths::SIGN_OUT, Vec::new(), other)
                .hidden("next", landing::with_back(paths::SIGN_IN, back)),
        )
        .answer(visitor, fail)
}

/// The field for a code of the device.
pub(super) fn code_field(lang: texts::Lang) -> Field {
    Field::text("code", lang.get("account-code"))
        .help(lang.get("account-code-help"))
        .autocomplete("one-time-code")
        .longest(12)
        .short()
}
