//! The operator's staff: how the first gets in, and how they help accounts.

use accounts::actor::OperatorActor;
use accounts::one_time_link::{self, NewLink, Purpose};
use accounts::organisation::{self, Kind, Organisation, Right};
use accounts::session::{self, Visitor};
use accounts::user::{self, Email, Person, User};
use db::{Tx, audit};
use kernel::id::{OrganisationId, UserId};
use kernel::page::PageRequest;
use kernel::prelude::*;

use super::common::{self, Guest, NewcomerForm};
use super::sign_in::{self, SignInOutcome};
use crate::App;
use crate::tasks::link_mail;

impl App {
    /// Makes a link with which whoever holds it becomes an administrator under
    /// this address. For the command line: nothing is mailed.
    ///
    /// # Errors
    /// Not an address at `email`.
    pub async fn create_operator(&self, email: &str) -> Result<Secret<String>, Fail> {
        let email = Email::parse("email", email)?;
        let rules = self.account_rules().await?;
        let now = self.now();
        let token = self
            .step(move |tx| {
                let link = NewLink {
                    purpose: Purpose::CreateOperator,
                    email: &email,
                    user: None,
                    seat: None,
                };
                let entry = common::own_act(Who::SYSTEM, "", "createOperator", email.lower(), now);
                audit::record(tx, &entry)?;
                one_time_link::issue(tx, &link, &rules, now)
            })
            .await?;
        Ok(link_mail::link_address(
            &self.site.public_url,
            Purpose::CreateOperator,
            &token,
        ))
    }

    /// Uses such a link: makes the account and its membership, and the operator's
    /// organisation when there is none. An account that the address has keeps name
    /// and country and gets the new password.
    ///
    /// # Errors
    /// [`LINK_NOT_VALID`](one_time_link::LINK_NOT_VALID); trouble at `name`,
    /// `country`, `language` and `password`.
    pub async fn accept_operator_link(
        &self,
        token: &Secret<String>,
        form: &NewcomerForm,
        visitor: &Visitor<'_>,
    ) -> Result<SignInOutcome, Fail> {
        let policy = self.policy().await?;
        let rules = self.account_rules().await?;
        let link = self.look_at_link(token, Purpose::CreateOperator).await?;
        let person = form.check(link.email(), &rules)?;
        let hash = common::hashed(&form.password).await?;
        let (guest, now) = (Guest::of(visitor), self.now());
        self.step(move |tx| {
            one_time_link::consume(tx, link.token_hash(), Purpose::CreateOperator, now)?;
            let user = operator_account(tx, &person, &hash, now)?;
            let party = &policy.site.contracting_party;
            let operator = operator_organisation(tx, party, &person, now)?;
            let memberships = organisation::memberships_of(tx, user.id())?;
            let joined = |id| memberships.iter().any(|one| one.organisation() == id);
            if !joined(operator) {
                organisation::join(tx, operator, user.id(), Kind::Operator.owner(), now)?;
            }
            let (who, id) = (common::who_is(tx, user.id())?, user.id());
            let entry = common::own_act(who, &guest.address, "joinOperator", id.as_str(), now);
            audit::record(tx, &entry)?;
            sign_in::admit(tx, &user, &guest, &rules, now)
        })
        .await
    }

    /// Ends all sessions of somebody; how many.
    ///
    /// # Errors
    /// Without the right; "not found".
    pub async fn end_all_sessions_of(
        &self,
        operator: &OperatorActor,
        user: UserId,
    ) -> Result<u64, Fail> {
        operator.require(Right::ManageAccounts)?;
        let (operator, now) = (operator.clone(), self.now());
        self.step(move |tx| {
            user::load(tx, user)?;
            let ended = session::end_all(tx, user, None)?;
            audit::record(
                tx,
                &crate::app_audit(&operator, "endAllSessions", user.as_str(), now),
            )?;
            Ok(ended)
        })
        .await
    }

    /// Takes two-step verification away from somebody who lost the device, and
    /// ends their sessions.
    ///
    /// # Errors
    /// Without the right, for a colleague also without that over the operator's
    /// members; [`STEP_UP_NEEDED`](accounts::actor::STEP_UP_NEEDED);
    /// [`TOTP_OFF`](user::TOTP_OFF); "not found".
    pub async fn take_two_step_away(
        &self,
        operator: &OperatorActor,
        user: UserId,
    ) -> Result<(), Fail> {
        operator.require(Right::ManageAccounts)?;
        let now = self.now();
        let rules = self.account_rules().await?;
        operator.fresh_step_up(now, &rules)?;
        let operator = operator.clone();
        self.step(move |tx| {
            let memberships = organisation::memberships_of(tx, user)?;
            if memberships.iter().any(|one| one.kind() == Kind::Operator) {
                operator.require(Right::ManageMembers)?;
            }
            let mut user = user::load(tx, user)?;
            if !user.has_totp() {
                return Err(Fail::new(user::TOTP_OFF));
            }
            user.turn_totp_off();
            user::save(tx, &mut user)?;
            session::end_all(tx, user.id(), None)?;
            let id = user.id();
            audit::record(
                tx,
                &crate::app_audit(&operator, "takeTwoStepAway", id.as_str(), now),
            )
        })
        .await
    }
}

fn operator_account(
    tx: &Tx<'_>,
    person: &Person,
    hash: &Secret<String>,
    now: Timestamp,
) -> Result<User, Fail> {
    let Some(mut user) = user::find_by_email(tx, person.email())? else {
        return common::register_verified(tx, person, hash, now);
    };
    user.verify_email(now);
    user::change_password(tx, &mut user, hash.clone(), None, now)?;
    Ok(user)
}

/// The one organisation of the operator; made by whoever comes first.
fn operator_organisation(
    tx: &Tx<'_>,
    name: &str,
    maker: &Person,
    now: Timestamp,
) -> Result<OrganisationId, Fail> {
    let all = organisation::list_of_kind(tx, Kind::Operator, &PageRequest::default())?;
    if let Some(operator) = all.rows.first() {
        return Ok(operator.id());
    }
    let country = maker.country();
    let operator = Organisation::new(Realm::Live, Kind::Operator, name, country, now)?;
    organisation::insert(tx, &operator)?;
    Ok(operator.id())
}
