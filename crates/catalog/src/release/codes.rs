use std::collections::BTreeMap;

use kernel::term::PeriodType;

use super::Options;

/// The codes of one SKU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sku {
    /// `skuCode`: the specification with its options.
    pub code: String,
    /// `productId` per period type.
    pub product_codes: BTreeMap<PeriodType, String>,
}

/// All codes that a product ever got, by specification and options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SkuCodes(BTreeMap<(String, String), Sku>);

impl SkuCodes {
    /// The SKU of a specification with these options.
    #[must_use]
    pub fn sku(&self, specification: &str, options: &Options) -> Option<&Sku> {
        self.0.get(&(specification.to_owned(), option_key(options)))
    }

    /// All of them: specification key, option key, codes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &Sku)> {
        self.0
            .iter()
            .map(|((specification, options), sku)| (specification.as_str(), options.as_str(), sku))
    }

    pub(super) fn add(
        &mut self,
        specification: String,
        option_key: String,
        code: String,
        period: PeriodType,
        product_code: String,
    ) {
        self.0
            .entry((specification, option_key))
            .or_insert_with(|| Sku {
                code,
                product_codes: BTreeMap::new(),
            })
            .product_codes
            .insert(period, product_code);
    }
}

/// The stored form of a combination of options: `edition=pro;storage=tb1`, in
/// the order of the codes, empty without options. Codes hold neither `=` nor
/// `;`, so two combinations never share a key.
pub(super) fn option_key(options: &Options) -> String {
    let pairs: Vec<String> = options
        .iter()
        .map(|(code, value)| format!("{code}={value}"))
        .collect();
    pairs.join(";")
}
