//! What several use cases of accounts share.

use std::net::IpAddr;

use accounts::actor::Signed;
use accounts::attempt::{self, Action, Limit};
use accounts::one_time_link::{self, Link, Purpose};
use accounts::organisation::{self, Kind, Membership};
use accounts::session::Visitor;
use accounts::token::TokenHash;
use accounts::user::{self, Person, PersonForm, User};
use db::audit::{self, Entry};
use db::{ReadTx, Tx};
use kernel::id::UserId;
use kernel::policy::Accounts;
use kernel::prelude::*;
use kernel::who::Side;
use tokio::sync::Semaphore;

use crate::App;

kernel::codes! {
    /// The present password isn't right.
    Invalid PASSWORD_WRONG = "password-wrong";
}

/// Hashes made at once: each takes 19 MiB, so a flood of sign-ins must queue.
static HASHING: Semaphore = Semaphore::const_new(2);
/// People who may share one network address, as an office or a school does.
const SHARING: u32 = 10;

/// What somebody who came by a mailed link types to get an account. The address
/// is the link's.
#[derive(Debug, Clone)]
pub struct NewcomerForm {
    /// Name.
    pub name: String,
    /// Two letters of the country.
    pub country: String,
    /// Stored name of the language.
    pub language: String,
    /// Password wanted.
    pub password: Secret<String>,
}

impl NewcomerForm {
    /// Checks everything at once.
    pub(super) fn check(&self, email: &str, rules: &Accounts) -> Result<Person, Fail> {
        let form = PersonForm {
            email,
            name: &self.name,
            country: &self.country,
            language: &self.language,
            mobile: "",
        };
        check_newcomer(&form, &self.password, rules)
    }
}

/// Checks what a newcomer types, password included.
pub(super) fn check_newcomer(
    form: &PersonForm<'_>,
    password: &Secret<String>,
    rules: &Accounts,
) -> Result<Person, Fail> {
    let mut fields = Fields::new();
    let person = Person::check(&mut fields, form);
    let own = [form.email, form.name];
    user::check_password(&mut fields, "password", password, &own, rules);
    fields.check()?;
    person.ok_or_else(|| Fail::bug("a form without trouble gave no person"))
}

/// Checks a password that replaces another.
pub(super) fn check_new_password(
    password: &Secret<String>,
    own: &[&str],
    rules: &Accounts,
) -> Result<(), Fail> {
    let mut fields = Fields::new();
    user::check_password(&mut fields, "new_password", password, own, rules);
    fields.check()
}

/// The hash of a new password.
pub(super) async fn hashed(password: &Secret<String>) -> Result<Secret<String>, Fail> {
    let _turn = HASHING.acquire().await.map_err(Fail::bug)?;
    let password = password.clone();
    tokio::task::spawn_blocking(move || user::hash_password(&password))
        .await
        .map_err(Fail::bug)?
}

/// The stored hash when the password is its own; `None` when it isn't, after the
/// same time, also when there is nothing stored.
pub(super) async fn proved(
    stored: Option<Secret<String>>,
    given: &Secret<String>,
) -> Result<Option<Secret<String>>, Fail> {
    let _turn = HASHING.acquire().await.map_err(Fail::bug)?;
    let given = given.clone();
    tokio::task::spawn_blocking(move || {
        let right = user::verify_password(stored.as_ref(), &given);
        stored.filter(|_| right)
    })
    .await
    .map_err(Fail::bug)
}

/// A [`Visitor`] that a step can keep.
#[derive(Clone)]
pub(super) struct Guest {
    pub(super) address: String,
    agent: String,
}

impl Guest {
    pub(super) fn of(visitor: &Visitor<'_>) -> Self {
        Self {
            address: visitor.address.to_owned(),
            agent: visitor.agent.to_owned(),
        }
    }
    pub(super) fn visitor(&self) -> Visitor<'_> {
        Visitor {
            address: &self.address,
            agent: &self.agent,
        }
    }
}

/// A signed-in person, as a step and the audit trail need them.
#[derive(Clone)]
pub(super) struct Oneself {
    pub(super) user: UserId,
    pub(super) session: TokenHash,
    pub(super) who: Who,
    address: String,
}

impl From<&Signed> for Oneself {
    fn from(signed: &Signed) -> Self {
        Self {
            user: signed.user(),
            session: signed.session().token_hash().clone(),
            who: who(signed.user(), signed.memberships()),
            address: signed.address().to_owned(),
        }
    }
}

impl Oneself {
    /// Records an act on the own account.
    pub(super) fn record(&self, tx: &Tx<'_>, operation: &str, at: Timestamp) -> Result<(), Fail> {
        let entry = own_act(self.who, &self.address, operation, self.user.as_str(), at);
        audit::record(tx, &entry)
    }
    /// Where the request comes from.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

/// A person, on the side that carries most: what they do to their own account
/// belongs to no organisation.
pub(super) fn who(user: UserId, memberships: &[Membership]) -> Who {
    let on = |kind: Kind| memberships.iter().any(|one| one.kind() == kind);
    let side = if on(Kind::Operator) {
        Side::Operator
    } else if on(Kind::Seller) {
        Side::Seller
    } else {
        Side::Buyer
    };
    Who::person(side, user)
}

/// As [`who`], for somebody who isn't signed in yet.
pub(super) fn who_is(tx: &ReadTx<'_>, user: UserId) -> Result<Who, Fail> {
    Ok(who(user, &organisation::memberships_of(tx, user)?))
}

/// The record of an act on an account.
pub(super) fn own_act<'a>(
    who: Who,
    address: &'a str,
    operation: &'a str,
    subject: &'a str,
    at: Timestamp,
) -> Entry<'a> {
    Entry {
        at,
        who,
        organisation: None,
        address,
        operation,
        subject,
        outcome: "done",
        detail: "",
    }
}

/// Makes the account of somebody who can read mail at the address.
pub(super) fn register_verified(
    tx: &Tx<'_>,
    person: &Person,
    hash: &Secret<String>,
    now: Timestamp,
) -> Result<User, Fail> {
    let mut user = User::register(person.clone(), Some(hash.clone()), now);
    user.verify_email(now);
    user::insert(tx, &user)?;
    Ok(user)
}

/// Attempts to count, with their subjects.
pub(super) type Attempts = Vec<(Action, String, Limit)>;

/// An attempt that many people behind one network address may make.
pub(super) fn from_address(
    action: Action,
    address: &str,
    rules: &Accounts,
) -> (Action, String, Limit) {
    let attempts = rules.sign_in_attempts.saturating_mul(SHARING);
    (action, network(address), Limit::of(attempts, rules))
}

/// An attempt at a secret of one account.
pub(super) fn at_secret(
    action: Action,
    subject: &str,
    rules: &Accounts,
) -> (Action, String, Limit) {
    let limit = Limit::of(rules.sign_in_attempts, rules);
    (action, subject.to_owned(), limit)
}

/// A mail to one address.
pub(super) fn mail_to(
    action: Action,
    email: &user::Email,
    rules: &Accounts,
) -> (Action, String, Limit) {
    let limit = Limit::of(rules.mail_attempts, rules);
    (action, email.lower().to_owned(), limit)
}

/// What one subscriber has: an address of IPv4, a network of 64 bits of IPv6.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
        _ => address.to_owned(),
    }
}

impl App {
    /// The rules for accounts in force; a demo's operators need no second factor.
    pub(crate) async fn account_rules(&self) -> Result<Accounts, Fail> {
        let mut rules = self.policy().await?.accounts.clone();
        rules.operators_need_totp &= !self.site.demo;
        Ok(rules)
    }

    /// Counts attempts in a transaction of their own, before what is attempted.
    pub(super) async fn count_attempts(&self, attempts: Attempts) -> Result<(), Fail> {
        let now = self.now();
        self.step(move |tx| {
            for (action, subject, limit) in &attempts {
                attempt::allow(tx, *action, subject, *limit, now)?;
            }
            Ok(())
        })
        .await
    }

    /// Records that somebody was refused, and gives the refusal.
    pub(super) async fn refused(
        &self,
        who: Who,
        address: &str,
        operation: &'static str,
        subject: &str,
        fail: Fail,
    ) -> Fail {
        let (now, address, subject) = (self.now(), address.to_owned(), subject.to_owned());
        let code = refusal(&fail);
        let recorded = self
            .step(move |tx| {
                let done = own_act(who, &address, operation, &subject, now);
                let entry = Entry {
                    outcome: code,
                    ..done
                };
                audit::record(tx, &entry)
            })
            .await;
        recorded.err().unwrap_or(fail)
    }

    /// Looks at a mailed link, for the page that it opens; the link stays good.
    ///
    /// # Errors
    /// [`LINK_NOT_VALID`](one_time_link::LINK_NOT_VALID).
    pub async fn look_at_link(
        &self,
        token: &Secret<String>,
        purpose: Purpose,
    ) -> Result<Link, Fail> {
        let (hash, now) = (TokenHash::of(token.reveal()), self.now());
        self.db
            .read(move |tx| one_time_link::look(tx, &hash, purpose, now))
            .await
    }
}

/// The code that says most: that of the field when there is one.
fn refusal(fail: &Fail) -> &'static str {
    fail.field_errors()
        .first()
        .map_or(fail.code().key, |field| field.code.key)
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn one_subscriber_of_ipv6_counts_as_one() {
        assert_eq!(network("2001:db8:1:2:3::9"), network("2001:db8:1:2:ffff::"));
        assert_ne!(network("2001:db8:1:2::9"), network("2001:db8:1:3::9"));
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_ne!(network("::ffff:192.0.2.7"), network("::ffff:192.0.2.8"));
    }
}
