//! `Billing Center > Orders > My Orders` (B-40, 13.1).

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use kernel::names::Named as _;
use kernel::prelude::*;
use ordering::status::OrderStatus;
use texts::Lang;
use views::order_list::{self, Filter, OrderRow};

use super::address;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Amount, Button, Choice, Column, EmptyState, Icon, Menu, MenuItem, Moment, Pager,
    StateLabel, Toolbar,
};
use crate::visitor::{Buyer, Visitor};
use crate::{Site, labels};

/// Where the list stands.
pub(super) const PATH: &str = "/billing/orders";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Buyer, show)
}

struct Row {
    product: String,
    specification: String,
    order: OrderRow,
    href: String,
    order_type: &'static str,
    status: StateLabel,
    created: Moment,
    paid: Option<Moment>,
    amount: Amount,
    /// Where it can be paid.
    pay: Option<String>,
    menu: Option<Menu>,
}

#[derive(Template)]
#[template(path = "buyer/orders.html")]
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
    Buyer(buyer): Buyer,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    buyer.require(Right::BuyerRead)?;
    let policy = site.app.policy().await?;
    let (organisation, request) = (buyer.organisation(), query.page());
    let filter = Filter {
        status: OrderStatus::from_name(query.text("status")),
        number: query.text("q").trim().to_owned(),
    };
    let (asked, wanted) = (request.clone(), filter.clone());
    let found = site
        .app
        .view(move |tx| order_list::of_buyer(tx, organisation, &wanted, &asked))
        .await?;
    let now = site.app.business_now(buyer.realm());
    page::show(Orders {
        frame: super::frame(&site, &visitor, lang.get("nav-my-orders")).await,
        toolbar: toolbar(lang, &filter),
        columns: columns(lang),
        rows: found
            .rows
            .into_iter()
            .map(|order| row(lang, &policy.zone, &buyer, order, now))
            .collect(),
        empty: empty(lang, &filter),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

fn row(lang: Lang, zone: &Zone, buyer: &BuyerActor, order: OrderRow, now: Timestamp) -> Row {
    let href = format!("{PATH}/{}", order.order);
    let open = order.status == OrderStatus::PendingPayment && buyer.may(Right::Purchase);
    let payable = open && order.expires_at.is_none_or(|expires| now < expires);
    let label = lang.format(
        "buyer-more-for",
        &[("name", texts::Arg::Text(&order.number))],
    );
    let cancel = MenuItem::link(lang.get("buyer-cancel-order"), format!("{href}/cancel")).danger();
    Row {
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
        amount: super::amount(order.gross),
        pay: payable.then(|| format!("{href}/pay")),
        menu: open.then(|| Menu::of_row(label).group(vec![cancel])),
        href,
        order,
    }
}

/// The status with the manual's code, as people quote it.
pub(super) fn coded(lang: Lang, status: OrderStatus) -> String {
    format!(
        "{} ({})",
        labels::order_status_name(lang, status),
        status.code()
    )
}

fn toolbar(lang: Lang, filter: &Filter) -> Toolbar {
    let status = filter.status.map_or("", OrderStatus::name);
    let choices = OrderStatus::ALL
        .iter()
        .map(|status| Choice::new(status.name(), coded(lang, *status)))
        .collect();
    let mut toolbar = Toolbar::new(lang, PATH)
        .search(lang.get("buyer-search-order"), &filter.number)
        .filter(ui::Filter::new(
            "status",
            lang.get("buyer-any-status"),
            choices,
            status,
        ));
    if let Some(status) = filter.status {
        toolbar = toolbar.chip(coded(lang, status), address(PATH, &[("q", &filter.number)]));
    }
    if !filter.number.is_empty() {
        toolbar = toolbar.chip(&filter.number, address(PATH, &[("status", status)]));
    }
    toolbar.clear(PATH)
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("buyer-order-number")),
        Column::new(lang.get("buyer-product")),
        Column::new(lang.get("buyer-order-type")),
        Column::new(lang.get("buyer-status")),
        Column::new(lang.get("buyer-created")),
        Column::new(lang.get("buyer-paid")),
        Column::new(lang.get("buyer-amount")).number(),
        Column::new(lang.get("buyer-operation")),
    ]
}

fn empty(lang: Lang, filter: &Filter) -> EmptyState {
    if filter.status.is_some() || !filter.number.is_empty() {
        return EmptyState::new(
            Icon::Search,
            lang.get("buyer-nothing-found"),
            lang.get("buyer-nothing-found-why"),
        )
        .action(Button::link(lang.get("frame-clear-filters"), PATH));
    }
    EmptyState::new(
        Icon::Cart,
        lang.get("buyer-orders-none"),
        lang.get("buyer-orders-none-why"),
    )
    .action(Button::link(lang.get("buyer-to-the-shop"), "/").primary())
}
