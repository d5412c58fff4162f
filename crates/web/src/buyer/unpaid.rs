//! `Billing Center > Unpaid Orders`: what waits for payment, and until when
//! (B-35, B-39).

use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use kernel::prelude::*;
use ordering::status::OrderStatus;
use texts::Lang;
use views::order_list::{self, Filter, OrderRow};

use super::orders;
use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Amount, Button, Column, EmptyState, Icon, Moment, Pager};
use crate::visitor::{Buyer, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/billing/unpaid";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Buyer, show)
}

struct Row {
    product: String,
    specification: String,
    order: OrderRow,
    href: String,
    created: Moment,
    expires: Option<Moment>,
    /// The time for paying is over; the order is being cancelled.
    over: bool,
    amount: Amount,
}

#[derive(Template)]
#[template(path = "buyer/unpaid.html")]
struct Unpaid {
    frame: ui::Frame,
    may_buy: bool,
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
    let asked = request.clone();
    let filter = Filter {
        status: Some(OrderStatus::PendingPayment),
        number: String::new(),
    };
    let found = site
        .app
        .view(move |tx| order_list::of_buyer(tx, organisation, &filter, &asked))
        .await?;
    let now = site.app.business_now(buyer.realm());
    page::show(Unpaid {
        frame: super::frame(&site, &visitor, lang.get("nav-unpaid-orders")).await,
        may_buy: buyer.may(Right::Purchase),
        columns: columns(lang),
        rows: found
            .rows
            .into_iter()
            .map(|order| row(lang, &policy.zone, order, now))
            .collect(),
        empty: EmptyState::new(
            Icon::Success,
            lang.get("buyer-unpaid-none"),
            lang.get("buyer-unpaid-none-why"),
        )
        .action(Button::link(lang.get("nav-my-orders"), orders::PATH)),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

fn row(lang: Lang, zone: &Zone, order: OrderRow, now: Timestamp) -> Row {
    Row {
        product: lang
            .pick(&order.name.product, &order.name.product_zh)
            .to_owned(),
        specification: lang
            .pick(&order.name.specification, &order.name.specification_zh)
            .to_owned(),
        href: format!("{}/{}", orders::PATH, order.order),
        created: page::moment(lang, zone, order.created_at),
        expires: order.expires_at.map(|at| page::moment(lang, zone, at)),
        over: order.expires_at.is_some_and(|at| at <= now),
        amount: super::amount(order.gross),
        order,
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("buyer-order-number")),
        Column::new(lang.get("buyer-product")),
        Column::new(lang.get("buyer-created")),
        Column::new(lang.get("buyer-pay-before")),
        Column::new(lang.get("buyer-amount")).number(),
        Column::new(lang.get("buyer-operation")),
    ]
}
