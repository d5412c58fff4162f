//! `Failed tasks`: what the marketplace gave up, with its error, to be repeated;
//! beside it instances that nobody can account for.

use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use flows::TaskId;
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::orders;
use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::seller::unclear;
use crate::ui::{self, Button, Column, EmptyState, Icon, Moment, Pager, Tabs, Toolbar};
use crate::visitor::{Operator, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/operator/tasks";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Operator, show)
        .get("/operator/tasks/strays", Audience::Operator, strays)
        .get("/operator/tasks/orphans", Audience::Operator, orphans)
        .post("/operator/tasks/{id}/retry", Audience::Operator, retry)
}

struct Row {
    id: String,
    kind: String,
    subject: String,
    error: String,
    attempts: u32,
    created: Moment,
    retry: Option<(String, Button)>,
}

#[derive(Template)]
#[template(path = "operator/tasks.html")]
struct Tasks {
    frame: ui::Frame,
    tabs: Tabs,
    toolbar: Toolbar,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    pager: Pager,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let request = query.page();
    let found = site.app.failed_tasks(&operator, request.clone()).await?;
    let manages = operator.may(Right::ManageTasks);
    let mut rows = Vec::new();
    for task in found.dead.rows {
        let retry = Button::submit(lang.get("operator-retry")).quiet().small();
        rows.push(Row {
            retry: manages.then(|| (format!("{PATH}/{}/retry", task.id), retry)),
            id: task.id.to_string(),
            kind: task.kind,
            subject: task.payload,
            error: task.last_error.unwrap_or_default(),
            attempts: task.attempts,
            created: page::moment(lang, &policy.zone, task.created_at),
        });
    }
    page::show(Tasks {
        frame: super::frame(&site, &visitor, lang.get("nav-failed-tasks")).await,
        tabs: tabs(lang, PATH),
        toolbar: Toolbar::new(lang, PATH)
            .count(lang.format("operator-live-count", &[("count", Arg::Number(found.live))])),
        columns: columns(lang),
        rows,
        empty: EmptyState::new(
            Icon::Success,
            lang.get("operator-tasks-none"),
            lang.get("operator-tasks-none-why"),
        ),
        pager: page::pager(lang, &visitor, &request, found.dead.next.as_deref()),
    })
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("operator-task")),
        Column::new(lang.get("operator-task-subject")),
        Column::new(lang.get("operator-task-error")),
        Column::new(lang.get("seller-attempts")).number(),
        Column::new(lang.get("operator-created")),
        Column::new(lang.get("seller-operation")),
    ]
}

fn tabs(lang: Lang, current: &str) -> Tabs {
    unclear::tabs(lang, PATH, lang.get("nav-failed-tasks"), current)
}

async fn retry(
    State(site): State<Site>,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    let id = TaskId::parse(&id).ok_or_else(Fail::not_found)?;
    site.app.revive_task(&operator, id).await?;
    page::done(PATH, "task-revived")
}

async fn strays(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let request = query.page();
    let found = site
        .app
        .all_stray_instances(&operator, request.clone())
        .await?;
    let frame = super::frame(&site, &visitor, lang.get("seller-strays")).await;
    let pager = page::pager(lang, &visitor, &request, found.next.as_deref());
    page::show(unclear::Strays::new(
        frame,
        tabs(lang, &unclear::strays_of(PATH)),
        &policy.zone,
        found.rows,
        pager,
    ))
}

async fn orphans(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let request = query.page();
    let found = site
        .app
        .all_possible_orphans(&operator, request.clone())
        .await?;
    let frame = super::frame(&site, &visitor, lang.get("seller-orphans")).await;
    let pager = page::pager(lang, &visitor, &request, found.next.as_deref());
    let places = unclear::Places {
        orders: orders::PATH,
        messages: None,
    };
    page::show(unclear::Orphans::new(
        frame,
        tabs(lang, &unclear::orphans_of(PATH)),
        &policy.zone,
        &places,
        found.rows,
        pager,
    ))
}
