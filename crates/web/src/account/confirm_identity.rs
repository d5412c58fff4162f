//! Asks once more who somebody is, before secrets are shown or changed.

use axum::extract::State;
use flows::Proof;
use kernel::fail::FIELD_REQUIRED;
use kernel::prelude::*;

use super::form_page::{FormPage, Part};
use super::{profile, stays, two_step_code};
use crate::Site;
use crate::form::{Form, Query};
use crate::page::{self, Answer, encoded, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Field};
use crate::visitor::Visitor;

const PATH: &str = "/account/confirm-identity";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Person, show)
        .post(PATH, Audience::Person, confirm)
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    form(&site, &visitor, query.text("back"), None).await
}

async fn confirm(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Form(typed): Form,
) -> Answer {
    let back = query.text("back");
    let name = if typed.text("by") == "code" {
        "code"
    } else {
        "password"
    };
    let given = typed.secret(name);
    let proved = if given.reveal().is_empty() {
        Err(Fail::field(name, FIELD_REQUIRED))
    } else {
        let proof = if name == "code" {
            Proof::Code(given)
        } else {
            Proof::Password(given)
        };
        site.app.step_up(visitor.signed()?, &proof).await
    };
    match proved {
        Ok(()) => page::done(destination(back), "identity-confirmed"),
        Err(fail) => form(&site, &visitor, back, Some(stays(fail)?)).await,
    }
}

/// Back to what was asked for; never here again, and never out of the site.
fn destination(back: &str) -> &str {
    let back = page::local(back);
    if back == "/" || back.starts_with(PATH) {
        profile::PATH
    } else {
        back
    }
}

async fn form(site: &Site, visitor: &Visitor, back: &str, fail: Option<Fail>) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let action = format!("{PATH}?back={}", encoded(destination(back)));
    let button = || Button::submit(lang.get("account-identity-button")).wide();
    let password = Field::password("password", lang.get("account-password"), "current-password");
    let password = with_complaint(password, lang, fail, "password");
    let by_password = Part::new(&action, vec![password], button()).hidden("by", "password");
    let shown = FormPage::new(page::frame(site, visitor, lang.get("account-identity-title")).await);
    let shown = if visitor.signed()?.has_totp() {
        let code = with_complaint(two_step_code::code_field(lang), lang, fail, "code");
        shown
            .line(lang.get("account-identity-lead-code"))
            .form(Part::new(&action, vec![code], button()).hidden("by", "code"))
            .otherwise(lang.get("account-identity-by-password"), by_password)
    } else {
        shown
            .line(lang.get("account-identity-lead"))
            .form(by_password)
    };
    shown.answer(visitor, fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_leads_back_inside_the_site_and_not_in_a_circle() {
        assert_eq!(destination("/seller/keys"), "/seller/keys");
        for other in [
            "",
            "//evil.example",
            "https://evil.example",
            "/account/confirm-identity?back=x",
        ] {
            assert_eq!(destination(other), profile::PATH, "{other}");
        }
    }
}
