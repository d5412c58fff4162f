//! One supervised delivery as its seller sees it: how far it is, the request,
//! the seller's next step, counters and operation records (seller-business 1).

use accounts::actor::SellerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use delivery::instance::State as InstanceState;
use flows::CurrentPolicy;
use kernel::id::ServiceFlowId;
use kernel::prelude::*;
use kernel::who::Side;
use ordering::order_line::LineState;
use supervision::record::Action;
use supervision::service_flow::State as FlowState;
use texts::{Arg, Lang};
use views::supervision_details::{self, SupervisionDetails};

use super::delivery_form::{DeliveryForm, Typed};
use super::{files, interface_messages, orders, supervision_acts, supervision_list};
use crate::buyer::supervision_steps::{self, Sides};
use crate::buyer::{address, app_details};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, ConfirmDialog, Link, Message, Moment, StateLabel, Timeline, Tone};
use crate::visitor::{Seller, Visitor};
use crate::{Site, labels};

pub(super) fn routes() -> Routes {
    Routes::new().get("/seller/supervision/{flow}", Audience::Seller, show)
}

/// What the buyer asked for last.
struct Request {
    text: String,
    files: Vec<Link>,
    at: Moment,
}

#[derive(Template)]
#[template(path = "seller/supervision_details.html")]
struct Details {
    frame: ui::Frame,
    state: StateLabel,
    /// What couldn't be done just now.
    refusal: Option<Message>,
    steps: ui::Steps,
    next: Message,
    /// Accept and reject, each a link that opens its dialog.
    acts: Vec<Button>,
    dialogs: Vec<ConfirmDialog>,
    remind: Option<(String, Button)>,
    request: Option<Request>,
    /// The application must be open before the service can be delivered.
    not_open: Option<Message>,
    delivery: Option<DeliveryForm>,
    service: Service,
    records: Timeline,
}

/// What the delivery is about, with its dates and counters.
struct Service {
    product: String,
    specification: String,
    options: Vec<(String, String)>,
    quantity: Option<(String, String)>,
    period: String,
    customer: String,
    order: Link,
    amount: ui::Amount,
    instance: Option<StateLabel>,
    due: Option<Moment>,
    enabled: Option<Moment>,
    accepted: Option<Moment>,
    request_rejections: u32,
    delivery_rejections: u32,
}

/// What a step that wasn't taken leaves on the page.
#[derive(Default)]
pub(super) struct Refused<'f> {
    pub(super) fail: Option<&'f Fail>,
    pub(super) typed: Typed,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(flow): Path<String>,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    whole(&site, &visitor, &seller, id, &Refused::default()).await
}

/// The data of the page.
pub(super) async fn load(
    site: &Site,
    seller: &SellerActor,
    id: ServiceFlowId,
) -> Result<SupervisionDetails, Fail> {
    seller.require(Right::SellerRead)?;
    let organisation = seller.organisation();
    site.app
        .view(move |tx| supervision_details::for_seller(tx, organisation, id))
        .await
}

/// The whole page, also after a step that couldn't be taken.
pub(super) async fn whole(
    site: &Site,
    visitor: &Visitor,
    seller: &SellerActor,
    id: ServiceFlowId,
    refused: &Refused<'_>,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let found = load(site, seller, id).await?;
    let frozen = found.line.frozen();
    let frame = super::frame(
        site,
        visitor,
        lang.pick(&frozen.product_name, &frozen.product_name_zh),
    )
    .await;
    let state = found.flow.state();
    let may_act = seller.may(Right::Deliver);
    let confirming = may_act && state == FlowState::WaitRequestConfirm;
    let delivering = may_act && state == FlowState::WaitDelivery;
    let open = is_open(&found);
    let completed = found.line.state() == LineState::Completed;
    let sides = Sides {
        buyer: &found.buyer_name,
        seller: lang.pick(found.seller.name(), found.seller.name_zh()),
    };
    let reminding = may_act && matches!(state, FlowState::WaitRequest | FlowState::WaitAcceptance);
    let page = Details {
        frame: super::below(frame, "nav-service-supervision", supervision_list::PATH),
        state: labels::flow_state(lang, state, Side::Seller),
        refusal: refused
            .fail
            .filter(|fail| fail.field_errors().is_empty())
            .map(|fail| crate::failure::message(visitor, fail)),
        steps: supervision_steps::steps(lang, &policy.zone, state, &found.records, completed),
        next: next(
            lang,
            &policy,
            &found,
            site.app.business_now(found.flow.realm()),
        ),
        acts: if confirming {
            supervision_acts::buttons(lang, id)
        } else {
            Vec::new()
        },
        dialogs: if confirming {
            supervision_acts::dialogs(lang, &found, &policy)
        } else {
            Vec::new()
        },
        remind: reminding.then(|| {
            let button = Button::submit(lang.get("seller-remind"))
                .secondary()
                .icon(ui::Icon::Bell);
            (format!("{}/{id}/remind", supervision_list::PATH), button)
        }),
        request: request(lang, &policy, &found),
        not_open: (delivering && !open).then(|| not_open(lang, &found)),
        delivery: (delivering && open)
            .then(|| DeliveryForm::new(lang, &policy, id, &refused.typed, refused.fail)),
        service: Service::new(lang, &policy, &found),
        records: supervision_steps::timeline(
            lang,
            &policy.zone,
            &found.records,
            &sides,
            files::PATH,
        ),
    };
    if refused.fail.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

/// Whether what the seller's server opens is open; offline nothing needs to be.
fn is_open(found: &SupervisionDetails) -> bool {
    found
        .instance
        .is_none_or(|(_, state)| matches!(state, InstanceState::Normal | InstanceState::Grace))
}

fn not_open(lang: Lang, found: &SupervisionDetails) -> Message {
    let messages = address(
        interface_messages::PATH,
        &[("order", found.line.order_number())],
    );
    Message::new(Tone::Warning, lang.get("seller-not-open"))
        .line(lang.get("seller-not-open-why"))
        .action(Button::link(lang.get("nav-interface-messages"), messages))
}

/// The request that counts: the last that was submitted.
fn request(lang: Lang, policy: &CurrentPolicy, found: &SupervisionDetails) -> Option<Request> {
    let last = found
        .records
        .iter()
        .rev()
        .find(|record| record.action == Action::RequestSubmitted)?;
    let link = |file: &supervision::record::HandedOver| {
        Link::new(&file.name, format!("{}/{}", files::PATH, file.file))
    };
    Some(Request {
        text: last.text.clone(),
        files: last.files.iter().map(link).collect(),
        at: page::moment(lang, &policy.zone, last.at),
    })
}

/// Whose turn it is and what it is about.
fn next(lang: Lang, policy: &CurrentPolicy, found: &SupervisionDetails, now: Timestamp) -> Message {
    let hours = i64::from(policy.supervision.complete_after_seconds) / 3600;
    let late = found.flow.delivery_due_at().is_some_and(|due| due < now);
    let (tone, key) = match found.flow.state() {
        FlowState::WaitRequest => (Tone::Info, "seller-next-request"),
        FlowState::WaitRequestConfirm => (Tone::Warning, "seller-next-confirm"),
        FlowState::WaitDelivery if late => (Tone::Warning, "seller-next-delivery-late"),
        FlowState::WaitDelivery if found.flow.delivery_rejections() > 0 => {
            (Tone::Warning, "seller-next-delivery-again")
        }
        FlowState::WaitDelivery => (Tone::Warning, "seller-next-delivery"),
        FlowState::WaitAcceptance => (Tone::Info, "seller-next-acceptance"),
        FlowState::Completed if found.line.state() == LineState::Completed => {
            (Tone::Success, "seller-next-completed")
        }
        FlowState::Completed => (Tone::Success, "seller-next-accepted"),
        FlowState::ClosedUnsubscribed => (Tone::Neutral, "seller-next-unsubscribed"),
        FlowState::ClosedByOperator => (Tone::Neutral, "seller-next-closed"),
    };
    Message::new(tone, lang.get(key))
        .line(lang.format(&format!("{key}-why"), &[("hours", Arg::Number(hours))]))
}

impl Service {
    fn new(lang: Lang, policy: &CurrentPolicy, found: &SupervisionDetails) -> Self {
        let (flow, line) = (&found.flow, &found.line);
        let frozen = line.frozen();
        let moment = |at: Timestamp| page::moment(lang, &policy.zone, at);
        Self {
            product: lang
                .pick(&frozen.product_name, &frozen.product_name_zh)
                .to_owned(),
            specification: lang
                .pick(&frozen.specification, &frozen.specification_zh)
                .to_owned(),
            options: app_details::options(lang, frozen),
            quantity: app_details::quantity(lang, line),
            period: labels::period(lang, frozen.period),
            customer: found.buyer_name.clone(),
            order: Link::new(
                line.order_number(),
                format!("{}/{}", orders::PATH, line.order()),
            ),
            amount: page::amount(line.terms().gross),
            instance: found
                .instance
                .map(|(_, state)| labels::instance_state(lang, state)),
            due: flow.delivery_due_at().map(moment),
            enabled: flow.enabled_at().map(moment),
            accepted: flow.accepted_at().map(moment),
            request_rejections: flow.request_rejections(),
            delivery_rejections: flow.delivery_rejections(),
        }
    }
}
