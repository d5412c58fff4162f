//! The question and the answer.

/// A group of values that results can be narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Category keys.
    Category,
    /// Billing mode keys; a product may have several.
    BillingMode,
    /// Delivery method keys.
    DeliveryMethod,
    /// Seller keys.
    Seller,
    /// `true` for products under service supervision, else `false`.
    Supervised,
    /// `true` for products that can be tried, else `false`.
    Trial,
}

impl Group {
    /// All groups, in the order in which a page shows them.
    pub const ALL: [Self; 6] = [
        Self::Category,
        Self::BillingMode,
        Self::DeliveryMethod,
        Self::Seller,
        Self::Supervised,
        Self::Trial,
    ];
}

/// One chosen value. Values of the same group widen each other, groups narrow each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The group that it narrows.
    pub group: Group,
    /// The value that is asked for.
    pub value: String,
}

/// The order of the results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best match first; without a text the same as [`Sort::Popular`].
    #[default]
    Relevance,
    /// Latest listed first.
    Newest,
    /// Most wanted first.
    Popular,
    /// Cheapest first; products without a price in the currency come last.
    PriceAscending,
    /// Dearest first; products without a price in the currency come last.
    PriceDescending,
}

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SearchQuery {
    /// What the person typed; blank means everything.
    pub text: String,
    /// The buyer's region; products sold elsewhere only are left out. None means no limit.
    pub region: Option<String>,
    /// The values chosen beside the results.
    pub filters: Vec<Filter>,
    /// The currency in which prices are compared, ISO 4217.
    pub currency: String,
    /// The lowest price wanted, in the currency's smallest unit, itself included.
    pub min_price_minor: Option<i64>,
    /// The highest price wanted, in the currency's smallest unit, itself included.
    pub max_price_minor: Option<i64>,
    /// The order of the results.
    pub sort: Sort,
    /// How many results to skip, at most [`SearchQuery::MAX_OFFSET`].
    pub offset: usize,
    /// How many results to give, at most [`SearchQuery::MAX_LIMIT`].
    pub limit: usize,
}

impl SearchQuery {
    /// The most results that one answer holds.
    pub const MAX_LIMIT: usize = 100;
    /// The furthest place at which an answer can begin.
    pub const MAX_OFFSET: usize = 10_000;
}

/// How many products one value would find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// Products that match the text, the region, the price and the choices in the other groups.
    pub count: u64,
}

/// The counts beside the filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    pub(crate) groups: Vec<(Group, Vec<FacetCount>)>,
}

impl Facets {
    /// The values of a group that find something, most products first.
    pub fn of(&self, group: Group) -> &[FacetCount] {
        self.groups
            .iter()
            .find(|(found, _)| *found == group)
            .map_or(&[], |(_, counts)| counts.as_slice())
    }
}

/// The answer to a [`SearchQuery`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// Product ids in the asked order.
    pub product_ids: Vec<String>,
    /// How many products were found in all; exact.
    pub total: u64,
    /// The counts beside the filters.
    pub facets: Facets,
    /// The text that was searched for instead, when a word was known only with another spelling.
    pub corrected: Option<String>,
    /// True when no product has all the words, and those with some of them are given.
    pub partial: bool,
}
