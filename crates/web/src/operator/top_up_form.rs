//! `Record top-up`: the buyer is found first, then amount and reference of the
//! money that came in are entered.

use accounts::actor::OperatorActor;
use accounts::organisation::{Kind, Right};
use askama::Template;
use axum::extract::State;
use billing::top_up::TopUpState;
use flows::TopUpForm;
use kernel::id::OrganisationId;
use kernel::page::PageRequest;
use kernel::prelude::*;
use texts::{Arg, Lang};
use views::account_list;

use super::{organisations, top_ups};
use crate::Site;
use crate::buyer::address;
use crate::form::{Form, Query, Values};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, EmptyState, ErrorSummary, Field, Icon, Link, Message};
use crate::visitor::{Operator, Visitor};

/// Where the form stands.
pub(super) const PATH: &str = "/operator/top-ups/new";
/// Buyers that a search shows.
const FOUND: u32 = 20;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Operator, show)
        .post(PATH, Audience::Operator, record)
}

/// Step one: whose balance.
#[derive(Template)]
#[template(path = "operator/top_up_buyer.html")]
struct Search {
    frame: ui::Frame,
    toolbar: ui::Toolbar,
    columns: Vec<ui::Column>,
    /// Name with address of the form, e-mail.
    found: Vec<(Link, String)>,
    empty: EmptyState,
}

/// Step two: how much.
#[derive(Template)]
#[template(path = "operator/top_up_form.html")]
struct Details {
    frame: ui::Frame,
    refusal: Option<Message>,
    summary: Option<ErrorSummary>,
    key: String,
    buyer: String,
    buyer_link: Link,
    email: String,
    fields: Vec<Field>,
    submit: Button,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    operator.require(Right::RecordTopUp)?;
    if query.text("buyer").is_empty() {
        search(&site, &visitor, &query).await
    } else {
        form_page(&site, &visitor, &query, None).await
    }
}

async fn search(site: &Site, visitor: &Visitor, query: &Query) -> Answer {
    let lang = visitor.lang();
    let words = query.text("q").trim().to_owned();
    let wanted = words.clone();
    let request = PageRequest::new(None, Some(FOUND));
    let found = site
        .app
        .view(move |tx| account_list::load(tx, Some(Kind::Buyer), &wanted, &request))
        .await?;
    let link = |row: account_list::AccountRow| {
        (
            Link::new(
                &row.name,
                address(PATH, &[("buyer", row.organisation.as_str())]),
            ),
            row.email,
        )
    };
    let frame = super::frame(site, visitor, lang.get("operator-record-top-up")).await;
    page::show(Search {
        frame: super::below(frame, "nav-top-ups", top_ups::PATH),
        toolbar: ui::Toolbar::new(lang, PATH).search(lang.get("operator-search-account"), &words),
        columns: ["operator-name", "operator-email"]
            .map(|key| ui::Column::new(lang.get(key)))
            .into(),
        found: found.rows.into_iter().map(link).collect(),
        empty: EmptyState::new(
            Icon::Search,
            lang.get("seller-nothing-found"),
            lang.get("operator-no-buyer-why"),
        ),
    })
}

async fn form_page(site: &Site, visitor: &Visitor, typed: &Values, fail: Option<&Fail>) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let buyer = OrganisationId::parse(typed.text("buyer")).ok_or_else(Fail::not_found)?;
    let account = site
        .app
        .view(move |tx| account_list::one(tx, buyer))
        .await?;
    if account.kind != Kind::Buyer {
        return Err(Fail::not_found().into());
    }
    let fields = fields(lang, policy.site.listing_currency, typed, fail);
    let frame = super::frame(site, visitor, lang.get("operator-record-top-up")).await;
    let page = Details {
        frame: super::below(frame, "nav-top-ups", top_ups::PATH),
        refusal: fail
            .filter(|fail| fail.field_errors().is_empty())
            .map(|fail| crate::failure::message(visitor, fail)),
        summary: ErrorSummary::of(lang.get("operator-top-up-refused"), &fields),
        key: typed.key(),
        buyer: buyer.to_string(),
        buyer_link: Link::new(&account.name, format!("{}/{buyer}", organisations::PATH)),
        email: account.email,
        fields,
        submit: Button::submit(lang.get("operator-record-top-up")),
    };
    if fail.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

fn fields(lang: Lang, currency: Currency, typed: &Values, fail: Option<&Fail>) -> Vec<Field> {
    let amount = Field::text(
        "amount",
        lang.format(
            "operator-top-up-amount",
            &[("currency", Arg::Text(currency.code()))],
        ),
    )
    .value(typed.text("amount"))
    .help(lang.get("operator-top-up-amount-help"))
    .short()
    .required();
    let reference = Field::text("reference", lang.get("operator-reference"))
        .value(typed.text("reference"))
        .help(lang.get("operator-reference-help"))
        .longest(80)
        .required();
    vec![
        page::with_complaint(amount, lang, fail, "amount"),
        page::with_complaint(reference, lang, fail, "reference"),
    ]
}

async fn record(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Form(form): Form,
) -> Answer {
    match try_record(&site, &operator, &form).await {
        Ok(TopUpState::AwaitingSecond) => page::done(top_ups::PATH, "top-up-waits"),
        Ok(TopUpState::Booked | TopUpState::Rejected) => {
            page::done(top_ups::PATH, "top-up-recorded")
        }
        Err(fail) if matches!(fail.kind(), FailKind::Invalid | FailKind::Conflict) => {
            form_page(&site, &visitor, &form, Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}

async fn try_record(
    site: &Site,
    operator: &OperatorActor,
    form: &Values,
) -> Result<TopUpState, Fail> {
    let buyer = OrganisationId::parse(form.text("buyer")).ok_or_else(Fail::not_found)?;
    let wanted = TopUpForm {
        key: form.key(),
        buyer,
        amount: form.text("amount").trim().to_owned(),
        reference: form.text("reference").to_owned(),
    };
    site.app.record_top_up(operator, wanted).await
}
