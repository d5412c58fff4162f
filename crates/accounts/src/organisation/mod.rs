//! An organisation and its members: a buyer's, a seller's or the operator's.
//!
//! Invariants:
//! - a member's role belongs to the kind of the organisation;
//! - an organisation keeps at least one owner (the operator's: administrator);
//! - what a role may do stands in one table, [`may`], and nowhere else.
//!
//! Changed by members with the right [`Right::ManageMembers`]. An invited person
//! joins through a mailed link, see `one_time_link`.

mod members;
mod model;
mod rights;
mod store;

pub use members::{ALREADY_MEMBER, LAST_OWNER, change_role, join, remove_member, role_for};
pub use model::{Kind, Member, Membership, Organisation, Role};
pub use rights::{Right, may, rights_table};
pub use store::{
    find_any, insert, list_members, list_of_kind, load_for_member, members_in_roles,
    memberships_of, rename,
};
