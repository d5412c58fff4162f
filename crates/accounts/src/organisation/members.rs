//! Joining, changing and leaving.

use db::Tx;
use kernel::fail::FIELD_UNKNOWN_CHOICE;
use kernel::id::{OrganisationId, UserId};
use kernel::{Fail, Timestamp, codes};

use super::store;
use super::{Kind, Role};

codes! {
    /// The last owner can't leave or become something else.
    Conflict LAST_OWNER = "last-owner";
    /// The person is a member already.
    Conflict ALREADY_MEMBER = "already-member";
}

/// A role as chosen in a form of an organisation of this kind.
///
/// # Errors
/// `field-unknown-choice` at `role` for unknown roles and those of other kinds.
pub fn role_for(kind: Kind, name: &str) -> Result<Role, Fail> {
    match Role::from_name(name) {
        Some(role) if role.kind() == kind => Ok(role),
        _ => Err(Fail::field("role", FIELD_UNKNOWN_CHOICE)),
    }
}

/// Makes a person a member.
///
/// # Errors
/// [`ALREADY_MEMBER`]; `field-unknown-choice` at `role` when it belongs to
/// another kind; "not found" for an unknown organisation.
pub fn join(
    tx: &Tx<'_>,
    organisation: OrganisationId,
    user: UserId,
    role: Role,
    now: Timestamp,
) -> Result<(), Fail> {
    require_kind(tx, organisation, role)?;
    if store::role_of(tx, organisation, user)?.is_some() {
        return Err(Fail::new(ALREADY_MEMBER));
    }
    store::add(tx, organisation, user, role, now)
}

/// Gives a member another role; it holds from the member's next request on.
///
/// # Errors
/// [`LAST_OWNER`]; `field-unknown-choice` at `role`; "not found" for somebody
/// who is no member of this organisation.
pub fn change_role(
    tx: &Tx<'_>,
    organisation: OrganisationId,
    user: UserId,
    role: Role,
) -> Result<(), Fail> {
    require_kind(tx, organisation, role)?;
    let before = require_member(tx, organisation, user)?;
    if before != role {
        require_other_owner(tx, organisation, before)?;
        store::set_role(tx, organisation, user, before, role)?;
    }
    Ok(())
}

/// Ends a membership; the person's account stays.
///
/// # Errors
/// [`LAST_OWNER`]; "not found" for somebody who is no member.
pub fn remove_member(tx: &Tx<'_>, organisation: OrganisationId, user: UserId) -> Result<(), Fail> {
    let role = require_member(tx, organisation, user)?;
    require_other_owner(tx, organisation, role)?;
    store::remove(tx, organisation, user)
}

fn require_kind(tx: &Tx<'_>, organisation: OrganisationId, role: Role) -> Result<(), Fail> {
    let kind = store::find_any(tx, organisation)?.kind();
    if role.kind() == kind {
        Ok(())
    } else {
        Err(Fail::field("role", FIELD_UNKNOWN_CHOICE))
    }
}

fn require_member(tx: &Tx<'_>, organisation: OrganisationId, user: UserId) -> Result<Role, Fail> {
    store::role_of(tx, organisation, user)?.ok_or_else(Fail::not_found)
}

fn require_other_owner(
    tx: &Tx<'_>,
    organisation: OrganisationId,
    leaving: Role,
) -> Result<(), Fail> {
    let is_owner = leaving == leaving.kind().owner();
    if is_owner && store::count_role(tx, organisation, leaving)? < 2 {
        return Err(Fail::new(LAST_OWNER));
    }
    Ok(())
}
