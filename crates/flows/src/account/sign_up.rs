//! Somebody makes an account, and proves to read mail at its address.

use accounts::attempt::Action;
use accounts::one_time_link::{self, Purpose};
use accounts::organisation::{self, Kind, Organisation};
use accounts::token::TokenHash;
use accounts::user::{self, Person, PersonForm, User};
use db::{Tx, audit};
use kernel::prelude::*;

use super::common;
use crate::App;
use crate::tasks::link_mail::{self, Letter, LinkMail};

/// What the sign-up page sends.
#[derive(Debug, Clone)]
pub struct SignUpForm {
    /// E-mail address.
    pub email: String,
    /// Password wanted.
    pub password: Secret<String>,
    /// Name of the person, and of their organisation until it is renamed.
    pub name: String,
    /// Two letters of the country.
    pub country: String,
    /// Stored name of the language.
    pub language: String,
}

impl App {
    /// Makes an account with a buyer's organisation and mails a link that
    /// confirms the address. Whose address is known gets a mail that says so, and
    /// the page says the same in both cases. `address` is the network's.
    ///
    /// # Errors
    /// Trouble at `email`, `password`, `name`, `country` and `language`; too many
    /// attempts.
    pub async fn sign_up(&self, form: &SignUpForm, address: &str) -> Result<(), Fail> {
        let rules = self.account_rules().await?;
        let person_form = PersonForm {
            email: &form.email,
            name: &form.name,
            country: &form.country,
            language: &form.language,
            mobile: "",
        };
        let person = common::check_newcomer(&person_form, &form.password, &rules)?;
        self.count_attempts(vec![
            common::mail_to(Action::VerifyMail, person.email(), &rules),
            common::from_address(Action::SignUpFrom, address, &rules),
        ])
        .await?;
        // Also for a known address: the answer must take as long.
        let hash = common::hashed(&form.password).await?;
        let (address, now) = (address.to_owned(), self.now());
        self.step(move |tx| {
            if user::find_by_email(tx, person.email())?.is_some() {
                // Whoever signs up twice before confirming gets this mail, too. Its
                // link sets the password anew, so that a password which a stranger
                // chose for the address before never comes to hold.
                let letter = LinkMail::to_account(Letter::AlreadyRegistered, person.email());
                return link_mail::post(tx, &letter, now);
            }
            register(tx, &person, &hash, &address, now)
        })
        .await
    }

    /// Confirms the address that a link was mailed to, and uses the link up.
    ///
    /// # Errors
    /// [`LINK_NOT_VALID`](one_time_link::LINK_NOT_VALID).
    pub async fn verify_email(&self, token: &Secret<String>, address: &str) -> Result<(), Fail> {
        let (hash, address, now) = (
            TokenHash::of(token.reveal()),
            address.to_owned(),
            self.now(),
        );
        self.step(move |tx| {
            let link = one_time_link::consume(tx, &hash, Purpose::VerifyEmail, now)?;
            let mut user = user::load(tx, link.user().ok_or_else(Fail::not_found)?)?;
            user.verify_email(now);
            user::save(tx, &mut user)?;
            let (who, id) = (common::who_is(tx, user.id())?, user.id());
            let entry = common::own_act(who, &address, "verifyEmail", id.as_str(), now);
            audit::record(tx, &entry)
        })
        .await
    }
}

fn register(
    tx: &Tx<'_>,
    person: &Person,
    hash: &Secret<String>,
    address: &str,
    now: Timestamp,
) -> Result<(), Fail> {
    let user = User::register(person.clone(), Some(hash.clone()), now);
    user::insert(tx, &user)?;
    let (name, country) = (person.name(), person.country());
    let buyer = Organisation::new(Realm::Live, Kind::Buyer, name, country, now)?;
    organisation::insert(tx, &buyer)?;
    organisation::join(tx, buyer.id(), user.id(), Kind::Buyer.owner(), now)?;
    link_mail::post(
        tx,
        &LinkMail::to_account(Letter::VerifyEmail, user.email()),
        now,
    )?;
    let (who, id) = (common::who_is(tx, user.id())?, user.id());
    let entry = common::own_act(who, address, "signUp", id.as_str(), now);
    audit::record(tx, &entry)
}
