//! `Help feedback`: what readers answered to help pages, taken up, replied to
//! and closed.

use accounts::actor::OperatorActor;
use axum::extract::{Path, State};
use kernel::prelude::*;
use support::feedback::{FeedbackId, State as FeedbackState};

use crate::Site;
use crate::form::{Form, Query};
use crate::help::{FeedbackCase, FeedbackDesk, FeedbackItem, paths};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::visitor::{Operator, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(paths::OPERATOR_FEEDBACK, Audience::Operator, list)
        .get("/operator/feedback/{id}", Audience::Operator, show)
        .post(
            "/operator/feedback/{id}/take-up",
            Audience::Operator,
            take_up,
        )
        .post("/operator/feedback/{id}/reply", Audience::Operator, reply)
        .post("/operator/feedback/{id}/close", Audience::Operator, close)
}

async fn list(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let (request, state) = (query.page(), FeedbackState::from_name(query.text("state")));
    let found = site.app.feedback(&operator, state, request.clone()).await?;
    let item = |one| FeedbackItem::new(lang, &one, |at| page::moment(lang, &policy.zone, at));
    let items = found.rows.into_iter().map(item).collect();
    let pager = page::pager(lang, &visitor, &request, found.next.as_deref());
    page::show(FeedbackDesk::new(
        super::frame(&site, &visitor, "").await,
        items,
        state,
        pager,
    ))
}

async fn case(
    site: &Site,
    visitor: &Visitor,
    operator: &OperatorActor,
    id: FeedbackId,
) -> Result<FeedbackCase, Fail> {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let found = site.app.one_feedback(operator, id).await?;
    let item = FeedbackItem::new(lang, &found, |at| page::moment(lang, &policy.zone, at));
    let frame = super::frame(site, visitor, "").await;
    Ok(FeedbackCase::new(
        super::below(frame, "nav-feedback", paths::OPERATOR_FEEDBACK),
        item,
    ))
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    page::show(case(&site, &visitor, &operator, parsed(&id)?).await?)
}

fn parsed(id: &str) -> Result<FeedbackId, Fail> {
    FeedbackId::parse(id).ok_or_else(Fail::not_found)
}

async fn take_up(
    State(site): State<Site>,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    let id = parsed(&id)?;
    site.app.take_up_feedback(&operator, id).await?;
    page::done(
        &format!("{}/{id}", paths::OPERATOR_FEEDBACK),
        "feedback-taken-up",
    )
}

async fn reply(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
    Form(form): Form,
) -> Answer {
    let id = parsed(&id)?;
    match site
        .app
        .reply_to_feedback(&operator, id, form.text("reply"))
        .await
    {
        Ok(()) => page::done(
            &format!("{}/{id}", paths::OPERATOR_FEEDBACK),
            "feedback-replied",
        ),
        Err(fail) => match page::complaint(visitor.lang(), Some(&fail), "reply") {
            Some(complaint) => {
                let case = case(&site, &visitor, &operator, id).await?;
                page::show_refused(case.refused(form.text("reply"), complaint))
            }
            None => Err(fail.into()),
        },
    }
}

async fn close(
    State(site): State<Site>,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    let id = parsed(&id)?;
    site.app.close_feedback(&operator, id).await?;
    page::done(paths::OPERATOR_FEEDBACK, "feedback-closed")
}
