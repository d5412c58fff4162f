//! `Account settings > Profile`: what somebody keeps about themselves, and the
//! organisations that they belong to.

use accounts::user::User;
use askama::Template;
use axum::extract::State;
use flows::ProfileForm;
use kernel::names::Named as _;
use kernel::prelude::*;
use texts::Lang;

use super::organisations::{self, Belonging, Rename};
use super::{answer, newcomer, refusal, stays, summary};
use crate::Site;
use crate::form::{Form, Values};
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Choice, Column, ErrorSummary, Field, Message, paths};
use crate::visitor::{self, LANG_COOKIE, Visitor};

/// Where it stands.
pub(super) const PATH: &str = paths::ACCOUNT;
const SAVE: &str = "/account/profile";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Person, show)
        .get(SAVE, Audience::Person, show)
        .post(SAVE, Audience::Person, save)
}

/// The form that came back, with what was typed.
pub(super) struct Refused<'r> {
    pub(super) typed: &'r Values,
    pub(super) fail: &'r Fail,
}

#[derive(Template)]
#[template(path = "account/profile.html")]
struct Profile {
    frame: ui::Frame,
    refusal: Option<Message>,
    summary: Option<ErrorSummary>,
    email: String,
    country: &'static str,
    since: ui::Moment,
    action: &'static str,
    fields: Vec<Field>,
    save: Button,
    choose_action: &'static str,
    columns: Vec<Column>,
    organisations: Vec<Belonging>,
    rename_action: &'static str,
    renames: Vec<Rename>,
}

/// The page as it stands.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    render(&site, &visitor, None, None).await
}

async fn save(State(site): State<Site>, visitor: Visitor, Form(typed): Form) -> Answer {
    let form = ProfileForm {
        name: typed.text("name").to_owned(),
        language: typed.text("language").to_owned(),
        mobile: typed.text("mobile").to_owned(),
    };
    match site.app.edit_profile(visitor.signed()?, form).await {
        Ok(()) => {
            // The language chosen here replaces one chosen in the menu.
            let cookie = visitor::choice(&site, LANG_COOKIE, typed.text("language"));
            Ok(page::with_cookies(
                page::done(PATH, "profile-saved")?,
                &[cookie],
            ))
        }
        Err(fail) => {
            let fail = stays(fail)?;
            render(
                &site,
                &visitor,
                Some(Refused {
                    typed: &typed,
                    fail: &fail,
                }),
                None,
            )
            .await
        }
    }
}

/// The page: `profile` when that form came back, `rename` when an organisation's did.
pub(super) async fn render(
    site: &Site,
    visitor: &Visitor,
    profile: Option<Refused<'_>>,
    rename: Option<Refused<'_>>,
) -> Answer {
    let (lang, signed) = (visitor.lang(), visitor.signed()?);
    let user = site.app.own_account(signed).await?;
    let policy = site.app.policy().await?;
    let fields = fields(lang, &user, profile.as_ref());
    let renames = organisations::renames(lang, signed, rename.as_ref());
    let fail = profile
        .as_ref()
        .or(rename.as_ref())
        .map(|refused| refused.fail);
    let page = Profile {
        refusal: refusal(visitor, fail),
        summary: summary(
            visitor,
            fields.iter().chain(renames.iter().map(|one| &one.field)),
        ),
        email: user.email().as_str().to_owned(),
        country: newcomer::country_name(lang, user.country()),
        since: page::moment(lang, &policy.zone, user.created_at()),
        action: SAVE,
        fields,
        save: Button::submit(lang.get("account-save")),
        choose_action: organisations::CHOOSE,
        columns: organisations::columns(lang),
        organisations: organisations::belongings(lang, signed),
        rename_action: organisations::RENAME,
        renames,
        frame: super::frame(site, visitor, "nav-profile").await,
    };
    answer(page, fail)
}

fn fields(lang: Lang, user: &User, refused: Option<&Refused<'_>>) -> Vec<Field> {
    let value = |name: &str, stored: &str| match refused {
        Some(refused) => refused.typed.text(name).to_owned(),
        None => stored.to_owned(),
    };
    let fail = refused.map(|refused| refused.fail);
    let languages = Lang::ALL
        .iter()
        .map(|lang| Choice::new(lang.name(), lang.own_name()))
        .collect();
    let name = Field::text("name", lang.get("account-name"))
        .value(value("name", user.name()))
        .required()
        .autocomplete("name")
        .longest(100);
    let language = Field::select("language", lang.get("account-language"), languages)
        .value(value("language", user.language().name()))
        .help(lang.get("account-language-help"));
    let mobile = Field::phone("mobile", lang.get("account-mobile"))
        .value(value("mobile", user.mobile()))
        .help(lang.get("account-mobile-help"))
        .example(lang.get("account-mobile-example"))
        .longest(24);
    vec![
        with_complaint(name, lang, fail, "name"),
        with_complaint(language, lang, fail, "language"),
        with_complaint(mobile, lang, fail, "mobile"),
    ]
}
