//! `Application Tools > Service Interface Messages` (access guide 1.9): every
//! effect at the seller's server, how often it was called and what came back.

use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use delivery::message::{Filter, Message, Status};
use kernel::names::Named as _;
use kernel::prelude::*;
use texts::{Arg, Lang};
use views::line_products;

use super::orders::nothing_found;
use super::{message_status, unclear};
use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, Choice, Column, EmptyState, Field, Icon, Menu, MenuItem, Moment, Pager,
    StateLabel, Tabs,
};
use crate::visitor::{Seller, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/seller/interface-messages";

/// What is called: names of the interface.
const ACTIVITIES: [&str; 4] = [
    "newInstance",
    "queryInstance",
    "updateInstanceStatus",
    "releaseInstance",
];

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Seller, show)
        .get(
            "/seller/interface-messages/strays",
            Audience::Seller,
            strays,
        )
        .get(
            "/seller/interface-messages/orphans",
            Audience::Seller,
            orphans,
        )
}

struct Row {
    message: Message,
    product: String,
    href: String,
    order: String,
    instance: String,
    status: StateLabel,
    first: Moment,
    last: Moment,
    http: String,
    menu: Option<Menu>,
}

#[derive(Template)]
#[template(path = "seller/interface_messages.html")]
struct Messages {
    frame: ui::Frame,
    tabs: Tabs,
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
    Seller(seller): Seller,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let (request, filter) = (query.page(), filter(&query, &policy.zone));
    let found = site
        .app
        .interface_messages(&seller, filter, request.clone())
        .await?;
    let (organisation, lines) = (
        seller.organisation(),
        found
            .rows
            .iter()
            .map(|message| message.about().line_number.clone())
            .collect::<Vec<_>>(),
    );
    let products = site
        .app
        .view(move |tx| line_products::names(tx, organisation, &lines))
        .await?;
    let may_restart = seller.may(Right::RestartCalls);
    let narrowed = NAMES.iter().any(|name| !query.text(name).trim().is_empty());
    page::show(Messages {
        frame: super::frame(&site, &visitor, lang.get("nav-interface-messages")).await,
        tabs: tabs(lang, PATH),
        filters: filters(lang, &query),
        filter: Button::submit(lang.get("frame-apply")).secondary(),
        clear: narrowed.then(|| Button::link(lang.get("frame-clear-filters"), PATH)),
        columns: columns(lang),
        rows: found
            .rows
            .into_iter()
            .map(|message| {
                let name = products.get(&message.about().line_number);
                let product =
                    name.map(|name| lang.pick(&name.product, &name.product_zh).to_owned());
                row(
                    lang,
                    &policy.zone,
                    message,
                    product.unwrap_or_default(),
                    may_restart,
                )
            })
            .collect(),
        empty: if narrowed {
            nothing_found(lang, PATH)
        } else {
            empty(lang)
        },
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

/// Names of the filters in the address.
const NAMES: [&str; 6] = ["status", "activity", "order", "instance", "from", "to"];

fn filter(query: &Query, zone: &Zone) -> Filter {
    let text = |name| query.text(name).trim().to_owned();
    Filter {
        status: Status::from_name(query.text("status")),
        activity: text("activity"),
        order_number: text("order"),
        external_ref: text("instance"),
        from: zone.parse_local(&format!("{}T00:00", text("from"))),
        to: zone
            .parse_local(&format!("{}T00:00", text("to")))
            .map(|day| day.plus_seconds(86_400)),
    }
}

fn filters(lang: Lang, query: &Query) -> Vec<Field> {
    let any = || Choice::new("", lang.get("seller-any"));
    let statuses = Status::ALL
        .iter()
        .map(|status| Choice::new(status.name(), message_status::word(lang, *status)));
    let activities = ACTIVITIES
        .iter()
        .map(|activity| Choice::new(*activity, *activity));
    let typed = |name: &str| query.text(name).trim().to_owned();
    vec![
        Field::select(
            "status",
            lang.get("seller-status"),
            std::iter::once(any()).chain(statuses).collect(),
        )
        .value(typed("status")),
        Field::select(
            "activity",
            lang.get("seller-activity"),
            std::iter::once(any()).chain(activities).collect(),
        )
        .value(typed("activity")),
        Field::text("order", lang.get("seller-order-or-line")).value(typed("order")),
        Field::text("instance", lang.get("seller-instance-id")).value(typed("instance")),
        Field::date("from", lang.get("seller-from")).value(typed("from")),
        Field::date("to", lang.get("seller-to")).value(typed("to")),
    ]
}

fn row(lang: Lang, zone: &Zone, message: Message, product: String, may_restart: bool) -> Row {
    let href = format!("{PATH}/{}", message.id());
    let about = message.about();
    let label = lang.format(
        "seller-more-for",
        &[("name", Arg::Text(message.id().as_str()))],
    );
    let restart =
        MenuItem::post(lang.get("seller-restart"), format!("{href}/restart")).icon(Icon::Refresh);
    Row {
        order: about.line_number.clone(),
        instance: about
            .external_ref
            .as_ref()
            .map(|id| id.as_str().to_owned())
            .unwrap_or_default(),
        status: message_status::label(lang, message.status()),
        first: page::moment(lang, zone, message.first_call_at()),
        last: page::moment(lang, zone, message.last_call_at()),
        http: message
            .http_status()
            .map(|status| status.to_string())
            .unwrap_or_default(),
        menu: (may_restart && message.can_restart())
            .then(|| Menu::of_row(label).group(vec![restart])),
        href,
        product,
        message,
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("seller-message")),
        Column::new(lang.get("seller-line-number")),
        Column::new(lang.get("seller-instance-id")),
        Column::new(lang.get("seller-calls-between")),
        Column::new(lang.get("seller-attempts")).number(),
        Column::new(lang.get("seller-answer")),
        Column::new(lang.get("seller-status")),
        Column::new(lang.get("seller-operation")),
    ]
}

fn empty(lang: Lang) -> EmptyState {
    EmptyState::new(
        Icon::Bolt,
        lang.get("seller-messages-none"),
        lang.get("seller-messages-none-why"),
    )
}

fn tabs(lang: Lang, current: &str) -> Tabs {
    unclear::tabs(lang, PATH, lang.get("seller-messages-tab"), current)
}

async fn strays(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let request = query.page();
    let found = site.app.stray_instances(&seller, request.clone()).await?;
    let frame = super::frame(&site, &visitor, lang.get("nav-interface-messages")).await;
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
    Seller(seller): Seller,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let request = query.page();
    let found = site.app.possible_orphans(&seller, request.clone()).await?;
    let frame = super::frame(&site, &visitor, lang.get("nav-interface-messages")).await;
    let pager = page::pager(lang, &visitor, &request, found.next.as_deref());
    let places = unclear::Places {
        orders: super::orders::PATH,
        messages: Some(PATH),
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
