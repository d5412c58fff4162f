//! Organisations, roles and memberships.

use kernel::field::Fields;
use kernel::id::{OrganisationId, UserId};
use kernel::{Fail, Realm, Timestamp};

use crate::Country;

/// Characters of an organisation's name at most.
const MAX_NAME: usize = 200;

kernel::names! {
    /// Which side an organisation trades on.
    pub enum Kind {
        /// Buys.
        Buyer = "buyer",
        /// Sells.
        Seller = "seller",
        /// Runs the marketplace.
        Operator = "operator",
    }
}

kernel::names! {
    /// What a member is. Each role belongs to one kind of organisation.
    pub enum Role {
        /// Owns the buyer's account.
        BuyerOwner = "buyer_owner",
        /// Buys and supervises.
        BuyerPurchaser = "buyer_purchaser",
        /// Looks.
        BuyerViewer = "buyer_viewer",
        /// Owns the seller's account.
        SellerOwner = "seller_owner",
        /// Connects the seller's server.
        SellerDeveloper = "seller_developer",
        /// Delivers what was bought.
        SellerDelivery = "seller_delivery",
        /// Looks.
        SellerViewer = "seller_viewer",
        /// Runs accounts and everything else.
        OperatorAdministrator = "operator_administrator",
        /// Keeps orders and calls going.
        OperatorOperations = "operator_operations",
        /// Keeps the money.
        OperatorFinance = "operator_finance",
        /// Looks, and reads the audit trail.
        OperatorAuditor = "operator_auditor",
    }
}

impl Role {
    /// The kind of organisation that has this role.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::BuyerOwner | Self::BuyerPurchaser | Self::BuyerViewer => Kind::Buyer,
            Self::SellerOwner
            | Self::SellerDeveloper
            | Self::SellerDelivery
            | Self::SellerViewer => Kind::Seller,
            Self::OperatorAdministrator
            | Self::OperatorOperations
            | Self::OperatorFinance
            | Self::OperatorAuditor => Kind::Operator,
        }
    }
}

impl Kind {
    /// The role of whoever makes an organisation, of which one member must stay.
    #[must_use]
    pub const fn owner(self) -> Role {
        match self {
            Self::Buyer => Role::BuyerOwner,
            Self::Seller => Role::SellerOwner,
            Self::Operator => Role::OperatorAdministrator,
        }
    }

    /// The roles that its members can have.
    pub fn roles(self) -> impl Iterator<Item = Role> {
        use kernel::names::Named;
        Role::ALL
            .iter()
            .copied()
            .filter(move |role| role.kind() == self)
    }
}

/// An organisation.
#[derive(Debug, Clone)]
pub struct Organisation {
    pub(super) id: OrganisationId,
    pub(super) realm: Realm,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) country: Country,
    pub(super) version: i64,
    pub(super) created_at: Timestamp,
}

impl Organisation {
    /// A new organisation without members; its maker joins as [`Kind::owner`].
    ///
    /// # Errors
    /// Trouble at `organisation`, its name.
    pub fn new(
        realm: Realm,
        kind: Kind,
        name: &str,
        country: Country,
        now: Timestamp,
    ) -> Result<Self, Fail> {
        Ok(Self {
            id: OrganisationId::fresh(now),
            realm,
            kind,
            name: checked_name(name)?,
            country,
            version: 0,
            created_at: now,
        })
    }

    /// Gives it another name. Orders keep the name that they were made with.
    ///
    /// # Errors
    /// Trouble at `organisation`.
    pub fn rename(&mut self, name: &str) -> Result<(), Fail> {
        self.name = checked_name(name)?;
        Ok(())
    }

    /// Id.
    #[must_use]
    pub const fn id(&self) -> OrganisationId {
        self.id
    }
    /// World it trades in.
    #[must_use]
    pub const fn realm(&self) -> Realm {
        self.realm
    }
    /// Side.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }
    /// Name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Country of registration.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }
    /// When it was made.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }
}

fn checked_name(name: &str) -> Result<String, Fail> {
    let mut fields = Fields::new();
    let name = fields.required("organisation", &name.replace(['\n', '\t'], " "), MAX_NAME);
    fields.check()?;
    Ok(name)
}

/// One of a person's organisations, with the role there.
#[derive(Debug, Clone)]
pub struct Membership {
    pub(crate) organisation: OrganisationId,
    pub(crate) realm: Realm,
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) country: Country,
    pub(crate) role: Role,
}

impl Membership {
    /// The organisation.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }
    /// World it trades in.
    #[must_use]
    pub const fn realm(&self) -> Realm {
        self.realm
    }
    /// Its side.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Its country.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }
    /// The person's role there.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }
}

/// A row of an organisation's list of members.
#[derive(Debug, Clone)]
pub struct Member {
    /// The person.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role here.
    pub role: Role,
    /// When they joined.
    pub since: Timestamp,
    /// Whether they use two-step verification.
    pub has_totp: bool,
}
