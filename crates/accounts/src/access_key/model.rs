//! The key as the database holds it.

use kernel::crypt::{KeyRing, Place, Sealed};
use kernel::id::{OrganisationId, UserId};
use kernel::{Fail, Secret, Timestamp, random};

kernel::id!(/// A seller's interface key.
    AccessKeyId, "aky");

kernel::names! {
    /// The types of interface, each with keys of its own.
    pub enum InterfaceType {
        /// The production interface of SaaS products.
        Basic = "basic",
        /// Joint-operations SaaS: sync of accounts and applications.
        Sync = "sync",
        /// Delivery of licence authorisation codes.
        Licence = "licence",
        /// The general interface: order notification.
        General = "general",
    }
}

kernel::names! {
    /// What a key is used for at present.
    pub enum Rank {
        /// Signs what we send; accepted on what the seller sends.
        Primary = "primary",
        /// Only accepted on what the seller sends.
        Secondary = "secondary",
    }
}

/// A key.
#[derive(Debug, Clone)]
pub struct AccessKey {
    pub(super) id: AccessKeyId,
    pub(super) seller: OrganisationId,
    pub(super) interface_type: InterfaceType,
    pub(super) rank: Rank,
    pub(super) secret: Sealed,
    pub(super) created_at: Timestamp,
    pub(super) created_by: Option<UserId>,
    pub(super) retired_at: Option<Timestamp>,
}

/// Where the secret of a key stands.
pub(crate) fn place(row: &str) -> Place<'_> {
    Place {
        table: "access_key",
        column: "secret",
        row,
    }
}

impl AccessKey {
    /// A new primary key: 64 hexadecimal characters.
    pub(super) fn generate(
        ring: &KeyRing,
        seller: OrganisationId,
        interface_type: InterfaceType,
        created_by: Option<UserId>,
        now: Timestamp,
    ) -> Result<Self, Fail> {
        let id = AccessKeyId::fresh(now);
        let secret = Secret::new(hex::encode(random::bytes::<32>()));
        Ok(Self {
            id,
            seller,
            interface_type,
            rank: Rank::Primary,
            secret: ring.seal_text(place(id.as_str()), &secret)?,
            created_at: now,
            created_by,
            retired_at: None,
        })
    }

    /// Id.
    #[must_use]
    pub const fn id(&self) -> AccessKeyId {
        self.id
    }
    /// Whose it is.
    #[must_use]
    pub const fn seller(&self) -> OrganisationId {
        self.seller
    }
    /// Which interfaces it is for.
    #[must_use]
    pub const fn interface_type(&self) -> InterfaceType {
        self.interface_type
    }
    /// What it is used for, unless retired.
    #[must_use]
    pub const fn rank(&self) -> Rank {
        self.rank
    }
    /// When it was made.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// Who made it.
    #[must_use]
    pub const fn created_by(&self) -> Option<UserId> {
        self.created_by
    }
    /// When it was retired.
    #[must_use]
    pub const fn retired_at(&self) -> Option<Timestamp> {
        self.retired_at
    }

    /// The key itself: for signing, and for an audited reveal.
    ///
    /// # Errors
    /// A bug when the key ring can't open it.
    pub fn reveal(&self, ring: &KeyRing) -> Result<Secret<String>, Fail> {
        Ok(ring.open_text(place(self.id.as_str()), &self.secret)?)
    }

    /// Dots and the last four characters, to tell keys apart.
    ///
    /// # Errors
    /// As [`AccessKey::reveal`].
    pub fn masked(&self, ring: &KeyRing) -> Result<String, Fail> {
        let secret = self.reveal(ring)?;
        let shown = secret.reveal().get(60..).unwrap_or_default();
        Ok(format!("••••••••{shown}"))
    }
}
