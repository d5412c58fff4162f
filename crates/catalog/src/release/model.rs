use std::collections::BTreeMap;
use std::ops::Deref;

use kernel::id::FileId;
use kernel::prelude::*;
use kernel::term::PeriodType;
use serde::{Deserialize, Serialize};

use crate::Bilingual;

/// Pieces of one order line at most: `linearValue` has up to seven digits
/// (seller-release.md 13.2).
pub const MAX_QUANTITY: i64 = 9_999_999;

/// Chosen values by attribute code, for example `edition` = `pro`.
pub type Options = BTreeMap<String, String>;

kernel::names! {
    /// The interface contract by which the seller opens what was bought. Each
    /// one that a version can carry can be bought: its flow is registered.
    pub enum Contract {
        /// SaaS access V2.0.
        SaasV2 = "saas_v2",
    }
}

impl Contract {
    /// How the product reaches the buyer.
    #[must_use]
    pub fn delivery_method(self) -> DeliveryMethod {
        match self {
            Self::SaasV2 => DeliveryMethod::Saas,
        }
    }
}

kernel::names! {
    /// How a product reaches its buyer (seller-release.md 4).
    pub enum DeliveryMethod {
        /// An application at the seller's, opened through its interface.
        Saas = "saas",
    }
}

kernel::names! {
    /// How the supervised delivery runs (buyer.md 5.3).
    pub enum FlowTemplate {
        /// Request, confirmation, delivery, acceptance.
        Request = "F_REQ",
    }
}

kernel::names! {
    /// Billing mode of a specification; it never changes after release.
    pub enum Billing {
        /// By months or years, prepaid.
        Period = "period",
        /// Paid once.
        OneTime = "one_time",
    }
}

kernel::names! {
    /// How a quantity makes a price (seller-release.md 13.3).
    pub enum PricingMode {
        /// Quantity times unit price.
        Linear = "linear",
        /// Graduated: each unit at the price of the tier it falls into.
        Tiered = "tiered",
        /// All units at the price of the tier that the quantity reaches.
        Volume = "volume",
    }
}

/// Which of the buyer's contact data go to the seller, with consent
/// (saas-access-v2.md 7.4.5).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserAuthorization {
    /// The mobile number.
    pub mobile: bool,
    /// The e-mail address.
    pub email: bool,
    /// Id and name of the person who orders.
    pub user_name: bool,
}

impl UserAuthorization {
    /// Whether the buyer must be asked at all.
    #[must_use]
    pub fn any(self) -> bool {
        self.mobile || self.email || self.user_name
    }
}

/// The agreement that a buyer ticks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementText {
    /// Under which acceptance is recorded, with the text's hash or version.
    pub code: String,
    /// Title, as it stands at the box to tick.
    pub title: String,
    /// Markdown.
    pub text: String,
}

/// Service supervision of a product. Whether it has one never changes after
/// release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    /// The flow that its orders run through.
    pub flow: FlowTemplate,
    /// Calendar days in which the seller promises to deliver.
    pub delivery_days: u32,
    /// Text that a buyer's request starts from; may be empty.
    pub request_template: String,
}

/// Something that the buyer fills in at order time and the seller receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionParameter {
    /// Name on the wire.
    pub name: String,
    /// What the buyer reads at the field.
    pub label: Bilingual,
    /// Whether it must be filled in.
    pub required: bool,
    /// Characters at most.
    pub max_length: u32,
}

/// Where the seller's server is called: address and path are joined.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interface {
    /// Id of the seller's interface address.
    pub address_id: String,
    /// Path below it, with a leading slash.
    pub path: String,
}

/// What can be ordered of a product: an edition, a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Specification {
    /// Key, unique in the product and kept over versions.
    pub key: String,
    /// Name.
    pub name: Bilingual,
    /// Billing mode.
    pub billing: Billing,
    /// Enumerated attributes; none for a simple specification.
    pub attributes: Vec<Attribute>,
    /// Quantity attribute; without one, one piece is ordered.
    pub quantity: Option<Quantity>,
    /// Prices. A combination of options without a price can't be bought.
    pub prices: Vec<Price>,
}

/// An enumerated attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// What can be chosen.
    pub values: Vec<AttributeValue>,
}

/// A value of an enumerated attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeValue {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
}

/// A quantity attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// Code, for example `users`.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// What one is, for example `user`.
    pub unit: String,
    /// Smallest quantity, at least 1.
    pub min: i64,
    /// Largest quantity.
    pub max: i64,
    /// Distance between quantities that can be ordered, from `min` on.
    pub step: i64,
    /// How the quantity makes the price.
    pub pricing: PricingMode,
}

/// The price of a combination of options for a period type in a currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// A value for each attribute of the specification.
    pub options: Options,
    /// Month, year or once.
    pub period: PeriodType,
    /// How many periods can be ordered at once.
    pub counts: Vec<u32>,
    /// Currency.
    pub currency: Currency,
    /// Unit prices for one period; exactly one when the price is linear.
    pub tiers: Vec<Tier>,
}

/// A unit price from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// The first unit it counts for. The first tier also counts for the units
    /// below its own start.
    pub from: i64,
    /// Price of one unit for one period, in minor units of the currency.
    pub unit_minor: i64,
}

impl Specification {
    /// How quantities make prices; linear without a quantity attribute.
    #[must_use]
    pub fn pricing(&self) -> PricingMode {
        self.quantity
            .as_ref()
            .map_or(PricingMode::Linear, |quantity| quantity.pricing)
    }

    /// The smallest quantity that can be ordered.
    #[must_use]
    pub fn min_quantity(&self) -> i64 {
        self.quantity.as_ref().map_or(1, |quantity| quantity.min)
    }
}

/// Content as somebody wrote it: anything may stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentDraft {
    /// Name, up to 64 characters.
    pub name: Bilingual,
    /// What it does, in one or two sentences, up to 200 characters.
    pub overview: Bilingual,
    /// Introduction in Markdown, at least 400 characters.
    pub description: String,
    /// Up to five reasons to buy it.
    pub highlights: Vec<String>,
    /// Customer cases; may be empty.
    pub cases: String,
    /// Version of the software, for example `5.4`.
    pub version_label: String,
    /// Words that it is also found by.
    pub labels: Vec<String>,
    /// How to use it after the purchase, Markdown.
    pub user_guide: String,
    /// After-sales support: what, when, how fast.
    pub after_sales: String,
    /// What the buyer agrees to.
    pub agreement: AgreementText,
    /// Service supervision, when it has any.
    pub supervision: Option<Supervision>,
    /// Contact data that go to the seller.
    pub user_authorization: UserAuthorization,
    /// Up to three inputs of the buyer.
    pub extension_parameters: Vec<ExtensionParameter>,
    /// ISO 3166 codes of the countries it is sold to; none means all.
    pub sales_countries: Vec<String>,
    /// The interface contract.
    pub contract: Contract,
    /// Where the seller's server is.
    pub interface: Interface,
    /// Picture of 120 by 120 pixels.
    pub logo: Option<FileId>,
    /// What can be ordered.
    pub specifications: Vec<Specification>,
}

/// Content that was checked. The fields are those of [`ContentDraft`], to be
/// read; whoever wants to change them takes a draft of it and checks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ProductContent(ContentDraft);

impl ProductContent {
    /// Checks a draft. Texts are trimmed.
    ///
    /// # Errors
    /// Every trouble, each at its field: `overview_zh`,
    /// `specification[0].price[1].tiers[2].unit_price`, …
    pub fn new(mut draft: ContentDraft) -> Result<Self, Fail> {
        let mut fields = Fields::new();
        super::check::check(&mut draft, &mut fields);
        fields.check()?;
        Ok(Self(draft))
    }

    /// Reads a stored version. It isn't checked again: rules may have become
    /// stricter since, and what was sold stays what it was.
    pub(super) fn stored(json: &str) -> Result<Self, Fail> {
        serde_json::from_str(json).map(Self).map_err(Fail::bug)
    }

    /// The form that is stored, the same for equal contents.
    pub(super) fn to_json(&self) -> Result<String, Fail> {
        serde_json::to_string(&self.0).map_err(Fail::bug)
    }

    /// A draft to change.
    #[must_use]
    pub fn to_draft(&self) -> ContentDraft {
        self.0.clone()
    }

    /// A specification by its key.
    #[must_use]
    pub fn specification(&self, key: &str) -> Option<&Specification> {
        self.0.specifications.iter().find(|spec| spec.key == key)
    }

    /// Whether buyers of a country may buy it.
    #[must_use]
    pub fn is_sold_to(&self, country: &str) -> bool {
        self.0.sales_countries.is_empty()
            || self.0.sales_countries.iter().any(|code| code == country)
    }
}

impl Deref for ProductContent {
    type Target = ContentDraft;
    fn deref(&self) -> &ContentDraft {
        &self.0
    }
}
