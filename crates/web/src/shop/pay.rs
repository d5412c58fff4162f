//! Paying an order from the account balance (B-34).

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kernel::id::OrderId;
use kernel::prelude::*;
use ordering::order_line::{LineState, OrderLine};
use texts::{Arg, Lang};
use views::payment::Payment;

use super::{price, words};
use crate::page::{self, Answer, Parcel};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Message, Moment, PriceLines, Steps, Tone};
use crate::visitor::{Buyer, Visitor};
use crate::{Site, failure};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/billing/orders/{id}/pay", Audience::Buyer, show)
        .post("/billing/orders/{id}/pay", Audience::Buyer, pay)
}

#[derive(Template)]
#[template(path = "shop/pay.html")]
struct Pay {
    frame: ui::Frame,
    steps: Steps,
    message: Option<Message>,
    number: String,
    product: String,
    expires: Option<Moment>,
    balance: String,
    lines: PriceLines,
    action: String,
    pay: Option<Button>,
    details: Button,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    form(&site, &visitor, &buyer, id, None).await
}

async fn pay(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    match site.app.pay_from_balance(&buyer, id).await {
        Ok(()) => Ok(page::see_other(&format!("/billing/orders/{id}/paid"))),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            form(&site, &visitor, &buyer, id, Some(fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}

async fn form(
    site: &Site,
    visitor: &Visitor,
    buyer: &BuyerActor,
    id: OrderId,
    fail: Option<Fail>,
) -> Answer {
    let lang = visitor.lang();
    let organisation = buyer.organisation();
    let payment = site
        .app
        .view(move |tx| views::payment::load(tx, organisation, id))
        .await?;
    match payment.line.state() {
        LineState::PendingPayment | LineState::Cancelled => {}
        LineState::Paid | LineState::Completed | LineState::Refunded => {
            return Ok(page::see_other(&format!("/billing/orders/{id}/paid")));
        }
    }
    let policy = site.app.policy().await?;
    let now = site.app.business_now(payment.order.realm());
    let obstacle = obstacle(lang, &payment, buyer, now);
    let payable = obstacle.is_none();
    let status = fail
        .as_ref()
        .map_or(StatusCode::OK, |fail| failure::status(fail.kind()));
    // What stands in the way now says more than what stood in the way of the attempt.
    let message = obstacle.or_else(|| fail.map(|fail| failure::message(visitor, &fail)));
    let total = payment.order.total();
    let words_of_pay = lang.format("shop-pay", &[("amount", Arg::Text(&words::money(total)))]);
    let shown = Pay {
        frame: page::frame(site, visitor, lang.get("shop-pay-title")).await,
        steps: words::purchase_steps(lang, 2),
        message,
        number: payment.order.number().to_owned(),
        product: product_name(lang, &payment.line),
        expires: payment
            .order
            .expires_at()
            .map(|at| page::moment(lang, &policy.zone, at)),
        balance: words::money(payment.balance),
        lines: frozen_lines(lang, &payment.line),
        action: format!("/billing/orders/{id}/pay"),
        pay: payable.then(|| Button::submit(words_of_pay).wide()),
        details: Button::link(
            lang.get("shop-order-details"),
            format!("/billing/orders/{id}"),
        ),
    };
    Ok((status, Parcel(shown)).into_response())
}

/// The product's name as it was ordered.
pub(super) fn product_name(lang: Lang, line: &OrderLine) -> String {
    lang.pick(&line.frozen().product_name, &line.frozen().product_name_zh)
        .to_owned()
}

fn frozen_lines(lang: Lang, line: &OrderLine) -> PriceLines {
    let frozen = line.frozen();
    let options = frozen
        .options
        .iter()
        .map(|option| lang.pick(&option.value, &option.value_zh));
    let parts: Vec<&str> =
        std::iter::once(lang.pick(&frozen.specification, &frozen.specification_zh))
            .chain(options)
            .collect();
    price::lines(
        lang,
        &parts.join(lang.get("shop-comma")),
        &frozen.amounts,
        frozen.period,
    )
}

/// Why the order can't be paid now, and what to do.
fn obstacle(lang: Lang, payment: &Payment, buyer: &BuyerActor, now: Timestamp) -> Option<Message> {
    let again = Button::link(
        lang.get("shop-order-again"),
        format!("/products/{}", payment.line.frozen().product_slug),
    );
    if payment.line.state() == LineState::Cancelled {
        return Some(
            Message::new(Tone::Warning, lang.get("shop-order-cancelled"))
                .line(lang.get("shop-order-cancelled-why"))
                .action(again),
        );
    }
    if !payment.order.payable_at(now) {
        return Some(
            Message::new(Tone::Warning, lang.get("shop-order-expired"))
                .line(lang.get("shop-order-cancelled-why"))
                .action(again),
        );
    }
    if !buyer.may(Right::Purchase) {
        return Some(
            Message::new(Tone::Info, lang.get("shop-cannot-pay"))
                .line(lang.get("shop-role-may-not")),
        );
    }
    let missing = payment
        .order
        .total()
        .minor
        .saturating_sub(payment.balance.minor);
    (missing > 0).then(|| {
        let missing = words::money(Money::new(missing, payment.balance.currency));
        Message::new(
            Tone::Warning,
            lang.format("shop-balance-low", &[("missing", Arg::Text(&missing))]),
        )
        .line(lang.get("shop-balance-low-how"))
        .action(Button::link(
            lang.get("nav-unpaid-orders"),
            "/billing/unpaid",
        ))
    })
}
