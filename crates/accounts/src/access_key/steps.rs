//! Adding, changing and retiring keys. Each reads and writes in one
//! serialisable transaction, which keeps one primary and one secondary.

use db::Tx;
use kernel::crypt::KeyRing;
use kernel::id::{OrganisationId, UserId};
use kernel::{Fail, Timestamp, codes};

use super::store;
use super::{AccessKey, AccessKeyId, InterfaceType, Rank};

codes! {
    /// There is a key of this type already; it can be changed.
    Conflict ACCESS_KEY_EXISTS = "access-key-exists";
    /// There is no key of this type yet.
    Conflict ACCESS_KEY_MISSING = "access-key-missing";
    /// The key before the last change must be retired first.
    Conflict ACCESS_KEY_TWO_ALREADY = "access-key-two-already";
    /// The key in use can't be retired, only changed.
    Conflict ACCESS_KEY_IN_USE = "access-key-in-use";
}

/// Makes the first key of a type.
///
/// # Errors
/// [`ACCESS_KEY_EXISTS`].
pub fn add(
    tx: &Tx<'_>,
    ring: &KeyRing,
    seller: OrganisationId,
    interface_type: InterfaceType,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<AccessKey, Fail> {
    if !store::accepted_keys(tx, seller, interface_type)?.is_empty() {
        return Err(Fail::new(ACCESS_KEY_EXISTS));
    }
    let key = AccessKey::generate(ring, seller, interface_type, by, now)?;
    store::insert(tx, &key)?;
    Ok(key)
}

/// Makes a new key the primary; the one before stays as secondary, accepted on
/// what the seller sends until it is retired.
///
/// # Errors
/// [`ACCESS_KEY_MISSING`]; [`ACCESS_KEY_TWO_ALREADY`] while a secondary stands.
pub fn rotate(
    tx: &Tx<'_>,
    ring: &KeyRing,
    seller: OrganisationId,
    interface_type: InterfaceType,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<AccessKey, Fail> {
    let accepted = store::accepted_keys(tx, seller, interface_type)?;
    let before = match accepted.as_slice() {
        [] => return Err(Fail::new(ACCESS_KEY_MISSING)),
        [primary] => primary,
        _ => return Err(Fail::new(ACCESS_KEY_TWO_ALREADY)),
    };
    store::demote(tx, before)?;
    let key = AccessKey::generate(ring, seller, interface_type, by, now)?;
    store::insert(tx, &key)?;
    Ok(key)
}

/// Retires a secondary key: nothing is accepted under it from now on.
///
/// # Errors
/// "Not found" for another seller's or a retired key; [`ACCESS_KEY_IN_USE`] for
/// the primary.
pub fn retire(
    tx: &Tx<'_>,
    seller: OrganisationId,
    id: AccessKeyId,
    now: Timestamp,
) -> Result<(), Fail> {
    let key = store::find_for_seller(tx, seller, id)?;
    match (key.retired_at, key.rank) {
        (Some(_), _) => Err(Fail::not_found()),
        (None, Rank::Primary) => Err(Fail::new(ACCESS_KEY_IN_USE)),
        (None, Rank::Secondary) => store::retire(tx, &key, now),
    }
}
