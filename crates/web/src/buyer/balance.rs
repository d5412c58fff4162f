//! `Billing Center > Balance`: what may be spent, how to get more, and where it
//! went (B-100).

use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use billing::ledger::{Kind, Statement};
use kernel::prelude::*;
use texts::{Arg, Lang};
use views::balance::{self, Balance};

use super::unpaid;
use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Amount, Button, Column, EmptyState, Icon, Message, Moment, Pager, Tone, paths,
};
use crate::visitor::{Buyer, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::BILLING, Audience::Buyer, show)
}

struct Row {
    at: Moment,
    what: &'static str,
    reference: String,
    amount: Amount,
    balance: Amount,
}

#[derive(Template)]
#[template(path = "buyer/balance.html")]
struct BalancePage {
    frame: ui::Frame,
    waiting: Option<Message>,
    balance: Amount,
    how: String,
    party: String,
    address: String,
    purpose: String,
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
    let (organisation, request, currency) = (
        buyer.organisation(),
        query.page(),
        policy.site.listing_currency,
    );
    let asked = request.clone();
    let found = site
        .app
        .view(move |tx| balance::load(tx, organisation, currency, &asked))
        .await?;
    let rows = found
        .statement
        .rows
        .iter()
        .map(|entry| row(lang, &policy.zone, entry))
        .collect();
    page::show(BalancePage {
        frame: super::frame(&site, &visitor, lang.get("nav-balance")).await,
        waiting: waiting(lang, &found),
        balance: page::amount(found.balance),
        how: lang.format(
            "buyer-top-up-how",
            &[("currency", Arg::Text(currency.code()))],
        ),
        party: policy.site.contracting_party.clone(),
        address: policy.site.contracting_address.clone(),
        purpose: lang.format(
            "buyer-top-up-purpose",
            &[("name", Arg::Text(buyer.organisation_name()))],
        ),
        columns: columns(lang),
        rows,
        empty: EmptyState::new(
            Icon::Card,
            lang.get("buyer-statement-none"),
            lang.get("buyer-statement-none-why"),
        ),
        pager: page::pager(lang, &visitor, &request, found.statement.next.as_deref()),
    })
}

fn row(lang: Lang, zone: &Zone, entry: &Statement) -> Row {
    let what = match entry.kind {
        Kind::TopUp => "buyer-statement-top-up",
        Kind::Payment => "buyer-statement-payment",
        Kind::Refund => "buyer-statement-refund",
        Kind::Completion => "buyer-statement-completion",
    };
    Row {
        at: page::moment(lang, zone, entry.at),
        what: lang.get(what),
        reference: entry.reference.clone(),
        amount: super::amount(entry.amount),
        balance: super::amount(entry.balance),
    }
}

/// Orders that wait for payment, and whether the balance covers them.
fn waiting(lang: Lang, found: &Balance) -> Option<Message> {
    if found.unpaid == 0 {
        return None;
    }
    let title = lang.format(
        "buyer-unpaid-waiting",
        &[("count", Arg::Number(found.unpaid))],
    );
    let total = super::amount_text(found.unpaid_total);
    let covered = found.unpaid_total.minor <= found.balance.minor;
    let line = lang.format(
        if covered {
            "buyer-unpaid-covered"
        } else {
            "buyer-unpaid-not-covered"
        },
        &[("total", Arg::Text(&total))],
    );
    let action = Button::link(lang.get("nav-unpaid-orders"), unpaid::PATH);
    Some(Message::new(Tone::Warning, title).line(line).action(action))
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("buyer-time")),
        Column::new(lang.get("buyer-statement-what")),
        Column::new(lang.get("buyer-statement-reference")),
        Column::new(lang.get("buyer-amount")).number(),
        Column::new(lang.get("buyer-statement-balance")).number(),
    ]
}
