//! Two-step verification, and proving once more who one is.

use accounts::actor::Signed;
use accounts::attempt::{self, Action};
use accounts::session;
use accounts::user::{self, Enrolment};
use kernel::prelude::*;

use super::common::{self, Oneself};
use crate::App;

/// What proves once more who somebody is.
#[derive(Debug, Clone)]
pub enum Proof {
    /// The password.
    Password(Secret<String>),
    /// The code that the device shows.
    Code(Secret<String>),
}

impl App {
    /// Begins to set up two-step verification; an attempt begun before is replaced.
    ///
    /// # Errors
    /// [`STEP_UP_NEEDED`](accounts::actor::STEP_UP_NEEDED), lest an unattended
    /// browser locks its owner out; [`TOTP_ALREADY_ON`](user::TOTP_ALREADY_ON).
    pub async fn begin_two_step(&self, signed: &Signed) -> Result<(), Fail> {
        let now = self.now();
        signed.fresh_step_up(now, &self.account_rules().await?)?;
        let (oneself, ring) = (Oneself::from(signed), self.keys.ring());
        self.step(move |tx| {
            let mut user = user::load(tx, oneself.user)?;
            user::begin_totp(&mut user, &ring)?;
            user::save(tx, &mut user)?;
            oneself.record(tx, "beginTwoStep", now)
        })
        .await
    }

    /// What the device needs, while a set-up waits for its first code.
    ///
    /// # Errors
    /// As [`App::begin_two_step`], except when it is on already: then `None`.
    pub async fn pending_two_step(&self, signed: &Signed) -> Result<Option<Enrolment>, Fail> {
        signed.fresh_step_up(self.now(), &self.account_rules().await?)?;
        let id = signed.user();
        let user = self.db.read(move |tx| user::load(tx, id)).await?;
        user::pending_totp(&user, &self.keys.ring(), &self.site.brand)
    }

    /// Ends the set-up with the device's first code. Other sessions end: they were
    /// opened without a code.
    ///
    /// # Errors
    /// [`TOTP_WRONG`](user::TOTP_WRONG) at `code`;
    /// [`TOTP_NOT_STARTED`](user::TOTP_NOT_STARTED); too many attempts.
    pub async fn confirm_two_step(
        &self,
        signed: &Signed,
        code: &Secret<String>,
    ) -> Result<(), Fail> {
        let rules = self.account_rules().await?;
        let (oneself, now) = (Oneself::from(signed), self.now());
        let attempt = common::at_secret(Action::Totp, oneself.user.as_str(), &rules);
        self.count_attempts(vec![attempt]).await?;
        let (code, ring) = (code.clone(), self.keys.ring());
        self.step(move |tx| {
            let mut user = user::load(tx, oneself.user)?;
            user::confirm_totp(&mut user, &ring, &code, now)?;
            user::save(tx, &mut user)?;
            attempt::clear(tx, Action::Totp, oneself.user.as_str())?;
            session::end_all(tx, oneself.user, Some(&oneself.session))?;
            oneself.record(tx, "turnTwoStepOn", now)
        })
        .await
    }

    /// Turns two-step verification off.
    ///
    /// # Errors
    /// [`STEP_UP_NEEDED`](accounts::actor::STEP_UP_NEEDED).
    pub async fn turn_two_step_off(&self, signed: &Signed) -> Result<(), Fail> {
        let now = self.now();
        signed.fresh_step_up(now, &self.account_rules().await?)?;
        let oneself = Oneself::from(signed);
        self.step(move |tx| {
            let mut user = user::load(tx, oneself.user)?;
            user.turn_totp_off();
            user::save(tx, &mut user)?;
            oneself.record(tx, "turnTwoStepOff", now)
        })
        .await
    }

    /// Proves once more who the person is, so that secrets open for some minutes.
    ///
    /// # Errors
    /// [`PASSWORD_WRONG`](super::PASSWORD_WRONG) at `password`;
    /// [`TOTP_WRONG`](user::TOTP_WRONG) at `code`; too many attempts.
    pub async fn step_up(&self, signed: &Signed, proof: &Proof) -> Result<(), Fail> {
        match proof {
            Proof::Password(password) => {
                let (oneself, now) = (Oneself::from(signed), self.now());
                let hash = self.prove_password(signed, password, "stepUp").await?;
                self.step(move |tx| {
                    user::load(tx, oneself.user)?.confirm_password_unchanged(&hash)?;
                    proved_again(tx, &oneself, now)
                })
                .await
            }
            Proof::Code(code) => self.step_up_by_code(signed, code).await,
        }
    }

    async fn step_up_by_code(&self, signed: &Signed, code: &Secret<String>) -> Result<(), Fail> {
        let rules = self.account_rules().await?;
        let (oneself, now) = (Oneself::from(signed), self.now());
        let id = oneself.user;
        let attempt = common::at_secret(Action::StepUp, id.as_str(), &rules);
        self.count_attempts(vec![attempt]).await?;
        let (code, ring, who) = (code.clone(), self.keys.ring(), oneself.who);
        let done = self
            .step(move |tx| {
                let mut user = user::load(tx, id)?;
                user::check_totp(&mut user, &ring, &code, now)?;
                user::save(tx, &mut user)?;
                proved_again(tx, &oneself, now)
            })
            .await;
        match done {
            Err(fail) if !fail.field_errors().is_empty() => Err(self
                .refused(who, signed.address(), "stepUp", id.as_str(), fail)
                .await),
            other => other,
        }
    }
}

fn proved_again(tx: &db::Tx<'_>, oneself: &Oneself, now: Timestamp) -> Result<(), Fail> {
    session::step_up(tx, oneself.user, &oneself.session, now)?;
    attempt::clear(tx, Action::StepUp, oneself.user.as_str())?;
    oneself.record(tx, "stepUp", now)
}
