//! One service interface message with all its calls, and `Restart Debugging`
//! (access guide 1.9).

use accounts::actor::SellerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use delivery::message::{Call, MessageId, Status};
use flows::{CurrentPolicy, MessageDetails};
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::{interface_messages, message_status, orders};
use crate::Site;
use crate::buyer::address;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Icon, Message, Moment, StateLabel, Tone};
use crate::visitor::{Seller, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/seller/interface-messages/{id}", Audience::Seller, show)
        .post(
            "/seller/interface-messages/{id}/restart",
            Audience::Seller,
            restart,
        )
}

struct CallView {
    title: String,
    at: Moment,
    duration: String,
    http: String,
    result_code: String,
    exception: String,
    request: String,
    response: String,
}

#[derive(Template)]
#[template(path = "seller/message_details.html")]
struct Details {
    frame: ui::Frame,
    status: StateLabel,
    restart: Option<(String, Button)>,
    refusal: Option<Message>,
    exception: Option<Message>,
    id: String,
    activity: String,
    orders_href: String,
    order_number: String,
    line_number: String,
    instance: Option<String>,
    url: String,
    attempts: u32,
    first: Moment,
    last: Moment,
    next: Option<Moment>,
    window: Option<Moment>,
    calls: Vec<CallView>,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(id): Path<String>,
) -> Answer {
    let id = MessageId::parse(&id).ok_or_else(Fail::not_found)?;
    whole(&site, &visitor, &seller, id, None).await
}

async fn whole(
    site: &Site,
    visitor: &Visitor,
    seller: &SellerActor,
    id: MessageId,
    refused: Option<&Fail>,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let found = site.app.interface_message(seller, id).await?;
    let frame = super::frame(site, visitor, &found.message.about().activity).await;
    let frame = super::below(frame, "nav-interface-messages", interface_messages::PATH);
    let mut page = details(lang, &policy, frame, &found);
    page.restart = (seller.may(Right::RestartCalls) && found.message.can_restart()).then(|| {
        let button = Button::submit(lang.get("seller-restart"))
            .primary()
            .icon(Icon::Refresh);
        (format!("{}/{id}/restart", interface_messages::PATH), button)
    });
    page.refusal = refused.map(|fail| crate::failure::message(visitor, fail));
    if refused.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

fn details(
    lang: Lang,
    policy: &CurrentPolicy,
    frame: ui::Frame,
    found: &MessageDetails,
) -> Details {
    let (message, about) = (&found.message, found.message.about());
    let moment = |at: Timestamp| page::moment(lang, &policy.zone, at);
    Details {
        frame,
        status: message_status::label(lang, message.status()),
        restart: None,
        refusal: None,
        exception: exception(lang, found),
        id: message.id().to_string(),
        activity: about.activity.clone(),
        orders_href: address(orders::PATH, &[("q", &about.order_number)]),
        order_number: about.order_number.clone(),
        line_number: about.line_number.clone(),
        instance: about.external_ref.as_ref().map(|id| id.as_str().to_owned()),
        url: about.url.clone(),
        attempts: message.attempts(),
        first: moment(message.first_call_at()),
        last: moment(message.last_call_at()),
        next: message.next_call_at().map(moment),
        window: about.window_ends_at.map(moment),
        calls: found
            .calls
            .iter()
            .map(|call| call_view(lang, policy, call))
            .collect(),
    }
}

/// Exception information: what went wrong last, and what happens next.
fn exception(lang: Lang, found: &MessageDetails) -> Option<Message> {
    let message = &found.message;
    if message.exception().is_empty() {
        return None;
    }
    let (tone, key) = match message.status() {
        Status::Calling | Status::Polling | Status::Retrying => {
            (Tone::Warning, "seller-exception-retrying")
        }
        Status::Stopped => (Tone::Danger, "seller-exception-stopped"),
        Status::OrderFailed => (Tone::Danger, "seller-exception-order-failed"),
        Status::Succeeded => return None,
    };
    let text = Message::new(tone, lang.get("seller-exception-information"))
        .line(message.exception())
        .line(lang.get(key));
    Some(if message.result_code().is_empty() {
        text
    } else {
        text.reference(message.result_code())
    })
}

fn call_view(lang: Lang, policy: &CurrentPolicy, call: &Call) -> CallView {
    let attempt = &call.attempt;
    let at = policy.zone.format(attempt.at, "%Y-%m-%d %H:%M:%S");
    CallView {
        title: lang.format("seller-call-title", &[("time", Arg::Text(&at))]),
        at: page::moment(lang, &policy.zone, attempt.at),
        duration: lang.format(
            "seller-milliseconds",
            &[("count", Arg::Number(attempt.duration_ms.into()))],
        ),
        http: attempt
            .http_status
            .map(|status| status.to_string())
            .unwrap_or_default(),
        result_code: attempt.result_code.clone(),
        exception: attempt.exception.clone(),
        request: attempt.request.clone(),
        response: attempt.response.clone(),
    }
}

async fn restart(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(id): Path<String>,
) -> Answer {
    let id = MessageId::parse(&id).ok_or_else(Fail::not_found)?;
    match site.app.restart_message(&seller, id).await {
        Ok(()) => page::done(
            &format!("{}/{id}", interface_messages::PATH),
            "message-restarted",
        ),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            whole(&site, &visitor, &seller, id, Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}
