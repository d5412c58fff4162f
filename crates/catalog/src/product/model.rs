use kernel::id::{OrganisationId, ProductId};
use kernel::prelude::*;

use super::ProductState;
use crate::words::check_key;

/// Characters of the readable part of a product's address at most.
const MAX_SLUG: usize = 64;

/// A product's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub(super) id: ProductId,
    pub(super) realm: Realm,
    pub(super) seller_id: OrganisationId,
    pub(super) slug: String,
    pub(super) category_key: String,
    pub(super) state: ProductState,
    pub(super) hidden: bool,
    pub(super) current_version: i64,
    pub(super) version: i64,
    pub(super) created_at: Timestamp,
    pub(super) listed_at: Option<Timestamp>,
}

impl Product {
    /// A draft without a version. The category must exist.
    ///
    /// # Errors
    /// `slug` when it isn't lower-case words joined by hyphens, up to 64
    /// characters.
    pub fn draft(
        seller_id: OrganisationId,
        realm: Realm,
        slug: &str,
        category_key: &str,
        hidden: bool,
        now: Timestamp,
    ) -> Result<Self, Fail> {
        let mut fields = Fields::new();
        let slug = check_key(&mut fields, "slug", slug, MAX_SLUG);
        fields.check()?;
        Ok(Self {
            id: ProductId::fresh(now),
            realm,
            seller_id,
            slug,
            category_key: category_key.to_owned(),
            state: ProductState::Draft,
            hidden,
            current_version: 0,
            version: 0,
            created_at: now,
            listed_at: None,
        })
    }

    /// Id.
    #[must_use]
    pub fn id(&self) -> ProductId {
        self.id
    }
    /// Real trade or trial runs.
    #[must_use]
    pub fn realm(&self) -> Realm {
        self.realm
    }
    /// The seller's organisation.
    #[must_use]
    pub fn seller_id(&self) -> OrganisationId {
        self.seller_id
    }
    /// Readable part of its page's address, unique over the market.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.slug
    }
    /// Key of its category.
    #[must_use]
    pub fn category_key(&self) -> &str {
        &self.category_key
    }
    /// Whether it can be bought.
    #[must_use]
    pub fn state(&self) -> ProductState {
        self.state
    }
    /// In no list and no search, but bought by whoever has the link
    /// (buyer.md 3.1).
    #[must_use]
    pub fn hidden(&self) -> bool {
        self.hidden
    }
    /// Number of the version that is sold now; 0 before the first release.
    #[must_use]
    pub fn current_version(&self) -> i64 {
        self.current_version
    }
    /// Version of the row, for guarded changes.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }
    /// When the row was made.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// When it went on sale.
    #[must_use]
    pub fn listed_at(&self) -> Option<Timestamp> {
        self.listed_at
    }
}
