//! After the payment: what happens now, until the application is open (B-41).

use askama::Template;
use axum::extract::{Path, State};
use delivery::instance::State as InstanceState;
use kernel::id::OrderId;
use kernel::policy::OpenAt;
use kernel::prelude::*;
use ordering::order_line::LineState;
use texts::{Arg, Lang};
use views::payment::Payment;

use super::{pay, words};
use crate::Site;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Message, Step, StepState, Steps, Tone, paths};
use crate::visitor::{Buyer, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/billing/orders/{id}/paid", Audience::Buyer, show)
        .get("/billing/orders/{id}/progress", Audience::Buyer, progress)
}

#[derive(Template)]
#[template(path = "shop/paid.html")]
struct Paid {
    frame: ui::Frame,
    success: Message,
    progress: Progress,
    back: Button,
    supervision: Option<Button>,
    details: Button,
}

/// How far the opening is.
#[derive(Template)]
#[template(path = "shop/progress.html")]
struct Progress {
    address: String,
    steps: Steps,
    message: Message,
    /// It goes on, so the page asks again.
    going_on: bool,
    /// The frame that asks again stands already.
    inner: bool,
}
impl askama::filters::HtmlSafe for Progress {}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let lang = visitor.lang();
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    let organisation = buyer.organisation();
    let payment = site
        .app
        .view(move |tx| views::payment::load(tx, organisation, id))
        .await?;
    if matches!(
        payment.line.state(),
        LineState::PendingPayment | LineState::Cancelled
    ) {
        return Ok(page::see_other(&format!("/billing/orders/{id}/pay")));
    }
    let open_at = site.app.policy().await?.opening.open_at;
    let amount = words::money(payment.order.total());
    let product = pay::product_name(lang, &payment.line);
    let about = [
        ("amount", Arg::Text(amount.as_str())),
        ("product", Arg::Text(&product)),
        ("order", Arg::Text(payment.order.number())),
    ];
    page::show(Paid {
        frame: page::frame(&site, &visitor, lang.get("shop-paid-title")).await,
        success: Message::new(Tone::Success, lang.format("shop-paid", &about)),
        progress: Progress::of(lang, &payment, open_at, false),
        back: Button::link(lang.get("shop-back-to-console"), paths::MY_APPS).primary(),
        supervision: payment.flow.map(|(flow, _)| {
            Button::link(
                lang.get("nav-service-supervision"),
                format!("/my/supervision/{flow}"),
            )
        }),
        details: Button::link(
            lang.get("shop-order-details"),
            format!("/billing/orders/{id}"),
        ),
    })
}

async fn progress(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let id = OrderId::parse(&id).ok_or_else(Fail::not_found)?;
    if !visitor.wants_fragment() {
        return Ok(page::see_other(&format!("/billing/orders/{id}/paid")));
    }
    let organisation = buyer.organisation();
    let payment = site
        .app
        .view(move |tx| views::payment::load(tx, organisation, id))
        .await?;
    let open_at = site.app.policy().await?.opening.open_at;
    page::show(Progress::of(visitor.lang(), &payment, open_at, true))
}

impl Progress {
    fn of(lang: Lang, payment: &Payment, open_at: OpenAt, inner: bool) -> Self {
        let opening = payment.instance.map(|(_, state)| state);
        let going_on = matches!(opening, None | Some(InstanceState::Provisioning))
            && !waits_for_delivery(payment, open_at);
        Self {
            address: format!("/billing/orders/{}/progress", payment.order.id()),
            steps: steps(lang, payment, opening),
            message: message(lang, payment, open_at),
            going_on,
            inner,
        }
    }
}

/// The seller opens it with the delivery, so nothing happens here for days.
fn waits_for_delivery(payment: &Payment, open_at: OpenAt) -> bool {
    open_at == OpenAt::Delivery && payment.flow.is_some()
}

fn steps(lang: Lang, payment: &Payment, opening: Option<InstanceState>) -> Steps {
    let (opened, ready) = match opening {
        None | Some(InstanceState::Provisioning) => (StepState::Current, StepState::Pending),
        Some(InstanceState::Failed) => (StepState::Failed, StepState::Pending),
        Some(
            InstanceState::Normal
            | InstanceState::Grace
            | InstanceState::Frozen
            | InstanceState::Released,
        ) => {
            let ready = if payment.line.state() == LineState::Completed {
                StepState::Done
            } else {
                StepState::Current
            };
            (StepState::Done, ready)
        }
    };
    let mut steps = vec![
        Step::new(lang.get("shop-progress-paid"), StepState::Done),
        Step::new(lang.get("shop-progress-opening"), opened),
    ];
    if payment.flow.is_some() {
        steps.push(Step::new(lang.get("nav-service-supervision"), ready));
    }
    let last = if payment.line.state() == LineState::Completed {
        StepState::Done
    } else {
        StepState::Pending
    };
    steps.push(Step::new(lang.get("shop-progress-ready"), last));
    Steps::new(lang, lang.get("shop-progress"), steps)
}

fn message(lang: Lang, payment: &Payment, open_at: OpenAt) -> Message {
    match payment.instance {
        _ if payment.line.state() == LineState::Refunded => {
            let amount = words::money(payment.order.total());
            Message::new(Tone::Danger, lang.get("shop-opening-failed"))
                .line(lang.format("shop-opening-refunded", &[("amount", Arg::Text(&amount))]))
        }
        Some((_, InstanceState::Failed)) => {
            Message::new(Tone::Danger, lang.get("shop-opening-failed"))
                .line(lang.get("shop-opening-refund-soon"))
        }
        None | Some((_, InstanceState::Provisioning)) => {
            let key = if waits_for_delivery(payment, open_at) {
                "shop-opening-with-delivery"
            } else {
                "shop-opening-now"
            };
            Message::new(Tone::Info, lang.get("shop-opening")).line(lang.get(key))
        }
        Some((instance, _)) if payment.flow.is_none() => {
            Message::new(Tone::Success, lang.get("shop-opened"))
                .line(lang.get("shop-opened-where"))
                .action(Button::link(
                    lang.get("shop-view-details"),
                    format!("{}/{instance}", paths::MY_APPS),
                ))
        }
        Some(_) => Message::new(Tone::Success, lang.get("shop-opened"))
            .line(lang.get("shop-opened-supervised")),
    }
}
