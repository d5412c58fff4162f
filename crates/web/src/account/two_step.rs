//! Turns two-step verification on and off.

use accounts::actor::Signed;
use accounts::user::Enrolment;
use askama::Template;
use axum::extract::State;
use kernel::prelude::*;
use qrcode::{Color, QrCode};
use texts::Lang;

use super::{answer, refusal, security, stays, summary, two_step_code};
use crate::Site;
use crate::form::Form;
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, ConfirmDialog, ErrorSummary, Field, Frame, Link, Message, StateLabel, Tone,
};
use crate::visitor::Visitor;

const SET_UP: &str = "/account/security/two-step";
const BEGIN: &str = "/account/security/begin-two-step";
const TURN_OFF: &str = "/account/security/turn-off-two-step";
/// Light modules around a code: what readers need to find it.
const QUIET: usize = 4;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post(BEGIN, Audience::Person, begin)
        .get(SET_UP, Audience::Person, show)
        .post(SET_UP, Audience::Person, confirm)
        .get(TURN_OFF, Audience::Person, ask)
        .post(TURN_OFF, Audience::Person, turn_off)
}

/// What the security settings say about it.
pub(super) struct TwoStep {
    pub(super) label: StateLabel,
    pub(super) says: &'static str,
    /// Where the button's form goes.
    pub(super) action: &'static str,
    pub(super) button: Button,
    /// What is asked before it is turned off.
    pub(super) question: Option<ConfirmDialog>,
}

impl TwoStep {
    pub(super) fn of(lang: Lang, signed: &Signed) -> Self {
        if signed.has_totp() {
            let button =
                Button::link(lang.get("account-two-step-turn-off"), TURN_OFF).opens("turn-off");
            Self {
                label: StateLabel::new(Tone::Success, lang.get("account-two-step-on")),
                says: lang.get("account-two-step-on-says"),
                action: TURN_OFF,
                button,
                question: Some(question(lang)),
            }
        } else {
            Self {
                label: StateLabel::new(Tone::Neutral, lang.get("account-two-step-off")),
                says: lang.get("account-two-step-off-says"),
                action: BEGIN,
                button: Button::submit(lang.get("account-two-step-set-up")).secondary(),
                question: None,
            }
        }
    }
}

fn question(lang: Lang) -> ConfirmDialog {
    let (title, button) = (
        lang.get("account-two-step-turn-off-question"),
        lang.get("account-two-step-turn-off"),
    );
    ConfirmDialog::new(lang, "turn-off", title, TURN_OFF, button)
        .line(lang.get("account-two-step-turn-off-says"))
        .danger()
}

/// The code for a camera: a path over its dark modules, one unit each.
struct Picture {
    path: String,
    side: usize,
}

impl Picture {
    fn of(text: &Secret<String>) -> Result<Self, Fail> {
        let code = QrCode::new(text.reveal()).map_err(Fail::bug)?;
        let (colors, width) = (code.to_colors(), code.width());
        let mut path = String::new();
        for (y, row) in colors.chunks(width).enumerate() {
            let dark = row
                .iter()
                .enumerate()
                .filter(|(_, color)| **color == Color::Dark);
            for (x, _) in dark {
                path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
            }
        }
        Ok(Self {
            path,
            side: width + 2 * QUIET,
        })
    }
}

#[derive(Template)]
#[template(path = "account/two_step.html")]
struct SetUp {
    frame: Frame,
    refusal: Option<Message>,
    summary: Option<ErrorSummary>,
    picture: Picture,
    secret: String,
    action: &'static str,
    code: Field,
    confirm: Button,
    cancel: Button,
}

#[derive(Template)]
#[template(path = "account/question.html")]
struct Question {
    frame: Frame,
    dialog: ConfirmDialog,
}

async fn begin(State(site): State<Site>, visitor: Visitor) -> Answer {
    site.app.begin_two_step(visitor.signed()?).await?;
    Ok(page::see_other(SET_UP))
}

async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    match site.app.pending_two_step(visitor.signed()?).await? {
        Some(enrolment) => set_up(&site, &visitor, &enrolment, None).await,
        None => Ok(page::see_other(security::PATH)),
    }
}

async fn confirm(State(site): State<Site>, visitor: Visitor, Form(typed): Form) -> Answer {
    let signed = visitor.signed()?;
    let Err(fail) = site
        .app
        .confirm_two_step(signed, &typed.secret("code"))
        .await
    else {
        return page::done(security::PATH, "two-step-on");
    };
    let fail = stays(fail)?;
    match site.app.pending_two_step(signed).await? {
        Some(enrolment) => set_up(&site, &visitor, &enrolment, Some(fail)).await,
        None => Err(fail.into()),
    }
}

async fn set_up(
    site: &Site,
    visitor: &Visitor,
    enrolment: &Enrolment,
    fail: Option<Fail>,
) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let code = with_complaint(two_step_code::code_field(lang), lang, fail, "code").required();
    let page = SetUp {
        refusal: refusal(visitor, fail),
        summary: summary(visitor, [&code]),
        picture: Picture::of(&enrolment.url)?,
        secret: enrolment.secret.reveal().clone(),
        action: SET_UP,
        code,
        confirm: Button::submit(lang.get("account-two-step-confirm")),
        cancel: Button::link(lang.get("frame-cancel"), security::PATH).quiet(),
        frame: below_security(site, visitor, "account-two-step-set-up").await,
    };
    answer(page, fail)
}

async fn ask(State(site): State<Site>, visitor: Visitor) -> Answer {
    let frame = below_security(&site, &visitor, "account-two-step").await;
    answer(
        Question {
            frame,
            dialog: question(visitor.lang()).as_page(security::PATH),
        },
        None,
    )
}

async fn turn_off(State(site): State<Site>, visitor: Visitor) -> Answer {
    site.app.turn_two_step_off(visitor.signed()?).await?;
    page::done(security::PATH, "two-step-off")
}

async fn below_security(site: &Site, visitor: &Visitor, title_key: &str) -> ui::Frame {
    let mut frame = super::frame(site, visitor, title_key).await;
    frame.breadcrumbs = vec![Link::new(frame.t("nav-security"), security::PATH)];
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_for_a_camera_has_room_around_it() {
        let picture =
            Picture::of(&"otpauth://totp/Shop:a%40b.example?secret=ABC&issuer=Shop".into())
                .unwrap();
        // The finder pattern at the upper left begins right inside the quiet zone.
        assert!(picture.path.starts_with("M4 4h1v1h-1z"), "{}", picture.path);
        assert!(picture.side >= 21 + 2 * QUIET);
    }
}
