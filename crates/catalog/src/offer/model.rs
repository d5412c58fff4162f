use kernel::prelude::*;
use kernel::term::Period;
use serde::{Deserialize, Serialize};

use crate::Bilingual;
use crate::release::{Options, PricingMode, Tier};

/// What a buyer chose on the product page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Selection {
    /// Key of the specification.
    pub specification: String,
    /// A value for each of its attributes.
    pub options: Options,
    /// Quantity; 1 when the specification has no quantity attribute.
    pub quantity: i64,
    /// Required duration, or once.
    pub period: Period,
}

/// A selection that can be bought, with everything an order line keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// `skuCode` on the wire.
    pub sku_code: String,
    /// `productId` on the wire.
    pub product_code: String,
    /// `productName` on the wire: product, specification and options joined by
    /// commas, English, cut at 64 characters (saas-access-v2.md 7.4.4).
    pub product_name: String,
    /// Name of the specification.
    pub specification_name: Bilingual,
    /// Names of the chosen options in the order of the attributes.
    pub option_names: Vec<OptionName>,
    /// Name and unit of the quantity; `None` when it has no quantity attribute
    /// and so no `linearValue` on the wire.
    pub quantity_name: Option<(Bilingual, String)>,
    /// What it costs.
    pub price: OfferPrice,
}

/// A chosen option as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionName {
    /// The attribute.
    pub attribute: Bilingual,
    /// The value.
    pub value: Bilingual,
}

/// All that a list price is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferPrice {
    /// Currency of the unit prices.
    pub currency: Currency,
    /// How the quantity makes the price.
    pub mode: PricingMode,
    /// Unit prices for one period.
    pub tiers: Vec<Tier>,
    /// Quantity, at least 1.
    pub quantity: i64,
    /// Duration.
    pub period: Period,
}

/// The least that somebody can pay for a product, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cheapest {
    /// The choice.
    pub selection: Selection,
    /// Its list price.
    pub amount: Money,
}
