//! The rules of messages.

use kernel::fail::Fail;
use kernel::state::Machine as _;
use kernel::{Timestamp, Transition, Who};

use super::{Attempt, Event, Message, MessageId, MessageMachine, NewMessage, Outcome, Status};
use crate::instance::ExternalRef;

/// Characters of a request or an answer that are kept; a seller may answer a
/// megabyte of garbage.
const KEPT_CHARACTERS: usize = 16_000;

/// A decided step of a message.
pub type Step = Result<Transition<MessageMachine>, Fail>;

/// The message of an effect that is about to be called.
#[must_use]
pub fn begin(about: NewMessage, now: Timestamp) -> Message {
    Message {
        id: MessageId::fresh(now),
        about,
        status: Status::Calling,
        version: 1,
        attempts: 0,
        http_status: None,
        result_code: String::new(),
        exception: String::new(),
        next_call_at: None,
        first_call_at: now,
        last_call_at: now,
    }
}

/// A call came back, or didn't. `next_call_at` is when the caller will try or
/// ask again, from [`super::schedule`].
///
/// # Errors
/// Not in this state.
pub fn attempted(
    message: &mut Message,
    attempt: &Attempt,
    outcome: Outcome,
    next_call_at: Option<Timestamp>,
) -> Step {
    let (event, who) = match outcome {
        Outcome::Succeeded => (Event::Succeeded, Who::SELLER_SYSTEM),
        Outcome::Pending => (Event::Pending, Who::SELLER_SYSTEM),
        Outcome::Failed => (Event::AttemptFailed, Who::SYSTEM),
    };
    let transition = step(message, event, who, attempt.at)?;
    message.attempts = message.attempts.saturating_add(1);
    message.http_status = attempt.http_status;
    message.result_code.clone_from(&attempt.result_code);
    message.exception.clone_from(&attempt.exception);
    message.last_call_at = attempt.at;
    message.next_call_at = next_call_at;
    Ok(transition)
}

/// The seller named its instance; kept with the next step.
pub fn note_instance(message: &mut Message, external_ref: &ExternalRef) {
    message.about.external_ref = Some(external_ref.clone());
}

/// The next repetition is due.
///
/// # Errors
/// Not in this state.
pub fn retry(message: &mut Message, now: Timestamp) -> Step {
    call_again(message, Event::RetryDue, Who::SYSTEM, now)
}

/// Seller or operator want it repeated now (`Restart Debugging`).
///
/// # Errors
/// Not in this state.
pub fn restart(message: &mut Message, who: Who, now: Timestamp) -> Step {
    call_again(message, Event::Restarted, who, now)
}

/// The time for repetitions is over; only a restart calls again.
///
/// # Errors
/// Not in this state.
pub fn give_up(message: &mut Message, now: Timestamp) -> Step {
    end(message, Event::GaveUp, now)
}

/// The window of the order is over.
///
/// # Errors
/// Not in this state.
pub fn fail_order(message: &mut Message, now: Timestamp) -> Step {
    end(message, Event::OrderFailed, now)
}

/// The start of a text that is kept of it.
pub(super) fn kept(text: &str) -> &str {
    text.char_indices()
        .nth(KEPT_CHARACTERS)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

fn call_again(message: &mut Message, event: Event, who: Who, now: Timestamp) -> Step {
    let transition = step(message, event, who, now)?;
    message.next_call_at = None;
    Ok(transition)
}

fn end(message: &mut Message, event: Event, now: Timestamp) -> Step {
    let transition = step(message, event, Who::SYSTEM, now)?;
    message.next_call_at = None;
    Ok(transition)
}

fn step(message: &Message, event: Event, who: Who, now: Timestamp) -> Step {
    Ok(MessageMachine::transition(
        message.status,
        event,
        message.version,
        now,
        who,
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_megabyte_of_garbage_is_cut_at_a_character() {
        let garbage = "ä".repeat(1_000_000);
        assert_eq!(kept(&garbage).chars().count(), KEPT_CHARACTERS);
        assert_eq!(kept("short"), "short");
    }
}
