//! A seller's server that calls us.

use kernel::crypt::KeyRing;
use kernel::id::OrganisationId;
use kernel::{Fail, Realm, Secret, Who, codes};

use crate::api_credential::ApiCredential;

codes! {
    /// The signature of a call to the open APIs doesn't hold.
    Unauthenticated API_SIGNATURE_WRONG = "api-signature-wrong";
}

/// A seller's server, proved by a signature.
#[derive(Debug, Clone)]
pub struct SellerSystem {
    organisation: OrganisationId,
    realm: Realm,
    access_key: String,
    address: String,
}

impl SellerSystem {
    /// Proves a call: `signature_holds` gets the secret key and says whether
    /// the request's signature was made with it (compare in constant time).
    ///
    /// # Errors
    /// [`API_SIGNATURE_WRONG`]; a bug when the key ring can't open the secret.
    pub fn prove(
        credential: &ApiCredential,
        ring: &KeyRing,
        address: &str,
        signature_holds: impl FnOnce(&Secret<String>) -> bool,
    ) -> Result<Self, Fail> {
        if !signature_holds(&credential.reveal(ring)?) {
            return Err(Fail::new(API_SIGNATURE_WRONG));
        }
        Ok(Self {
            organisation: credential.organisation(),
            realm: credential.realm(),
            access_key: credential.access_key().to_owned(),
            address: address.to_owned(),
        })
    }

    /// The seller: the tenant of every finder.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }
    /// World in which the seller trades.
    #[must_use]
    pub const fn realm(&self) -> Realm {
        self.realm
    }
    /// The access key that signed, for the audit trail.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.access_key
    }
    /// Network address of the call.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
    /// As a history row or an audit row keeps it.
    #[must_use]
    pub const fn who(&self) -> Who {
        Who::SELLER_SYSTEM
    }
}
