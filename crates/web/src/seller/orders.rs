//! `Orders > Order List` (seller-business 2.1).

use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use kernel::prelude::*;
use ordering::status::OrderStatus;
use texts::Lang;
use views::order_list::{self, Filter, OrderRow};

use crate::buyer::address;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Amount, Button, Choice, Column, EmptyState, Icon, Moment, Pager, StateLabel, Toolbar,
};
use crate::visitor::{Seller, Visitor};
use crate::{Site, labels};

/// Where the list stands.
pub(super) const PATH: &str = "/seller/orders";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Seller, show)
}

/// An order in a list of the seller or of the operator.
pub(crate) struct Row {
    pub(crate) order: OrderRow,
    pub(crate) href: String,
    pub(crate) product: String,
    pub(crate) specification: String,
    pub(crate) order_type: &'static str,
    pub(crate) status: StateLabel,
    pub(crate) created: Moment,
    pub(crate) paid: Option<Moment>,
    pub(crate) amount: Amount,
}

impl Row {
    /// `path` is the list's address; its details stand under it.
    pub(crate) fn new(lang: Lang, zone: &Zone, path: &str, order: OrderRow) -> Self {
        Self {
            href: format!("{path}/{}", order.order),
            product: lang
                .pick(&order.name.product, &order.name.product_zh)
                .to_owned(),
            specification: lang
                .pick(&order.name.specification, &order.name.specification_zh)
                .to_owned(),
            order_type: labels::order_type(lang, order.order_type),
            status: labels::order_status(lang, order.status),
            created: page::moment(lang, zone, order.created_at),
            paid: order.paid_at.map(|at| page::moment(lang, zone, at)),
            amount: page::amount(order.gross),
            order,
        }
    }
}

#[derive(Template)]
#[template(path = "seller/orders.html")]
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
    Seller(seller): Seller,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    seller.require(Right::SellerRead)?;
    let policy = site.app.policy().await?;
    let (organisation, request, filter) = (seller.organisation(), query.page(), filter(&query));
    let (asked, wanted) = (request.clone(), filter.clone());
    let found = site
        .app
        .view(move |tx| order_list::of_seller(tx, organisation, &wanted, &asked))
        .await?;
    // Orders reach the seller when they are paid.
    let statuses = [
        OrderStatus::Processing,
        OrderStatus::Completed,
        OrderStatus::Refunding,
        OrderStatus::Canceled,
    ];
    page::show(Orders {
        frame: super::frame(&site, &visitor, lang.get("nav-order-list")).await,
        toolbar: toolbar(lang, PATH, &statuses, &filter),
        columns: columns(lang),
        rows: found
            .rows
            .into_iter()
            .map(|order| Row::new(lang, &policy.zone, PATH, order))
            .collect(),
        empty: empty(lang, &filter),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

/// What the address says about the list.
pub(crate) fn filter(query: &Query) -> Filter {
    Filter {
        status: OrderStatus::from_name(query.text("status")),
        number: query.text("q").trim().to_owned(),
    }
}

/// Search and filters of a list of orders at `path`.
pub(crate) fn toolbar(
    lang: Lang,
    path: &str,
    statuses: &[OrderStatus],
    filter: &Filter,
) -> Toolbar {
    let status = filter.status.map_or("", OrderStatus::name);
    let choices = statuses
        .iter()
        .map(|status| Choice::new(status.name(), labels::order_status_name(lang, *status)))
        .collect();
    let mut toolbar = Toolbar::new(lang, path)
        .search(lang.get("seller-search-order"), &filter.number)
        .filter(ui::Filter::new(
            "status",
            lang.get("seller-any-status"),
            choices,
            status,
        ));
    if let Some(status) = filter.status {
        toolbar = toolbar.chip(
            labels::order_status_name(lang, status),
            address(path, &[("q", &filter.number)]),
        );
    }
    if !filter.number.is_empty() {
        toolbar = toolbar.chip(&filter.number, address(path, &[("status", status)]));
    }
    toolbar.clear(path)
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("seller-order-number")),
        Column::new(lang.get("seller-product")),
        Column::new(lang.get("seller-customer")),
        Column::new(lang.get("seller-order-type")),
        Column::new(lang.get("seller-status")),
        Column::new(lang.get("seller-paid")),
        Column::new(lang.get("seller-amount")).number(),
        Column::new(lang.get("seller-operation")),
    ]
}

fn empty(lang: Lang, filter: &Filter) -> EmptyState {
    if filter.status.is_some() || !filter.number.is_empty() {
        return nothing_found(lang, PATH);
    }
    EmptyState::new(
        Icon::Cart,
        lang.get("seller-orders-none"),
        lang.get("seller-orders-none-why"),
    )
}

/// A list whose filters leave nothing.
pub(crate) fn nothing_found(lang: Lang, path: &str) -> EmptyState {
    EmptyState::new(
        Icon::Search,
        lang.get("seller-nothing-found"),
        lang.get("seller-nothing-found-why"),
    )
    .action(Button::link(lang.get("frame-clear-filters"), path))
}
