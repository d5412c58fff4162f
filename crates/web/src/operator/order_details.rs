//! One order as operators see it.

use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use kernel::id::OrderId;
use kernel::prelude::*;
use kernel::who::Side;
use texts::Arg;
use views::order_details;

use super::{orders, organisations};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::seller::order_facts::{OrderFacts, Reader};
use crate::ui::{self, Link, StateLabel};
use crate::visitor::{Operator, Visitor};
use crate::{Site, labels};

pub(super) fn routes() -> Routes {
    Routes::new().get("/operator/orders/{id}", Audience::Operator, show)
}

#[derive(Template)]
#[template(path = "operator/order_details.html")]
struct Details {
    frame: ui::Frame,
    status: StateLabel,
    buyer: Link,
    seller: Link,
    order: OrderFacts,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    operator.require(Right::OperatorRead)?;
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let found = site
        .app
        .view(move |tx| order_details::for_operator(tx, id))
        .await?;
    let title = lang.format(
        "seller-order-title",
        &[("number", Arg::Text(found.order.number()))],
    );
    let frame = super::frame(&site, &visitor, title).await;
    let reader = Reader {
        side: Side::Operator,
        orders: orders::PATH,
        supervision: None,
    };
    page::show(Details {
        frame: super::below(frame, "nav-order-list", orders::PATH),
        status: labels::order_status(lang, found.line.status()),
        buyer: Link::new(
            &found.buyer_name,
            format!("{}/{}", organisations::PATH, found.order.buyer()),
        ),
        seller: Link::new(
            &found.seller_name,
            format!("{}/{}", organisations::PATH, found.line.terms().seller),
        ),
        order: OrderFacts::new(lang, &policy, &reader, &found),
    })
}
