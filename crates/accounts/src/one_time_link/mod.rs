//! Mailed links that work once: to confirm an address, to set a new password,
//! to join an organisation, to become the operator's staff.
//!
//! Invariants:
//! - the mail holds a random token of 256 bits, the database its SHA-256;
//! - a link works once, until its end, and for its one purpose; a link that
//!   doesn't work never says why;
//! - looking at a link doesn't use it up: mail scanners follow links, so only a
//!   form that a person sends may [`consume`] one.
//!
//! Made and used by flows; withdrawn by members with the right to manage members.

mod model;
mod store;

pub use model::{LINK_NOT_VALID, Link, NewLink, Purpose};
pub use store::{consume, invitations, issue, look, sweep, withdraw};

pub(crate) use store::void_password_links;
