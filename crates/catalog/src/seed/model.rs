use kernel::prelude::*;

use crate::Bilingual;
use crate::category::Category;
use crate::release::{ContentDraft, ProductContent};

/// A file of a catalogue.
#[derive(Debug, Clone, Copy)]
pub struct SeedFile<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// A catalogue that was read and checked.
#[derive(Debug, Clone)]
pub struct SeedCatalogue {
    /// The sellers.
    pub sellers: Vec<SeedSeller>,
    /// The categories, in the order of the file.
    pub categories: Vec<Category>,
    /// The products, in the order of the file.
    pub products: Vec<SeedProduct>,
}

/// A seller's organisation and contact data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedSeller {
    /// Key; products name it.
    pub key: String,
    /// Name.
    pub name: Bilingual,
    /// ISO 3166 code.
    pub country: String,
    /// Telephone.
    pub hotline: String,
    /// E-mail.
    pub email: String,
    /// When somebody answers.
    pub support_hours: String,
    /// Who they are.
    pub about: String,
}

/// A product of the file.
#[derive(Debug, Clone)]
pub struct SeedProduct {
    /// Readable part of its address.
    pub slug: String,
    /// Key of its seller.
    pub seller: String,
    /// Key of its category.
    pub category: String,
    /// In no list and no search.
    pub hidden: bool,
    /// Pieces in stock.
    pub stock: u32,
    /// Base URL of an interface address of its own; `None` for the seller's
    /// default address.
    pub interface_address: Option<String>,
    pub(super) draft: ContentDraft,
}

impl SeedProduct {
    /// The same under another name and address, for large catalogues.
    #[must_use]
    pub fn copy(&self, number: u32) -> Self {
        let mut copy = self.clone();
        copy.slug = format!("{}-{number}", self.slug);
        copy.draft.name.en = format!("{} {number}", self.draft.name.en);
        copy
    }

    /// Its content, with the interface address that it is opened at.
    ///
    /// # Errors
    /// At `interface_address` when the id can't be one; the rest was checked.
    pub fn content(&self, address_id: &str) -> Result<ProductContent, Fail> {
        let mut draft = self.draft.clone();
        address_id.clone_into(&mut draft.interface.address_id);
        ProductContent::new(draft)
    }
}
