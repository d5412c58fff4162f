//! `Audit trail`: who did what, when and from where.

use askama::Template;
use axum::extract::State;
use texts::Lang;
use views::audit_list::{AuditRow, Filter};

use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::seller::orders::nothing_found;
use crate::ui::{self, Button, Column, EmptyState, Field, Moment, Pager};
use crate::visitor::{Operator, Visitor};
use crate::{Site, labels};

/// Where the list stands.
const PATH: &str = "/operator/audit";
/// Names of the filters in the address.
const NAMES: [&str; 3] = ["operation", "subject", "email"];

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Operator, show)
}

struct Row {
    record: AuditRow,
    at: Moment,
    side: &'static str,
}

#[derive(Template)]
#[template(path = "operator/audit.html")]
struct Audit {
    frame: ui::Frame,
    filters: Vec<Field>,
    filter: Button,
    clear: Option<Button>,
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
    let text = |name: &str| query.text(name).trim().to_owned();
    let filter = Filter {
        operation: text("operation"),
        subject: text("subject"),
        email: text("email"),
    };
    let found = site
        .app
        .audit_trail(&operator, filter, request.clone())
        .await?;
    let row = |record: AuditRow| Row {
        at: page::moment(lang, &policy.zone, record.at),
        side: labels::side(lang, record.side.name()),
        record,
    };
    let narrowed = NAMES.iter().any(|name| !text(name).is_empty());
    page::show(Audit {
        frame: super::frame(&site, &visitor, lang.get("nav-audit")).await,
        filters: filters(lang, &query),
        filter: Button::submit(lang.get("frame-apply")).secondary(),
        clear: narrowed.then(|| Button::link(lang.get("frame-clear-filters"), PATH)),
        columns: [
            "operator-time",
            "operator-who",
            "operator-organisation",
            "operator-operation",
            "operator-subject",
            "operator-outcome",
        ]
        .map(|key| Column::new(lang.get(key)))
        .into(),
        rows: found.rows.into_iter().map(row).collect(),
        empty: nothing_found(lang, PATH),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

fn filters(lang: Lang, query: &Query) -> Vec<Field> {
    let field = |name: &str| {
        Field::text(name, lang.get(&format!("operator-{name}"))).value(query.text(name).trim())
    };
    NAMES.map(field).into()
}
