//! What a seller does in a supervised delivery: accept or reject the request,
//! deliver, remind the buyer (seller-business 1.3).

use accounts::actor::SellerActor;
use accounts::organisation::Right;
use axum::extract::{Path, State};
use flows::CurrentPolicy;
use kernel::id::ServiceFlowId;
use kernel::prelude::*;
use supervision::service_flow::State as FlowState;
use supervision::service_flow::ops::ENABLING_TIME_OUT_OF_RANGE;
use texts::{Arg, Lang};
use views::supervision_details::SupervisionDetails;

use super::delivery_form::Typed;
use super::supervision_details::{self, Refused};
use super::supervision_list;
use crate::Site;
use crate::buyer::question::Question;
use crate::form::{Form, Upload};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, ConfirmDialog, Field};
use crate::visitor::{Seller, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(
            "/seller/supervision/{flow}/accept",
            Audience::Seller,
            ask_accept,
        )
        .post(
            "/seller/supervision/{flow}/accept",
            Audience::Seller,
            accept,
        )
        .get(
            "/seller/supervision/{flow}/reject",
            Audience::Seller,
            ask_reject,
        )
        .post(
            "/seller/supervision/{flow}/reject",
            Audience::Seller,
            reject,
        )
        .post(
            "/seller/supervision/{flow}/deliver",
            Audience::Seller,
            deliver,
        )
        .post(
            "/seller/supervision/{flow}/remind",
            Audience::Seller,
            remind,
        )
}

/// The page of a flow.
fn details_of(id: ServiceFlowId) -> String {
    format!("{}/{id}", supervision_list::PATH)
}

/// `Accept request` and its rejection, each opening its dialog.
pub(super) fn buttons(lang: Lang, id: ServiceFlowId) -> Vec<Button> {
    let details = details_of(id);
    vec![
        Button::link(
            lang.get("seller-accept-request"),
            format!("{details}/accept"),
        )
        .primary()
        .opens("accept"),
        Button::link(
            lang.get("seller-reject-request"),
            format!("{details}/reject"),
        )
        .opens("reject"),
    ]
}

/// Both dialogs of a request that waits for its seller.
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

fn accept_dialog(lang: Lang, found: &SupervisionDetails, _: &CurrentPolicy) -> ConfirmDialog {
    let days = i64::from(found.line.frozen().delivery_days);
    let action = format!("{}/accept", details_of(found.flow.id()));
    ConfirmDialog::new(
        lang,
        "accept",
        titled(lang, "seller-accept-title", found),
        action,
        lang.get("seller-accept-request"),
    )
    .line(lang.format("seller-accept-consequence", &[("days", Arg::Number(days))]))
}

fn reject_dialog(
    lang: Lang,
    found: &SupervisionDetails,
    policy: &CurrentPolicy,
    refused: Option<(&Fail, &str)>,
) -> ConfirmDialog {
    let action = format!("{}/reject", details_of(found.flow.id()));
    let reason = Field::area("text", lang.get("seller-reject-reason"), 5)
        .value(refused.map_or("", |(_, typed)| typed))
        .help(lang.get("seller-reject-reason-help"))
        .longest(usize::try_from(policy.supervision.max_text).unwrap_or(usize::MAX))
        .required();
    let reason = page::with_complaint(reason, lang, refused.map(|(fail, _)| fail), "text");
    ConfirmDialog::new(
        lang,
        "reject",
        titled(lang, "seller-reject-title", found),
        action,
        lang.get("seller-reject-request"),
    )
    .line(lang.get("seller-reject-consequence"))
    .field(reason)
    .danger()
}

fn titled(lang: Lang, key: &str, found: &SupervisionDetails) -> String {
    lang.format(key, &[("number", Arg::Text(found.line.order_number()))])
}

async fn ask_accept(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(flow): Path<String>,
) -> Answer {
    ask(&site, &visitor, &seller, &flow, accept_dialog).await
}

async fn ask_reject(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(flow): Path<String>,
) -> Answer {
    ask(&site, &visitor, &seller, &flow, |lang, found, policy| {
        reject_dialog(lang, found, policy, None)
    })
    .await
}

/// The question as a page; who can't answer it any more sees how things stand.
async fn ask(
    site: &Site,
    visitor: &Visitor,
    seller: &SellerActor,
    flow: &str,
    dialog: fn(Lang, &SupervisionDetails, &CurrentPolicy) -> ConfirmDialog,
) -> Answer {
    let id = ServiceFlowId::parse(flow).ok_or_else(Fail::not_found)?;
    seller.require(Right::Deliver)?;
    let policy = site.app.policy().await?;
    let found = supervision_details::load(site, seller, id).await?;
    if found.flow.state() != FlowState::WaitRequestConfirm {
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
    let frozen = found.line.frozen();
    let title = visitor
        .lang()
        .pick(&frozen.product_name, &frozen.product_name_zh);
    let frame = super::frame(site, visitor, title).await;
    Question {
        frame: super::below(frame, "nav-service-supervision", supervision_list::PATH),
        dialog: dialog.as_page(details_of(found.flow.id())),
    }
}

async fn accept(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(flow): Path<String>,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    match site.app.accept_request(&seller, id).await {
        Ok(()) => page::done(&details_of(id), "request-accepted"),
        Err(fail) => refuse(&site, &visitor, &seller, id, fail, Typed::default()).await,
    }
}

async fn reject(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(flow): Path<String>,
    Form(form): Form,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    match site
        .app
        .reject_request(&seller, id, form.text("text"))
        .await
    {
        Ok(()) => page::done(&details_of(id), "request-rejected"),
        Err(fail) if !fail.field_errors().is_empty() => {
            let policy = site.app.policy().await?;
            let found = supervision_details::load(&site, &seller, id).await?;
            let dialog = reject_dialog(
                visitor.lang(),
                &found,
                &policy,
                Some((&fail, form.text("text"))),
            );
            page::show_refused(question(&site, &visitor, &found, dialog).await)
        }
        Err(fail) => refuse(&site, &visitor, &seller, id, fail, Typed::default()).await,
    }
}

async fn deliver(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(flow): Path<String>,
    upload: Upload,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    let typed = Typed {
        text: upload.values.text("text").to_owned(),
        enabled_at: upload.values.text("enabled_at").trim().to_owned(),
    };
    let policy = site.app.policy().await?;
    let delivered = match enabling_time(&policy.zone, &typed.enabled_at) {
        Ok(enabled_at) => {
            site.app
                .deliver_service(&seller, id, &typed.text, enabled_at, upload.files)
                .await
        }
        Err(fail) => Err(fail),
    };
    match delivered {
        Ok(()) => page::done(&details_of(id), "service-delivered"),
        Err(fail) => refuse(&site, &visitor, &seller, id, fail, typed).await,
    }
}

/// A date and clock time of the site's zone; none when nothing was typed.
fn enabling_time(zone: &Zone, typed: &str) -> Result<Option<Timestamp>, Fail> {
    if typed.is_empty() {
        return Ok(None);
    }
    let at = zone.parse_local(typed);
    at.map(Some)
        .ok_or_else(|| Fail::field("enabled_at", ENABLING_TIME_OUT_OF_RANGE))
}

async fn remind(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(flow): Path<String>,
) -> Answer {
    let id = ServiceFlowId::parse(&flow).ok_or_else(Fail::not_found)?;
    match site.app.remind_buyer(&seller, id).await {
        Ok(()) => page::done(&details_of(id), "buyer-reminded"),
        Err(fail) => refuse(&site, &visitor, &seller, id, fail, Typed::default()).await,
    }
}

/// Back to the page with what was wrong, where one can go on from there.
async fn refuse(
    site: &Site,
    visitor: &Visitor,
    seller: &SellerActor,
    id: ServiceFlowId,
    fail: Fail,
    typed: Typed,
) -> Answer {
    match fail.kind() {
        FailKind::Invalid | FailKind::Conflict | FailKind::TooMany => {
            supervision_details::whole(
                site,
                visitor,
                seller,
                id,
                &Refused {
                    fail: Some(&fail),
                    typed,
                },
            )
            .await
        }
        _ => Err(fail.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enabling_time_is_read_in_the_sites_zone() {
        let zone = Zone::named("Asia/Shanghai").unwrap_or_else(Zone::utc);
        let at = enabling_time(&zone, "2026-03-02T08:00")
            .ok()
            .flatten()
            .map(Timestamp::rfc3339);
        assert_eq!(
            at.as_deref().and_then(|at| at.get(..16)),
            Some("2026-03-02T00:00")
        );
        assert!(enabling_time(&zone, "").is_ok_and(|at| at.is_none()));
        assert!(enabling_time(&zone, "yesterday").is_err());
    }
}
