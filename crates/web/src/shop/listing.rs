//! Search results and category pages: filters with counts, price range, order,
//! pages (B-2, B-4). Everything about the list stands in its address.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use catalog::category::Category;
use flows::{Found, Group};
use kernel::id::OrganisationId;
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::filters::{self, Filters};
use super::{home, words};
use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, Choice, EmptyState, Facets, Field, Icon, Message, Pages, ProductCard, Tone,
    Toolbar,
};
use crate::visitor::Visitor;

/// Sellers beside the results at most, those chosen apart.
const SELLERS: usize = 8;

pub(super) fn routes() -> Routes {
    Routes::new().get("/search", Audience::Anyone, search).get(
        "/categories/{key}",
        Audience::Anyone,
        category,
    )
}

#[derive(Template)]
#[template(path = "shop/listing.html")]
struct Listing {
    frame: ui::Frame,
    lead: String,
    facets: Facets,
    toolbar: Toolbar,
    price: PriceRange,
    notice: Option<Message>,
    cards: Vec<ProductCard>,
    empty: EmptyState,
    pages: Option<Pages>,
}

struct PriceRange {
    action: String,
    kept: Vec<(&'static str, String)>,
    fields: [Field; 2],
    apply: Button,
    open: bool,
}

async fn search(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    let lang = visitor.lang();
    let filters = Filters::of(None, &query);
    let title = match filters.text("q") {
        "" => lang.get("shop-all-applications").to_owned(),
        words => lang.format("shop-results-for", &[("words", Arg::Text(words))]),
    };
    show(&site, &visitor, filters, title, String::new()).await
}

async fn category(
    State(site): State<Site>,
    visitor: Visitor,
    Path(key): Path<String>,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let categories = site.app.categories().await?;
    let found = categories
        .iter()
        .find(|category| category.key() == key)
        .ok_or_else(Fail::not_found)?;
    let title = lang.pick(&found.name().en, &found.name().zh).to_owned();
    let lead = lang
        .pick(&found.summary().en, &found.summary().zh)
        .to_owned();
    show(
        &site,
        &visitor,
        Filters::of(Some(&key), &query),
        title,
        lead,
    )
    .await
}

async fn show(
    site: &Site,
    visitor: &Visitor,
    filters: Filters,
    title: String,
    lead: String,
) -> Answer {
    let lang = visitor.lang();
    let currency = site.app.policy().await?.site.listing_currency;
    let region = words::region(visitor);
    let (query, fail) = match filters.query(currency, region.clone()) {
        Ok(query) => (query, None),
        Err(fail) => (filters.unpriced_query(currency, region), Some(fail)),
    };
    let found = site.app.search(query).await?;
    let last = filters::last_page(found.answer.total);
    if fail.is_none() && filters.page() > last {
        return Ok(page::see_other(&filters.at_page(last)));
    }
    let title = match &found.answer.corrected {
        Some(corrected) => lang.format("shop-results-for", &[("words", Arg::Text(corrected))]),
        None => title,
    };
    let categories = site.app.categories().await?;
    let sellers = sellers(site, lang, &filters, &found).await?;
    let mut frame = page::frame(site, visitor, title).await;
    filters.text("q").clone_into(&mut frame.search);
    let listing = Listing {
        frame,
        lead,
        facets: facets(lang, &filters, &found, &categories, &sellers),
        toolbar: toolbar(lang, &filters, &found, &categories, &sellers),
        price: price_range(lang, &filters, currency, fail.as_ref()),
        notice: notice(lang, &filters, &found),
        cards: found
            .cards
            .iter()
            .map(|card| words::card(lang, card, &categories))
            .collect(),
        empty: empty(lang, &filters),
        pages: (last > 1)
            .then(|| Pages::new(lang, filters.page(), last, |number| filters.at_page(number))),
    };
    if fail.is_some() {
        page::show_refused(listing)
    } else {
        page::show(listing)
    }
}

/// A seller beside the results.
struct SellerCount {
    id: String,
    name: String,
    count: u64,
}

/// The sellers with most results, and those chosen.
async fn sellers(
    site: &Site,
    lang: Lang,
    filters: &Filters,
    found: &Found,
) -> Result<Vec<SellerCount>, Fail> {
    let counts = found.answer.facets.of(Group::Seller).iter().enumerate();
    let shown: Vec<_> = counts
        .filter(|(place, count)| *place < SELLERS || filters.has(Group::Seller, &count.value))
        .filter_map(|(_, count)| Some((OrganisationId::parse(&count.value)?, count.count)))
        .collect();
    let names = site
        .app
        .seller_names(shown.iter().map(|(id, _)| *id).collect())
        .await?;
    let named =
        |((id, count), name): ((OrganisationId, u64), Arc<catalog::Bilingual>)| SellerCount {
            id: id.to_string(),
            name: lang.pick(&name.en, &name.zh).to_owned(),
            count,
        };
    Ok(shown.into_iter().zip(names).map(named).collect())
}

fn facets(
    lang: Lang,
    filters: &Filters,
    found: &Found,
    categories: &[Category],
    sellers: &[SellerCount],
) -> Facets {
    let counts = |group| found.answer.facets.of(group);
    let entry = |facets: Facets, group, label: &str, value: &str, count: u64| {
        facets.entry(
            label,
            count.to_string(),
            filters.toggled(group, value),
            filters.has(group, value),
        )
    };
    let mut facets = Facets::new(lang).group(lang.get("shop-facet-category"));
    for count in counts(Group::Category) {
        if let Some(name) = words::category_name(lang, categories, &count.value) {
            facets = entry(facets, Group::Category, &name, &count.value, count.count);
        }
    }
    facets = facets.group(lang.get("shop-facet-billing"));
    for count in counts(Group::BillingMode) {
        facets = entry(
            facets,
            Group::BillingMode,
            billing_name(lang, &count.value),
            &count.value,
            count.count,
        );
    }
    facets = facets.group(lang.get("shop-facet-supervised"));
    for count in counts(Group::Supervised) {
        facets = entry(
            facets,
            Group::Supervised,
            supervised_name(lang, &count.value),
            &count.value,
            count.count,
        );
    }
    facets = facets.group(lang.get("shop-facet-seller"));
    for seller in sellers {
        facets = entry(
            facets,
            Group::Seller,
            &seller.name,
            &seller.id,
            seller.count,
        );
    }
    facets
}

fn billing_name(lang: Lang, value: &str) -> &'static str {
    lang.get(&format!("shop-billing-{value}"))
}

fn supervised_name(lang: Lang, value: &str) -> &'static str {
    lang.get(if value == "true" {
        "shop-with-supervision"
    } else {
        "shop-without-supervision"
    })
}

fn toolbar(
    lang: Lang,
    filters: &Filters,
    found: &Found,
    categories: &[Category],
    sellers: &[SellerCount],
) -> Toolbar {
    let order = [
        ("popular", "shop-sort-popular"),
        ("newest", "shop-sort-newest"),
        ("price", "shop-sort-price"),
        ("price-desc", "shop-sort-price-desc"),
    ];
    let choices = order
        .iter()
        .map(|(value, key)| Choice::new(*value, lang.get(key)))
        .collect();
    let mut toolbar = Toolbar::new(lang, filters.path())
        .filter(ui::Filter::new(
            "sort",
            lang.get("shop-sort-relevance"),
            choices,
            filters.text("sort"),
        ))
        .count(home::count_words(lang, found.answer.total));
    for (name, value) in filters.kept(&["sort"]) {
        toolbar = toolbar.keep(name, value);
    }
    let mut narrowed = false;
    for (name, value) in filters.narrowing() {
        let (label, href) = match name {
            "category" => (
                words::category_name(lang, categories, value),
                filters.toggled(Group::Category, value),
            ),
            "billing" => (
                lang.find(&format!("shop-billing-{value}"))
                    .map(str::to_owned),
                filters.toggled(Group::BillingMode, value),
            ),
            "supervised" => (
                Some(supervised_name(lang, value).to_owned()),
                filters.toggled(Group::Supervised, value),
            ),
            "seller" => (
                sellers
                    .iter()
                    .find(|seller| seller.id == value)
                    .map(|seller| seller.name.clone()),
                filters.toggled(Group::Seller, value),
            ),
            "min" => (
                Some(lang.format("shop-price-from", &[("price", Arg::Text(value))])),
                filters.without("min"),
            ),
            _ => (
                Some(lang.format("shop-price-to", &[("price", Arg::Text(value))])),
                filters.without("max"),
            ),
        };
        // A value that finds nothing any more has no name; its chip still takes it away.
        toolbar = toolbar.chip(label.unwrap_or_else(|| value.to_owned()), href);
        narrowed = true;
    }
    if narrowed {
        toolbar.clear(filters.cleared())
    } else {
        toolbar
    }
}

fn price_range(
    lang: Lang,
    filters: &Filters,
    currency: Currency,
    fail: Option<&Fail>,
) -> PriceRange {
    let label = |key| lang.format(key, &[("currency", Arg::Text(currency.code()))]);
    let field = |name: &'static str, key| {
        let field = Field::text(name, label(key))
            .value(filters.text(name))
            .short()
            .longest(20);
        page::with_complaint(field, lang, fail, name)
    };
    PriceRange {
        action: filters.path(),
        kept: filters
            .kept(&["min", "max"])
            .into_iter()
            .map(|(name, value)| (name, value.to_owned()))
            .collect(),
        fields: [
            field("min", "shop-price-least"),
            field("max", "shop-price-most"),
        ],
        apply: Button::submit(lang.get("frame-apply")).secondary(),
        open: fail.is_some(),
    }
}

fn notice(lang: Lang, filters: &Filters, found: &Found) -> Option<Message> {
    if let Some(corrected) = &found.answer.corrected {
        let title = lang.format("shop-corrected", &[("words", Arg::Text(filters.text("q")))]);
        let line = lang.format("shop-corrected-to", &[("words", Arg::Text(corrected))]);
        return Some(Message::new(Tone::Info, title).line(line));
    }
    let partial = found.answer.partial && found.answer.total > 0;
    partial.then(|| Message::new(Tone::Info, lang.get("shop-partial")))
}

fn empty(lang: Lang, filters: &Filters) -> EmptyState {
    let empty = EmptyState::new(
        Icon::Search,
        lang.get("shop-nothing-found"),
        lang.get("shop-nothing-found-why"),
    );
    let all = Button::link(lang.get("shop-all-applications"), "/search");
    if filters.narrowing().next().is_some() {
        return empty
            .action(Button::link(lang.get("frame-clear-filters"), filters.cleared()).primary())
            .action(all);
    }
    empty.action(all)
}
