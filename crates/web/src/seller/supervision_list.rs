//! `Delivery > Service Supervision` (seller-business 1.7).

use accounts::actor::SellerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use kernel::names::Named as _;
use kernel::prelude::*;
use kernel::who::Side;
use supervision::service_flow::State as FlowState;
use texts::{Arg, Lang};
use views::supervision_list::{self, Filter, FlowRow};

use super::orders::nothing_found;
use crate::buyer::address;
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Amount, Choice, Column, EmptyState, Icon, Menu, MenuItem, Moment, Pager, StateLabel,
    Toolbar,
};
use crate::visitor::{Seller, Visitor};
use crate::{Site, labels};

/// Where the list stands.
pub(super) const PATH: &str = "/seller/supervision";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Seller, show)
}

struct Row {
    flow: FlowRow,
    href: String,
    product: String,
    specification: String,
    amount: Amount,
    state: StateLabel,
    due: Option<Moment>,
    late: bool,
    created: Moment,
    /// What the seller does next: words and address.
    act: Option<(&'static str, String)>,
    menu: Option<Menu>,
}

#[derive(Template)]
#[template(path = "seller/supervision_list.html")]
struct SupervisionList {
    frame: ui::Frame,
    toolbar: Toolbar,
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
    seller.require(Right::SellerRead)?;
    let policy = site.app.policy().await?;
    let (organisation, request) = (seller.organisation(), query.page());
    let filter = Filter {
        state: FlowState::from_name(query.text("state")),
        search: query.text("q").trim().to_owned(),
    };
    let (asked, wanted) = (request.clone(), filter.clone());
    let found = site
        .app
        .view(move |tx| supervision_list::of_seller(tx, organisation, &wanted, &asked))
        .await?;
    let now = site.app.business_now(seller.realm());
    page::show(SupervisionList {
        frame: super::frame(&site, &visitor, lang.get("nav-service-supervision")).await,
        toolbar: toolbar(lang, &filter),
        columns: columns(lang),
        rows: found
            .rows
            .into_iter()
            .map(|flow| row(lang, &policy.zone, &seller, flow, now))
            .collect(),
        empty: empty(lang, &filter),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

fn row(lang: Lang, zone: &Zone, seller: &SellerActor, flow: FlowRow, now: Timestamp) -> Row {
    let href = format!("{PATH}/{}", flow.flow);
    let may_act = seller.may(Right::Deliver);
    let act = match flow.state {
        FlowState::WaitRequestConfirm => {
            Some((lang.get("seller-accept-request"), format!("{href}/accept")))
        }
        FlowState::WaitDelivery => Some((
            lang.get("seller-deliver-service"),
            format!("{href}#delivery"),
        )),
        _ => None,
    };
    let menu = match flow.state {
        FlowState::WaitRequestConfirm => Some(MenuItem::link(
            lang.get("seller-reject-request"),
            format!("{href}/reject"),
        )),
        FlowState::WaitRequest | FlowState::WaitAcceptance => Some(
            MenuItem::post(lang.get("seller-remind"), format!("{href}/remind")).icon(Icon::Bell),
        ),
        _ => None,
    };
    let label = lang.format(
        "seller-more-for",
        &[("name", Arg::Text(&flow.order_number))],
    );
    Row {
        product: lang
            .pick(&flow.name.product, &flow.name.product_zh)
            .to_owned(),
        specification: lang
            .pick(&flow.name.specification, &flow.name.specification_zh)
            .to_owned(),
        amount: page::amount(flow.gross),
        state: labels::flow_state(lang, flow.state, Side::Seller),
        due: flow.delivery_due_at.map(|at| page::moment(lang, zone, at)),
        late: flow.state == FlowState::WaitDelivery
            && flow.delivery_due_at.is_some_and(|due| due < now),
        created: page::moment(lang, zone, flow.created_at),
        act: act.filter(|_| may_act),
        menu: menu
            .filter(|_| may_act)
            .map(|item| Menu::of_row(label).group(vec![item])),
        href,
        flow,
    }
}

fn toolbar(lang: Lang, filter: &Filter) -> Toolbar {
    let state = filter.state.map_or("", FlowState::name);
    let choice =
        |state: &FlowState| Choice::new(state.name(), labels::flow_state_name(lang, *state));
    let mut toolbar = Toolbar::new(lang, PATH)
        .search(lang.get("seller-search-order-or-product"), &filter.search)
        .filter(ui::Filter::new(
            "state",
            lang.get("seller-any-state"),
            FlowState::ALL.iter().map(choice).collect(),
            state,
        ));
    if let Some(state) = filter.state {
        toolbar = toolbar.chip(
            labels::flow_state_name(lang, state),
            address(PATH, &[("q", &filter.search)]),
        );
    }
    if !filter.search.is_empty() {
        toolbar = toolbar.chip(&filter.search, address(PATH, &[("state", state)]));
    }
    toolbar.clear(PATH)
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("seller-order-number")),
        Column::new(lang.get("seller-product")),
        Column::new(lang.get("seller-customer")),
        Column::new(lang.get("seller-amount")).number(),
        Column::new(lang.get("seller-state")),
        Column::new(lang.get("seller-delivery-due")),
        Column::new(lang.get("seller-placed")),
        Column::new(lang.get("seller-operation")),
    ]
}

fn empty(lang: Lang, filter: &Filter) -> EmptyState {
    if filter.state.is_some() || !filter.search.is_empty() {
        return nothing_found(lang, PATH);
    }
    EmptyState::new(
        Icon::Shield,
        lang.get("seller-supervision-none"),
        lang.get("seller-supervision-none-why"),
    )
}
