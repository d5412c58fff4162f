//! The text of a published agreement, for everybody to read (B-25).

use accounts::agreement::AgreementId;
use askama::Template;
use axum::extract::{Path, State};
use kernel::prelude::*;
use texts::Arg;

use crate::Site;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui;
use crate::visitor::Visitor;

pub(super) fn routes() -> Routes {
    Routes::new().get("/agreements/{id}", Audience::Anyone, show)
}

#[derive(Template)]
#[template(path = "shop/agreement.html")]
struct AgreementPage {
    frame: ui::Frame,
    lead: String,
    text: String,
}

async fn show(State(site): State<Site>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let lang = visitor.lang();
    let id = AgreementId::parse(&id).ok_or_else(Fail::not_found)?;
    let policy = site.app.policy().await?;
    let found = site
        .app
        .view(move |tx| views::agreement_text::load(tx, id))
        .await?;
    let published = policy.zone.format(found.published_at(), "%Y-%m-%d");
    let lead = [
        ("version", Arg::Number(found.version())),
        ("date", Arg::Text(&published)),
    ];
    page::show(AgreementPage {
        frame: page::frame(&site, &visitor, lang.pick(found.title(), found.title_zh())).await,
        lead: lang.format("shop-agreement-version", &lead),
        text: crate::markdown::render(found.body(), 1),
    })
}
