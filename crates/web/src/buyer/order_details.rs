//! One order: its data, money, application, delivery and history; cancelling it
//! and its receipt (B-39, B-40, 13.1).

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use flows::CurrentPolicy;
use kernel::id::OrderId;
use kernel::prelude::*;
use kernel::who::Side;
use ordering::order::OrderType;
use ordering::order_line::LineState;
use ordering::status::OrderStatus;
use texts::{Arg, Lang};
use views::order_details::{self, OrderDetails};

use super::question::Question;
use super::{app_details, orders};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, ConfirmDialog, Link, Message, Moment, PriceLines, StateLabel, Timeline,
    TimelineEntry, Tone,
};
use crate::visitor::{Buyer, Visitor};
use crate::{Site, labels, shop};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/billing/orders/{id}", Audience::Buyer, show)
        .get("/billing/orders/{id}/cancel", Audience::Buyer, ask_cancel)
        .post("/billing/orders/{id}/cancel", Audience::Buyer, cancel)
        .get("/billing/orders/{id}/receipt.pdf", Audience::Buyer, receipt)
}

#[derive(Template)]
#[template(path = "buyer/order_details.html")]
struct Details {
    frame: ui::Frame,
    status: StateLabel,
    code: u8,
    acts: Vec<Button>,
    dialog: Option<ConfirmDialog>,
    refusal: Option<Message>,
    hint: Option<Message>,
    order: Facts,
    price: PriceLines,
    history: Timeline,
}

/// What is told about the order.
struct Facts {
    number: String,
    order_type: &'static str,
    created: Moment,
    expires: Option<Moment>,
    paid: Option<Moment>,
    product: String,
    product_href: String,
    specification: String,
    options: Vec<(String, String)>,
    quantity: Option<(String, String)>,
    period: String,
    seller: String,
    contract_with: String,
    instance: Option<(Link, StateLabel)>,
    flow: Option<(Link, StateLabel)>,
    related: Vec<Link>,
    related_label: &'static str,
    inputs: Vec<(String, String)>,
}

async fn load(site: &Site, buyer: &BuyerActor, id: OrderId) -> Result<OrderDetails, Fail> {
    buyer.require(Right::BuyerRead)?;
    let organisation = buyer.organisation();
    site.app
        .view(move |tx| order_details::for_buyer(tx, organisation, id))
        .await
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    whole(&site, &visitor, &buyer, id, None).await
}

async fn whole(
    site: &Site,
    visitor: &Visitor,
    buyer: &BuyerActor,
    id: OrderId,
    refused: Option<&Fail>,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let found = load(site, buyer, id).await?;
    let status = found.line.status();
    let open = status == OrderStatus::PendingPayment && buyer.may(Right::Purchase);
    let payable = open
        && found
            .order
            .payable_at(site.app.business_now(found.order.realm()));
    let title = lang.format(
        "buyer-order-title",
        &[("number", Arg::Text(found.order.number()))],
    );
    let frame = super::frame(site, visitor, title).await;
    let page = Details {
        frame: super::below(frame, "nav-my-orders", orders::PATH),
        status: labels::order_status(lang, status),
        code: status.code(),
        acts: acts(lang, &found, open, payable),
        dialog: open.then(|| cancel_dialog(lang, &found)),
        refusal: refused.map(|fail| crate::failure::message(visitor, fail)),
        hint: hint(lang, &found, payable),
        price: price(lang, &found),
        history: history(lang, &policy, &found),
        order: Facts::new(lang, &policy, &found),
    };
    if refused.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

/// The price as it was frozen.
fn price(lang: Lang, found: &OrderDetails) -> PriceLines {
    let frozen = found.line.frozen();
    let specification = lang.pick(&frozen.specification, &frozen.specification_zh);
    shop::price::lines(lang, specification, &frozen.amounts, frozen.period)
}

fn details_of(id: OrderId) -> String {
    format!("{}/{id}", orders::PATH)
}

fn acts(lang: Lang, found: &OrderDetails, open: bool, payable: bool) -> Vec<Button> {
    let details = details_of(found.order.id());
    let mut acts = Vec::new();
    if payable {
        acts.push(Button::link(lang.get("buyer-pay"), format!("{details}/pay")).primary());
    }
    if open {
        acts.push(
            Button::link(lang.get("buyer-cancel-order"), format!("{details}/cancel"))
                .opens("cancel"),
        );
    }
    let paid = matches!(
        found.line.state(),
        LineState::Paid | LineState::Completed | LineState::Refunded
    );
    if paid {
        acts.push(
            Button::link(lang.get("buyer-receipt"), format!("{details}/receipt.pdf"))
                .icon(ui::Icon::Download),
        );
    }
    acts
}

/// What the status means and what happens next, where that isn't plain.
fn hint(lang: Lang, found: &OrderDetails, payable: bool) -> Option<Message> {
    let (tone, key) = match (found.line.state(), found.order.order_type()) {
        (LineState::PendingPayment, _) if payable => (Tone::Warning, "buyer-order-hint-unpaid"),
        (LineState::PendingPayment, _) => (Tone::Info, "buyer-order-hint-expired"),
        (LineState::Paid, OrderType::Unsubscribe) => (Tone::Info, "buyer-order-hint-refunding"),
        (LineState::Paid, OrderType::New) if found.flow.is_some() => {
            (Tone::Info, "buyer-order-hint-supervised")
        }
        (LineState::Paid, OrderType::New) => (Tone::Info, "buyer-order-hint-opening"),
        (LineState::Refunded, _) => (Tone::Info, "buyer-order-hint-refunded"),
        (LineState::Completed | LineState::Cancelled, _) => return None,
    };
    let message = Message::new(tone, lang.get(key));
    Some(match &found.flow {
        Some((flow, _)) if found.line.state() == LineState::Paid => message.action(Button::link(
            lang.get("nav-service-supervision"),
            format!("/my/supervision/{flow}"),
        )),
        _ => message,
    })
}

fn cancel_dialog(lang: Lang, found: &OrderDetails) -> ConfirmDialog {
    let title = lang.format(
        "buyer-cancel-title",
        &[("number", Arg::Text(found.order.number()))],
    );
    let action = format!("{}/cancel", details_of(found.order.id()));
    ConfirmDialog::new(
        lang,
        "cancel",
        title,
        action,
        lang.get("buyer-cancel-order"),
    )
    .line(lang.get("buyer-cancel-consequence"))
    .danger()
}

async fn ask_cancel(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    buyer.require(Right::Purchase)?;
    let lang = visitor.lang();
    let found = load(&site, &buyer, id).await?;
    if found.line.status() != OrderStatus::PendingPayment {
        return Ok(page::see_other(&details_of(id)));
    }
    let frame = super::frame(&site, &visitor, lang.get("buyer-cancel-order")).await;
    page::show(Question {
        frame: super::below(frame, "nav-my-orders", orders::PATH),
        dialog: cancel_dialog(lang, &found).as_page(details_of(id)),
    })
}

async fn cancel(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    match site.app.cancel_order(&buyer, id).await {
        Ok(()) => page::done(&details_of(id), "order-cancelled"),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            whole(&site, &visitor, &buyer, id, Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}

async fn receipt(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    let found = load(&site, &buyer, id).await?;
    let pdf = site.app.receipt_pdf(&buyer, id, visitor.lang()).await?;
    let name = format!("inline; filename=\"receipt-{}.pdf\"", found.order.number());
    let mut answer = pdf.into_response();
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/pdf"),
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        answer
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(answer)
}

/// What happened, newest first; it begins with the submission.
pub(crate) fn history(lang: Lang, policy: &CurrentPolicy, found: &OrderDetails) -> Timeline {
    let who = |side: &str| match Side::from_name(side) {
        Some(Side::Buyer) => found.buyer_name.clone(),
        Some(Side::Seller | Side::SellerSystem) => found.seller_name.clone(),
        _ => labels::side(lang, side).to_owned(),
    };
    let submitter = if found.order.user().is_some() {
        Side::Buyer
    } else {
        Side::System
    };
    let submitted = TimelineEntry::new(
        Tone::Info,
        lang.get("order-event-submit"),
        who(submitter.name()),
        page::moment(lang, &policy.zone, found.order.created_at()),
    );
    let mut entries = vec![submitted];
    for past in &found.history {
        let tone = match past.event.as_str() {
            "pay" | "complete" => Tone::Success,
            "refund" => Tone::Info,
            _ => Tone::Neutral,
        };
        let title = lang.get(&format!("order-event-{}", past.event));
        let mut entry = TimelineEntry::new(
            tone,
            title,
            who(&past.side),
            page::moment(lang, &policy.zone, past.at),
        );
        if let Some(reason) = &past.reason {
            entry = entry.text(reason);
        }
        entries.push(entry);
    }
    entries.reverse();
    Timeline::new(entries)
}

impl Facts {
    fn new(lang: Lang, policy: &CurrentPolicy, found: &OrderDetails) -> Self {
        let (order, line, frozen) = (&found.order, &found.line, found.line.frozen());
        let moment = |at: Timestamp| page::moment(lang, &policy.zone, at);
        let pending = line.state() == LineState::PendingPayment;
        let related = found
            .related
            .iter()
            .map(|order| Link::new(&order.number, details_of(order.order)))
            .collect();
        Self {
            number: order.number().to_owned(),
            order_type: labels::order_type(lang, order.order_type()),
            created: moment(order.created_at()),
            expires: order.expires_at().filter(|_| pending).map(moment),
            paid: found.paid_at.map(moment),
            product: lang
                .pick(&frozen.product_name, &frozen.product_name_zh)
                .to_owned(),
            product_href: format!("/products/{}", found.product_slug),
            specification: lang
                .pick(&frozen.specification, &frozen.specification_zh)
                .to_owned(),
            options: app_details::options(lang, frozen),
            quantity: app_details::quantity(lang, line),
            period: labels::period(lang, frozen.period),
            seller: lang
                .pick(&frozen.seller.name, &frozen.seller.name_zh)
                .to_owned(),
            contract_with: frozen.contracting_party.clone(),
            instance: found.instance.map(|(id, state)| {
                (
                    Link::new(
                        lang.get("buyer-view-resource-details"),
                        format!("/my/apps/{id}"),
                    ),
                    labels::instance_state(lang, state),
                )
            }),
            flow: found.flow.map(|(id, state)| {
                (
                    Link::new(
                        lang.get("buyer-view-details"),
                        format!("/my/supervision/{id}"),
                    ),
                    labels::flow_state(lang, state, Side::Buyer),
                )
            }),
            related,
            related_label: lang.get(match order.order_type() {
                OrderType::New => "buyer-related-unsubscription",
                OrderType::Unsubscribe => "buyer-related-purchase",
            }),
            inputs: frozen
                .extension_values
                .iter()
                .map(|input| (input.name.clone(), input.value.clone()))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::names::Named;
    use ordering::order_line::LineEvent;

    use super::*;

    #[test]
    fn everything_that_can_happen_to_a_line_has_its_words() {
        for event in LineEvent::ALL {
            for lang in [Lang::En, Lang::Zh] {
                assert!(
                    lang.find(&format!("order-event-{event}")).is_some(),
                    "{lang}: {event}"
                );
            }
        }
    }
}
