//! `My KooGallery > My Favorites` (buyer.md 12.3, B-13).

use askama::Template;
use axum::extract::{Path, State};
use flows::SavedProduct;
use kernel::id::ProductId;
use kernel::prelude::*;
use texts::Lang;

use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Amount, Button, Column, EmptyState, Icon, Moment, Pager, StateLabel, Tone};
use crate::visitor::{Buyer, Visitor};

const PATH: &str = "/my/favorites";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Buyer, show).post(
        "/my/favorites/{product}/remove",
        Audience::Buyer,
        remove,
    )
}

struct Row {
    name: String,
    href: String,
    seller: String,
    from: Option<Amount>,
    /// Says so when it can't be bought any more.
    gone: Option<StateLabel>,
    saved: Moment,
    action: String,
    remove: Button,
}

#[derive(Template)]
#[template(path = "buyer/favorites.html")]
struct Favorites {
    frame: ui::Frame,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    pager: Pager,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let request = query.page();
    let found = site.app.favourites(&buyer, request.clone()).await?;
    page::show(Favorites {
        frame: super::frame(&site, &visitor, lang.get("nav-my-favorites")).await,
        columns: columns(lang),
        rows: found
            .rows
            .iter()
            .map(|saved| row(lang, &policy.zone, saved))
            .collect(),
        empty: EmptyState::new(
            Icon::Star,
            lang.get("buyer-favorites-none"),
            lang.get("buyer-favorites-none-why"),
        )
        .action(Button::link(lang.get("buyer-to-the-shop"), "/").primary()),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

async fn remove(
    State(site): State<Site>,
    Buyer(buyer): Buyer,
    Path(product): Path<String>,
) -> Answer {
    let id = ProductId::parse(&product).ok_or_else(Fail::not_found)?;
    site.app.remove_favourite(&buyer, id).await?;
    page::done(PATH, "favorite-removed")
}

fn row(lang: Lang, zone: &Zone, saved: &SavedProduct) -> Row {
    let card = &saved.card;
    Row {
        name: lang.pick(&card.name.en, &card.name.zh).to_owned(),
        href: format!("/products/{}", card.slug),
        seller: lang.pick(&card.seller, &card.seller_zh).to_owned(),
        from: card
            .from
            .as_ref()
            .map(|cheapest| super::amount(cheapest.amount)),
        gone: (!card.listed).then(|| StateLabel::new(Tone::Neutral, lang.get("buyer-not-on-sale"))),
        saved: page::moment(lang, zone, saved.saved_at),
        action: format!("{PATH}/{}/remove", card.id),
        remove: Button::submit(lang.get("buyer-remove")).quiet(),
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("buyer-product")),
        Column::new(lang.get("buyer-seller")),
        Column::new(lang.get("buyer-price-from")).number(),
        Column::new(lang.get("buyer-saved")),
        Column::new(lang.get("buyer-operation")),
    ]
}
