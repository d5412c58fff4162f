//! The addresses of the Help Center: pages, search, answers to pages, and a
//! reader's own answers.

use axum::extract::State;
use flows::FeedbackForm;
use kernel::fail::FIELD_REQUIRED;
use kernel::prelude::*;

use super::{
    FeedbackDraft, FeedbackItem, FeedbackThanks, HelpPage, HelpSearch, MyFeedback, page_title,
    paths,
};
use crate::form::{Form, Query, Values};
use crate::page::{self, Answer, encoded};
use crate::routes::{Audience, Routes};
use crate::ui;
use crate::visitor::Visitor;
use crate::{Site, navigation};

/// All addresses of the Help Center.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(ui::paths::HELP, Audience::Anyone, show)
        .get("/help/{*page}", Audience::Anyone, show)
        .get(paths::SEARCH, Audience::Anyone, search)
        .get(paths::FEEDBACK, Audience::Anyone, thanks)
        .post(paths::FEEDBACK, Audience::Anyone, answer)
        .get(paths::MY_FEEDBACK, Audience::Person, own)
}

async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    let frame = page::frame(&site, &visitor, "").await;
    page::show(HelpPage::open(frame).ok_or_else(Fail::not_found)?)
}

async fn search(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    page::show(HelpSearch::new(
        page::frame(&site, &visitor, "").await,
        query.text("q"),
    ))
}

async fn thanks(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    page::show(FeedbackThanks::new(
        page::frame(&site, &visitor, "").await,
        query.text("page"),
    ))
}

async fn answer(State(site): State<Site>, visitor: Visitor, Form(form): Form) -> Answer {
    let address = form.text("page");
    // An answer is to one of our pages, or it is none.
    if page_title(visitor.lang(), address).is_none() {
        return Err(Fail::not_found().into());
    }
    match take(&site, &visitor, &form).await {
        Ok(()) => Ok(page::see_other(&format!(
            "{}?page={}",
            paths::FEEDBACK,
            encoded(address)
        ))),
        Err(fail) => refuse(&site, &visitor, &form, &fail).await,
    }
}

fn helpful(form: &Values) -> Option<bool> {
    match form.text("helpful") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

async fn take(site: &Site, visitor: &Visitor, form: &Values) -> Result<(), Fail> {
    let helpful = helpful(form).ok_or_else(|| Fail::field("helpful", FIELD_REQUIRED))?;
    let text = |name: &str| form.text(name).to_owned();
    let given = FeedbackForm {
        page: text("page"),
        page_updated: text("page_updated"),
        language: text("language"),
        helpful,
        text: text("text"),
    };
    site.app
        .submit_feedback(visitor.person(), visitor.address(), given)
        .await
        .map(|_| ())
}

/// The page again, with what was given and what is wrong with it.
async fn refuse(site: &Site, visitor: &Visitor, form: &Values, fail: &Fail) -> Answer {
    let lang = visitor.lang();
    let draft = FeedbackDraft {
        helpful: helpful(form),
        text: form.text("text").to_owned(),
        helpful_error: page::complaint(lang, Some(fail), "helpful"),
        text_error: page::complaint(lang, Some(fail), "text"),
        failed: fail.field_errors().is_empty(),
    };
    if fail.kind() == FailKind::Bug {
        tracing::error!(reference = visitor.reference(), error = %fail, "an answer to a help page was lost");
    }
    let mut frame = page::frame(site, visitor, "").await;
    frame.path = form.text("page").to_owned();
    page::show_refused(
        HelpPage::open(frame)
            .ok_or_else(Fail::not_found)?
            .answered(draft),
    )
}

async fn own(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let request = query.page();
    let found = site
        .app
        .my_feedback(visitor.signed()?, request.clone())
        .await?;
    let item = |one| FeedbackItem::new(lang, &one, |at| page::moment(lang, &policy.zone, at));
    let items = found.rows.into_iter().map(item).collect();
    let frame = page::console(
        &site,
        &visitor,
        "",
        lang.get("frame-account"),
        navigation::account(lang),
    )
    .await;
    page::show(MyFeedback::new(
        frame,
        items,
        page::pager(lang, &visitor, &request, found.next.as_deref()),
    ))
}
