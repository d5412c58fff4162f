//! What a buyer does in a supervised delivery: submit the request, accept or
//! reject the delivery, remind the seller (B-61 to B-65).

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use axum::extract::{Path, State};
use flows::CurrentPolicy;
use kernel::id::ServiceFlowId;
use kernel::prelude::*;
use supervision::service_flow::State as FlowState;
use texts::{Arg, Lang};
use views::supervision_details::SupervisionDetails;

use super::question::Question;
use super::supervision_details::{self, Refused};
use super::supervision_list;
use crate::form::{Form, Upload};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, ConfirmDialog, Field};
use crate::visitor::{Buyer, Visitor};
use crate::{Site, labels};

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/my/supervision/{flow}/request", Audience::Buyer, request)
        .get("/my/supervision/{flow}/accept", Audience::Buyer, ask_accept)
        .post("/my/supervision/{flow}/accept", Audience::Buyer, accept)
        .get("/my/supervision/{flow}/reject", Audience::Buyer, ask_reject)
        .post("/my/supervision/{flow}/reject", Audience::Buyer, reject)
        .post("/my/supervision/{flow}/remind", Audience::Buyer, remind)
}

/// The page of a flow.
fn details_of(id: ServiceFlowId) -> String {
    format!("{}/{id}", supervision_list::PATH)
}

/// `Confirm Acceptance` and `Reject`, each opening its dialog.
pub(super) fn buttons(lang: Lang, id: ServiceFlowId) -> Vec<Button> {
    let details = details_of(id);
    vec![
        Button::link(
            lang.get("buyer-confirm-acceptance"),
            format!("{details}/accept"),
        )
        .primary()
        .opens("accept"),
        Button::link(lang.get("buyer-reject"), format!("{details}/reject")).opens("reject"),
    ]
}

/// Both dialogs of a delivery that waits for its buyer.
pub(super) fn dialogs(
    lang: Lang,
    found: &SupervisionDetails,
    policy: &CurrentPolicy,
) -> Vec<ConfirmDialog> {
    vec![
        accept_dialog(lang, found, policy),
        reject_dialog(lang, found, policy, None),
    ]
}

fn accept_dialog(lang: Lang, found: &SupervisionDetails, policy: &CurrentPolicy) -> ConfirmDialog {
    let title = titled(lang, "buyer-accept-title", found);
    let action = format!("{}/accept", details_of(found.flow.id()));
    let hours = i64::from(policy.supervision.complete_after_seconds) / 3600;
    let term = match found.line.frozen().period.months() {
        None => lang.get("buyer-accept-term-once").to_owned(),
        Some(_) => {
            let period = labels::period(lang, found.line.frozen().period);
            let key = if found.flow.enabled_at().is_some() {
                "buyer-accept-term-enabled"
            } else {
                "buyer-accept-term-now"
            };
            lang.format(key, &[("period", Arg::Text(&period))])
        }
    };
    ConfirmDialog::new(
        lang,
        "accept",
        title,
        action,
        lang.get("buyer-confirm-acceptance"),
    )
    .line(lang.format("buyer-accept-consequence", &[("hours", Arg::Number(hours))]))
    .line(term)
    .line(lang.get("buyer-accept-final"))
}

fn reject_dialog(
    lang: Lang,
    found: &SupervisionDetails,
    policy: &CurrentPolicy,
    refused: Option<(&Fail, &str)>,
) -> ConfirmDialog {
    let action = format!("{}/reject", details_of(found.flow.id()));
    let reason = Field::area("text", lang.get("buyer-reject-reason"), 5)
        .value(refused.map_or("", |(_, typed)| typed))
        .help(lang.get("buyer-reject-reason-help"))
        .longest(usize::try_from(policy.supervision.max_text).unwrap_or(usize::MAX))
        .required();
    let reason = page::with_complaint(reason, lang, refused.map(|(fail, _)| fail), "text");
    ConfirmDialog::new(
        lang,
        "reject",
        titled(lang, "buyer-reject-title", found),
        action,
        lang.get("buyer-reject"),
    )
    .line(lang.get("buyer-reject-consequence"))
    .field(reason)
    .danger()
}

fn titled(lang: Lang, key: &str, found: &SupervisionDetails) -> String {
    let frozen = found.line.frozen();
    lang.format(
        key,
        &[(
            "product",
            Arg::Text(lang.pick(&frozen.product_name, &frozen.product_name_zh)),
        )],
    )
}

async fn request(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(flow): Path<String>,
    upload: Upload,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    let text = upload.values.text("text").to_owned();
    match site
        .app
        .submit_request(&buyer, id, &text, upload.files)
        .await
    {
        Ok(()) => page::done(&details_of(id), "request-submitted"),
        Err(fail) => refuse(&site, &visitor, &buyer, id, fail, Some(&text)).await,
    }
}

async fn ask_accept(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(flow): Path<String>,
) -> Answer {
    ask(&site, &visitor, &buyer, &flow, accept_dialog).await
}

async fn ask_reject(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(flow): Path<String>,
) -> Answer {
    ask(&site, &visitor, &buyer, &flow, |lang, found, policy| {
        reject_dialog(lang, found, policy, None)
    })
    .await
}

/// The question as a page; who can't answer it any more sees how things stand.
async fn ask(
    site: &Site,
    visitor: &Visitor,
    buyer: &BuyerActor,
    flow: &str,
    dialog: fn(Lang, &SupervisionDetails, &CurrentPolicy) -> ConfirmDialog,
) -> Answer {
    let id = ServiceFlowId::parse(flow).ok_or_else(Fail::not_found)?;
    buyer.require(Right::Supervise)?;
    let policy = site.app.policy().await?;
    let found = supervision_details::load(site, buyer, id).await?;
    if found.flow.state() != FlowState::WaitAcceptance {
        return Ok(page::see_other(&details_of(id)));
    }
    page::show(
        question(
            site,
            visitor,
            &found,
            dialog(visitor.lang(), &found, &policy),
        )
        .await,
    )
}

async fn question(
    site: &Site,
    visitor: &Visitor,
    found: &SupervisionDetails,
    dialog: ConfirmDialog,
) -> Question {
    let lang = visitor.lang();
    let frozen = found.line.frozen();
    let frame = super::frame(
        site,
        visitor,
        lang.pick(&frozen.product_name, &frozen.product_name_zh),
    )
    .await;
    Question {
        frame: super::below(frame, "nav-service-supervision", supervision_list::PATH),
        dialog: dialog.as_page(details_of(found.flow.id())),
    }
}

async fn accept(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(flow): Path<String>,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    match site.app.accept_service(&buyer, id).await {
        Ok(()) => page::done(&details_of(id), "service-accepted"),
        Err(fail) => refuse(&site, &visitor, &buyer, id, fail, None).await,
    }
}

async fn reject(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(flow): Path<String>,
    Form(form): Form,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    match site.app.reject_service(&buyer, id, form.text("text")).await {
        Ok(()) => page::done(&details_of(id), "service-rejected"),
        Err(fail) if !fail.field_errors().is_empty() => {
            let policy = site.app.policy().await?;
            let found = supervision_details::load(&site, &buyer, id).await?;
            let dialog = reject_dialog(
                visitor.lang(),
                &found,
                &policy,
                Some((&fail, form.text("text"))),
            );
            page::show_refused(question(&site, &visitor, &found, dialog).await)
        }
        Err(fail) => refuse(&site, &visitor, &buyer, id, fail, None).await,
    }
}

async fn remind(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(flow): Path<String>,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    match site.app.remind_seller(&buyer, id).await {
        Ok(()) => page::done(&details_of(id), "seller-reminded"),
        Err(fail) => refuse(&site, &visitor, &buyer, id, fail, None).await,
    }
}

/// Back to the page with what was wrong, where one can go on from there.
async fn refuse(
    site: &Site,
    visitor: &Visitor,
    buyer: &BuyerActor,
    id: ServiceFlowId,
    fail: Fail,
    typed: Option<&str>,
) -> Answer {
    match fail.kind() {
        FailKind::Invalid | FailKind::Conflict | FailKind::TooMany => {
            supervision_details::whole(
                site,
                visitor,
                buyer,
                id,
                &Refused {
                    fail: Some(&fail),
                    text: typed,
                },
            )
            .await
        }
        _ => Err(fail.into()),
    }
}
