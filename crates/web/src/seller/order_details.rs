//! One order of the seller's products: product, order and customer information
//! (seller-business 2.1).

use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use kernel::id::OrderId;
use kernel::prelude::*;
use kernel::who::Side;
use texts::{Arg, Lang};
use views::order_details::{self, Contact, OrderDetails};

use super::order_facts::{OrderFacts, Reader};
use super::{interface_messages, orders, supervision_list};
use crate::buyer::address;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, StateLabel};
use crate::visitor::{Seller, Visitor};
use crate::{Site, labels};

pub(super) fn routes() -> Routes {
    Routes::new().get("/seller/orders/{id}", Audience::Seller, show)
}

#[derive(Template)]
#[template(path = "seller/order_details.html")]
struct Details {
    frame: ui::Frame,
    status: StateLabel,
    messages: Button,
    customer: String,
    /// Names and values that the buyer let the seller see.
    contact: Vec<(&'static str, String)>,
    order: OrderFacts,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    seller.require(Right::SellerRead)?;
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let organisation = seller.organisation();
    let (found, contact) = site
        .app
        .view(move |tx| {
            let found = order_details::for_seller(tx, organisation, id)?;
            let person = found.order.user().filter(|_| found.order.contact_consent());
            let contact = person
                .map(|user| order_details::contact(tx, user))
                .transpose()?;
            Ok((found, contact))
        })
        .await?;
    let title = lang.format(
        "seller-order-title",
        &[("number", Arg::Text(found.order.number()))],
    );
    let frame = super::frame(&site, &visitor, title).await;
    let reader = Reader {
        side: Side::Seller,
        orders: orders::PATH,
        supervision: Some(supervision_list::PATH),
    };
    let messages = address(interface_messages::PATH, &[("order", found.order.number())]);
    page::show(Details {
        frame: super::below(frame, "nav-order-list", orders::PATH),
        status: labels::order_status(lang, found.line.status()),
        messages: Button::link(lang.get("nav-interface-messages"), messages).secondary(),
        customer: found.buyer_name.clone(),
        contact: contact
            .map(|contact| permitted(lang, &found, contact))
            .unwrap_or_default(),
        order: OrderFacts::new(lang, &policy, &reader, &found),
    })
}

/// Of a person who agreed, what the product asked for when the order was
/// placed: the same that the order query tells.
fn permitted(lang: Lang, found: &OrderDetails, contact: Contact) -> Vec<(&'static str, String)> {
    let frozen = found.line.frozen();
    let all = [
        (frozen.wants_user_name, "seller-contact-name", contact.name),
        (frozen.wants_email, "seller-contact-email", contact.email),
        (frozen.wants_mobile, "seller-contact-mobile", contact.mobile),
    ];
    all.into_iter()
        .filter(|(wanted, _, value)| *wanted && !value.is_empty())
        .map(|(_, key, value)| (lang.get(key), value))
        .collect()
}
