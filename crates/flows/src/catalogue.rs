//! The shop window: the search index that follows the catalogue, and bounded
//! memories of what never changes (versions) or changes rarely (cards).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use accounts::seller;
use catalog::category::{self, Category};
use catalog::offer::{Cheapest, cheapest};
use catalog::product::{self, Product, ProductState};
use catalog::release::{self, ContentCache, ProductContent, SkuCodes};
use catalog::{Bilingual, search_change, stock};
use db::ReadTx;
use kernel::id::ProductId;
use kernel::prelude::*;
use search::{Change, ChangeKind, Index, Price, ProductDocument, SearchQuery, SearchResult};

use crate::App;
use crate::seller_names::SellerNames;

/// Product versions kept in memory.
const CONTENTS: usize = 4_000;
/// Cards kept in memory.
const CARDS: usize = 20_000;
/// Answers of the index kept in memory.
const ANSWERS: usize = 2_000;
/// Changes taken in at once.
const CHANGES: u32 = 500;
/// Products read at once while the index is built.
const REBUILD_PAGE: u32 = 200;

/// The window. Derived from the database; losing it costs only time.
pub struct Catalogue {
    contents: ContentCache,
    index: Index,
    pub(crate) sellers: SellerNames,
    memory: Mutex<Memory>,
}

/// Seconds for which the list of categories is believed.
const CATEGORIES_FRESH: i64 = 10;

type Categories = Arc<Vec<Category>>;

#[derive(Default)]
struct Memory {
    categories: Option<(Categories, Timestamp)>,
    cards: HashMap<ProductId, Arc<Card>>,
    codes: HashMap<(ProductId, i64), Arc<SkuCodes>>,
    answers: HashMap<SearchQuery, Arc<SearchResult>>,
}

/// A product as lists show it.
#[derive(Debug)]
pub struct Card {
    /// The product.
    pub id: ProductId,
    /// The product's address part.
    pub slug: String,
    /// Name.
    pub name: Bilingual,
    /// What it does.
    pub overview: Bilingual,
    /// Who sells it.
    pub seller: String,
    /// Chinese name of who sells it.
    pub seller_zh: String,
    /// Key of its category.
    pub category: String,
    /// The least that one can pay for it.
    pub from: Option<Cheapest>,
    /// Whether delivery is supervised.
    pub supervised: bool,
    /// Whether it can be found; false for hidden and removed ones.
    pub listed: bool,
}

impl Catalogue {
    /// Around an index.
    #[must_use]
    pub fn new(index: Index) -> Self {
        Self {
            contents: ContentCache::new(CONTENTS),
            index,
            sellers: SellerNames::default(),
            memory: Mutex::default(),
        }
    }

    /// The content of a product version.
    pub(crate) fn content(
        &self,
        tx: &ReadTx<'_>,
        product: ProductId,
        version: i64,
    ) -> Result<Arc<ProductContent>, Fail> {
        self.contents.load(tx, product, version)
    }

    /// The codes of a product version. They are assigned with the version and
    /// never change, so they may be remembered with it.
    pub(crate) fn codes(
        &self,
        tx: &ReadTx<'_>,
        product: ProductId,
        version: i64,
    ) -> Result<Arc<SkuCodes>, Fail> {
        if let Some(codes) = self.memory().codes.get(&(product, version)) {
            return Ok(Arc::clone(codes));
        }
        let codes = Arc::new(release::codes(tx, product)?);
        let mut memory = self.memory();
        if memory.codes.len() >= CONTENTS {
            memory.codes.clear();
        }
        memory.codes.insert((product, version), Arc::clone(&codes));
        Ok(codes)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn card(&self, tx: &ReadTx<'_>, id: ProductId, currency: Currency) -> Result<Arc<Card>, Fail> {
        if let Some(card) = self.memory().cards.get(&id) {
            return Ok(Arc::clone(card));
        }
        let found = product::store::find_any(tx, id)?;
        let content = self.content(tx, id, found.current_version())?;
        let seller = seller::load(tx, found.seller_id())?;
        let card = Arc::new(Card {
            id,
            slug: found.slug().to_owned(),
            name: content.name.clone(),
            overview: content.overview.clone(),
            seller: seller.name().to_owned(),
            seller_zh: seller.name_zh().to_owned(),
            category: found.category_key().to_owned(),
            from: cheapest(&content, currency),
            supervised: content.supervision.is_some(),
            listed: is_listed(&found),
        });
        let mut memory = self.memory();
        if memory.cards.len() >= CARDS {
            memory.cards.clear();
        }
        memory.cards.insert(id, Arc::clone(&card));
        Ok(card)
    }

    fn answer(&self, query: &SearchQuery) -> Result<Arc<SearchResult>, Fail> {
        if let Some(answer) = self.memory().answers.get(query) {
            return Ok(Arc::clone(answer));
        }
        let answer = Arc::new(self.index.query(query).map_err(Fail::bug)?);
        let mut memory = self.memory();
        if memory.answers.len() >= ANSWERS {
            memory.answers.clear();
        }
        memory.answers.insert(query.clone(), Arc::clone(&answer));
        Ok(answer)
    }

    fn forget(&self, products: impl Iterator<Item = ProductId>) {
        let mut memory = self.memory();
        for product in products {
            memory.cards.remove(&product);
        }
        memory.answers.clear();
    }
}

fn is_listed(product: &Product) -> bool {
    product.state() == ProductState::OnSale && !product.hidden() && product.realm() == Realm::Live
}

/// Results of a search with their cards.
#[derive(Debug, Clone)]
pub struct Found {
    /// Total, counts beside the filters, corrections.
    pub answer: Arc<SearchResult>,
    /// The products of this page.
    pub cards: Vec<Arc<Card>>,
}

impl App {
    /// Searches the shop.
    ///
    /// # Errors
    /// The database's or the index's.
    pub async fn search(&self, query: SearchQuery) -> Result<Found, Fail> {
        let policy = self.policy().await?;
        let answer = self.catalogue.answer(&query)?;
        let ids: Vec<ProductId> = answer
            .product_ids
            .iter()
            .filter_map(|id| ProductId::parse(id))
            .collect();
        let cards = self.cards(ids, policy.site.listing_currency).await?;
        Ok(Found { answer, cards })
    }

    /// Cards of products, in the order asked.
    ///
    /// # Errors
    /// The database's.
    pub async fn cards(
        &self,
        ids: Vec<ProductId>,
        currency: Currency,
    ) -> Result<Vec<Arc<Card>>, Fail> {
        let known: Option<Vec<Arc<Card>>> = {
            let memory = self.catalogue.memory();
            ids.iter().map(|id| memory.cards.get(id).cloned()).collect()
        };
        if let Some(cards) = known {
            return Ok(cards);
        }
        let app = self.clone();
        self.db
            .read(move |tx| {
                ids.iter()
                    .map(|id| app.catalogue.card(tx, *id, currency))
                    .collect()
            })
            .await
    }

    /// The categories, in their order.
    ///
    /// # Errors
    /// The database's.
    pub async fn categories(&self) -> Result<Arc<Vec<Category>>, Fail> {
        let now = self.now();
        if let Some((known, looked_up)) = &self.catalogue.memory().categories
            && (0..CATEGORIES_FRESH).contains(&now.seconds_since(*looked_up))
        {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(self.db.read(category::store::list).await?);
        self.catalogue.memory().categories = Some((Arc::clone(&found), now));
        Ok(found)
    }

    /// Ids of products whose names continue what was typed so far.
    ///
    /// # Errors
    /// The index's.
    pub fn suggest(
        &self,
        text: &str,
        country: Option<&str>,
        most: usize,
    ) -> Result<Vec<String>, Fail> {
        self.catalogue
            .index
            .suggest(text, country, most)
            .map_err(Fail::bug)
    }

    /// Takes in what changed in the catalogue since the last time; how many
    /// products. Each process follows for itself.
    ///
    /// # Errors
    /// The database's or the index's.
    pub async fn follow_catalogue(&self) -> Result<usize, Fail> {
        let policy = self.policy().await?;
        let currency = policy.site.listing_currency;
        if self.catalogue.index.needs_rebuild() {
            return self.rebuild_index(currency).await;
        }
        let (app, now) = (self.clone(), self.now());
        let last = self.catalogue.index.last_seq();
        let changes = self
            .db
            .read_bulk(move |tx| {
                let changes = search_change::since(tx, last, CHANGES, now)?;
                app.catalogue
                    .forget(changes.iter().map(|change| change.product_id));
                changes
                    .into_iter()
                    .map(|change| {
                        Ok(Change {
                            seq: change.seq,
                            kind: app.indexed(tx, change.product_id, currency)?,
                        })
                    })
                    .collect::<Result<Vec<_>, Fail>>()
            })
            .await?;
        let Some(highest) = changes.iter().map(|change| change.seq).max() else {
            return Ok(0);
        };
        let taken = changes.len();
        let app = self.clone();
        tokio::task::spawn_blocking(move || {
            app.catalogue
                .index
                .apply(&changes, highest.max(last))
                .map_err(Fail::bug)
        })
        .await
        .map_err(Fail::bug)??;
        self.catalogue.forget(std::iter::empty());
        Ok(taken)
    }

    async fn rebuild_index(&self, currency: Currency) -> Result<usize, Fail> {
        let latest = self.db.read_bulk(search_change::latest).await?;
        let mut documents = Vec::new();
        let mut after = None;
        loop {
            let (app, from) = (self.clone(), after);
            let page = self
                .db
                .read_bulk(move |tx| {
                    let products = product::store::after(tx, from, REBUILD_PAGE)?;
                    let last = products.last().map(|product| product.id());
                    let kinds = products
                        .iter()
                        .map(|product| app.indexed(tx, product.id(), currency))
                        .collect::<Result<Vec<_>, Fail>>()?;
                    Ok((kinds, last))
                })
                .await?;
            let (kinds, Some(last)) = page else { break };
            after = Some(last);
            documents.extend(kinds.into_iter().filter_map(|kind| match kind {
                ChangeKind::Upsert(document) => Some(*document),
                ChangeKind::Remove(_) => None,
            }));
        }
        let count = documents.len();
        let app = self.clone();
        tokio::task::spawn_blocking(move || {
            let mut rebuild = app.catalogue.index.rebuild().map_err(Fail::bug)?;
            for document in documents {
                rebuild.add(document).map_err(Fail::bug)?;
            }
            rebuild.finish(latest).map_err(Fail::bug)
        })
        .await
        .map_err(Fail::bug)??;
        self.catalogue.forget(std::iter::empty());
        Ok(count)
    }

    /// What the index should say about a product.
    fn indexed(
        &self,
        tx: &ReadTx<'_>,
        id: ProductId,
        currency: Currency,
    ) -> Result<ChangeKind, Fail> {
        let found = product::store::find_any(tx, id)?;
        if !is_listed(&found) {
            return Ok(ChangeKind::Remove(id.to_string()));
        }
        let content = self.catalogue.content(tx, id, found.current_version())?;
        let seller = seller::load(tx, found.seller_id())?;
        let category = category::store::find(tx, found.category_key())?;
        let category_names = category.map_or_else(Vec::new, |category| both(category.name()));
        let mut billing_modes: Vec<String> = content
            .specifications
            .iter()
            .map(|spec| spec.billing.name().to_owned())
            .collect();
        billing_modes.sort();
        billing_modes.dedup();
        Ok(ChangeKind::Upsert(Box::new(ProductDocument {
            product_id: id.to_string(),
            version: found.current_version(),
            slug: found.slug().to_owned(),
            names: both(&content.name),
            overviews: both(&content.overview),
            descriptions: vec![content.description.clone()],
            labels: content.labels.clone(),
            seller_id: found.seller_id().to_string(),
            seller_name: format!("{} {}", seller.name(), seller.name_zh()),
            category: found.category_key().to_owned(),
            category_names,
            billing_modes,
            delivery_method: content.contract.delivery_method().name().to_owned(),
            supervised: content.supervision.is_some(),
            has_trial: false,
            regions: content.sales_countries.clone(),
            prices_from: cheapest(&content, currency)
                .map(|cheapest| Price {
                    currency: currency.code().to_owned(),
                    minor: cheapest.amount.minor,
                })
                .into_iter()
                .collect(),
            listed_at: found.listed_at().unwrap_or(found.created_at()).micros(),
            popularity: stock::sold(tx, id)?,
        })))
    }
}

fn both(text: &Bilingual) -> Vec<String> {
    [&text.en, &text.zh]
        .into_iter()
        .filter(|text| !text.is_empty())
        .cloned()
        .collect()
}
