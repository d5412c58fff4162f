//! The home page: search, categories, `Popular Applications`, newest (B-1, B-3).

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use flows::{Card, Group, SearchQuery, Sort};
use texts::{Arg, Lang};

use super::words;
use crate::Site;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Logo, ProductCard, Toolbar, paths};
use crate::visitor::Visitor;

/// Products of one shelf.
const SHELF: usize = 8;

pub(super) fn routes() -> Routes {
    Routes::new().get("/", Audience::Anyone, show)
}

#[derive(Template)]
#[template(path = "shop/home.html")]
struct Home {
    frame: ui::Frame,
    search: Toolbar,
    popular: Vec<ProductCard>,
    newest: Vec<ProductCard>,
    categories: Vec<ProductCard>,
}

async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let query = |sort| SearchQuery {
        region: words::region(&visitor),
        currency: policy.site.listing_currency.code().to_owned(),
        sort,
        limit: SHELF,
        ..SearchQuery::default()
    };
    let popular = site.app.search(query(Sort::Popular)).await?;
    // Twice as many, because those on the first shelf aren't shown again.
    let newest = site
        .app
        .search(SearchQuery {
            limit: SHELF * 2,
            ..query(Sort::Newest)
        })
        .await?;
    let categories = site.app.categories().await?;
    let counts = popular.answer.facets.of(Group::Category);
    let tiles = categories.iter().map(|category| {
        let count = counts
            .iter()
            .find(|count| count.value == category.key())
            .map_or(0, |count| count.count);
        ProductCard::new(
            lang.pick(&category.name().en, &category.name().zh),
            format!("/categories/{}", category.key()),
            count_words(lang, count),
            lang.pick(&category.summary().en, &category.summary().zh),
            Logo::new(&category.name().en, None),
        )
    });
    let known = |card: &Arc<Card>| popular.cards.iter().any(|other| other.id == card.id);
    let shown = |card: &Arc<Card>| words::card(lang, card, &categories);
    page::show(Home {
        frame: page::frame(&site, &visitor, lang.get("shop-home-title")).await,
        search: Toolbar::new(lang, paths::SEARCH).search(lang.get("frame-search-placeholder"), ""),
        newest: newest
            .cards
            .iter()
            .filter(|card| !known(card))
            .take(SHELF)
            .map(shown)
            .collect(),
        popular: popular.cards.iter().map(shown).collect(),
        categories: tiles.collect(),
    })
}

/// "12 applications".
pub(super) fn count_words(lang: Lang, count: u64) -> String {
    lang.format(
        "shop-count",
        &[(
            "count",
            Arg::Number(i64::try_from(count).unwrap_or(i64::MAX)),
        )],
    )
}
