//! `Accounts`: all organisations, found by name or by a member's e-mail address.

use accounts::organisation::{Kind, Right};
use askama::Template;
use axum::extract::State;
use kernel::names::Named as _;
use kernel::prelude::*;
use texts::Lang;
use views::account_list::{self, AccountRow};

use crate::Site;
use crate::buyer::address;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::seller::orders::nothing_found;
use crate::ui::{self, Choice, Column, EmptyState, Moment, Pager, Toolbar};
use crate::visitor::{Operator, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/operator/accounts";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Operator, show)
}

struct Row {
    account: AccountRow,
    href: String,
    kind: &'static str,
    created: Moment,
}

#[derive(Template)]
#[template(path = "operator/accounts.html")]
struct Accounts {
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
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    operator.require(Right::OperatorRead)?;
    let policy = site.app.policy().await?;
    let (request, kind) = (query.page(), Kind::from_name(query.text("kind")));
    let search = query.text("q").trim().to_owned();
    let (asked, wanted) = (request.clone(), search.clone());
    let found = site
        .app
        .view(move |tx| account_list::load(tx, kind, &wanted, &asked))
        .await?;
    page::show(Accounts {
        frame: super::frame(&site, &visitor, lang.get("nav-accounts")).await,
        toolbar: toolbar(lang, kind, &search),
        columns: [
            "operator-name",
            "operator-kind",
            "operator-email",
            "operator-country",
            "operator-since",
            "seller-operation",
        ]
        .map(|key| Column::new(lang.get(key)))
        .into(),
        rows: found
            .rows
            .into_iter()
            .map(|account| row(lang, &policy.zone, account))
            .collect(),
        empty: nothing_found(lang, PATH),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

fn row(lang: Lang, zone: &Zone, account: AccountRow) -> Row {
    Row {
        href: format!("{PATH}/{}", account.organisation),
        kind: kind_name(lang, account.kind),
        created: page::moment(lang, zone, account.created_at),
        account,
    }
}

/// What sort of organisation it is.
pub(super) fn kind_name(lang: Lang, kind: Kind) -> &'static str {
    lang.get(&format!("organisation-kind-{kind}"))
}

fn toolbar(lang: Lang, kind: Option<Kind>, search: &str) -> Toolbar {
    let chosen = kind.map_or("", Kind::name);
    let choices = Kind::ALL
        .iter()
        .map(|kind| Choice::new(kind.name(), kind_name(lang, *kind)))
        .collect();
    let mut toolbar = Toolbar::new(lang, PATH)
        .search(lang.get("operator-search-account"), search)
        .filter(ui::Filter::new(
            "kind",
            lang.get("operator-any-kind"),
            choices,
            chosen,
        ));
    if let Some(kind) = kind {
        toolbar = toolbar.chip(kind_name(lang, kind), address(PATH, &[("q", search)]));
    }
    if !search.is_empty() {
        toolbar = toolbar.chip(search, address(PATH, &[("kind", chosen)]));
    }
    toolbar.clear(PATH)
}
