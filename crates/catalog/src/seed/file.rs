//! The form of the file. Field names are the file's keys.

use serde::Deserialize;
use toml::Spanned;

use crate::release::{Billing, PricingMode};
use kernel::term::PeriodType;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) seller: Vec<SellerRow>,
    pub(super) category: Vec<CategoryRow>,
    pub(super) agreement: Vec<AgreementRow>,
    pub(super) product: Vec<ProductRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SellerRow {
    pub(super) key: Spanned<String>,
    pub(super) name: String,
    #[serde(default)]
    pub(super) name_zh: String,
    pub(super) country: String,
    pub(super) hotline: String,
    pub(super) email: String,
    pub(super) support_hours: String,
    pub(super) about: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryRow {
    pub(super) key: Spanned<String>,
    pub(super) name: String,
    #[serde(default)]
    pub(super) name_zh: String,
    pub(super) summary: String,
    #[serde(default)]
    pub(super) summary_zh: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgreementRow {
    pub(super) key: Spanned<String>,
    /// The only seller whose products may name it; anybody's when absent.
    pub(super) seller: Option<String>,
    pub(super) name: Option<String>,
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductRow {
    pub(super) key: Spanned<String>,
    pub(super) seller: String,
    pub(super) category: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) name_zh: String,
    pub(super) overview: String,
    #[serde(default)]
    pub(super) overview_zh: String,
    pub(super) description: String,
    pub(super) highlights: Vec<String>,
    #[serde(default)]
    pub(super) cases: String,
    pub(super) version: String,
    #[serde(default)]
    pub(super) labels: Vec<String>,
    pub(super) interface: Option<String>,
    pub(super) interface_address: Option<String>,
    #[serde(default)]
    pub(super) supervised: bool,
    pub(super) delivery_days: Option<u32>,
    #[serde(default)]
    pub(super) request_template: String,
    #[serde(default)]
    pub(super) user_authorization: Vec<ContactItem>,
    pub(super) user_guide: String,
    pub(super) after_sales: String,
    pub(super) agreement: Option<String>,
    pub(super) agreement_ref: Option<String>,
    #[serde(default)]
    pub(super) sales_countries: Vec<String>,
    #[serde(default)]
    pub(super) hidden: bool,
    pub(super) stock: Option<u32>,
    #[serde(default)]
    pub(super) extension_parameter: Vec<ExtensionRow>,
    #[serde(default)]
    pub(super) specification: Vec<SpecificationRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ContactItem {
    Mobile,
    Email,
    UserName,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtensionRow {
    pub(super) name: String,
    pub(super) label: String,
    #[serde(default)]
    pub(super) label_zh: String,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) max_length: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpecificationRow {
    pub(super) key: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) name_zh: String,
    pub(super) billing: Billing,
    #[serde(default)]
    pub(super) attribute: Vec<AttributeRow>,
    pub(super) quantity: Option<QuantityRow>,
    #[serde(default)]
    pub(super) price: Vec<PriceRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeRow {
    pub(super) code: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) name_zh: String,
    pub(super) values: Vec<ValueRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueRow {
    pub(super) code: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) name_zh: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuantityRow {
    pub(super) code: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) name_zh: String,
    pub(super) unit: String,
    pub(super) min: i64,
    pub(super) max: i64,
    pub(super) step: i64,
    pub(super) pricing: PricingMode,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PriceRow {
    #[serde(default, rename = "match")]
    pub(super) options: crate::release::Options,
    pub(super) period: PeriodType,
    /// One period when absent.
    #[serde(default = "one")]
    pub(super) counts: Vec<u32>,
    pub(super) unit_price: Option<String>,
    pub(super) tiers: Option<Vec<TierRow>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TierRow {
    pub(super) from: i64,
    pub(super) unit_price: String,
}

fn one() -> Vec<u32> {
    vec![1]
}
