use kernel::Timestamp;
use kernel::id::UserId;

use super::State;

kernel::id!(/// An answer to a help page.
    FeedbackId, "fbk");

/// Characters of an answer at most, as the original's form has it.
pub const MAX_TEXT: usize = 500;
/// Characters of a reply at most.
pub const MAX_REPLY: usize = 2_000;

/// What a reader answered.
#[derive(Debug, Clone)]
pub struct NewFeedback {
    /// Name of the help page.
    pub page: String,
    /// The day on which the page had been updated, as it showed it.
    pub page_updated: String,
    /// Language that it was read in.
    pub language: String,
    /// Yes or no.
    pub helpful: bool,
    /// What the reader wrote; empty when nothing.
    pub text: String,
    /// The reader, when signed in.
    pub user_id: Option<UserId>,
}

/// Feedback.
#[derive(Debug, Clone)]
pub struct Feedback {
    pub(super) id: FeedbackId,
    pub(super) said: NewFeedback,
    pub(super) state: State,
    pub(super) version: i64,
    pub(super) reply: String,
    pub(super) replied_by: Option<UserId>,
    pub(super) created_at: Timestamp,
    pub(super) replied_at: Option<Timestamp>,
}

impl Feedback {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> FeedbackId {
        self.id
    }
    /// What the reader answered.
    #[must_use]
    pub fn said(&self) -> &NewFeedback {
        &self.said
    }
    /// How far it is handled.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }
    /// Version of the row.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }
    /// The operator's reply; empty before.
    #[must_use]
    pub fn reply(&self) -> &str {
        &self.reply
    }
    /// Who replied; not for the author's eyes.
    #[must_use]
    pub fn replied_by(&self) -> Option<UserId> {
        self.replied_by
    }
    /// When it was given.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// When it was replied to.
    #[must_use]
    pub fn replied_at(&self) -> Option<Timestamp> {
        self.replied_at
    }
}
