//! Names that continue what is being typed into the search bar.

use askama::Template;
use axum::extract::State;
use kernel::id::ProductId;

use super::words;
use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::visitor::Visitor;

/// Names at most.
const MOST: usize = 8;

pub(super) fn routes() -> Routes {
    Routes::new().get("/search/suggest", Audience::Anyone, show)
}

#[derive(Template)]
#[template(
    source = "{% for name in names %}<option value=\"{{ name }}\"></option>{% endfor %}",
    ext = "html"
)]
struct Names {
    names: Vec<String>,
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    let policy = site.app.policy().await?;
    let ids = site
        .app
        .suggest(query.text("q"), words::region(&visitor).as_deref(), MOST)?;
    let ids = ids.iter().filter_map(|id| ProductId::parse(id)).collect();
    let cards = site.app.cards(ids, policy.site.listing_currency).await?;
    let name = |card: &std::sync::Arc<flows::Card>| {
        visitor.lang().pick(&card.name.en, &card.name.zh).to_owned()
    };
    page::show(Names {
        names: cards.iter().map(name).collect(),
    })
}
