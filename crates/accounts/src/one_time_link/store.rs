//! Mailed links in the database.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::{OrganisationId, UserId};
use kernel::policy::Accounts;
use kernel::{Fail, Secret, Timestamp};

use super::{LINK_NOT_VALID, Link, NewLink, Purpose};
use crate::token::{self, TokenHash};

/// Open invitations in a list at most.
const MAX_LISTED: i64 = 100;
/// Links removed at once.
const SWEEP: i64 = 500;

sql! {
    INSERT = "insert into one_time_link (token_hash, purpose, email, user_id, organisation_id, role, created_at, expires_at, used_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, null)";
    OPEN = "select token_hash, purpose, email, user_id, organisation_id, role, created_at, expires_at from one_time_link \
            where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3";
    USE = "update one_time_link set used_at = $1 \
           where token_hash = $2 and purpose = $3 and used_at is null and expires_at > $1";
    INVITATIONS = "select token_hash, purpose, email, user_id, organisation_id, role, created_at, expires_at from one_time_link \
                   where organisation_id = $1 and purpose = $2 and used_at is null and expires_at > $3 \
                   order by created_at desc, token_hash limit $4";
    WITHDRAW = "update one_time_link set used_at = $1 \
                where token_hash = $2 and organisation_id = $3 and purpose = $4 and used_at is null";
    VOID = "update one_time_link set used_at = $1 where user_id = $2 and purpose = $3 and used_at is null";
    SWEEP_EXPIRED = "delete from one_time_link where token_hash in \
                     (select token_hash from one_time_link where expires_at <= $1 order by expires_at limit $2)";
}

/// Makes a link that works for the policy's hours and gives its token, for the
/// mail and nothing else.
///
/// # Errors
/// The database's.
pub fn issue(
    tx: &Tx<'_>,
    link: &NewLink<'_>,
    policy: &Accounts,
    now: Timestamp,
) -> Result<Secret<String>, Fail> {
    let (token, hash) = token::fresh();
    let expires_at = now.plus_seconds(i64::from(policy.link_hours) * 3_600);
    tx.exec_one(
        &INSERT,
        &[
            &hash,
            &link.purpose,
            &link.email.as_str(),
            &link.user,
            &link.seat.map(|(organisation, _)| organisation),
            &link.seat.map(|(_, role)| role),
            &now,
            &expires_at,
        ],
    )?;
    Ok(token)
}

/// Looks at a link that works, for the page that it opens.
///
/// # Errors
/// [`LINK_NOT_VALID`].
pub fn look(
    tx: &ReadTx<'_>,
    token_hash: &TokenHash,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Link, Fail> {
    tx.one(&OPEN, &[token_hash, &purpose, &now], link)?
        .ok_or_else(|| Fail::new(LINK_NOT_VALID))
}

/// Uses a link up.
///
/// # Errors
/// [`LINK_NOT_VALID`].
pub fn consume(
    tx: &Tx<'_>,
    token_hash: &TokenHash,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Link, Fail> {
    let link = look(tx, token_hash, purpose, now)?;
    match tx.exec(&USE, &[&now, token_hash, &purpose])? {
        1 => Ok(link),
        _ => Err(Fail::new(LINK_NOT_VALID)),
    }
}

/// Open invitations to an organisation, newest first, at most 100.
///
/// # Errors
/// The database's.
pub fn invitations(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<Vec<Link>, Fail> {
    tx.many(
        &INVITATIONS,
        &[&organisation, &Purpose::Invite, &now, &MAX_LISTED],
        link,
    )
}

/// Withdraws an organisation's invitation.
///
/// # Errors
/// "Not found" when it has no such open invitation.
pub fn withdraw(
    tx: &Tx<'_>,
    organisation: OrganisationId,
    invitation: &TokenHash,
    now: Timestamp,
) -> Result<(), Fail> {
    match tx.exec(
        &WITHDRAW,
        &[&now, invitation, &organisation, &Purpose::Invite],
    )? {
        0 => Err(Fail::not_found()),
        _ => Ok(()),
    }
}

/// Voids every link that could set a person's password.
/// [`change_password`](crate::user::change_password) calls it.
///
/// # Errors
/// The database's.
pub(crate) fn void_password_links(tx: &Tx<'_>, user: UserId, now: Timestamp) -> Result<(), Fail> {
    tx.exec(&VOID, &[&now, &user, &Purpose::ResetPassword])?;
    Ok(())
}

/// Removes a batch of links past their end; call again while it returns some.
///
/// # Errors
/// The database's.
pub fn sweep(tx: &Tx<'_>, now: Timestamp) -> Result<u64, Fail> {
    tx.exec(&SWEEP_EXPIRED, &[&now, &SWEEP])
}

fn link(row: &Row<'_>) -> Result<Link, Fail> {
    Ok(Link {
        token_hash: row.take()?,
        purpose: row.take()?,
        email: row.take()?,
        user: row.take()?,
        organisation: row.take()?,
        role: row.take()?,
        created_at: row.take()?,
        expires_at: row.take()?,
    })
}
