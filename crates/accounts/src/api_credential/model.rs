//! The credential as the database holds it.

use kernel::crypt::{KeyRing, Place, Sealed};
use kernel::id::{OrganisationId, UserId};
use kernel::{Fail, Realm, Secret, Timestamp};

/// Characters of an access key.
pub(super) const ACCESS_KEY_LENGTH: usize = 20;
/// Characters of a secret key: more than 200 bits.
pub(super) const SECRET_KEY_LENGTH: usize = 40;

/// A credential of the open APIs.
#[derive(Debug, Clone)]
pub struct ApiCredential {
    pub(super) access_key: String,
    pub(super) organisation: OrganisationId,
    pub(super) realm: Realm,
    pub(super) secret: Sealed,
    pub(super) created_by: Option<UserId>,
    pub(super) created_at: Timestamp,
    pub(super) disabled_at: Option<Timestamp>,
}

/// Where the secret key of an access key stands.
pub(crate) fn place(row: &str) -> Place<'_> {
    Place {
        table: "api_credential",
        column: "secret",
        row,
    }
}

impl ApiCredential {
    /// The access key.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.access_key
    }
    /// The seller.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }
    /// World in which the seller trades.
    #[must_use]
    pub const fn realm(&self) -> Realm {
        self.realm
    }
    /// Who made it.
    #[must_use]
    pub const fn created_by(&self) -> Option<UserId> {
        self.created_by
    }
    /// When it was made.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// When it was disabled.
    #[must_use]
    pub const fn disabled_at(&self) -> Option<Timestamp> {
        self.disabled_at
    }

    /// The secret key: to prove a signature, and to show it once.
    ///
    /// # Errors
    /// A bug when the key ring can't open it.
    pub fn reveal(&self, ring: &KeyRing) -> Result<Secret<String>, Fail> {
        Ok(ring.open_text(place(&self.access_key), &self.secret)?)
    }
}
