//! The small page in the middle, with one form and the ways that lead elsewhere.

use askama::Template;
use kernel::prelude::*;

use super::{answer, refusal, summary};
use crate::page::Answer;
use crate::ui::{Button, ErrorSummary, Field, Frame, Link, Message};
use crate::visitor::Visitor;

/// What is filled in and sent; possibly only a button.
pub(super) struct Part {
    action: String,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    button: Button,
}

impl Part {
    /// Fields and the button that sends them to `action`.
    pub(super) fn new(action: impl Into<String>, fields: Vec<Field>, button: Button) -> Self {
        Self {
            action: action.into(),
            hidden: Vec::new(),
            fields,
            button,
        }
    }

    /// A value that the form carries.
    pub(super) fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }
}

/// The page.
#[derive(Template)]
#[template(path = "account/form_page.html")]
pub(super) struct FormPage {
    frame: Frame,
    messages: Vec<Message>,
    summary: Option<ErrorSummary>,
    lines: Vec<String>,
    form: Option<Part>,
    /// Another way to do the same, folded up under a few words.
    otherwise: Option<(String, Part)>,
    /// A button for something else.
    instead: Option<Part>,
    /// A question and the link that answers it.
    hints: Vec<(String, Link)>,
}

impl FormPage {
    /// A page without a form yet; its heading is the frame's title.
    pub(super) fn new(mut frame: Frame) -> Self {
        let messages = frame.flash.take().into_iter().collect();
        Self {
            frame,
            messages,
            summary: None,
            lines: Vec::new(),
            form: None,
            otherwise: None,
            instead: None,
            hints: Vec::new(),
        }
    }

    /// A paragraph above the form.
    pub(super) fn line(mut self, text: impl Into<String>) -> Self {
        self.lines.push(text.into());
        self
    }

    /// A message above everything.
    pub(super) fn message(mut self, message: Message) -> Self {
        self.messages.push(message);
        self
    }

    /// The form.
    pub(super) fn form(mut self, part: Part) -> Self {
        self.form = Some(part);
        self
    }

    /// Another way to do the same.
    pub(super) fn otherwise(mut self, words: impl Into<String>, part: Part) -> Self {
        self.otherwise = Some((words.into(), part));
        self
    }

    /// A button for something else.
    pub(super) fn instead(mut self, part: Part) -> Self {
        self.instead = Some(part);
        self
    }

    /// A question and the link that answers it.
    pub(super) fn hint(mut self, question: impl Into<String>, link: Link) -> Self {
        self.hints.push((question.into(), link));
        self
    }

    /// The answer, with the failure that the form came back with.
    pub(super) fn answer(mut self, visitor: &Visitor, fail: Option<&Fail>) -> Answer {
        self.messages.extend(refusal(visitor, fail));
        let parts = self
            .form
            .iter()
            .chain(self.otherwise.as_ref().map(|(_, part)| part));
        self.summary = summary(visitor, parts.flat_map(|part| &part.fields));
        answer(self, fail)
    }
}
