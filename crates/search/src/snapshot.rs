//! One unchanging state of the index, with what filters and sorting need laid out in memory.
//!
//! Reading filter values from the index for every match would cost more than matching. So each
//! part of the index is read once, when it is opened, into a [`Table`] with one [`Row`] per
//! document and a small number in place of every value. Rows take about 150 bytes a product.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader, TantivyDocument};

use crate::error::Error;
use crate::fields::{Attributes, Fields};
use crate::query::Group;

/// Everything that a search reads; shared by all searches until the next commit.
pub(crate) struct Snapshot {
    pub(crate) searcher: Searcher,
    /// One table per part, in the order of the searcher's parts.
    pub(crate) tables: Vec<Arc<Table>>,
    pub(crate) vocabulary: Arc<Vocabulary>,
}

impl Snapshot {
    /// Reads the state of the index that the searcher sees, taking over the tables of the last
    /// snapshot for parts that are still there.
    ///
    /// # Errors
    /// When a part can't be read.
    pub(crate) fn open(
        searcher: Searcher,
        fields: Fields,
        last: Option<&Self>,
    ) -> Result<Self, Error> {
        let known: HashMap<SegmentId, &Arc<Table>> = last
            .into_iter()
            .flat_map(|snapshot| &snapshot.tables)
            .map(|table| (table.part, table))
            .collect();
        let mut vocabulary = last.map_or_else(Arc::default, |last| Arc::clone(&last.vocabulary));
        let mut tables = Vec::new();
        for reader in searcher.segment_readers() {
            tables.push(match known.get(&reader.segment_id()) {
                Some(table) => Arc::clone(table),
                None => Arc::new(Table::read(reader, fields, Arc::make_mut(&mut vocabulary))?),
            });
        }
        Ok(Self {
            searcher,
            tables,
            vocabulary,
        })
    }

    /// The parts with their tables.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&SegmentReader, &Table)> {
        self.searcher
            .segment_readers()
            .iter()
            .zip(self.tables.iter().map(Arc::as_ref))
    }

    /// The rows of all products that are in the index.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.parts().flat_map(|(reader, table)| {
            (0_u32..)
                .zip(&table.rows)
                .filter(|(document, _)| !reader.is_deleted(*document))
                .map(|(_, row)| row)
        })
    }
}

/// The rows of one part of the index; the place of a row is the document's number.
pub(crate) struct Table {
    part: SegmentId,
    rows: Vec<Row>,
}

impl Table {
    fn read(
        reader: &SegmentReader,
        fields: Fields,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Error> {
        let store = reader.get_store_reader(1)?;
        let mut rows = Vec::new();
        for document in store.iter::<TantivyDocument>(None) {
            let attributes = fields
                .attributes(&document?)
                .ok_or_else(|| Error::Storage("a stored product can't be read back".to_owned()))?;
            rows.push(Row::new(attributes, vocabulary));
        }
        Ok(Self {
            part: reader.segment_id(),
            rows,
        })
    }

    /// The row of a document.
    pub(crate) fn row(&self, document: u32) -> Option<&Row> {
        self.rows.get(usize::try_from(document).ok()?)
    }
}

/// What is known of one product beside its words.
pub(crate) struct Row {
    pub(crate) product_id: Arc<str>,
    pub(crate) version: i64,
    pub(crate) fingerprint: u64,
    /// One code per group of [`Group::ALL`].
    pub(crate) codes: [u32; Group::ALL.len()],
    /// Code of the set of regions; the empty set means all.
    pub(crate) regions: u32,
    prices: Box<[(u32, i64)]>,
    pub(crate) listed_at: i64,
    pub(crate) popularity: i64,
    /// Factor on the score: popular products rank higher among equally good matches.
    pub(crate) boost: f32,
}

impl Row {
    fn new(attributes: Attributes, vocabulary: &mut Vocabulary) -> Self {
        let codes = Group::ALL.map(|group| {
            let values = match group {
                Group::Category => vec![attributes.category.clone()],
                Group::BillingMode => attributes.billing_modes.clone(),
                Group::DeliveryMethod => vec![attributes.delivery_method.clone()],
                Group::Seller => vec![attributes.seller_id.clone()],
                Group::Supervised => vec![attributes.supervised.to_string()],
                Group::Trial => vec![attributes.has_trial.to_string()],
            };
            vocabulary.of_mut(group).code(values)
        });
        let prices = attributes
            .prices_from
            .into_iter()
            .map(|price| {
                (
                    vocabulary.currencies.code(vec![price.currency]),
                    price.minor,
                )
            })
            .collect();
        Self {
            product_id: attributes.product_id.into(),
            version: attributes.version,
            fingerprint: attributes.fingerprint,
            codes,
            regions: vocabulary.regions.code(attributes.regions),
            prices,
            listed_at: attributes.listed_at,
            popularity: attributes.popularity,
            boost: popularity_boost(attributes.popularity),
        }
    }

    /// The lowest price in a currency, given by its code.
    pub(crate) fn price(&self, currency: Option<u32>) -> Option<i64> {
        let currency = currency?;
        self.prices
            .iter()
            .find(|(code, _)| *code == currency)
            .map(|(_, minor)| *minor)
    }
}

/// Two percent for each doubling, forty at most: enough to order equals, too little to lift a
/// word in a description over a word in a name.
fn popularity_boost(popularity: i64) -> f32 {
    let doublings = popularity.max(0).checked_ilog2().map_or(0, |log| log + 1);
    let doublings = u8::try_from(doublings.min(20)).unwrap_or_default();
    1.0 + 0.02 * f32::from(doublings)
}

/// The values that products have, numbered.
#[derive(Clone, Default)]
pub(crate) struct Vocabulary {
    groups: [Codes; Group::ALL.len()],
    pub(crate) regions: Codes,
    pub(crate) currencies: Codes,
}

impl Vocabulary {
    /// The groups with their codes, in the order of [`Group::ALL`].
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Group, &Codes)> {
        Group::ALL.into_iter().zip(&self.groups)
    }

    fn of_mut(&mut self, group: Group) -> &mut Codes {
        let [category, billing, delivery, seller, supervised, trial] = &mut self.groups;
        match group {
            Group::Category => category,
            Group::BillingMode => billing,
            Group::DeliveryMethod => delivery,
            Group::Seller => seller,
            Group::Supervised => supervised,
            Group::Trial => trial,
        }
    }
}

/// Sets of values, numbered from zero in the order in which they came. A product has one set
/// per group, so one number says all of its values there.
#[derive(Clone, Default)]
pub(crate) struct Codes {
    numbers: HashMap<Vec<String>, u32>,
    sets: Vec<Vec<String>>,
}

impl Codes {
    fn code(&mut self, mut values: Vec<String>) -> u32 {
        values.sort_unstable();
        values.dedup();
        if let Some(number) = self.numbers.get(&values) {
            return *number;
        }
        let number = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
        self.sets.push(values.clone());
        self.numbers.insert(values, number);
        number
    }

    /// The sets, each at the place that is its code.
    pub(crate) fn sets(&self) -> &[Vec<String>] {
        &self.sets
    }

    /// The code of a single value.
    pub(crate) fn code_of(&self, value: &str) -> Option<u32> {
        self.numbers.get([value.to_owned()].as_slice()).copied()
    }
}
