//! `Overview`: accounts, orders and what waits for somebody, as figures.

use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use texts::{Arg, Lang};
use views::operator_overview::{self, OperatorOverview};

use super::{addresses, orders, organisations, tasks, top_ups};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Message, Tone, paths};
use crate::visitor::{Operator, Visitor};
use crate::{Site, help, labels};

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::OPERATOR, Audience::Operator, show)
}

/// A figure with the list that it counts.
struct Figure {
    label: String,
    count: i64,
    href: String,
}

#[derive(Template)]
#[template(path = "operator/overview.html")]
struct Overview {
    frame: ui::Frame,
    warnings: Vec<Message>,
    /// Titled groups.
    groups: Vec<(&'static str, Vec<Figure>)>,
}

async fn show(State(site): State<Site>, visitor: Visitor, Operator(operator): Operator) -> Answer {
    let lang = visitor.lang();
    operator.require(Right::OperatorRead)?;
    let realm = operator.realm();
    let found = site
        .app
        .view(move |tx| operator_overview::load(tx, realm))
        .await?;
    page::show(Overview {
        frame: super::frame(&site, &visitor, lang.get("nav-overview")).await,
        warnings: warnings(lang, &found),
        groups: groups(lang, &found),
    })
}

fn warnings(lang: Lang, found: &OperatorOverview) -> Vec<Message> {
    let warn = |count: i64, key: &str, action: &str, href: &str| {
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
            found.dead_tasks,
            "operator-dead-tasks",
            "nav-failed-tasks",
            tasks::PATH,
        ),
        warn(
            found.top_ups,
            "operator-waiting-top-ups",
            "nav-top-ups",
            top_ups::PATH,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn groups(lang: Lang, found: &OperatorOverview) -> Vec<(&'static str, Vec<Figure>)> {
    let figure = |label: &str, count: i64, href: String| Figure {
        label: label.to_owned(),
        count,
        href,
    };
    let waits = vec![
        figure(
            lang.get("operator-top-ups-waiting"),
            found.top_ups,
            top_ups::PATH.to_owned(),
        ),
        figure(
            lang.get("nav-addresses-to-verify"),
            found.addresses,
            addresses::PATH.to_owned(),
        ),
        figure(
            lang.get("nav-failed-tasks"),
            found.dead_tasks,
            tasks::PATH.to_owned(),
        ),
        figure(
            lang.get("operator-live-tasks"),
            found.live_tasks,
            tasks::PATH.to_owned(),
        ),
        figure(
            lang.get("nav-feedback"),
            found.feedback,
            help::paths::OPERATOR_FEEDBACK.to_owned(),
        ),
    ];
    let of_kind = |(kind, count): &(_, i64)| {
        figure(
            organisations::kind_name(lang, *kind),
            *count,
            format!("{}?kind={kind}", organisations::PATH),
        )
    };
    let in_status = |(status, count): &(ordering::status::OrderStatus, i64)| {
        figure(
            labels::order_status_name(lang, *status),
            *count,
            format!("{}?status={status}", orders::PATH),
        )
    };
    vec![
        (lang.get("operator-waits"), waits),
        (
            lang.get("nav-accounts"),
            found.accounts.iter().map(of_kind).collect(),
        ),
        (
            lang.get("nav-orders"),
            found.orders.iter().map(in_status).collect(),
        ),
    ]
}
