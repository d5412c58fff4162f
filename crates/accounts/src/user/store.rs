//! Users in the database.

use db::{ReadTx, Row, Tx, sql, unique_violation};
use kernel::id::UserId;
use kernel::{Fail, Secret, codes};

use super::model::Person;
use super::{Email, User};

codes! {
    /// An account with this address exists. Never shown by sign-up, which must
    /// not tell strangers who has an account.
    Invalid EMAIL_TAKEN = "email-taken";
}

sql! {
    INSERT = "insert into users (id, email, email_lower, name, country, language, password_hash, password_changed_at, \
              totp_secret, totp_since, totp_last_step, email_verified_at, mobile, version, created_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    UPDATE = "update users set name = $1, language = $2, mobile = $3, password_hash = $4, password_changed_at = $5, \
              totp_secret = $6, totp_since = $7, totp_last_step = $8, email_verified_at = $9, version = version + 1 \
              where id = $10 and version = $11";
    BY_ID = "select id, email, email_lower, name, country, language, mobile, password_hash, password_changed_at, \
             totp_secret, totp_since, totp_last_step, email_verified_at, version, created_at from users where id = $1";
    BY_EMAIL = "select id, email, email_lower, name, country, language, mobile, password_hash, password_changed_at, \
                totp_secret, totp_since, totp_last_step, email_verified_at, version, created_at from users where email_lower = $1";
}

/// The user of an id that came from a session, a membership or an operator's
/// list. Users belong to no tenant; who may look is the caller's rule.
///
/// # Errors
/// The database's.
pub fn find(tx: &ReadTx<'_>, id: UserId) -> Result<Option<User>, Fail> {
    tx.one(&BY_ID, &[&id], user)
}

/// As [`find`], for an id that must be there.
///
/// # Errors
/// "Not found" when it isn't.
pub fn load(tx: &ReadTx<'_>, id: UserId) -> Result<User, Fail> {
    tx.load(&BY_ID, &[&id], user)
}

/// The user of an address, whatever its letter case.
///
/// # Errors
/// The database's.
pub fn find_by_email(tx: &ReadTx<'_>, email: &Email) -> Result<Option<User>, Fail> {
    tx.one(&BY_EMAIL, &[&email.lower()], user)
}

/// Stores a new user.
///
/// # Errors
/// [`EMAIL_TAKEN`] at `email`. The transaction is then lost, so look with
/// [`find_by_email`] first where an existing account is no error.
pub fn insert(tx: &Tx<'_>, user: &User) -> Result<(), Fail> {
    let person = &user.person;
    tx.exec_one(
        &INSERT,
        &[
            &user.id,
            &person.email.as_str(),
            &person.email.lower(),
            &person.name,
            &person.country,
            &person.language,
            &hash(user),
            &user.password_changed_at,
            &user.totp_secret,
            &user.totp_since,
            &user.totp_last_step,
            &user.email_verified_at,
            &person.mobile,
            &user.version,
            &user.created_at,
        ],
    )
    .map_err(|fail| match unique_violation(&fail) {
        Some("users__email_lower") => Fail::field("email", EMAIL_TAKEN),
        _ => fail,
    })
}

/// Stores a changed user. A new password goes through
/// [`change_password`](super::change_password), which also ends sessions.
///
/// # Errors
/// [`CHANGED_MEANWHILE`](kernel::fail::CHANGED_MEANWHILE) when somebody else
/// saved since it was read.
pub fn save(tx: &Tx<'_>, user: &mut User) -> Result<(), Fail> {
    tx.exec_one(
        &UPDATE,
        &[
            &user.person.name,
            &user.person.language,
            &user.person.mobile,
            &hash(user),
            &user.password_changed_at,
            &user.totp_secret,
            &user.totp_since,
            &user.totp_last_step,
            &user.email_verified_at,
            &user.id,
            &user.version,
        ],
    )?;
    user.version += 1;
    Ok(())
}

fn hash(user: &User) -> Option<&str> {
    user.password_hash
        .as_ref()
        .map(|hash| hash.reveal().as_str())
}

fn user(row: &Row<'_>) -> Result<User, Fail> {
    Ok(User {
        id: row.take()?,
        person: Person {
            email: Email::stored(row.take()?, row.take()?),
            name: row.take()?,
            country: row.take()?,
            language: row.take()?,
            mobile: row.take()?,
        },
        password_hash: row.take::<Option<String>>()?.map(Secret::new),
        password_changed_at: row.take()?,
        totp_secret: row.take()?,
        totp_since: row.take()?,
        totp_last_step: row.take()?,
        email_verified_at: row.take()?,
        version: row.take()?,
        created_at: row.take()?,
    })
}
