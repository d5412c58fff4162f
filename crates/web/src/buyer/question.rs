//! The question before what can't be undone, as a page for who has no script.

use askama::Template;

use crate::ui::{ConfirmDialog, Frame};

/// The page of a question.
#[derive(Template)]
#[template(path = "buyer/question.html")]
pub(crate) struct Question {
    pub(crate) frame: Frame,
    /// Made with [`ConfirmDialog::as_page`].
    pub(crate) dialog: ConfirmDialog,
}
