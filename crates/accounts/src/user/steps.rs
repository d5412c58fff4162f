//! Changes of a user that other rows must follow at once.

use db::Tx;
use kernel::{Fail, Secret, Timestamp};

use super::{User, store};
use crate::token::TokenHash;
use crate::{one_time_link, session};

/// Sets a new password, saves the user, ends every session but `keep` (the one
/// that the change came from; none for a reset by mail) and voids every mailed
/// link of the person. `hash` comes from [`hash_password`](super::hash_password).
///
/// # Errors
/// As [`save`](super::save).
pub fn change_password(
    tx: &Tx<'_>,
    user: &mut User,
    hash: Secret<String>,
    keep: Option<&TokenHash>,
    now: Timestamp,
) -> Result<(), Fail> {
    user.set_password(hash, now);
    store::save(tx, user)?;
    session::end_all(tx, user.id(), keep)?;
    one_time_link::void_password_links(tx, user.id(), now)
}
