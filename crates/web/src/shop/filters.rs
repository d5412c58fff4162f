//! The state of a list of products as it stands in the address.

use flows::{Filter, Group, SearchQuery, Sort};
use kernel::prelude::*;

use super::words;
use crate::form::Query;
use crate::ui::paths;

/// Products of one page.
pub(super) const PAGE: usize = 24;
/// What the address may hold beside the page, in its order there.
const NAMES: [&str; 8] = [
    "q",
    "category",
    "billing",
    "seller",
    "supervised",
    "min",
    "max",
    "sort",
];

/// What somebody searches for, and how the results are narrowed and sorted.
#[derive(Debug, Clone)]
pub(super) struct Filters {
    /// The category whose page it is; none for a search over all.
    category: Option<String>,
    chosen: Vec<(&'static str, String)>,
    page: u32,
}

impl Filters {
    /// Takes an address apart. What nobody knows is left out.
    pub(super) fn of(category: Option<&str>, query: &Query) -> Self {
        let mut chosen: Vec<(&'static str, String)> = Vec::new();
        for name in NAMES {
            // The category of a category page stands in its path.
            let values = if name == "category" && category.is_some() {
                Vec::new()
            } else {
                query.all(name)
            };
            for value in values {
                let entry = (name, value.trim().to_owned());
                if !entry.1.is_empty() && !chosen.contains(&entry) {
                    chosen.push(entry);
                }
            }
        }
        let page = query
            .text("page")
            .parse()
            .unwrap_or(1)
            .clamp(1, last_page(u64::MAX));
        Self {
            category: category.map(str::to_owned),
            chosen,
            page,
        }
    }

    /// The first value of a parameter.
    pub(super) fn text(&self, name: &str) -> &str {
        self.chosen
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }

    /// The page, from 1.
    pub(super) fn page(&self) -> u32 {
        self.page
    }

    /// What narrows the list, without the words and the order.
    pub(super) fn narrowing(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.pairs()
            .filter(|(name, _)| !matches!(*name, "q" | "sort"))
    }

    /// All parameters but those named, for a form that sets these.
    pub(super) fn kept(&self, set: &[&str]) -> Vec<(&'static str, &str)> {
        self.pairs()
            .filter(|(name, _)| !set.contains(name))
            .collect()
    }

    /// Whether a value is chosen in a group.
    pub(super) fn has(&self, group: Group, value: &str) -> bool {
        let of_page = group == Group::Category && self.category.as_deref() == Some(value);
        of_page
            || self
                .pairs()
                .any(|(name, known)| name == parameter(group) && known == value)
    }

    /// Where the list stands.
    pub(super) fn path(&self) -> String {
        self.category.as_ref().map_or_else(
            || paths::SEARCH.to_owned(),
            |key| format!("/categories/{key}"),
        )
    }

    /// The address with a value chosen, or given up when it is chosen now. On a
    /// category's page another category is another page.
    pub(super) fn toggled(&self, group: Group, value: &str) -> String {
        let mut other = self.clone();
        let name = parameter(group);
        match (&self.category, group) {
            (Some(own), Group::Category) => {
                other.category = (own != value).then(|| value.to_owned());
            }
            _ if self.has(group, value) => other
                .chosen
                .retain(|(known, kept)| !(*known == name && kept == value)),
            _ => other.chosen.push((name, value.to_owned())),
        }
        other.address()
    }

    /// The address without a parameter.
    pub(super) fn without(&self, name: &str) -> String {
        words::address(&self.path(), self.kept(&[name]))
    }

    /// The address without anything that narrows.
    pub(super) fn cleared(&self) -> String {
        words::address(
            &self.path(),
            self.pairs()
                .filter(|(name, _)| matches!(*name, "q" | "sort")),
        )
    }

    /// The address of another page of the same list.
    pub(super) fn at_page(&self, page: u32) -> String {
        let number = page.to_string();
        let page = (page > 1).then_some(("page", number.as_str()));
        words::address(&self.path(), self.pairs().chain(page))
    }

    /// The address of the first page.
    pub(super) fn address(&self) -> String {
        self.at_page(1)
    }

    /// The question to the index.
    ///
    /// # Errors
    /// Trouble at `min` and `max`.
    pub(super) fn query(
        &self,
        currency: Currency,
        region: Option<String>,
    ) -> Result<SearchQuery, Fail> {
        let mut fields = Fields::new();
        let mut bound = |name: &'static str| match self.text(name) {
            "" => None,
            text => {
                let parsed = Money::parse(text, currency);
                if parsed.is_none() {
                    fields.reject(name, kernel::fail::FIELD_NOT_AN_AMOUNT);
                }
                parsed.map(|money| money.minor)
            }
        };
        let (least, most) = (bound("min"), bound("max"));
        fields.check()?;
        Ok(SearchQuery {
            min_price_minor: least,
            max_price_minor: most,
            offset: usize::try_from(self.page.saturating_sub(1))
                .unwrap_or(0)
                .saturating_mul(PAGE),
            ..self.unpriced_query(currency, region)
        })
    }

    /// The question without limits of the price, at the first page: what is
    /// shown while these can't be read.
    pub(super) fn unpriced_query(&self, currency: Currency, region: Option<String>) -> SearchQuery {
        let own = self.category.iter().map(|key| Filter {
            group: Group::Category,
            value: key.clone(),
        });
        let chosen = self.pairs().filter_map(|(name, value)| {
            Some(Filter {
                group: group(name)?,
                value: value.to_owned(),
            })
        });
        SearchQuery {
            text: self.text("q").to_owned(),
            region,
            filters: own.chain(chosen).collect(),
            currency: currency.code().to_owned(),
            min_price_minor: None,
            max_price_minor: None,
            sort: sort(self.text("sort")),
            offset: 0,
            limit: PAGE,
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.chosen
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
    }
}

/// The last page that the index goes to.
pub(super) fn last_page(total: u64) -> u32 {
    let furthest = SearchQuery::MAX_OFFSET.div_euclid(PAGE).saturating_add(1);
    let pages = usize::try_from(total).unwrap_or(usize::MAX).div_ceil(PAGE);
    u32::try_from(pages.clamp(1, furthest)).unwrap_or(1)
}

/// The name of a group in addresses.
pub(super) fn parameter(group: Group) -> &'static str {
    match group {
        Group::Category => "category",
        Group::BillingMode => "billing",
        Group::Seller => "seller",
        Group::Supervised => "supervised",
        Group::DeliveryMethod => "delivery",
        Group::Trial => "trial",
    }
}

fn group(name: &str) -> Option<Group> {
    [
        Group::Category,
        Group::BillingMode,
        Group::Seller,
        Group::Supervised,
    ]
    .into_iter()
    .find(|group| parameter(*group) == name)
}

fn sort(name: &str) -> Sort {
    match name {
        "popular" => Sort::Popular,
        "newest" => Sort::Newest,
        "price" => Sort::PriceAscending,
        "price-desc" => Sort::PriceDescending,
        _ => Sort::Relevance,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filters(category: Option<&str>, query: &str) -> Filters {
        Filters::of(category, &Query::parse(query))
    }

    #[test]
    fn the_whole_state_of_a_list_stands_in_its_address() {
        let list = filters(
            None,
            "sort=newest&q=a+b&billing=period&evil=x&page=3&billing=period",
        );
        assert_eq!(list.address(), "/search?q=a%20b&billing=period&sort=newest");
        assert_eq!(
            list.at_page(2),
            "/search?q=a%20b&billing=period&sort=newest&page=2"
        );
    }

    #[test]
    fn choosing_a_value_twice_gives_it_up() {
        let list = filters(None, "q=x");
        let once = list.toggled(Group::Supervised, "true");
        assert_eq!(once, "/search?q=x&supervised=true");
        assert_eq!(
            filters(None, "q=x&supervised=true").toggled(Group::Supervised, "true"),
            "/search?q=x"
        );
    }

    #[test]
    fn another_category_is_another_page_with_the_same_choices() {
        let list = filters(Some("crm"), "billing=period&category=other");
        assert_eq!(
            list.toggled(Group::Category, "security"),
            "/categories/security?billing=period"
        );
        assert_eq!(
            list.toggled(Group::Category, "crm"),
            "/search?billing=period"
        );
    }

    #[test]
    fn pages_end_where_the_index_does() {
        assert_eq!(filters(None, "page=999999999").page(), last_page(u64::MAX));
        assert_eq!((last_page(0), last_page(24), last_page(25)), (1, 1, 2));
        let offset = filters(None, "page=999999999")
            .query(Currency::USD, None)
            .unwrap()
            .offset;
        assert!(offset <= SearchQuery::MAX_OFFSET, "{offset}");
    }

    #[test]
    fn a_price_that_is_no_amount_is_a_complaint_at_its_field() {
        let fail = filters(None, "min=cheap&max=9.999")
            .query(Currency::USD, None)
            .unwrap_err();
        let fields: Vec<&str> = fail
            .field_errors()
            .iter()
            .map(|error| error.field.as_str())
            .collect();
        assert_eq!(fields, ["min", "max"]);
    }
}
