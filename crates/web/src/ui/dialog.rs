//! The question before what can't be undone.

use askama::Template;
use texts::Lang;

use super::{Button, Field, Icon};

/// A dialog that names the object and the consequence, and posts when confirmed.
///
/// It opens by a [`Button::opens`] or [`super::MenuItem::opens`]; without script their link leads to a page
/// that asks the same question (show the same component there with [`ConfirmDialog::as_page`]).
#[derive(Debug, Clone, Template)]
#[template(path = "ui/confirm_dialog.html")]
pub struct ConfirmDialog {
    lang: Lang,
    id: String,
    title: String,
    lines: Vec<String>,
    action: String,
    hidden: Vec<(String, String)>,
    fields: Vec<Field>,
    confirm: Button,
    back: Option<String>,
}

impl ConfirmDialog {
    /// `title` names the object, `confirm` says what the button does; `action` receives the post.
    pub fn new(
        lang: Lang,
        id: impl Into<String>,
        title: impl Into<String>,
        action: impl Into<String>,
        confirm: impl Into<String>,
    ) -> Self {
        Self {
            lang,
            id: id.into(),
            title: title.into(),
            lines: Vec::new(),
            action: action.into(),
            hidden: Vec::new(),
            fields: Vec::new(),
            confirm: Button::submit(confirm),
            back: None,
        }
    }

    /// A paragraph: the consequence.
    #[must_use]
    pub fn line(mut self, text: impl Into<String>) -> Self {
        self.lines.push(text.into());
        self
    }

    /// A value that the post carries, such as the idempotency key.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    /// Something to fill in, such as the reason.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// The confirmed act ends or removes something.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.confirm = self.confirm.danger();
        self
    }

    /// The same question as the content of a page of its own; "cancel" leads `back`.
    #[must_use]
    pub fn as_page(mut self, back: impl Into<String>) -> Self {
        self.back = Some(back.into());
        self
    }

    fn confirm_button(&self) -> Button {
        self.confirm.clone().form(format!("{}-form", self.id))
    }
}

component!(ConfirmDialog);
