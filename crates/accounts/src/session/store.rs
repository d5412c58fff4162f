//! Sessions in the database.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::{OrganisationId, UserId};
use kernel::policy::Accounts;
use kernel::{Fail, Secret, Timestamp};

use super::model::PENDING_MINUTES;
use super::{Session, Visitor};
use crate::token::{self, TokenHash};
use crate::user::User;

/// Sessions in a person's list at most.
const MAX_LISTED: i64 = 100;
/// Expired sessions removed at once.
const SWEEP: i64 = 500;

sql! {
    INSERT = "insert into session (token_hash, user_id, buyer_id, seller_id, created_at, last_seen_at, expires_at, \
              step_up_at, totp_pending, address, agent) values ($1, $2, null, null, $3, $3, $4, $5, $6, $7, $8)";
    WITH_USER = "select s.token_hash, s.user_id, s.buyer_id, s.seller_id, s.created_at, s.last_seen_at, s.expires_at, \
                 s.step_up_at, s.totp_pending, s.address, s.agent, u.email, u.name, u.country, u.language, u.totp_since, \
                 u.email_verified_at from session s join users u on u.id = s.user_id where s.token_hash = $1";
    OF_USER = "select token_hash, user_id, buyer_id, seller_id, created_at, last_seen_at, expires_at, step_up_at, \
               totp_pending, address, agent from session where user_id = $1 and totp_pending = 0 and expires_at > $2 \
               order by last_seen_at desc, token_hash limit $3";
    COMPLETE = "update session set token_hash = $1, totp_pending = 0, step_up_at = $2, last_seen_at = $2, expires_at = $3 \
                where token_hash = $4 and totp_pending = 1";
    STEP_UP = "update session set step_up_at = $1 where token_hash = $2 and user_id = $3 and totp_pending = 0";
    TOUCH = "update session set last_seen_at = $1 where token_hash = $2";
    CHOOSE_BUYER = "update session set buyer_id = $1 where token_hash = $2 and user_id = $3";
    CHOOSE_SELLER = "update session set seller_id = $1 where token_hash = $2 and user_id = $3";
    END = "delete from session where token_hash = $1 and user_id = $2";
    END_ALL = "delete from session where user_id = $1 and token_hash <> $2";
    SWEEP_EXPIRED = "delete from session where token_hash in \
                     (select token_hash from session where expires_at <= $1 order by expires_at limit $2)";
}

/// Opens a session for a person whose password was right and is unchanged, or
/// who came by a mailed link, and gives the token for the cookie. When the
/// person uses two-step verification, the session waits for
/// [`complete_totp`]; otherwise the sign-in counts as a fresh proof of identity.
///
/// # Errors
/// The database's.
pub fn open(
    tx: &Tx<'_>,
    user: &User,
    visitor: &Visitor<'_>,
    policy: &Accounts,
    now: Timestamp,
) -> Result<Secret<String>, Fail> {
    let (token, hash) = token::fresh();
    let pending = user.has_totp();
    let (expires_at, step_up_at) = if pending {
        (now.plus_seconds(PENDING_MINUTES * 60), None)
    } else {
        (end_of(policy, now), Some(now))
    };
    tx.exec_one(
        &INSERT,
        &[
            &hash,
            &user.id(),
            &now,
            &expires_at,
            &step_up_at,
            &pending,
            &visitor.kept_address(),
            &visitor.kept_agent(),
        ],
    )?;
    Ok(token)
}

/// Ends the wait for the second step, after
/// [`check_totp`](crate::user::check_totp) said yes in the same transaction.
/// The session goes on under a new token; the old one is worth nothing.
///
/// # Errors
/// [`CHANGED_MEANWHILE`](kernel::fail::CHANGED_MEANWHILE) when the session
/// isn't waiting any more.
pub fn complete_totp(
    tx: &Tx<'_>,
    waiting: &TokenHash,
    policy: &Accounts,
    now: Timestamp,
) -> Result<Secret<String>, Fail> {
    let (token, hash) = token::fresh();
    tx.exec_one(&COMPLETE, &[&hash, &now, &end_of(policy, now), waiting])?;
    Ok(token)
}

fn end_of(policy: &Accounts, now: Timestamp) -> Timestamp {
    now.plus_seconds(i64::from(policy.session_days) * 86_400)
}

/// Notes a fresh proof of identity (password or code, checked by the caller).
///
/// # Errors
/// [`CHANGED_MEANWHILE`](kernel::fail::CHANGED_MEANWHILE) when the session ended.
pub fn step_up(tx: &Tx<'_>, user: UserId, session: &TokenHash, now: Timestamp) -> Result<(), Fail> {
    tx.exec_one(&STEP_UP, &[&now, session, &user])
}

/// Notes the use of a session; ask [`Session::wants_touch`] first. A session
/// that ended meanwhile is left alone.
///
/// # Errors
/// The database's.
pub fn touch(tx: &Tx<'_>, session: &TokenHash, now: Timestamp) -> Result<(), Fail> {
    tx.exec(&TOUCH, &[&now, session])?;
    Ok(())
}

/// A person's open sessions, last used first, at most 100.
///
/// # Errors
/// The database's.
pub fn list(
    tx: &ReadTx<'_>,
    user: UserId,
    policy: &Accounts,
    now: Timestamp,
) -> Result<Vec<Session>, Fail> {
    let mut sessions = tx.many(&OF_USER, &[&user, &now, &MAX_LISTED], session)?;
    sessions.retain(|session| session.lives(now, policy));
    Ok(sessions)
}

/// Ends one of a person's sessions: signing out, here or elsewhere.
///
/// # Errors
/// "Not found" when the person has no such session.
pub fn end(tx: &Tx<'_>, user: UserId, session: &TokenHash) -> Result<(), Fail> {
    match tx.exec(&END, &[session, &user])? {
        0 => Err(Fail::not_found()),
        _ => Ok(()),
    }
}

/// Ends all of a person's sessions, those that wait for a code included; all
/// but `keep` when given. Returns how many ended.
///
/// # Errors
/// The database's.
pub fn end_all(tx: &Tx<'_>, user: UserId, keep: Option<&TokenHash>) -> Result<u64, Fail> {
    let keep = keep.map_or("", TokenHash::as_str);
    tx.exec(&END_ALL, &[&user, &keep])
}

/// Removes a batch of expired sessions; call again while it returns some.
///
/// # Errors
/// The database's.
pub fn sweep(tx: &Tx<'_>, now: Timestamp) -> Result<u64, Fail> {
    tx.exec(&SWEEP_EXPIRED, &[&now, &SWEEP])
}

/// What a request needs to know about the person, beside the session.
pub(crate) struct SessionUser {
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) country: crate::Country,
    pub(crate) language: crate::user::Language,
    pub(crate) has_totp: bool,
    pub(crate) email_verified: bool,
}

pub(crate) fn find_with_user(
    tx: &ReadTx<'_>,
    token_hash: &TokenHash,
) -> Result<Option<(Session, SessionUser)>, Fail> {
    tx.one(&WITH_USER, &[token_hash], |row| {
        let session = session(row)?;
        let user = SessionUser {
            email: row.take()?,
            name: row.take()?,
            country: row.take()?,
            language: row.take()?,
            has_totp: row.take::<Option<Timestamp>>()?.is_some(),
            email_verified: row.take::<Option<Timestamp>>()?.is_some(),
        };
        Ok((session, user))
    })
}

pub(crate) fn choose_buyer(
    tx: &Tx<'_>,
    user: UserId,
    session: &TokenHash,
    buyer: OrganisationId,
) -> Result<(), Fail> {
    tx.exec_one(&CHOOSE_BUYER, &[&buyer, session, &user])
}

pub(crate) fn choose_seller(
    tx: &Tx<'_>,
    user: UserId,
    session: &TokenHash,
    seller: OrganisationId,
) -> Result<(), Fail> {
    tx.exec_one(&CHOOSE_SELLER, &[&seller, session, &user])
}

fn session(row: &Row<'_>) -> Result<Session, Fail> {
    Ok(Session {
        token_hash: row.take()?,
        user: row.take()?,
        buyer: row.take()?,
        seller: row.take()?,
        created_at: row.take()?,
        last_seen_at: row.take()?,
        expires_at: row.take()?,
        step_up_at: row.take()?,
        totp_pending: row.take()?,
        address: row.take()?,
        agent: row.take()?,
    })
}
