//! `Account settings > Sign-in and security`: password, two-step verification,
//! sessions.

use accounts::actor::{OPERATOR_NEEDS_TOTP, Signed};
use accounts::session::Session;
use accounts::token::TokenHash;
use askama::Template;
use axum::extract::State;
use flows::CurrentPolicy;
use kernel::prelude::*;
use texts::Lang;

use super::two_step::TwoStep;
use super::{answer, newcomer, refusal, stays, summary};
use crate::Site;
use crate::failure;
use crate::form::Form;
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, Column, ErrorSummary, Field, Message, Moment, StateLabel, Tone, paths,
};
use crate::visitor::{self, Visitor};

/// Where it stands.
pub(super) const PATH: &str = "/account/security";
const PASSWORD: &str = "/account/security/password";
const END_SESSION: &str = "/account/security/end-session";
const END_SESSIONS: &str = "/account/security/end-sessions";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Person, show)
        .get(PASSWORD, Audience::Person, show)
        .post(PASSWORD, Audience::Person, change_password)
        .post(END_SESSION, Audience::Person, end_session)
        .post(END_SESSIONS, Audience::Person, end_sessions)
}

struct SessionRow {
    agent: String,
    address: String,
    opened: Moment,
    used: Moment,
    /// The one that asks.
    own: Option<StateLabel>,
    end: Button,
}

#[derive(Template)]
#[template(path = "account/security.html")]
struct Security {
    frame: ui::Frame,
    messages: Vec<Message>,
    summary: Option<ErrorSummary>,
    password_action: &'static str,
    password_fields: Vec<Field>,
    change: Button,
    two_step: TwoStep,
    columns: Vec<Column>,
    end_action: &'static str,
    sessions: Vec<SessionRow>,
    end_all_action: &'static str,
    end_all: Button,
}

async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    render(&site, &visitor, None).await
}

async fn change_password(State(site): State<Site>, visitor: Visitor, Form(typed): Form) -> Answer {
    let (old, new) = (typed.secret("password"), typed.secret("new_password"));
    match site
        .app
        .change_password(visitor.signed()?, &old, &new)
        .await
    {
        Ok(()) => page::done(PATH, "password-changed"),
        Err(fail) => render(&site, &visitor, Some(stays(fail)?)).await,
    }
}

async fn end_session(State(site): State<Site>, visitor: Visitor, Form(form): Form) -> Answer {
    let signed = visitor.signed()?;
    let session = TokenHash::parse(form.text("session")).ok_or_else(Fail::not_found)?;
    site.app.end_session(signed, &session).await?;
    if session == *signed.session().token_hash() {
        let answer = page::done("/", "signed-out")?;
        return Ok(page::with_cookies(answer, &[visitor::signed_out(&site)]));
    }
    page::done(PATH, "session-ended")
}

async fn end_sessions(State(site): State<Site>, visitor: Visitor) -> Answer {
    site.app.sign_out_everywhere(visitor.signed()?).await?;
    let answer = page::done(paths::SIGN_IN, "signed-out-everywhere")?;
    Ok(page::with_cookies(answer, &[visitor::signed_out(&site)]))
}

async fn render(site: &Site, visitor: &Visitor, fail: Option<Fail>) -> Answer {
    let (lang, signed, fail) = (visitor.lang(), visitor.signed()?, fail.as_ref());
    let policy = site.app.policy().await?;
    let sessions = site.app.sessions(signed).await?;
    let password_fields = password_fields(site, lang, fail).await?;
    let mut messages: Vec<Message> = refusal(visitor, fail).into_iter().collect();
    if signed
        .operator()
        .is_err_and(|fail| fail.is(OPERATOR_NEEDS_TOTP))
    {
        let needed = Fail::new(OPERATOR_NEEDS_TOTP);
        messages.push(failure::message(visitor, &needed));
    }
    let page = Security {
        messages,
        summary: summary(visitor, &password_fields),
        password_action: PASSWORD,
        password_fields,
        change: Button::submit(lang.get("account-change-password")),
        two_step: TwoStep::of(lang, signed),
        columns: columns(lang),
        end_action: END_SESSION,
        sessions: sessions
            .iter()
            .map(|session| row(lang, &policy, signed, session))
            .collect(),
        end_all_action: END_SESSIONS,
        end_all: Button::submit(lang.get("account-sign-out-everywhere")).secondary(),
        frame: super::frame(site, visitor, "nav-security").await,
    };
    answer(page, fail)
}

async fn password_fields(site: &Site, lang: Lang, fail: Option<&Fail>) -> Result<Vec<Field>, Fail> {
    let old = Field::password(
        "password",
        lang.get("account-present-password"),
        "current-password",
    );
    let new = newcomer::new_password(site, lang, "new_password").await?;
    Ok(vec![
        with_complaint(old, lang, fail, "password"),
        with_complaint(new, lang, fail, "new_password"),
    ])
}

fn columns(lang: Lang) -> Vec<Column> {
    [
        "account-session-browser",
        "account-session-address",
        "account-session-opened",
        "account-session-used",
        "account-operation",
    ]
    .iter()
    .map(|key| Column::new(lang.get(key)))
    .collect()
}

fn row(lang: Lang, policy: &CurrentPolicy, signed: &Signed, session: &Session) -> SessionRow {
    let own = session.token_hash() == signed.session().token_hash();
    let known = |text: &str| {
        if text.is_empty() {
            lang.get("account-session-unknown").to_owned()
        } else {
            text.to_owned()
        }
    };
    SessionRow {
        agent: browser(session.agent()).unwrap_or_else(|| known(session.agent())),
        address: known(session.address()),
        opened: page::moment(lang, &policy.zone, session.created_at()),
        used: page::moment(lang, &policy.zone, session.last_seen_at()),
        own: own.then(|| StateLabel::new(Tone::Success, lang.get("account-session-own"))),
        end: Button::submit(lang.get("account-sign-out"))
            .value("session", session.token_hash().as_str())
            .quiet(),
    }
}

/// "Chromium, Linux" out of what a browser calls itself; `None` for others.
fn browser(agent: &str) -> Option<String> {
    let first = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(sign, _)| agent.contains(sign))
            .map(|(_, name)| *name)
    };
    // In this order: each claims to be those after it as well.
    let program = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ])?;
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    Some(system.map_or_else(
        || program.to_owned(),
        |system| format!("{program}, {system}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_browser_is_called_by_its_usual_name() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        assert_eq!(browser(chrome).as_deref(), Some("Chrome, Linux"));
        assert_eq!(
            browser(&format!("{chrome} Edg/140.0")).as_deref(),
            Some("Edge, Linux")
        );
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
        assert_eq!(browser(phone).as_deref(), Some("Safari, iOS"));
        assert_eq!(browser("something else"), None);
    }
}
