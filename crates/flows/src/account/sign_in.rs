//! Signing in, in one step or two.

use accounts::attempt::{self, Action};
use accounts::session::{self, Visitor};
use accounts::user::{self, Email, User};
use db::{Tx, audit};
use kernel::id::UserId;
use kernel::policy::Accounts;
use kernel::prelude::*;

use super::common::{self, Guest};
use crate::App;
use crate::tasks::link_mail::{self, Letter, LinkMail};

kernel::codes! {
    /// Address or password is wrong; it isn't said which.
    Unauthenticated SIGN_IN_REFUSED = "sign-in-refused";
}

/// How a sign-in ended. The tokens are for the session's cookie.
#[derive(Debug, Clone)]
pub enum SignInOutcome {
    /// Signed in.
    Signed(Secret<String>),
    /// The password was right, and the code of two-step verification is owed; see
    /// [`App::complete_two_step`].
    NeedsCode(Secret<String>),
    /// The password was right, but the address isn't confirmed; a link to do so
    /// was mailed again.
    NotVerified,
}

impl App {
    /// Signs in with address and password.
    ///
    /// # Errors
    /// [`SIGN_IN_REFUSED`] whatever is wrong; too many attempts for this account
    /// or from this network address; not an address at `email`.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &Secret<String>,
        visitor: &Visitor<'_>,
    ) -> Result<SignInOutcome, Fail> {
        let email = Email::parse("email", email)?;
        let rules = self.account_rules().await?;
        self.count_attempts(vec![
            common::at_secret(Action::SignIn, email.lower(), &rules),
            common::from_address(Action::SignInFrom, visitor.address, &rules),
        ])
        .await?;
        let wanted = email.clone();
        let found = self
            .db
            .read(move |tx| user::find_by_email(tx, &wanted))
            .await?;
        let stored = found
            .as_ref()
            .and_then(|user| user.password_hash().cloned());
        let proof = common::proved(stored, password).await?;
        let guest = Guest::of(visitor);
        let (Some(user), Some(hash)) = (&found, proof) else {
            // Recorded for unknown addresses, too: the answer must take as long.
            let subject = found.as_ref().map(User::id);
            let subject = subject.as_ref().map_or("", UserId::as_str);
            let refusal = Fail::new(SIGN_IN_REFUSED);
            return Err(self
                .refused(Who::SYSTEM, &guest.address, "signIn", subject, refusal)
                .await);
        };
        let (id, now) = (user.id(), self.now());
        self.step(move |tx| {
            let user = user::load(tx, id)?;
            user.confirm_password_unchanged(&hash)?;
            attempt::clear(tx, Action::SignIn, user.email().lower())?;
            if user.require_verified().is_err() {
                return verify_first(tx, &user, &rules, now);
            }
            admit(tx, &user, &guest, &rules, now)
        })
        .await
    }

    /// The second step: the code of the device. `waiting` is the token that
    /// [`SignInOutcome::NeedsCode`] gave; the session goes on under the one
    /// returned, for the cookie.
    ///
    /// # Errors
    /// [`TOTP_WRONG`](user::TOTP_WRONG) at `code`; too many attempts; sign in
    /// first, when nothing waits under the token any more.
    pub async fn complete_two_step(
        &self,
        waiting: &Secret<String>,
        code: &Secret<String>,
        address: &str,
    ) -> Result<Secret<String>, Fail> {
        let rules = self.account_rules().await?;
        let waiting = self.authenticate(waiting, address).await?.waiting()?;
        let user = waiting.user();
        let attempt = common::at_secret(Action::Totp, user.as_str(), &rules);
        self.count_attempts(vec![attempt]).await?;
        let (ring, now) = (self.keys.ring(), self.now());
        let (code, from) = (code.clone(), address.to_owned());
        let completed = self
            .step(move |tx| {
                let mut user = user::load(tx, waiting.user())?;
                user::check_totp(&mut user, &ring, &code, now)?;
                user::save(tx, &mut user)?;
                attempt::clear(tx, Action::Totp, user.id().as_str())?;
                let token = session::complete_totp(tx, waiting.session(), &rules, now)?;
                let who = common::who_is(tx, user.id())?;
                let id = user.id();
                let entry = common::own_act(who, &from, "completeSignIn", id.as_str(), now);
                audit::record(tx, &entry)?;
                Ok(token)
            })
            .await;
        match completed {
            Err(fail) if !fail.field_errors().is_empty() => Err(self
                .refused(Who::SYSTEM, address, "completeSignIn", user.as_str(), fail)
                .await),
            other => other,
        }
    }
}

/// Opens a session for somebody who proved who they are, and records it.
pub(super) fn admit(
    tx: &Tx<'_>,
    user: &User,
    guest: &Guest,
    rules: &Accounts,
    now: Timestamp,
) -> Result<SignInOutcome, Fail> {
    let token = session::open(tx, user, &guest.visitor(), rules, now)?;
    let who = common::who_is(tx, user.id())?;
    let id = user.id();
    let entry = common::own_act(who, &guest.address, "signIn", id.as_str(), now);
    audit::record(tx, &entry)?;
    Ok(if user.has_totp() {
        SignInOutcome::NeedsCode(token)
    } else {
        SignInOutcome::Signed(token)
    })
}

/// Mails the link once more, unless that was done too often lately.
fn verify_first(
    tx: &Tx<'_>,
    user: &User,
    rules: &Accounts,
    now: Timestamp,
) -> Result<SignInOutcome, Fail> {
    let (action, subject, limit) = common::mail_to(Action::VerifyMail, user.email(), rules);
    match attempt::allow(tx, action, &subject, limit, now) {
        Ok(()) => {
            let letter = LinkMail::to_account(Letter::VerifyEmail, user.email());
            link_mail::post(tx, &letter, now)?;
        }
        Err(fail) if fail.is(attempt::TOO_MANY_ATTEMPTS) => {}
        Err(fail) => return Err(fail),
    }
    Ok(SignInOutcome::NotVerified)
}
