//! `Service Supervision > View Details`: how far the delivery is, whose turn it
//! is, the application already before the end, and the buyer's next step
//! (B-47, B-60 to B-65).

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use flows::CurrentPolicy;
use kernel::id::ServiceFlowId;
use kernel::prelude::*;
use kernel::who::Side;
use ordering::order_line::LineState;
use supervision::record::{Action, FileKind};
use supervision::service_flow::State as FlowState;
use texts::{Arg, Lang};
use views::supervision_details::{self, SupervisionDetails};

use super::application::{Application, Reader, Told};
use super::seller_information::SellerInformation;
use super::supervision_steps::{self, Sides};
use super::{app_details, supervision_acts, supervision_list};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, ConfirmDialog, ErrorSummary, Field, Message, Moment, StateLabel, Timeline, Tone,
};
use crate::visitor::{Buyer, Visitor};
use crate::{Site, labels};

pub(super) fn routes() -> Routes {
    Routes::new().get("/my/supervision/{flow}", Audience::Buyer, show)
}

/// The form of `Submit Request`.
struct RequestForm {
    action: String,
    title: &'static str,
    summary: Option<ErrorSummary>,
    text: Field,
    files: Field,
    submit: Button,
}

#[derive(Template)]
#[template(path = "buyer/supervision_details.html")]
struct Details {
    frame: ui::Frame,
    state: StateLabel,
    /// What couldn't be done just now.
    refusal: Option<Message>,
    steps: ui::Steps,
    next: Message,
    request: Option<RequestForm>,
    /// Confirm acceptance and reject, each a link that opens its dialog.
    acts: Vec<Button>,
    dialogs: Vec<ConfirmDialog>,
    remind: Option<(String, Button)>,
    application: Option<Application>,
    service: Service,
    seller: SellerInformation,
    records: Timeline,
}

/// What the delivery is about, with its dates and counters.
struct Service {
    product: String,
    product_href: String,
    specification: String,
    options: Vec<(String, String)>,
    quantity: Option<(String, String)>,
    period: String,
    order_number: String,
    order_href: String,
    amount: ui::Amount,
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
    /// What was typed.
    pub(super) text: Option<&'f str>,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(flow): Path<String>,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    whole(&site, &visitor, &buyer, id, &Refused::default()).await
}

/// The data of the page.
pub(super) async fn load(
    site: &Site,
    buyer: &BuyerActor,
    id: ServiceFlowId,
) -> Result<SupervisionDetails, Fail> {
    buyer.require(Right::BuyerRead)?;
    let organisation = buyer.organisation();
    site.app
        .view(move |tx| supervision_details::for_buyer(tx, organisation, id))
        .await
}

/// The whole page, also after a step that couldn't be taken.
pub(super) async fn whole(
    site: &Site,
    visitor: &Visitor,
    buyer: &BuyerActor,
    id: ServiceFlowId,
    refused: &Refused<'_>,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let found = load(site, buyer, id).await?;
    let back = format!("{}/{id}", supervision_list::PATH);
    let application = match found.instance {
        Some((instance, _)) => {
            let reader = Reader {
                lang,
                policy: &policy,
                buyer,
                back: &back,
            };
            let details = site.app.resource_details(buyer, instance).await?;
            Some(Application::new(&reader, &details, Told::Before))
        }
        None => None,
    };
    let service = Service::new(lang, &policy, &found);
    let frame = super::frame(site, visitor, &service.product).await;
    let may_act = buyer.may(Right::Supervise);
    let state = found.flow.state();
    let acting = may_act && state == FlowState::WaitAcceptance;
    let completed = found.line.state() == LineState::Completed;
    let sides = Sides {
        buyer: &found.buyer_name,
        seller: lang.pick(found.seller.name(), found.seller.name_zh()),
    };
    let page = Details {
        frame: super::below(frame, "nav-service-supervision", supervision_list::PATH),
        state: labels::flow_state(lang, state, Side::Buyer),
        refusal: refusal(visitor, refused),
        steps: supervision_steps::steps(lang, &policy.zone, state, &found.records, completed),
        next: next(
            lang,
            &policy,
            &found,
            site.app.business_now(found.flow.realm()),
        ),
        request: (may_act && state == FlowState::WaitRequest)
            .then(|| request_form(lang, &policy, &found, refused)),
        acts: if acting {
            supervision_acts::buttons(lang, id)
        } else {
            Vec::new()
        },
        dialogs: if acting {
            supervision_acts::dialogs(lang, &found, &policy)
        } else {
            Vec::new()
        },
        remind: (may_act
            && matches!(
                state,
                FlowState::WaitRequestConfirm | FlowState::WaitDelivery
            ))
        .then(|| {
            (
                format!("{back}/remind"),
                Button::submit(lang.get("buyer-remind"))
                    .secondary()
                    .icon(ui::Icon::Bell),
            )
        }),
        application,
        service,
        records: supervision_steps::timeline(
            lang,
            &policy.zone,
            &found.records,
            &sides,
            "/my/files",
        ),
        seller: SellerInformation::new(lang, found.seller),
    };
    if refused.fail.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

/// A refusal that no field explains.
fn refusal(visitor: &Visitor, refused: &Refused<'_>) -> Option<Message> {
    let fail = refused.fail.filter(|fail| fail.field_errors().is_empty())?;
    Some(crate::failure::message(visitor, fail))
}

/// Whose turn it is and what it is about, in one sentence.
fn next(lang: Lang, policy: &CurrentPolicy, found: &SupervisionDetails, now: Timestamp) -> Message {
    let due = found.flow.delivery_due_at();
    let hours = i64::from(policy.supervision.complete_after_seconds) / 3600;
    let (tone, key) = match found.flow.state() {
        FlowState::WaitRequest if found.flow.request_rejections() > 0 => {
            (Tone::Warning, "buyer-next-request-again")
        }
        FlowState::WaitRequest => (Tone::Warning, "buyer-next-request"),
        FlowState::WaitRequestConfirm => (Tone::Info, "buyer-next-confirm"),
        FlowState::WaitDelivery if due.is_some_and(|due| due < now) => {
            (Tone::Warning, "buyer-next-delivery-late")
        }
        FlowState::WaitDelivery if found.flow.delivery_rejections() > 0 => {
            (Tone::Info, "buyer-next-delivery-again")
        }
        FlowState::WaitDelivery => (Tone::Info, "buyer-next-delivery"),
        FlowState::WaitAcceptance => (Tone::Warning, "buyer-next-accept"),
        FlowState::Completed if found.line.state() == LineState::Completed => {
            (Tone::Success, "buyer-next-completed")
        }
        FlowState::Completed => (Tone::Success, "buyer-next-accepted"),
        FlowState::ClosedUnsubscribed => (Tone::Neutral, "buyer-next-unsubscribed"),
        FlowState::ClosedByOperator => (Tone::Neutral, "buyer-next-closed"),
    };
    let message = Message::new(tone, lang.get(key))
        .line(lang.format(&format!("{key}-why"), &[("hours", Arg::Number(hours))]));
    match found.flow.state() {
        FlowState::Completed if found.line.state() == LineState::Completed => message.action(
            Button::link(lang.get("nav-purchased-apps"), super::apps::PATH),
        ),
        FlowState::ClosedUnsubscribed => message.action(Button::link(
            lang.get("buyer-view-order"),
            format!("/billing/orders/{}", found.flow.order_id()),
        )),
        _ => message,
    }
}

fn request_form(
    lang: Lang,
    policy: &CurrentPolicy,
    found: &SupervisionDetails,
    refused: &Refused<'_>,
) -> RequestForm {
    let rules = &policy.supervision;
    let fail = refused.fail;
    let last = found
        .records
        .iter()
        .rev()
        .find(|record| record.action == Action::RequestSubmitted);
    let prefilled = last.map_or(found.line.frozen().request_template.as_str(), |record| {
        &record.text
    });
    let longest = usize::try_from(rules.max_text).unwrap_or(usize::MAX);
    let text = Field::area("text", lang.get("buyer-request-text"), 8)
        .value(refused.text.unwrap_or(prefilled))
        .help(lang.get(if last.is_some() {
            "buyer-request-text-help-again"
        } else {
            "buyer-request-text-help"
        }))
        .longest(longest)
        .required();
    let endings: Vec<String> = rules
        .file_types
        .iter()
        .map(|ending| format!(".{ending}"))
        .collect();
    let name = FileKind::RequestDocument.name();
    let limits = lang.format(
        "buyer-files-help",
        &[
            ("count", Arg::Number(rules.max_files.into())),
            (
                "megabytes",
                Arg::Number((rules.max_file_bytes / (1024 * 1024)).into()),
            ),
            ("types", Arg::Text(&rules.file_types.join(", "))),
        ],
    );
    let about_files =
        page::complaint(lang, fail, name).or_else(|| page::complaint(lang, fail, "files"));
    let files = Field::file(
        name,
        lang.get("buyer-request-files"),
        endings.join(","),
        true,
    )
    .help(limits)
    .error(about_files);
    let text = page::with_complaint(text, lang, fail, "text");
    RequestForm {
        action: format!("{}/{}/request", supervision_list::PATH, found.flow.id()),
        title: lang.get("buyer-submit-request"),
        summary: ErrorSummary::of(lang.get("buyer-request-refused"), [&text, &files]),
        text,
        files,
        submit: Button::submit(lang.get("buyer-submit-request")),
    }
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
            product_href: format!("/products/{}", frozen.product_slug),
            specification: lang
                .pick(&frozen.specification, &frozen.specification_zh)
                .to_owned(),
            options: app_details::options(lang, frozen),
            quantity: app_details::quantity(lang, line),
            period: labels::period(lang, frozen.period),
            order_number: line.order_number().to_owned(),
            order_href: format!("/billing/orders/{}", line.order()),
            amount: super::amount(line.terms().gross),
            due: flow.delivery_due_at().map(moment),
            enabled: flow.enabled_at().map(moment),
            accepted: flow.accepted_at().map(moment),
            request_rejections: flow.request_rejections(),
            delivery_rejections: flow.delivery_rejections(),
        }
    }
}
