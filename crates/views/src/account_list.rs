//! The operator's list of organisations and one organisation's page.

use accounts::organisation::{Kind, Role};
use db::{ReadTx, Row, sql};
use kernel::id::{OrganisationId, UserId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

/// An organisation.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// Its id.
    pub organisation: OrganisationId,
    /// What sort.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its country, ISO 3166.
    pub country: String,
    /// Its world.
    pub realm: Realm,
    /// When it was made.
    pub created_at: Timestamp,
    /// E-mail of its oldest member.
    pub email: String,
}

/// A member of an organisation.
#[derive(Debug, Clone)]
pub struct MemberRow {
    /// The person.
    pub user: UserId,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Whether the address is verified.
    pub verified: bool,
    /// Whether two-step verification is on.
    pub two_step: bool,
    /// Member since.
    pub since: Timestamp,
}

sql! {
    LIST = "select o.id, o.kind, o.name, o.country, o.realm, o.created_at, \
            coalesce((select u.email from membership m join users u on u.id = m.user_id where m.organisation_id = o.id order by m.created_at, u.id limit 1), '') \
            from organisation o where (o.kind = $1 or $1 = '') \
            and (lower(o.name) like $2 or exists (select 1 from membership m join users u on u.id = m.user_id \
                 where m.organisation_id = o.id and u.email_lower like $2)) \
            and (o.created_at < $3 or (o.created_at = $3 and o.id < $4)) order by o.created_at desc, o.id desc limit $5";
    ONE = "select o.id, o.kind, o.name, o.country, o.realm, o.created_at, \
           coalesce((select u.email from membership m join users u on u.id = m.user_id where m.organisation_id = o.id order by m.created_at, u.id limit 1), '') \
           from organisation o where o.id = $1";
    MEMBERS = "select u.id, u.name, u.email, m.role, u.email_verified_at, u.totp_since, m.created_at \
               from membership m join users u on u.id = m.user_id where m.organisation_id = $1 order by m.created_at, u.id limit 200";
}

fn read(row: &Row<'_>) -> Result<AccountRow, Fail> {
    Ok(AccountRow {
        organisation: row.take()?,
        kind: row.take()?,
        name: row.take()?,
        country: row.take()?,
        realm: row.take()?,
        created_at: row.take()?,
        email: row.take()?,
    })
}

/// Organisations, newest first; `search` looks at names and members' addresses.
///
/// # Errors
/// The database's.
pub fn load(
    tx: &ReadTx<'_>,
    kind: Option<Kind>,
    search: &str,
    request: &PageRequest,
) -> Result<Page<AccountRow>, Fail> {
    let kind = kind.map_or("", Kind::name);
    let plain: String = search
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '%' | '_'))
        .collect();
    let pattern = format!("%{plain}%");
    let rows = tx.many(
        &LIST,
        &[
            &kind,
            &pattern,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        read,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.created_at,
        id: row.organisation.to_string(),
    }))
}

/// One organisation, for operators.
///
/// # Errors
/// "Not found".
pub fn one(tx: &ReadTx<'_>, id: OrganisationId) -> Result<AccountRow, Fail> {
    tx.load(&ONE, &[&id], read)
}

/// Members of an organisation, oldest first. The caller belongs to it, or is
/// an operator.
///
/// # Errors
/// The database's.
pub fn members(tx: &ReadTx<'_>, organisation: OrganisationId) -> Result<Vec<MemberRow>, Fail> {
    tx.many(&MEMBERS, &[&organisation], |row| {
        let (user, name, email, role) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let (verified, two_step): (Option<Timestamp>, Option<Timestamp>) =
            (row.take()?, row.take()?);
        Ok(MemberRow {
            user,
            name,
            email,
            role,
            verified: verified.is_some(),
            two_step: two_step.is_some(),
            since: row.take()?,
        })
    })
}
