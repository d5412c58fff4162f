//! Agreements and acceptances.

use kernel::id::{OrderId, OrganisationId, ProductId, UserId};
use kernel::{Timestamp, crypt};

kernel::id!(/// One version of an agreement.
    AgreementId, "agr");
kernel::id!(/// An acceptance of an agreement.
    AcceptanceId, "acc");

/// A text to be published.
#[derive(Debug, Clone, Copy)]
pub struct AgreementForm<'a> {
    /// Stays the same through all versions: lower-case letters, digits, hyphens.
    pub code: &'a str,
    /// Title.
    pub title: &'a str,
    /// Title on Chinese pages; the other one when empty.
    pub title_zh: &'a str,
    /// Text in Markdown.
    pub body: &'a str,
    /// The seller whose agreement it is; none for the marketplace's own.
    pub seller: Option<OrganisationId>,
}

/// One version of an agreement.
#[derive(Debug, Clone)]
pub struct Agreement {
    pub(super) id: AgreementId,
    pub(super) code: String,
    pub(super) version: i64,
    pub(super) title: String,
    pub(super) title_zh: String,
    pub(super) body: String,
    pub(super) content_hash: String,
    pub(super) seller: Option<OrganisationId>,
    pub(super) published_at: Timestamp,
}

/// SHA-256 over titles and text; parts are joined by a character that none has.
pub(super) fn content_hash(title: &str, title_zh: &str, body: &str) -> String {
    crypt::sha256_hex(format!("{title}\0{title_zh}\0{body}").as_bytes())
}

impl Agreement {
    /// Id of this version.
    #[must_use]
    pub const fn id(&self) -> AgreementId {
        self.id
    }
    /// Code of all versions.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }
    /// Number of this version, from 1.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }
    /// Title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }
    /// Title for Chinese pages, which falls back to the other one.
    #[must_use]
    pub fn title_zh(&self) -> &str {
        if self.title_zh.is_empty() {
            &self.title
        } else {
            &self.title_zh
        }
    }
    /// Text in Markdown.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }
    /// SHA-256 over titles and text.
    #[must_use]
    pub fn content_hash(&self) -> &str {
        &self.content_hash
    }
    /// The seller whose agreement it is.
    #[must_use]
    pub const fn seller(&self) -> Option<OrganisationId> {
        self.seller
    }
    /// When it was published.
    #[must_use]
    pub const fn published_at(&self) -> Timestamp {
        self.published_at
    }
}

/// An acceptance to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct Acceptance<'a> {
    /// Which version.
    pub agreement: AgreementId,
    /// Who ticked it.
    pub user: UserId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// With which order.
    pub order: OrderId,
    /// For which product.
    pub product: ProductId,
    /// From which network address.
    pub address: &'a str,
    /// When.
    pub at: Timestamp,
}

/// A row of an organisation's list of agreements.
#[derive(Debug, Clone)]
pub struct AcceptedAgreement {
    /// Id of the acceptance.
    pub id: AcceptanceId,
    /// The version accepted.
    pub agreement: AgreementId,
    /// Its code.
    pub code: String,
    /// Its number.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// Its title for Chinese pages; may be empty.
    pub title_zh: String,
    /// Who ticked it.
    pub user: UserId,
    /// With which order.
    pub order: OrderId,
    /// For which product.
    pub product: ProductId,
    /// From which network address.
    pub address: String,
    /// When.
    pub at: Timestamp,
}
