//! The address as the database holds it.

use kernel::id::OrganisationId;
use kernel::{Timestamp, random};

use super::{AddressState, BaseUrl};

kernel::id!(/// An address of a seller's server.
    InterfaceAddressId, "adr");

kernel::names! {
    /// What we ask of the signature of the seller's answers (access guide 3).
    pub enum BodySign {
        /// It isn't looked at.
        Off = "off",
        /// It must hold when there is one.
        VerifyIfPresent = "verify_if_present",
        /// There must be one, and it must hold.
        Required = "required",
    }
}

/// An address.
#[derive(Debug, Clone)]
pub struct InterfaceAddress {
    pub(super) id: InterfaceAddressId,
    pub(super) seller: OrganisationId,
    pub(super) base_url: BaseUrl,
    pub(super) state: AddressState,
    pub(super) verification: String,
    pub(super) body_sign: BodySign,
    pub(super) verified_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
    pub(super) version: i64,
}

impl InterfaceAddress {
    /// A new address, not verified.
    #[must_use]
    pub fn new(
        seller: OrganisationId,
        base_url: BaseUrl,
        body_sign: BodySign,
        now: Timestamp,
    ) -> Self {
        Self {
            id: InterfaceAddressId::fresh(now),
            seller,
            base_url,
            state: AddressState::Unverified,
            verification: random::token(),
            body_sign,
            verified_at: None,
            created_at: now,
            version: 0,
        }
    }

    /// Id.
    #[must_use]
    pub const fn id(&self) -> InterfaceAddressId {
        self.id
    }
    /// Whose it is.
    #[must_use]
    pub const fn seller(&self) -> OrganisationId {
        self.seller
    }
    /// Scheme and domain. To call it, ask
    /// [`verified_base_url`](InterfaceAddress::verified_base_url).
    #[must_use]
    pub const fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }
    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> AddressState {
        self.state
    }
    /// The text that the seller puts at the root of its site to prove that the
    /// site is its own.
    #[must_use]
    pub fn verification(&self) -> &str {
        &self.verification
    }
    /// What we ask of the signature of its answers.
    #[must_use]
    pub const fn body_sign(&self) -> BodySign {
        self.body_sign
    }
    /// When it was verified.
    #[must_use]
    pub const fn verified_at(&self) -> Option<Timestamp> {
        self.verified_at
    }
    /// When it was added.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// Version of the row.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }
}
