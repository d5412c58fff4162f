//! What the index is told about a product.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

/// The lowest price of a product in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Price {
    /// ISO 4217 code.
    pub currency: String,
    /// Amount in the currency's smallest unit.
    pub minor: i64,
}

/// One product on sale, as the search sees it. All texts are plain text: markup is taken out
/// before, or its tags would be found as words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ProductDocument {
    /// The id that a search answers with; unique in the index.
    pub product_id: String,
    /// The product's version; an older one never replaces a newer one.
    pub version: i64,
    /// The readable part of the product's address; its words can be searched.
    pub slug: String,
    /// The product's name in each language that it has.
    pub names: Vec<String>,
    /// The short text in each language.
    pub overviews: Vec<String>,
    /// The long text in each language.
    pub descriptions: Vec<String>,
    /// Labels in each language; found as well as the seller's name.
    pub labels: Vec<String>,
    /// Key of the seller, the value of [`crate::Group::Seller`].
    pub seller_id: String,
    /// Name of the seller, searchable.
    pub seller_name: String,
    /// Key of the category, the value of [`crate::Group::Category`].
    pub category: String,
    /// Names of the category in each language, searchable.
    pub category_names: Vec<String>,
    /// Keys of the billing modes, for example `period` and `one_time`.
    pub billing_modes: Vec<String>,
    /// Key of the delivery method.
    pub delivery_method: String,
    /// Whether its orders run under service supervision.
    pub supervised: bool,
    /// Whether it can be tried before it is bought.
    pub has_trial: bool,
    /// Regions in which it is sold; none means all.
    pub regions: Vec<String>,
    /// The lowest price in each currency that it is listed in.
    pub prices_from: Vec<Price>,
    /// When it was listed, microseconds UTC.
    pub listed_at: i64,
    /// How much it is wanted, by any measure that only grows with demand; never below zero.
    pub popularity: i64,
}

impl ProductDocument {
    /// A number that differs when anything about the product differs: it lets the same change
    /// be fed twice without a write.
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// One numbered change of the catalogue.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its number; of several changes of one product in a batch the highest counts.
    pub seq: i64,
    /// What is to be done.
    pub kind: ChangeKind,
}

/// What a change does to the index.
#[derive(Debug, Clone)]
pub enum ChangeKind {
    /// The product is on sale and looks like this.
    Upsert(Box<ProductDocument>),
    /// The product with this id isn't on sale.
    Remove(String),
}

impl ChangeKind {
    pub(crate) fn product_id(&self) -> &str {
        match self {
            Self::Upsert(document) => &document.product_id,
            Self::Remove(product_id) => product_id,
        }
    }
}
