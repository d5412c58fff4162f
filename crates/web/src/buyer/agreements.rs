//! `My KooGallery > My agreements`: what was signed, with the text of exactly
//! that version (B-26).

use accounts::agreement::AcceptanceId;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use kernel::prelude::*;
use texts::Lang;
use views::accepted_agreements::{self, AcceptanceRow};

use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Column, EmptyState, Icon, Moment, Pager};
use crate::visitor::{Buyer, Visitor};
use crate::{Site, markdown};

const PATH: &str = "/my/agreements";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Buyer, show).get(
        "/my/agreements/{acceptance}",
        Audience::Buyer,
        view,
    )
}

struct Row {
    title: String,
    signed: Moment,
    href: String,
    acceptance: AcceptanceRow,
}

#[derive(Template)]
#[template(path = "buyer/agreements.html")]
struct Agreements {
    frame: ui::Frame,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "buyer/agreement.html")]
struct Agreement {
    frame: ui::Frame,
    version: i64,
    code: String,
    signed: Moment,
    person: String,
    order_number: String,
    order_href: String,
    published: Moment,
    /// The text, rendered.
    body: String,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    buyer.require(Right::BuyerRead)?;
    let policy = site.app.policy().await?;
    let (organisation, request) = (buyer.organisation(), query.page());
    let asked = request.clone();
    let found = site
        .app
        .view(move |tx| accepted_agreements::load(tx, organisation, &asked))
        .await?;
    let row = |acceptance: AcceptanceRow| Row {
        title: lang
            .pick(&acceptance.title, &acceptance.title_zh)
            .to_owned(),
        signed: page::moment(lang, &policy.zone, acceptance.accepted_at),
        href: format!("{PATH}/{}", acceptance.id),
        acceptance,
    };
    page::show(Agreements {
        frame: super::frame(&site, &visitor, lang.get("nav-my-agreements")).await,
        columns: columns(lang),
        rows: found.rows.into_iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Document,
            lang.get("buyer-agreements-none"),
            lang.get("buyer-agreements-none-why"),
        )
        .action(Button::link(lang.get("buyer-to-the-shop"), "/").primary()),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

async fn view(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(acceptance): Path<String>,
) -> Answer {
    let lang = visitor.lang();
    buyer.require(Right::BuyerRead)?;
    let id = AcceptanceId::parse(&acceptance).ok_or_else(Fail::not_found)?;
    let policy = site.app.policy().await?;
    let organisation = buyer.organisation();
    let found = site
        .app
        .view(move |tx| accepted_agreements::find(tx, organisation, id))
        .await?;
    let text = &found.agreement;
    let frame = super::frame(&site, &visitor, lang.pick(text.title(), text.title_zh())).await;
    page::show(Agreement {
        frame: super::below(frame, "nav-my-agreements", PATH),
        version: text.version(),
        code: text.code().to_owned(),
        signed: page::moment(lang, &policy.zone, found.accepted_at),
        person: found.user,
        order_href: format!("/billing/orders/{}", found.order),
        order_number: found.order_number,
        published: page::moment(lang, &policy.zone, text.published_at()),
        body: markdown::render(text.body(), 2),
    })
}

fn columns(lang: Lang) -> Vec<Column> {
    [
        "buyer-agreement",
        "buyer-version",
        "buyer-signed",
        "buyer-signed-by",
        "buyer-order-number",
        "buyer-operation",
    ]
    .iter()
    .map(|key| Column::new(lang.get(key)))
    .collect()
}
