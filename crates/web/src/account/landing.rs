//! Where somebody goes who just signed in, and the cookie that they take along.

use accounts::actor::{OPERATOR_NEEDS_TOTP, Signed};
use flows::SignInOutcome;

use super::{mail_sent, security, two_step_code};
use crate::Site;
use crate::page::{self, Answer, encoded};
use crate::ui::paths;
use crate::visitor::{self, Visitor};

/// Pages that only lead to a sign-in: nobody wants to be back there after it.
const ON_THE_WAY: [&str; 9] = [
    "/",
    paths::SIGN_IN,
    two_step_code::PATH,
    paths::SIGN_UP,
    "/verify-email",
    "/forgot-password",
    "/reset-password",
    "/operator-invitation",
    paths::SIGN_OUT,
];

/// Gives the browser what a sign-in brought and shows the next page.
pub(super) async fn enter(
    site: &Site,
    visitor: &Visitor,
    outcome: SignInOutcome,
    back: &str,
) -> Answer {
    let (token, waits) = match outcome {
        SignInOutcome::Signed(token) => (token, false),
        SignInOutcome::NeedsCode(token) => (token, true),
        SignInOutcome::NotVerified => return Ok(page::see_other(mail_sent::CONFIRM_FIRST)),
    };
    // The session that the browser gives up for this one would stay open unseen.
    if let Some(old) = visitor.token() {
        site.app.sign_out(old, visitor.address()).await?;
    }
    let to = if waits {
        with_back(two_step_code::PATH, back)
    } else {
        let signed = site
            .app
            .authenticate(&token, visitor.address())
            .await?
            .signed()?;
        destination(&signed, back)
    };
    let days = site.app.policy().await?.accounts.session_days;
    let cookie = visitor::signed_in(site, &token, days);
    Ok(page::with_cookies(page::see_other(&to), &[cookie]))
}

/// Back to where they came from, or to the console that is theirs.
pub(super) fn destination(signed: &Signed, back: &str) -> String {
    if let Some(back) = wanted(back) {
        return back.to_owned();
    }
    let home = match (signed.operator(), signed.seller(), signed.buyer()) {
        (Ok(_), ..) => paths::OPERATOR,
        (Err(fail), ..) if fail.is(OPERATOR_NEEDS_TOTP) => security::PATH,
        (_, Ok(_), Err(_)) => paths::SELLER,
        _ => "/",
    };
    home.to_owned()
}

/// The page that somebody came from, unless it led to the sign-in anyway.
fn wanted(back: &str) -> Option<&str> {
    let back = page::local(back);
    let path = back.split(['?', '#']).next().unwrap_or_default();
    (!ON_THE_WAY.contains(&path) && !mail_sent::PATHS.contains(&path)).then_some(back)
}

/// An address that carries where to go afterwards.
///
/// It isn't a field of the form: the script sets a field of that name to the
/// page's own address.
pub(super) fn with_back(path: &str, back: &str) -> String {
    match wanted(back) {
        Some(back) => format!("{path}?back={}", encoded(back)),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_where_one_was_but_never_out_of_the_site() {
        assert_eq!(wanted("/products/acme?tab=2"), Some("/products/acme?tab=2"));
        assert_eq!(wanted("/invitations?token=x"), Some("/invitations?token=x"));
        for bad in [
            "",
            "/",
            "https://evil.example",
            "//evil.example",
            "/\t/evil.example",
            "/\\evil.example",
            "javascript:x",
        ] {
            assert_eq!(wanted(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn nobody_is_led_from_the_sign_in_to_the_sign_in() {
        for page in [
            "/sign-in",
            "/sign-in?back=%2Fsign-in",
            "/sign-in/code",
            "/sign-up",
            "/sign-out",
            "/forgot-password/mail-sent",
        ] {
            assert_eq!(with_back("/sign-in", page), "/sign-in", "{page}");
        }
        assert_eq!(
            with_back("/sign-in", "/my/apps?q=a b"),
            "/sign-in?back=%2Fmy%2Fapps%3Fq%3Da%20b"
        );
    }
}
