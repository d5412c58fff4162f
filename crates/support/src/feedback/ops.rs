//! The rules of feedback.

use kernel::fail::{self, Fail};
use kernel::field::Fields;
use kernel::state::Machine as _;
use kernel::who::Side;
use kernel::{Timestamp, Transition, Who, codes};

use super::{
    Event, Feedback, FeedbackId, FeedbackMachine, MAX_REPLY, MAX_TEXT, NewFeedback, State,
};

codes! {
    /// Nobody would see the reply: the reader wasn't signed in.
    Conflict FEEDBACK_WITHOUT_AUTHOR = "feedback-without-author";
}

/// A decided step of feedback.
pub type Step = Result<Transition<FeedbackMachine>, Fail>;

/// Takes an answer.
///
/// # Errors
/// Text too long, at field `text`; page or language unusable.
pub fn submit(said: NewFeedback, now: Timestamp) -> Result<Feedback, Fail> {
    let mut fields = Fields::new();
    let said = NewFeedback {
        page: fields.required("page", &said.page, 200),
        page_updated: fields.optional("page_updated", &said.page_updated, 40),
        language: fields.required("language", &said.language, 20),
        text: fields.optional("text", &said.text, MAX_TEXT),
        ..said
    };
    fields.check()?;
    Ok(Feedback {
        id: FeedbackId::fresh(now),
        said,
        state: State::Submitted,
        version: 1,
        reply: String::new(),
        replied_by: None,
        created_at: now,
        replied_at: None,
    })
}

/// The operator looks into it.
///
/// # Errors
/// Forbidden for others; not in this state.
pub fn take_up(feedback: &mut Feedback, who: Who, now: Timestamp) -> Step {
    step(feedback, Event::TakenUp, who, now)
}

/// The operator replies.
///
/// # Errors
/// No text or too long, at field `reply`; [`FEEDBACK_WITHOUT_AUTHOR`];
/// forbidden for others; not in this state.
pub fn reply(feedback: &mut Feedback, text: &str, who: Who, now: Timestamp) -> Step {
    if feedback.said.user_id.is_none() {
        return Err(Fail::new(FEEDBACK_WITHOUT_AUTHOR));
    }
    let transition = step(feedback, Event::Replied, who, now)?;
    let mut fields = Fields::new();
    let text = fields.required("reply", text, MAX_REPLY);
    fields.check()?;
    feedback.reply = text;
    feedback.replied_by = who.user();
    feedback.replied_at = Some(now);
    Ok(transition)
}

/// The operator is done with it.
///
/// # Errors
/// Forbidden for others; not in this state.
pub fn close(feedback: &mut Feedback, who: Who, now: Timestamp) -> Step {
    step(feedback, Event::Closed, who, now)
}

fn step(feedback: &Feedback, event: Event, who: Who, now: Timestamp) -> Step {
    if who.side() != Side::Operator {
        return Err(Fail::new(fail::FORBIDDEN));
    }
    Ok(FeedbackMachine::transition(
        feedback.state,
        event,
        feedback.version,
        now,
        who,
    )?)
}
