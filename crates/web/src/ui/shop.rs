//! What invites: the card of a product, and the filters with counts beside a list of them.

use askama::Template;
use texts::Lang;

use super::{Amount, Icon, Logo, StateLabel};

/// A product in a list of the shop. The whole card leads to the product.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/product_card.html")]
pub struct ProductCard {
    name: String,
    href: String,
    seller: String,
    summary: String,
    logo: Logo,
    tags: Vec<String>,
    label: Option<StateLabel>,
    price: Option<(Option<String>, Amount, Option<String>)>,
}

impl ProductCard {
    /// The product `name` of `seller` at `href`.
    pub fn new(
        name: impl Into<String>,
        href: impl Into<String>,
        seller: impl Into<String>,
        summary: impl Into<String>,
        logo: Logo,
    ) -> Self {
        Self {
            name: name.into(),
            href: href.into(),
            seller: seller.into(),
            summary: summary.into(),
            logo,
            tags: Vec::new(),
            label: None,
            price: None,
        }
    }

    /// A word about the product: its category, its delivery.
    #[must_use]
    pub fn tag(mut self, word: impl Into<String>) -> Self {
        self.tags.push(word.into());
        self
    }

    /// What stands out: new, supervised.
    #[must_use]
    pub fn label(mut self, label: StateLabel) -> Self {
        self.label = Some(label);
        self
    }

    /// The lowest price with the words around it: `From`, `$ 9.90`, `/ month`.
    #[must_use]
    pub fn price(mut self, before: Option<String>, amount: Amount, after: Option<String>) -> Self {
        self.price = Some((before, amount, after));
        self
    }
}

#[derive(Debug, Clone)]
struct FacetEntry {
    label: String,
    count: String,
    href: String,
    chosen: bool,
}

#[derive(Debug, Clone)]
struct FacetGroup {
    title: String,
    entries: Vec<FacetEntry>,
}

/// Filters with counts beside a list of products; a drawer on a phone. Each entry is a link, so each choice has its address.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/facets.html")]
pub struct Facets {
    lang: Lang,
    groups: Vec<FacetGroup>,
}

impl Facets {
    /// No filters yet.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            groups: Vec::new(),
        }
    }

    /// Begins a group called `title`.
    #[must_use]
    pub fn group(mut self, title: impl Into<String>) -> Self {
        self.groups.push(FacetGroup {
            title: title.into(),
            entries: Vec::new(),
        });
        self
    }

    /// An entry of the last group: how many it would leave, and the address that chooses it (or, when chosen, gives it up).
    #[must_use]
    pub fn entry(
        mut self,
        label: impl Into<String>,
        count: impl Into<String>,
        href: impl Into<String>,
        chosen: bool,
    ) -> Self {
        if let Some(group) = self.groups.last_mut() {
            group.entries.push(FacetEntry {
                label: label.into(),
                count: count.into(),
                href: href.into(),
                chosen,
            });
        }
        self
    }
}

component!(ProductCard, Facets);
