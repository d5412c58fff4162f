//! `My KooGallery > Purchased Apps` (B-42, B-46).

use askama::Template;
use axum::extract::State;
use texts::Lang;
use views::purchased_apps::{self, AppRow, Filter};

use super::{address, day};
use crate::Site;
use crate::form::Query;
use crate::labels;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Column, EmptyState, Icon, Moment, Pager, StateLabel, Toolbar};
use crate::visitor::{Buyer, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/my/apps";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Buyer, show)
}

struct Row {
    product: String,
    specification: String,
    app: AppRow,
    opened: Option<Moment>,
    ends: Option<Moment>,
    state: StateLabel,
    href: String,
    /// The supervised delivery isn't over.
    unfinished: bool,
}

#[derive(Template)]
#[template(path = "buyer/apps.html")]
struct Apps {
    frame: ui::Frame,
    toolbar: Toolbar,
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
    let (organisation, request, search) = (
        buyer.organisation(),
        query.page(),
        query.text("q").trim().to_owned(),
    );
    let (asked, wanted, hide_unfinished) = (
        request.clone(),
        search.clone(),
        policy.site.hide_supervised_until_completed,
    );
    let found = site
        .app
        .view(move |tx| {
            purchased_apps::load(
                tx,
                organisation,
                Filter {
                    search: &wanted,
                    hide_unfinished,
                },
                &asked,
            )
        })
        .await?;
    let row = |app: AppRow| Row {
        product: lang
            .pick(&app.name.product, &app.name.product_zh)
            .to_owned(),
        specification: lang
            .pick(&app.name.specification, &app.name.specification_zh)
            .to_owned(),
        opened: app.opened_at.map(|at| page::moment(lang, &policy.zone, at)),
        ends: app.ends_at.map(|at| day(lang, &policy.zone, at)),
        state: labels::instance_state(lang, app.state),
        href: format!("{PATH}/{}", app.instance),
        unfinished: app.supervised && app.line_state == ordering::order_line::LineState::Paid,
        app,
    };
    let mut toolbar = Toolbar::new(lang, PATH).search(lang.get("buyer-apps-search"), &search);
    if !search.is_empty() {
        toolbar = toolbar.chip(&search, PATH);
    }
    page::show(Apps {
        frame: super::frame(&site, &visitor, lang.get("nav-purchased-apps")).await,
        toolbar,
        columns: columns(lang),
        rows: found.rows.into_iter().map(row).collect(),
        empty: empty(lang, &search, hide_unfinished),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

fn columns(lang: Lang) -> Vec<Column> {
    [
        "buyer-product",
        "buyer-seller",
        "buyer-order-number",
        "buyer-state",
        "buyer-opened",
        "buyer-ends",
        "buyer-operation",
    ]
    .iter()
    .map(|key| Column::new(lang.get(key)))
    .collect()
}

/// Nothing bought, or nothing of that name: what to do next.
fn empty(lang: Lang, search: &str, hide_unfinished: bool) -> EmptyState {
    if !search.is_empty() {
        return EmptyState::new(
            Icon::Search,
            lang.get("buyer-nothing-found"),
            lang.get("buyer-apps-nothing-found-why"),
        )
        .action(Button::link(
            lang.get("frame-clear-filters"),
            address(PATH, &[]),
        ));
    }
    let why = if hide_unfinished {
        "buyer-apps-none-why"
    } else {
        "buyer-apps-none-why-short"
    };
    EmptyState::new(Icon::Grid, lang.get("buyer-apps-none"), lang.get(why))
        .action(Button::link(lang.get("buyer-to-the-shop"), "/").primary())
        .action(Button::link(
            lang.get("nav-service-supervision"),
            "/my/supervision",
        ))
}
