//! `My KooGallery > Service Supervision` (B-59).

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use kernel::names::Named as _;
use kernel::who::Side;
use supervision::service_flow::State as FlowState;
use texts::Lang;
use views::supervision_list::{self, Filter, FlowRow};

use super::address;
use crate::Site;
use crate::form::Query;
use crate::labels;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, Choice, Column, EmptyState, Icon, Menu, MenuItem, Moment, Pager, StateLabel,
    Toolbar,
};
use crate::visitor::{Buyer, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/my/supervision";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Buyer, show)
}

struct Row {
    product: String,
    specification: String,
    flow: FlowRow,
    href: String,
    state: StateLabel,
    due: Option<Moment>,
    /// What the buyer does next: words and address.
    act: Option<(&'static str, String)>,
    menu: Option<Menu>,
}

#[derive(Template)]
#[template(path = "buyer/supervision_list.html")]
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
    Buyer(buyer): Buyer,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let (organisation, request) = (buyer.organisation(), query.page());
    let filter = Filter {
        state: FlowState::from_name(query.text("state")),
        search: query.text("q").trim().to_owned(),
    };
    let (asked, wanted) = (request.clone(), filter.clone());
    let found = site
        .app
        .view(move |tx| supervision_list::of_buyer(tx, organisation, &wanted, &asked))
        .await?;
    page::show(SupervisionList {
        frame: super::frame(&site, &visitor, lang.get("nav-service-supervision")).await,
        toolbar: toolbar(lang, &filter),
        columns: columns(lang),
        rows: found
            .rows
            .into_iter()
            .map(|flow| row(lang, &policy.zone, &buyer, flow))
            .collect(),
        empty: empty(lang, &filter),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

fn row(lang: Lang, zone: &kernel::Zone, buyer: &BuyerActor, flow: FlowRow) -> Row {
    let href = format!("{PATH}/{}", flow.flow);
    let may_act = buyer.may(Right::Supervise);
    let act = match flow.state {
        FlowState::WaitRequest => Some((lang.get("buyer-submit-request"), href.clone())),
        FlowState::WaitAcceptance => Some((
            lang.get("buyer-confirm-acceptance"),
            format!("{href}/accept"),
        )),
        _ => None,
    };
    let menu = match flow.state {
        FlowState::WaitRequestConfirm | FlowState::WaitDelivery => Some(
            MenuItem::post(lang.get("buyer-remind"), format!("{href}/remind")).icon(Icon::Bell),
        ),
        FlowState::WaitAcceptance => Some(MenuItem::link(
            lang.get("buyer-reject"),
            format!("{href}/reject"),
        )),
        _ => None,
    };
    let label = lang.format(
        "buyer-more-for",
        &[("name", texts::Arg::Text(&flow.order_number))],
    );
    Row {
        product: lang
            .pick(&flow.name.product, &flow.name.product_zh)
            .to_owned(),
        specification: lang
            .pick(&flow.name.specification, &flow.name.specification_zh)
            .to_owned(),
        state: labels::flow_state(lang, flow.state, Side::Buyer),
        due: flow.delivery_due_at.map(|at| page::moment(lang, zone, at)),
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
        .search(lang.get("buyer-search-order-or-product"), &filter.search)
        .filter(ui::Filter::new(
            "state",
            lang.get("buyer-any-state"),
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
        Column::new(lang.get("buyer-order-number")),
        Column::new(lang.get("buyer-product")),
        Column::new(lang.get("buyer-seller")),
        Column::new(lang.get("buyer-state")),
        Column::new(lang.get("buyer-delivery-due")),
        Column::new(lang.get("buyer-operation")),
    ]
}

fn empty(lang: Lang, filter: &Filter) -> EmptyState {
    if filter.state.is_some() || !filter.search.is_empty() {
        return EmptyState::new(
            Icon::Search,
            lang.get("buyer-nothing-found"),
            lang.get("buyer-nothing-found-why"),
        )
        .action(Button::link(lang.get("frame-clear-filters"), PATH));
    }
    EmptyState::new(
        Icon::Shield,
        lang.get("buyer-supervision-none"),
        lang.get("buyer-supervision-none-why"),
    )
    .action(Button::link(lang.get("buyer-to-the-shop"), "/").primary())
}
