//! Organisations and memberships in the database.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::{OrganisationId, UserId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::{Fail, Timestamp};

use super::{Kind, Member, Membership, Organisation, Role};

sql! {
    IN_ROLES = "select user_id from membership where organisation_id = $1 and (role = $2 or role = $3) order by created_at, user_id limit $4";
    INSERT = "insert into organisation (id, realm, kind, name, country, version, created_at) values ($1, $2, $3, $4, $5, $6, $7)";
    RENAME = "update organisation set name = $1, version = version + 1 where id = $2 and version = $3";
    BY_ID = "select id, realm, kind, name, country, version, created_at from organisation where id = $1";
    FOR_MEMBER = "select o.id, o.realm, o.kind, o.name, o.country, o.version, o.created_at from organisation o \
                  join membership m on m.organisation_id = o.id where o.id = $1 and m.user_id = $2";
    BY_KIND = "select id, realm, kind, name, country, version, created_at from organisation \
               where kind = $1 and (created_at < $2 or (created_at = $2 and id < $3)) \
               order by created_at desc, id desc limit $4";
    ADD = "insert into membership (organisation_id, user_id, role, created_at) values ($1, $2, $3, $4)";
    ROLE_OF = "select role from membership where organisation_id = $1 and user_id = $2";
    SET_ROLE = "update membership set role = $1 where organisation_id = $2 and user_id = $3 and role = $4";
    REMOVE = "delete from membership where organisation_id = $1 and user_id = $2";
    COUNT_ROLE = "select cast(count(*) as bigint) from membership where organisation_id = $1 and role = $2";
    MEMBERS = "select m.user_id, u.name, u.email, m.role, m.created_at, u.totp_since from membership m \
               join users u on u.id = m.user_id \
               where m.organisation_id = $1 and (m.created_at < $2 or (m.created_at = $2 and m.user_id < $3)) \
               order by m.created_at desc, m.user_id desc limit $4";
    OF_USER = "select o.id, o.realm, o.kind, o.name, o.country, m.role from membership m \
               join organisation o on o.id = m.organisation_id where m.user_id = $1 order by m.created_at, o.id";
}

/// Stores a new organisation.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Tx<'_>, organisation: &Organisation) -> Result<(), Fail> {
    tx.exec_one(
        &INSERT,
        &[
            &organisation.id,
            &organisation.realm,
            &organisation.kind,
            &organisation.name,
            &organisation.country,
            &organisation.version,
            &organisation.created_at,
        ],
    )
}

/// Stores a changed name.
///
/// # Errors
/// [`CHANGED_MEANWHILE`](kernel::fail::CHANGED_MEANWHILE).
pub fn rename(tx: &Tx<'_>, organisation: &mut Organisation) -> Result<(), Fail> {
    tx.exec_one(
        &RENAME,
        &[&organisation.name, &organisation.id, &organisation.version],
    )?;
    organisation.version += 1;
    Ok(())
}

/// Any organisation, for the operator and the marketplace itself.
///
/// # Errors
/// "Not found".
pub fn find_any(tx: &ReadTx<'_>, id: OrganisationId) -> Result<Organisation, Fail> {
    tx.load(&BY_ID, &[&id], organisation)
}

/// An organisation that the person is a member of.
///
/// # Errors
/// "Not found", also when it is somebody else's.
pub fn load_for_member(
    tx: &ReadTx<'_>,
    user: UserId,
    id: OrganisationId,
) -> Result<Organisation, Fail> {
    tx.load(&FOR_MEMBER, &[&id, &user], organisation)
}

/// All organisations of a kind for the operator, newest first.
///
/// # Errors
/// The database's.
pub fn list_of_kind(
    tx: &ReadTx<'_>,
    kind: Kind,
    request: &PageRequest,
) -> Result<Page<Organisation>, Fail> {
    let rows = tx.many(
        &BY_KIND,
        &[
            &kind,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        organisation,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.created_at,
        id: row.id.to_string(),
    }))
}

/// The members of an organisation, newest first.
///
/// # Errors
/// The database's.
pub fn list_members(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    request: &PageRequest,
) -> Result<Page<Member>, Fail> {
    let rows = tx.many(
        &MEMBERS,
        &[
            &organisation,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        |row| {
            Ok(Member {
                user: row.take()?,
                name: row.take()?,
                email: row.take()?,
                role: row.take()?,
                since: row.take()?,
                has_totp: row.take::<Option<Timestamp>>()?.is_some(),
            })
        },
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.since,
        id: row.user.to_string(),
    }))
}

/// The organisations of a person, oldest membership first.
///
/// # Errors
/// The database's.
pub fn memberships_of(tx: &ReadTx<'_>, user: UserId) -> Result<Vec<Membership>, Fail> {
    tx.many(&OF_USER, &[&user], |row| {
        Ok(Membership {
            organisation: row.take()?,
            realm: row.take()?,
            kind: row.take()?,
            name: row.take()?,
            country: row.take()?,
            role: row.take()?,
        })
    })
}

pub(super) fn add(
    tx: &Tx<'_>,
    organisation: OrganisationId,
    user: UserId,
    role: Role,
    now: Timestamp,
) -> Result<(), Fail> {
    tx.exec_one(&ADD, &[&organisation, &user, &role, &now])
}

pub(super) fn role_of(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    user: UserId,
) -> Result<Option<Role>, Fail> {
    tx.one(&ROLE_OF, &[&organisation, &user], |row| row.take())
}

pub(super) fn set_role(
    tx: &Tx<'_>,
    organisation: OrganisationId,
    user: UserId,
    before: Role,
    after: Role,
) -> Result<(), Fail> {
    tx.exec_one(&SET_ROLE, &[&after, &organisation, &user, &before])
}

pub(super) fn remove(tx: &Tx<'_>, organisation: OrganisationId, user: UserId) -> Result<(), Fail> {
    tx.exec_one(&REMOVE, &[&organisation, &user])
}

pub(super) fn count_role(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    role: Role,
) -> Result<i64, Fail> {
    tx.load(&COUNT_ROLE, &[&organisation, &role], |row| row.take())
}

fn organisation(row: &Row<'_>) -> Result<Organisation, Fail> {
    Ok(Organisation {
        id: row.take()?,
        realm: row.take()?,
        kind: row.take()?,
        name: row.take()?,
        country: row.take()?,
        version: row.take()?,
        created_at: row.take()?,
    })
}

/// Members with one of two roles, oldest first: who hears of a fact.
///
/// # Errors
/// The database's.
pub fn members_in_roles(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    [first, second]: [Role; 2],
    limit: u32,
) -> Result<Vec<UserId>, Fail> {
    tx.many(
        &IN_ROLES,
        &[&organisation, &first, &second, &limit],
        |row| row.take(),
    )
}
