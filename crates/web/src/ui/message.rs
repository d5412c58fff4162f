//! Messages, state labels and empty states.

use askama::Template;

use super::{Button, Icon};

/// What a message or a state feels like. The colour never stands alone: an icon and words say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad: a draft, an ended thing.
    Neutral,
    /// Something is going on, or good to know.
    Info,
    /// It worked; it runs.
    Success,
    /// Somebody should look soon.
    Warning,
    /// It failed, or is blocked.
    Danger,
}

impl Tone {
    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Neutral => Icon::Minus,
            Self::Info => Icon::Info,
            Self::Success => Icon::Success,
            Self::Warning => Icon::Warning,
            Self::Danger => Icon::Danger,
        }
    }

    fn alert_class(self) -> &'static str {
        match self {
            Self::Neutral => "pf-m-custom",
            Self::Info => "pf-m-info",
            Self::Success => "pf-m-success",
            Self::Warning => "pf-m-warning",
            Self::Danger => "pf-m-danger",
        }
    }

    pub(super) fn label_class(self) -> &'static str {
        match self {
            Self::Neutral => "pf-m-filled",
            Self::Info => "pf-m-filled pf-m-blue",
            Self::Success => "pf-m-filled pf-m-green",
            Self::Warning => "pf-m-filled pf-m-orange",
            Self::Danger => "pf-m-filled pf-m-red",
        }
    }
}

/// A message in the page: what happened, why, what to do; code and reference small at the end.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/message.html")]
pub struct Message {
    tone: Tone,
    title: String,
    lines: Vec<String>,
    actions: Vec<Button>,
    reference: Option<String>,
}

impl Message {
    /// `title` says what happened.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self {
            tone,
            title: title.into(),
            lines: Vec::new(),
            actions: Vec::new(),
            reference: None,
        }
    }

    /// A paragraph: why it happened, or what to do.
    #[must_use]
    pub fn line(mut self, text: impl Into<String>) -> Self {
        self.lines.push(text.into());
        self
    }

    /// Something the reader can do about it.
    #[must_use]
    pub fn action(mut self, button: Button) -> Self {
        self.actions.push(button);
        self
    }

    /// The error code and the reference number that support asks for.
    #[must_use]
    pub fn reference(mut self, text: impl Into<String>) -> Self {
        self.reference = Some(text.into());
        self
    }
}

/// The state of a thing: word, colour and icon.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"<span class="pf-v6-c-label {{ tone.label_class() }} kg-state"><span class="pf-v6-c-label__content"><span class="pf-v6-c-label__icon">{{ icon }}</span><span class="pf-v6-c-label__text">{{ word }}</span></span></span>"#,
    ext = "html"
)]
pub struct StateLabel {
    tone: Tone,
    icon: Icon,
    word: String,
}

impl StateLabel {
    /// The state called `word`.
    pub fn new(tone: Tone, word: impl Into<String>) -> Self {
        Self {
            tone,
            icon: tone.icon(),
            word: word.into(),
        }
    }

    /// Another icon than the tone's own, such as the clock for what waits.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }
}

/// What stands where a list would: what belongs here, and what to do next.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/empty_state.html")]
pub struct EmptyState {
    icon: Icon,
    title: String,
    text: String,
    actions: Vec<Button>,
}

impl EmptyState {
    /// `title` says what is missing, `text` how it gets here.
    pub fn new(icon: Icon, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            icon,
            title: title.into(),
            text: text.into(),
            actions: Vec::new(),
        }
    }

    /// The next thing to do.
    #[must_use]
    pub fn action(mut self, button: Button) -> Self {
        self.actions.push(button);
        self
    }
}

component!(Message, StateLabel, EmptyState);
