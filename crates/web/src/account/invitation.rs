//! Somebody invited joins an organisation: with their account, or with a new one.

use accounts::one_time_link::LINK_NOT_VALID;
use accounts::session;
use axum::extract::State;
use flows::Invitation;
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::form_page::{FormPage, Part};
use super::{landing, newcomer, profile, stays, with_token};
use crate::Site;
use crate::form::{Form, Query, Values};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Link, Message, Tone, paths};
use crate::visitor::Visitor;

const PATH: &str = "/invitations";
const NEWCOMER: &str = "/invitations/new-account";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Anyone, show)
        .post(PATH, Audience::Person, accept)
        .get(NEWCOMER, Audience::Anyone, show)
        .post(NEWCOMER, Audience::Anyone, join_as_newcomer)
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    offer(
        &site,
        &visitor,
        &query.secret("token"),
        &Values::default(),
        None,
    )
    .await
}

async fn accept(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    let token = query.secret("token");
    match site.app.accept_invitation(visitor.signed()?, &token).await {
        Ok(()) => page::done(profile::PATH, "invitation-accepted"),
        Err(fail) => {
            offer(
                &site,
                &visitor,
                &token,
                &Values::default(),
                Some(stays(fail)?),
            )
            .await
        }
    }
}

async fn join_as_newcomer(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Form(typed): Form,
) -> Answer {
    let (token, newcomer) = (
        query.secret("token"),
        newcomer::typed(visitor.lang(), &typed),
    );
    let guest = session::Visitor {
        address: visitor.address(),
        agent: visitor.agent(),
    };
    match site
        .app
        .accept_invitation_as_newcomer(&token, &newcomer, &guest)
        .await
    {
        Ok(outcome) => landing::enter(&site, &visitor, outcome, "").await,
        Err(fail) => offer(&site, &visitor, &token, &typed, Some(stays(fail)?)).await,
    }
}

async fn offer(
    site: &Site,
    visitor: &Visitor,
    token: &Secret<String>,
    typed: &Values,
    fail: Option<Fail>,
) -> Answer {
    let lang = visitor.lang();
    let shown =
        FormPage::new(page::frame(site, visitor, lang.get("account-invitation-title")).await);
    let invitation = match site.app.invitation(token).await {
        Ok(invitation) => invitation,
        Err(void) if void.is(LINK_NOT_VALID) => {
            return shown
                .line(lang.get("account-invitation-void"))
                .answer(visitor, Some(&void));
        }
        Err(fail) => return Err(fail.into()),
    };
    let shown = shown.line(says(lang, &invitation));
    let shown = match visitor.person() {
        Some(signed) if signed.email().eq_ignore_ascii_case(&invitation.email) => {
            let button = Button::submit(lang.get("account-invitation-join")).wide();
            shown.form(Part::new(with_token(PATH, token), Vec::new(), button))
        }
        Some(signed) => shown
            .message(wrong_account(lang, signed.email(), &invitation.email))
            .form(
                Part::new(
                    paths::SIGN_OUT,
                    Vec::new(),
                    Button::submit(lang.get("account-other-account")).wide(),
                )
                .hidden("next", with_token(PATH, token)),
            ),
        None if invitation.has_account => {
            let sign_in = landing::with_back(paths::SIGN_IN, &with_token(PATH, token));
            shown.hint(
                lang.get("account-invitation-known"),
                Link::new(lang.get("account-sign-in"), sign_in),
            )
        }
        None => {
            let fields = newcomer::fields(site, lang, typed, fail.as_ref()).await?;
            let button = Button::submit(lang.get("account-invitation-join-new")).wide();
            shown
                .line(lang.get("account-invitation-new"))
                .form(Part::new(with_token(NEWCOMER, token), fields, button))
        }
    };
    shown.answer(visitor, fail.as_ref())
}

fn says(lang: Lang, invitation: &Invitation) -> String {
    let role = lang.get(&format!("role-{}", invitation.role));
    lang.format(
        "account-invitation-lead",
        &[
            ("organisation", Arg::Text(&invitation.organisation)),
            ("role", Arg::Text(role)),
            ("address", Arg::Text(&invitation.email)),
        ],
    )
}

fn wrong_account(lang: Lang, own: &str, invited: &str) -> Message {
    let args = [("own", Arg::Text(own)), ("invited", Arg::Text(invited))];
    Message::new(
        Tone::Warning,
        lang.format("account-invitation-other", &args),
    )
}
