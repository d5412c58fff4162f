//! `Top-ups`: money that came in, and the second operator's decision on large
//! amounts.

use accounts::actor::OperatorActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use billing::top_up::{TopUpEvent, TopUpId, TopUpState};
use kernel::prelude::*;
use texts::{Arg, Lang};
use views::top_up_list::{self, TopUpRow};

use super::{organisations, top_up_form};
use crate::Site;
use crate::buyer::question::Question;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Amount, Button, Column, ConfirmDialog, EmptyState, Icon, Message, Moment, Pager,
    StateLabel, Tone,
};
use crate::visitor::{Operator, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/operator/top-ups";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Operator, show)
        .get(
            "/operator/top-ups/{id}/approve",
            Audience::Operator,
            ask_approve,
        )
        .post(
            "/operator/top-ups/{id}/approve",
            Audience::Operator,
            approve,
        )
        .get(
            "/operator/top-ups/{id}/reject",
            Audience::Operator,
            ask_reject,
        )
        .post("/operator/top-ups/{id}/reject", Audience::Operator, reject)
}

struct Row {
    top_up: TopUpRow,
    buyer_href: String,
    amount: Amount,
    state: StateLabel,
    recorded: Moment,
    /// Approve and reject, for another than who recorded it.
    acts: Vec<Button>,
    /// Somebody else must decide.
    own: bool,
}

#[derive(Template)]
#[template(path = "operator/top_ups.html")]
struct TopUps {
    frame: ui::Frame,
    record: Option<Button>,
    refusal: Option<Message>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    dialogs: Vec<ConfirmDialog>,
    pager: Pager,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    whole(&site, &visitor, &operator, &query, None).await
}

async fn whole(
    site: &Site,
    visitor: &Visitor,
    operator: &OperatorActor,
    query: &Query,
    refused: Option<&Fail>,
) -> Answer {
    let lang = visitor.lang();
    operator.require(Right::OperatorRead)?;
    let policy = site.app.policy().await?;
    let request = query.page();
    let asked = request.clone();
    let found = site
        .app
        .view(move |tx| top_up_list::load(tx, &asked))
        .await?;
    let record = Button::link(lang.get("operator-record-top-up"), top_up_form::PATH)
        .primary()
        .icon(Icon::Plus);
    let page = TopUps {
        frame: super::frame(site, visitor, lang.get("nav-top-ups")).await,
        record: operator.may(Right::RecordTopUp).then_some(record),
        refusal: refused.map(|fail| crate::failure::message(visitor, fail)),
        columns: columns(lang),
        dialogs: found
            .rows
            .iter()
            .filter(|row| decides(operator, row))
            .flat_map(|row| EVENTS.map(|event| dialog(lang, row, event)))
            .collect(),
        rows: found
            .rows
            .into_iter()
            .map(|top_up| row(lang, &policy.zone, operator, top_up))
            .collect(),
        empty: EmptyState::new(
            Icon::Card,
            lang.get("operator-top-ups-none"),
            lang.get("operator-top-ups-none-why"),
        ),
        pager: page::pager(lang, visitor, &request, found.next.as_deref()),
    };
    if refused.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

const EVENTS: [TopUpEvent; 2] = [TopUpEvent::Approve, TopUpEvent::Reject];

/// Whether this operator is the second pair of eyes.
fn decides(operator: &OperatorActor, row: &TopUpRow) -> bool {
    row.state == TopUpState::AwaitingSecond
        && row.recorded_by != operator.user()
        && operator.may(Right::ApproveTopUp)
}

fn row(lang: Lang, zone: &Zone, operator: &OperatorActor, top_up: TopUpRow) -> Row {
    let act = |event: TopUpEvent| {
        let button = Button::link(
            lang.get(&format!("operator-top-up-{event}")),
            path(top_up.top_up, event),
        );
        button.quiet().small().opens(dialog_id(&top_up, event))
    };
    Row {
        buyer_href: format!("{}/{}", organisations::PATH, top_up.buyer),
        amount: page::amount(top_up.amount),
        state: state(lang, top_up.state),
        recorded: page::moment(lang, zone, top_up.created_at),
        acts: if decides(operator, &top_up) {
            EVENTS.map(act).into()
        } else {
            Vec::new()
        },
        own: top_up.state == TopUpState::AwaitingSecond && top_up.recorded_by == operator.user(),
        top_up,
    }
}

fn state(lang: Lang, state: TopUpState) -> StateLabel {
    let word = lang.get(&format!("operator-top-up-state-{state}"));
    match state {
        TopUpState::AwaitingSecond => StateLabel::new(Tone::Warning, word).icon(Icon::Clock),
        TopUpState::Booked => StateLabel::new(Tone::Success, word),
        TopUpState::Rejected => StateLabel::new(Tone::Danger, word),
    }
}

fn path(id: TopUpId, event: TopUpEvent) -> String {
    format!("{PATH}/{id}/{event}")
}

fn dialog_id(row: &TopUpRow, event: TopUpEvent) -> String {
    format!("{event}-{}", row.top_up)
}

fn dialog(lang: Lang, row: &TopUpRow, event: TopUpEvent) -> ConfirmDialog {
    let amount = format!("{} {}", row.amount.currency.code(), row.amount.grouped());
    let key = format!("operator-top-up-{event}");
    let title = lang.format(
        &format!("{key}-title"),
        &[
            ("amount", Arg::Text(&amount)),
            ("buyer", Arg::Text(&row.buyer_name)),
        ],
    );
    let reference = lang.format(
        "operator-top-up-facts",
        &[
            ("reference", Arg::Text(&row.reference)),
            ("name", Arg::Text(&row.recorded_by_name)),
        ],
    );
    let dialog = ConfirmDialog::new(
        lang,
        dialog_id(row, event),
        title,
        path(row.top_up, event),
        lang.get(&key),
    )
    .line(reference)
    .line(lang.get(&format!("{key}-consequence")));
    if event == TopUpEvent::Reject {
        dialog.danger()
    } else {
        dialog
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("operator-recorded")),
        Column::new(lang.get("organisation-kind-buyer")),
        Column::new(lang.get("seller-amount")).number(),
        Column::new(lang.get("operator-reference")),
        Column::new(lang.get("operator-recorded-by")),
        Column::new(lang.get("seller-state")),
        Column::new(lang.get("seller-operation")),
    ]
}

async fn ask_approve(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    ask(&site, &visitor, &operator, &id, TopUpEvent::Approve).await
}

async fn ask_reject(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    ask(&site, &visitor, &operator, &id, TopUpEvent::Reject).await
}

async fn ask(
    site: &Site,
    visitor: &Visitor,
    operator: &OperatorActor,
    id: &str,
    event: TopUpEvent,
) -> Answer {
    operator.require(Right::ApproveTopUp)?;
    let id = TopUpId::parse(id).ok_or_else(Fail::not_found)?;
    let row = site.app.view(move |tx| top_up_list::one(tx, id)).await?;
    if !decides(operator, &row) {
        return Ok(page::see_other(PATH));
    }
    let lang = visitor.lang();
    let frame = super::frame(site, visitor, lang.get(&format!("operator-top-up-{event}"))).await;
    page::show(Question {
        frame: super::below(frame, "nav-top-ups", PATH),
        dialog: dialog(lang, &row, event).as_page(PATH),
    })
}

async fn approve(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    decide(
        &site,
        &visitor,
        &operator,
        &id,
        TopUpEvent::Approve,
        "top-up-approved",
    )
    .await
}

async fn reject(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    decide(
        &site,
        &visitor,
        &operator,
        &id,
        TopUpEvent::Reject,
        "top-up-rejected",
    )
    .await
}

async fn decide(
    site: &Site,
    visitor: &Visitor,
    operator: &OperatorActor,
    id: &str,
    event: TopUpEvent,
    done: &str,
) -> Answer {
    let id = TopUpId::parse(id).ok_or_else(Fail::not_found)?;
    match site.app.decide_top_up(operator, id, event).await {
        Ok(()) => page::done(PATH, done),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            whole(site, visitor, operator, &Query::default(), Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}
