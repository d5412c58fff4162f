//! Feedback: an answer to `Was this page helpful?`.
//!
//! Invariants:
//! - the text has at most [`MAX_TEXT`] characters;
//! - only the operator handles it; its author, when signed in, sees state and
//!   reply, and nobody else's;
//! - a reply is given once.

mod model;
pub mod ops;
mod state;
pub mod store;

pub use model::{Feedback, FeedbackId, MAX_REPLY, MAX_TEXT, NewFeedback};
pub use state::{Event, FeedbackMachine, State};
