//! `Overview`: what waits for the seller, each figure a way to it.

use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use texts::{Arg, Lang};
use views::seller_overview::{self, SellerOverview};

use super::{addresses, interface_messages, orders, supervision_list};
use crate::Site;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Message, StateLabel, Tone, paths};
use crate::visitor::{Seller, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::SELLER, Audience::Seller, show)
}

/// A figure with the list that it counts.
struct Figure {
    label: &'static str,
    count: i64,
    href: String,
}

#[derive(Template)]
#[template(path = "seller/overview.html")]
struct Overview {
    frame: ui::Frame,
    state: Option<StateLabel>,
    warnings: Vec<Message>,
    figures: Vec<Figure>,
}

async fn show(State(site): State<Site>, visitor: Visitor, Seller(seller): Seller) -> Answer {
    let lang = visitor.lang();
    seller.require(Right::SellerRead)?;
    let (organisation, now) = (seller.organisation(), site.app.business_now(seller.realm()));
    let found = site
        .app
        .view(move |tx| seller_overview::load(tx, organisation, now))
        .await?;
    let idle = found.requests + found.deliveries + found.failed_messages == 0;
    page::show(Overview {
        frame: super::frame(&site, &visitor, lang.get("nav-overview")).await,
        state: idle.then(|| StateLabel::new(Tone::Success, lang.get("seller-nothing-waits"))),
        warnings: warnings(lang, &found),
        figures: figures(lang, &found),
    })
}

/// What should not wait.
fn warnings(lang: Lang, found: &SellerOverview) -> Vec<Message> {
    let warn = |count: i64, key: &str, action: &str, href: String| {
        (count > 0).then(|| {
            Message::new(
                Tone::Warning,
                lang.format(key, &[("count", Arg::Number(count))]),
            )
            .line(lang.get(&format!("{key}-why")))
            .action(Button::link(lang.get(action), href))
        })
    };
    [
        warn(
            found.overdue,
            "seller-overdue",
            "nav-service-supervision",
            flows_in("WAIT_DELIVERY"),
        ),
        warn(
            found.failed_messages,
            "seller-failed-calls",
            "nav-interface-messages",
            interface_messages::PATH.to_owned(),
        ),
        warn(
            found.unverified_addresses,
            "seller-unverified",
            "nav-interface-addresses",
            addresses::PATH.to_owned(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn flows_in(state: &str) -> String {
    format!("{}?state={state}", supervision_list::PATH)
}

fn figures(lang: Lang, found: &SellerOverview) -> Vec<Figure> {
    let figure = |key: &str, count: i64, href: String| Figure {
        label: lang.get(key),
        count,
        href,
    };
    vec![
        figure(
            "seller-figure-requests",
            found.requests,
            flows_in("WAIT_REQUEST_CONFIRM"),
        ),
        figure(
            "seller-figure-deliveries",
            found.deliveries,
            flows_in("WAIT_DELIVERY"),
        ),
        figure(
            "seller-figure-acceptance",
            found.in_acceptance,
            flows_in("WAIT_ACCEPTANCE"),
        ),
        figure(
            "seller-figure-processing",
            found.processing,
            format!("{}?status=processing", orders::PATH),
        ),
        figure(
            "seller-figure-failed",
            found.failed_messages,
            interface_messages::PATH.to_owned(),
        ),
    ]
}
