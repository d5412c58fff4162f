use kernel::id::{OrganisationId, ProductId};
use kernel::{Realm, Timestamp};

use super::Status;
use crate::instance::ExternalRef;

kernel::id!(/// A message of the seller interface.
    MessageId, "msg");
kernel::id!(/// One call of a message.
    CallId, "cal");

/// What is known of an effect before its first call.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Names the effect and what it is for, `open:ins_…`; unique.
    pub effect_key: String,
    /// Live or sandbox.
    pub realm: Realm,
    /// Whose server is called.
    pub seller_id: OrganisationId,
    /// The product that it is about.
    pub product_id: ProductId,
    /// Number of the order, as the seller knows it.
    pub order_number: String,
    /// Number of the order line, as the seller knows it.
    pub line_number: String,
    /// The seller's id of the instance, when it is known.
    pub external_ref: Option<ExternalRef>,
    /// `activity` of the interface, for example `newInstance`.
    pub activity: String,
    /// Address that is called, without the signature.
    pub url: String,
    /// Until when it must have succeeded; `None` for effects that only stop.
    pub window_ends_at: Option<Timestamp>,
}

/// What a call brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Succeeded,
    /// The seller is working on it.
    Pending,
    /// No answer, or one that doesn't help.
    Failed,
}

/// One call, as it is kept. `request` and `response` are redacted.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// When it began.
    pub at: Timestamp,
    /// Milliseconds until the answer or until it was given up.
    pub duration_ms: u32,
    /// What was sent.
    pub request: String,
    /// What came back; empty when nothing did.
    pub response: String,
    /// Status of HTTP, when there was an answer.
    pub http_status: Option<u32>,
    /// `resultCode` of the answer; empty when there was none.
    pub result_code: String,
    /// What went wrong, in a sentence; empty when nothing did.
    pub exception: String,
}

/// A call of the past.
#[derive(Debug, Clone)]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// What was sent and answered.
    pub attempt: Attempt,
}

/// Which messages of a seller are wanted; empty texts want all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In this status.
    pub status: Option<Status>,
    /// Of this activity.
    pub activity: String,
    /// Of the order or order line of this number.
    pub order_number: String,
    /// Of the instance that the seller knows by this id.
    pub external_ref: String,
    /// First called at or after this.
    pub from: Option<Timestamp>,
    /// First called before this.
    pub to: Option<Timestamp>,
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    pub(super) id: MessageId,
    pub(super) about: NewMessage,
    pub(super) status: Status,
    pub(super) version: i64,
    pub(super) attempts: u32,
    pub(super) http_status: Option<u32>,
    pub(super) result_code: String,
    pub(super) exception: String,
    pub(super) next_call_at: Option<Timestamp>,
    pub(super) first_call_at: Timestamp,
    pub(super) last_call_at: Timestamp,
}

impl Message {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> MessageId {
        self.id
    }
    /// Effect, order, product, address.
    #[must_use]
    pub fn about(&self) -> &NewMessage {
        &self.about
    }
    /// How far it is.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }
    /// Version of the row.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }
    /// Calls so far, questions for the result included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
    /// Status of HTTP of the last call, when there was an answer.
    #[must_use]
    pub fn http_status(&self) -> Option<u32> {
        self.http_status
    }
    /// `resultCode` of the last answer; empty when there was none.
    #[must_use]
    pub fn result_code(&self) -> &str {
        &self.result_code
    }
    /// What went wrong at the last call; empty when nothing did.
    #[must_use]
    pub fn exception(&self) -> &str {
        &self.exception
    }
    /// When it is called next, unless somebody restarts it before.
    #[must_use]
    pub fn next_call_at(&self) -> Option<Timestamp> {
        self.next_call_at
    }
    /// When it was called first.
    #[must_use]
    pub fn first_call_at(&self) -> Timestamp {
        self.first_call_at
    }
    /// When it was called last.
    #[must_use]
    pub fn last_call_at(&self) -> Timestamp {
        self.last_call_at
    }
    /// Whether it can be restarted.
    #[must_use]
    pub fn can_restart(&self) -> bool {
        use kernel::state::Machine as _;
        super::MessageMachine::next(self.status, super::Event::Restarted).is_some()
    }
}
