//! Somebody invited joins an organisation.

use accounts::actor::Signed;
use accounts::one_time_link::{self, Link, Purpose};
use accounts::organisation::{self, Kind, Role};
use accounts::session::Visitor;
use accounts::token::TokenHash;
use accounts::user::{self, EMAIL_TAKEN, Email, User};
use db::audit::{self, Entry};
use db::{ReadTx, Tx};
use kernel::prelude::*;

use super::common::{self, Guest, NewcomerForm};
use super::sign_in::{self, SignInOutcome};
use crate::App;

kernel::codes! {
    /// The invitation was mailed to somebody else's address.
    Forbidden INVITATION_NOT_YOURS = "invitation-not-yours";
}

/// What the page of an invitation shows.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// To whom it was mailed.
    pub email: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Its side.
    pub kind: Kind,
    /// The role offered.
    pub role: Role,
    /// Whether the address has an account, whose owner must sign in to accept;
    /// otherwise the page asks for what makes one.
    pub has_account: bool,
}

impl App {
    /// What an invitation offers; looking doesn't use it up.
    ///
    /// # Errors
    /// [`LINK_NOT_VALID`](one_time_link::LINK_NOT_VALID).
    pub async fn invitation(&self, token: &Secret<String>) -> Result<Invitation, Fail> {
        let (hash, now) = (TokenHash::of(token.reveal()), self.now());
        self.db
            .read(move |tx| {
                let link = one_time_link::look(tx, &hash, Purpose::Invite, now)?;
                let (organisation, role) = link.seat().ok_or_else(Fail::not_found)?;
                let organisation = organisation::find_any(tx, organisation)?;
                Ok(Invitation {
                    email: link.email().to_owned(),
                    organisation: organisation.name().to_owned(),
                    kind: organisation.kind(),
                    role,
                    has_account: account_of(tx, &link)?.is_some(),
                })
            })
            .await
    }

    /// The signed-in person accepts an invitation that was mailed to them.
    ///
    /// # Errors
    /// [`LINK_NOT_VALID`](one_time_link::LINK_NOT_VALID); [`INVITATION_NOT_YOURS`];
    /// [`ALREADY_MEMBER`](organisation::ALREADY_MEMBER).
    pub async fn accept_invitation(
        &self,
        signed: &Signed,
        token: &Secret<String>,
    ) -> Result<(), Fail> {
        let oneself = common::Oneself::from(signed);
        let (hash, now) = (TokenHash::of(token.reveal()), self.now());
        self.step(move |tx| {
            let link = one_time_link::consume(tx, &hash, Purpose::Invite, now)?;
            let user = user::load(tx, oneself.user)?;
            if !link.is_for(&user) {
                return Err(Fail::new(INVITATION_NOT_YOURS));
            }
            join(tx, &link, &user, oneself.address(), now)
        })
        .await
    }

    /// Somebody invited makes an account, which needs no further proof of the
    /// address, joins and is signed in.
    ///
    /// # Errors
    /// [`LINK_NOT_VALID`](one_time_link::LINK_NOT_VALID); trouble at `name`,
    /// `country`, `language` and `password`; [`EMAIL_TAKEN`] at `email` when the
    /// address has an account: sign in and accept.
    pub async fn accept_invitation_as_newcomer(
        &self,
        token: &Secret<String>,
        form: &NewcomerForm,
        visitor: &Visitor<'_>,
    ) -> Result<SignInOutcome, Fail> {
        let rules = self.account_rules().await?;
        let link = self.look_at_link(token, Purpose::Invite).await?;
        let person = form.check(link.email(), &rules)?;
        let hash = common::hashed(&form.password).await?;
        let (guest, now) = (Guest::of(visitor), self.now());
        self.step(move |tx| {
            let link = one_time_link::consume(tx, link.token_hash(), Purpose::Invite, now)?;
            if user::find_by_email(tx, person.email())?.is_some() {
                return Err(Fail::field("email", EMAIL_TAKEN));
            }
            let user = common::register_verified(tx, &person, &hash, now)?;
            join(tx, &link, &user, &guest.address, now)?;
            sign_in::admit(tx, &user, &guest, &rules, now)
        })
        .await
    }
}

fn account_of(tx: &ReadTx<'_>, link: &Link) -> Result<Option<User>, Fail> {
    user::find_by_email(tx, &Email::parse("email", link.email())?)
}

fn join(tx: &Tx<'_>, link: &Link, user: &User, address: &str, now: Timestamp) -> Result<(), Fail> {
    let (organisation, role) = link.seat().ok_or_else(Fail::not_found)?;
    organisation::join(tx, organisation, user.id(), role, now)?;
    let who = common::who_is(tx, user.id())?;
    let id = user.id();
    let done = common::own_act(who, address, "acceptInvitation", id.as_str(), now);
    let entry = Entry {
        organisation: Some(organisation),
        detail: role.name(),
        ..done
    };
    audit::record(tx, &entry)
}
