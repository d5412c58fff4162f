//! "Check your mail": the same page whether or not the address is known.

use axum::extract::State;
use texts::Arg;

use super::form_page::FormPage;
use crate::Site;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{Link, Message, Tone, paths};
use crate::visitor::Visitor;

/// After a sign-up.
pub(super) const SIGNED_UP: &str = "/sign-up/mail-sent";
/// After a new password was asked for.
pub(super) const PASSWORD_ASKED: &str = "/forgot-password/mail-sent";
/// After a sign-in with the right password of an address that isn't confirmed.
pub(super) const CONFIRM_FIRST: &str = "/sign-in/mail-sent";
/// All of them.
pub(super) const PATHS: [&str; 3] = [SIGNED_UP, PASSWORD_ASKED, CONFIRM_FIRST];

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(SIGNED_UP, Audience::Anyone, signed_up)
        .get(PASSWORD_ASKED, Audience::Anyone, password_asked)
        .get(CONFIRM_FIRST, Audience::Anyone, confirm_first)
}

async fn signed_up(State(site): State<Site>, visitor: Visitor) -> Answer {
    show(&site, &visitor, "account-mail-sent-sign-up", paths::SIGN_UP).await
}

async fn password_asked(State(site): State<Site>, visitor: Visitor) -> Answer {
    show(
        &site,
        &visitor,
        "account-mail-sent-password",
        "/forgot-password",
    )
    .await
}

async fn confirm_first(State(site): State<Site>, visitor: Visitor) -> Answer {
    show(&site, &visitor, "account-mail-sent-confirm", paths::SIGN_IN).await
}

async fn show(site: &Site, visitor: &Visitor, says: &str, again: &str) -> Answer {
    let lang = visitor.lang();
    let hours = site.app.policy().await?.accounts.link_hours;
    let mut shown =
        FormPage::new(page::frame(site, visitor, lang.get("account-mail-sent-title")).await)
            .line(lang.get(says))
            .line(lang.format(
                "account-mail-sent-hours",
                &[("hours", Arg::Number(hours.into()))],
            ));
    if site.app.site.demo {
        shown = shown.message(Message::new(Tone::Info, lang.get("account-mail-sent-demo")));
    }
    shown
        .hint(
            lang.get("account-mail-missing"),
            Link::new(lang.get("account-try-again"), again),
        )
        .hint(
            lang.get("account-mail-done"),
            Link::new(lang.get("account-sign-in"), paths::SIGN_IN),
        )
        .answer(visitor, None)
}
