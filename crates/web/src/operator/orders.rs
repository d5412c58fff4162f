//! `Order List` of the operator: all orders.

use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use kernel::names::Named as _;
use ordering::status::OrderStatus;
use texts::Lang;
use views::order_list;

use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::seller::orders::{Row, filter, nothing_found, toolbar};
use crate::ui::{self, Column, EmptyState, Pager, Toolbar};
use crate::visitor::{Operator, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/operator/orders";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Operator, show)
}

#[derive(Template)]
#[template(path = "operator/orders.html")]
struct Orders {
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
    let (realm, request, filter) = (operator.realm(), query.page(), filter(&query));
    let (asked, wanted) = (request.clone(), filter.clone());
    let found = site
        .app
        .view(move |tx| order_list::of_all(tx, realm, &wanted, &asked))
        .await?;
    page::show(Orders {
        frame: super::frame(&site, &visitor, lang.get("nav-order-list")).await,
        toolbar: toolbar(lang, PATH, OrderStatus::ALL, &filter),
        columns: columns(lang),
        rows: found
            .rows
            .into_iter()
            .map(|order| Row::new(lang, &policy.zone, PATH, order))
            .collect(),
        empty: nothing_found(lang, PATH),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("seller-order-number")),
        Column::new(lang.get("seller-product")),
        Column::new(lang.get("organisation-kind-buyer")),
        Column::new(lang.get("seller-order-type")),
        Column::new(lang.get("seller-status")),
        Column::new(lang.get("seller-created")),
        Column::new(lang.get("seller-amount")).number(),
        Column::new(lang.get("seller-operation")),
    ]
}
