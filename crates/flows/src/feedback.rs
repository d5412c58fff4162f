//! `Was this page helpful?`: anybody may answer, operators read and reply, and
//! the author sees the reply.

use accounts::actor::{OperatorActor, Signed};
use accounts::attempt::{self, Action, Limit};
use accounts::organisation::Right;
use db::{Tx, audit};
use kernel::page::{Page, PageRequest};
use kernel::prelude::*;
use support::feedback::{self, Feedback, FeedbackId, FeedbackMachine, NewFeedback, State};

use crate::App;
use crate::facts::{Fact, announce};

/// Answers from one network address within the window of attempts: enough for
/// a reader of many pages, too few to bury the operators.
const ANSWERS: u32 = 20;

/// What the form under a help page sends.
#[derive(Debug, Clone, Default)]
pub struct FeedbackForm {
    /// Name of the page.
    pub page: String,
    /// Day of its last update, as it showed it.
    pub page_updated: String,
    /// Language that it was read in.
    pub language: String,
    /// Yes or no.
    pub helpful: bool,
    /// What the reader wrote; may be empty.
    pub text: String,
}

impl App {
    /// Takes an answer, of a signed-in reader or of anybody.
    ///
    /// # Errors
    /// Too many from this address; trouble at `text`.
    pub async fn submit_feedback(
        &self,
        author: Option<&Signed>,
        address: &str,
        form: FeedbackForm,
    ) -> Result<FeedbackId, Fail> {
        let policy = self.policy().await?;
        let (now, from) = (self.now(), address.to_owned());
        let given = feedback::ops::submit(
            NewFeedback {
                page: form.page,
                page_updated: form.page_updated,
                language: form.language,
                helpful: form.helpful,
                text: form.text,
                user_id: author.map(Signed::user),
            },
            now,
        )?;
        let limit = Limit::of(ANSWERS, &policy.accounts);
        self.step(move |tx| {
            attempt::allow(tx, Action::FeedbackFrom, &from, limit, now)?;
            feedback::store::insert(tx, &given)?;
            Ok(given.id())
        })
        .await
    }

    /// A reader's own answers with their replies, newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn my_feedback(
        &self,
        author: &Signed,
        request: PageRequest,
    ) -> Result<Page<Feedback>, Fail> {
        let author = author.user();
        self.db
            .read(move |tx| feedback::store::list_for_author(tx, author, &request))
            .await
    }

    /// Everybody's answers, in one state or all, newest first.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn feedback(
        &self,
        operator: &OperatorActor,
        state: Option<State>,
        request: PageRequest,
    ) -> Result<Page<Feedback>, Fail> {
        operator.require(Right::OperatorRead)?;
        self.db
            .read(move |tx| feedback::store::list_any(tx, state, &request))
            .await
    }

    /// One answer.
    ///
    /// # Errors
    /// Forbidden; not found.
    pub async fn one_feedback(
        &self,
        operator: &OperatorActor,
        id: FeedbackId,
    ) -> Result<Feedback, Fail> {
        operator.require(Right::OperatorRead)?;
        self.db
            .read(move |tx| feedback::store::find_any(tx, id))
            .await
    }

    /// An operator looks into an answer.
    ///
    /// # Errors
    /// Forbidden; not found; not in this state.
    pub async fn take_up_feedback(
        &self,
        operator: &OperatorActor,
        id: FeedbackId,
    ) -> Result<(), Fail> {
        let who = operator.who();
        self.handle_feedback(operator, id, "takeUpFeedback", move |_, found, now| {
            feedback::ops::take_up(found, who, now)
        })
        .await
    }

    /// Replies to an answer; its author hears of it.
    ///
    /// # Errors
    /// Forbidden; not found; trouble at `reply`; nobody would see it; replied
    /// before.
    pub async fn reply_to_feedback(
        &self,
        operator: &OperatorActor,
        id: FeedbackId,
        text: &str,
    ) -> Result<(), Fail> {
        let (who, text) = (operator.who(), text.to_owned());
        self.handle_feedback(operator, id, "replyFeedback", move |tx, found, now| {
            let replied = feedback::ops::reply(found, &text, who, now)?;
            let said = found.said();
            if let Some(author) = said.user_id {
                let page = said.page.as_str();
                announce(tx, &Fact::FeedbackReplied { author, page }, now)?;
            }
            Ok(replied)
        })
        .await
    }

    /// Ends the work on an answer without a reply.
    ///
    /// # Errors
    /// Forbidden; not found; not in this state.
    pub async fn close_feedback(
        &self,
        operator: &OperatorActor,
        id: FeedbackId,
    ) -> Result<(), Fail> {
        let who = operator.who();
        self.handle_feedback(operator, id, "closeFeedback", move |_, found, now| {
            feedback::ops::close(found, who, now)
        })
        .await
    }

    async fn handle_feedback<F>(
        &self,
        operator: &OperatorActor,
        id: FeedbackId,
        operation: &'static str,
        decide: F,
    ) -> Result<(), Fail>
    where
        F: Fn(&Tx<'_>, &mut Feedback, Timestamp) -> Result<Transition<FeedbackMachine>, Fail>
            + Send
            + 'static,
    {
        operator.require(Right::ReplyFeedback)?;
        let (operator, now) = (operator.clone(), self.now());
        self.step(move |tx| {
            let mut found = feedback::store::find_any(tx, id)?;
            let decided = decide(tx, &mut found, now)?;
            feedback::store::save(tx, &mut found, decided)?;
            audit::record(
                tx,
                &crate::app_audit(&operator, operation, id.as_str(), now),
            )
        })
        .await
    }
}
