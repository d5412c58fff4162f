//! The Help Center: the pages under `docs/help`, the search in them, and what readers answer to them.
//!
//! Invariants:
//! - the pages are part of the program, in every language that has them; one that a language lacks is shown in
//!   English, with a notice;
//! - an address is the same in each language and follows from the file's name alone;
//! - raw HTML in a page never reaches the reader;
//! - the places in a page (ids of headings) follow from the heading's words, so links to them last.

mod desk;
mod feedback;
mod library;
mod markdown;
mod page;
mod routes;
mod search;
mod source;
#[cfg(test)]
mod tests;

pub use desk::{FeedbackCase, FeedbackDesk};
pub use feedback::{FeedbackDraft, FeedbackItem, FeedbackThanks, MyFeedback};
pub use library::page_title;
pub use page::HelpPage;
pub(crate) use routes::routes;
pub use search::HelpSearch;

/// The addresses of the Help Center beside the pages themselves, which stand under [`crate::ui::paths::HELP`].
pub mod paths {
    /// Search results; the words are the parameter `q`.
    pub const SEARCH: &str = "/help/search";
    /// Takes an answer to a page (post).
    pub const FEEDBACK: &str = "/help/feedback";
    /// A reader's own answers.
    pub const MY_FEEDBACK: &str = "/my/feedback";
    /// Everybody's answers, for the operators; one answer stands under it by its id.
    pub const OPERATOR_FEEDBACK: &str = "/operator/feedback";
}
