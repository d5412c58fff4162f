//! The question at every start: is this the right key ring?

use db::Tx;
use kernel::crypt::{KeyRing, Place};
use kernel::{Fail, codes};

use super::store;

codes! {
    /// The key ring doesn't open what this database holds.
    Unavailable KEY_RING_WRONG = "key-ring-wrong";
    /// The canary is gone although secrets are stored.
    Unavailable KEY_CANARY_MISSING = "key-canary-missing";
}

/// What the canary sings.
pub(super) const SONG: &[u8] = b"koogallery key ring";

/// Where the canary sits.
pub(super) const fn place() -> Place<'static> {
    Place {
        table: "key_canary",
        column: "sealed",
        row: store::CANARY,
    }
}

/// Opens the canary, or makes it in a database without any secret.
///
/// Instances hold secrets too, but none comes to be without a seller's key,
/// and keys are never removed: the look at the tables of this crate is enough.
///
/// # Errors
/// [`KEY_RING_WRONG`] or [`KEY_CANARY_MISSING`].
pub fn check_or_create(tx: &Tx<'_>, ring: &KeyRing) -> Result<(), Fail> {
    match store::canary(tx)? {
        Some(sealed) => {
            let song = ring
                .open(place(), &sealed)
                .map_err(|error| Fail::new(KEY_RING_WRONG).caused_by(error))?;
            if song.reveal() == SONG {
                Ok(())
            } else {
                Err(Fail::new(KEY_RING_WRONG))
            }
        }
        None if store::anything_sealed(tx)? => Err(Fail::new(KEY_CANARY_MISSING)),
        None => store::insert(tx, &ring.seal(place(), SONG)?),
    }
}
