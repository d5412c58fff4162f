//! How a product is laid out in the index.
//!
//! Four searchable fields, one per tier of ranking, and one stored field with what filters and
//! sorting need, which is read once when a part of the index is opened. Change the layout or
//! the words, and [`VERSION`] has to grow: indexes of other versions are rebuilt.

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::document::{Price, ProductDocument};
use crate::error::Error;
use crate::words::{Purpose, han_characters, words};

/// Version of the layout.
pub(crate) const VERSION: u32 = 1;

/// The fields of the index.
#[derive(Clone, Copy)]
pub(crate) struct Fields {
    /// The product id; finds the document to replace.
    pub(crate) id: Field,
    /// Each name whole, as its words with one space between.
    pub(crate) title: Field,
    /// The words of the names.
    pub(crate) name: Field,
    /// The words of labels, category, seller and address.
    pub(crate) keys: Field,
    /// The words of overview and description.
    pub(crate) text: Field,
    /// The stored [`Attributes`].
    attributes: Field,
}

/// What is known of a product beside its words.
#[derive(Serialize, Deserialize)]
pub(crate) struct Attributes {
    pub(crate) product_id: String,
    pub(crate) version: i64,
    pub(crate) fingerprint: u64,
    pub(crate) category: String,
    pub(crate) billing_modes: Vec<String>,
    pub(crate) delivery_method: String,
    pub(crate) seller_id: String,
    pub(crate) supervised: bool,
    pub(crate) has_trial: bool,
    pub(crate) regions: Vec<String>,
    pub(crate) prices_from: Vec<Price>,
    pub(crate) listed_at: i64,
    pub(crate) popularity: i64,
}

impl Fields {
    /// The schema and its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            id: schema.add_text_field("id", STRING),
            title: schema.add_text_field("title", STRING),
            name: schema.add_text_field("name", word_list(IndexRecordOption::Basic)),
            keys: schema.add_text_field("keys", word_list(IndexRecordOption::Basic)),
            text: schema.add_text_field("text", word_list(IndexRecordOption::WithFreqs)),
            attributes: schema.add_text_field("attributes", STORED),
        };
        (schema.build(), fields)
    }

    /// The document that is written for a product.
    ///
    /// # Errors
    /// When the attributes can't be written as JSON.
    pub(crate) fn document(&self, product: &ProductDocument) -> Result<TantivyDocument, Error> {
        let mut document = TantivyDocument::new();
        document.add_text(self.id, &product.product_id);
        for name in &product.names {
            document.add_text(self.title, spaced(&words(name, Purpose::LookUp)));
        }
        document.add_text(self.name, searchable(&product.names));
        let keys = product.labels.iter().chain(&product.category_names).chain([
            &product.category,
            &product.seller_name,
            &product.slug,
        ]);
        document.add_text(self.keys, searchable(keys));
        for text in product.overviews.iter().chain(&product.descriptions) {
            document.add_text(self.text, spaced(&words(text, Purpose::Store)));
        }
        document.add_text(self.attributes, attributes_json(product)?);
        Ok(document)
    }

    /// Reads back what [`Fields::document`] stored; none when it isn't there.
    pub(crate) fn attributes(&self, document: &TantivyDocument) -> Option<Attributes> {
        use tantivy::schema::Value;
        let value = document.get_first(self.attributes)?;
        serde_json::from_str(value.as_str()?).ok()
    }
}

fn word_list(detail: IndexRecordOption) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_fieldnorms(detail != IndexRecordOption::Basic)
            .set_index_option(detail),
    )
}

/// Words as the index takes them in: it does nothing but split at the spaces. In the field of
/// titles the whole is one entry.
pub(crate) fn spaced(words: &[String]) -> String {
    words.join(" ")
}

/// Words, and Chinese characters one by one beside them.
fn searchable<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let mut found = Vec::new();
    for text in texts {
        found.extend(words(text, Purpose::Store));
        found.extend(han_characters(text));
    }
    spaced(&found)
}

fn attributes_json(product: &ProductDocument) -> Result<String, Error> {
    let attributes = Attributes {
        product_id: product.product_id.clone(),
        version: product.version,
        fingerprint: product.fingerprint(),
        category: product.category.clone(),
        billing_modes: product.billing_modes.clone(),
        delivery_method: product.delivery_method.clone(),
        seller_id: product.seller_id.clone(),
        supervised: product.supervised,
        has_trial: product.has_trial,
        regions: product.regions.clone(),
        prices_from: product.prices_from.clone(),
        listed_at: product.listed_at,
        popularity: product.popularity,
    };
    serde_json::to_string(&attributes).map_err(|error| Error::Storage(error.to_string()))
}
