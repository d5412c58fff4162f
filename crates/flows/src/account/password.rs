//! A new password: by the person who knows the old one, or by a mailed link.

use accounts::actor::Signed;
use accounts::attempt::{self, Action};
use accounts::one_time_link::{self, Purpose};
use accounts::token::TokenHash;
use accounts::user::{self, Email};
use db::audit;
use kernel::prelude::*;

use super::common::{self, Oneself, PASSWORD_WRONG};
use crate::App;
use crate::tasks::link_mail::{self, Letter, LinkMail};

impl App {
    /// Changes the password and ends the person's other sessions.
    ///
    /// # Errors
    /// [`PASSWORD_WRONG`] at `password`, the old one; trouble at `new_password`;
    /// too many attempts.
    pub async fn change_password(
        &self,
        signed: &Signed,
        old: &Secret<String>,
        new: &Secret<String>,
    ) -> Result<(), Fail> {
        let rules = self.account_rules().await?;
        common::check_new_password(new, &[signed.email(), signed.name()], &rules)?;
        let proof = self.prove_password(signed, old, "changePassword").await?;
        let hash = common::hashed(new).await?;
        let (oneself, now) = (Oneself::from(signed), self.now());
        self.step(move |tx| {
            let mut user = user::load(tx, oneself.user)?;
            user.confirm_password_unchanged(&proof)?;
            attempt::clear(tx, Action::StepUp, oneself.user.as_str())?;
            user::change_password(tx, &mut user, hash.clone(), Some(&oneself.session), now)?;
            oneself.record(tx, "changePassword", now)
        })
        .await
    }

    /// The stored hash, when the signed-in person knows its password.
    pub(super) async fn prove_password(
        &self,
        signed: &Signed,
        given: &Secret<String>,
        operation: &'static str,
    ) -> Result<Secret<String>, Fail> {
        let rules = self.account_rules().await?;
        let id = signed.user();
        let attempt = common::at_secret(Action::StepUp, id.as_str(), &rules);
        self.count_attempts(vec![attempt]).await?;
        let user = self.db.read(move |tx| user::load(tx, id)).await?;
        let stored = user.password_hash().cloned();
        if let Some(hash) = common::proved(stored, given).await? {
            return Ok(hash);
        }
        let who = Oneself::from(signed).who;
        let wrong = Fail::field("password", PASSWORD_WRONG);
        Err(self
            .refused(who, signed.address(), operation, id.as_str(), wrong)
            .await)
    }

    /// Has a link mailed that sets a new password. An address without an account
    /// gets nothing, and nobody can tell: the mail is decided on in the background.
    ///
    /// # Errors
    /// Not an address at `email`; too many attempts.
    pub async fn request_password_reset(&self, email: &str, address: &str) -> Result<(), Fail> {
        let email = Email::parse("email", email)?;
        let rules = self.account_rules().await?;
        self.count_attempts(vec![
            common::mail_to(Action::ResetMail, &email, &rules),
            common::from_address(Action::SignInFrom, address, &rules),
        ])
        .await?;
        let now = self.now();
        self.step(move |tx| {
            let letter = LinkMail::to_account(Letter::ResetPassword, &email);
            link_mail::post(tx, &letter, now)
        })
        .await
    }

    /// Sets a new password by a mailed link, which also confirms the address, and
    /// ends all sessions. Two-step verification stays as it is.
    ///
    /// # Errors
    /// [`LINK_NOT_VALID`](one_time_link::LINK_NOT_VALID); trouble at `new_password`.
    pub async fn reset_password(
        &self,
        token: &Secret<String>,
        new: &Secret<String>,
        address: &str,
    ) -> Result<(), Fail> {
        let rules = self.account_rules().await?;
        let link = TokenHash::of(token.reveal());
        let (asked, now) = (link.clone(), self.now());
        let user = self
            .db
            .read(move |tx| {
                let link = one_time_link::look(tx, &asked, Purpose::ResetPassword, now)?;
                user::load(tx, link.user().ok_or_else(Fail::not_found)?)
            })
            .await?;
        let own = [user.email().as_str(), user.name()];
        common::check_new_password(new, &own, &rules)?;
        let hash = common::hashed(new).await?;
        let (id, address) = (user.id(), address.to_owned());
        self.step(move |tx| {
            one_time_link::consume(tx, &link, Purpose::ResetPassword, now)?;
            let mut user = user::load(tx, id)?;
            user.verify_email(now);
            user::change_password(tx, &mut user, hash.clone(), None, now)?;
            attempt::clear(tx, Action::SignIn, user.email().lower())?;
            let who = common::who_is(tx, id)?;
            let entry = common::own_act(who, &address, "resetPassword", id.as_str(), now);
            audit::record(tx, &entry)
        })
        .await
    }
}
