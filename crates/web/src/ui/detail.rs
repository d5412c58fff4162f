//! Parts of detail pages: steps, timeline, tabs, price lines.

use askama::Template;
use texts::Lang;

use super::{Amount, Icon, Link, Moment, Tone};

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Behind us.
    Done,
    /// Going on now.
    Current,
    /// Not reached.
    Pending,
    /// Ended here, badly.
    Failed,
}

impl StepState {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "pf-m-success",
            Self::Current => "pf-m-current pf-m-info",
            Self::Pending => "pf-m-pending",
            Self::Failed => "pf-m-danger",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Self::Done => "frame-step-done",
            Self::Current => "frame-step-current",
            Self::Pending => "frame-step-pending",
            Self::Failed => "frame-step-failed",
        }
    }
}

/// One step: its name, and who acts or when it happened.
#[derive(Debug, Clone)]
pub struct Step {
    title: String,
    note: Option<String>,
    href: Option<String>,
    state: StepState,
}

impl Step {
    /// The step called `title`.
    pub fn new(title: impl Into<String>, state: StepState) -> Self {
        Self {
            title: title.into(),
            note: None,
            href: None,
            state,
        }
    }

    /// A second line.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Leads back to the step (wizards).
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// The steps of a process, side by side, under each other on a phone.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/steps.html")]
pub struct Steps {
    lang: Lang,
    label: String,
    steps: Vec<Step>,
}

impl Steps {
    /// `label` names the process for screen readers.
    pub fn new(lang: Lang, label: impl Into<String>, steps: Vec<Step>) -> Self {
        Self {
            lang,
            label: label.into(),
            steps,
        }
    }
}

/// One operation record.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    tone: Tone,
    title: String,
    who: String,
    when: Moment,
    text: Option<String>,
    links: Vec<Link>,
}

impl TimelineEntry {
    /// What happened, by whom, when.
    pub fn new(tone: Tone, title: impl Into<String>, who: impl Into<String>, when: Moment) -> Self {
        Self {
            tone,
            title: title.into(),
            who: who.into(),
            when,
            text: None,
            links: Vec::new(),
        }
    }

    /// What was written.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// An attached file.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.links.push(link);
        self
    }
}

/// Operation records, newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/timeline.html")]
pub struct Timeline {
    entries: Vec<TimelineEntry>,
}

impl Timeline {
    /// The records in the order to show them.
    #[must_use]
    pub fn new(entries: Vec<TimelineEntry>) -> Self {
        Self { entries }
    }
}

/// Views of one thing, each a page of its own.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/tabs.html")]
pub struct Tabs {
    label: String,
    tabs: Vec<(Link, Option<String>)>,
    current: String,
}

impl Tabs {
    /// `label` names the choice for screen readers; `current` is the address of the tab that is shown.
    pub fn new(label: impl Into<String>, current: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            tabs: Vec::new(),
            current: current.into(),
        }
    }

    /// One more tab.
    #[must_use]
    pub fn tab(mut self, link: Link) -> Self {
        self.tabs.push((link, None));
        self
    }

    /// One more tab with a figure.
    #[must_use]
    pub fn counted(mut self, link: Link, figure: impl Into<String>) -> Self {
        self.tabs.push((link, Some(figure.into())));
        self
    }
}

#[derive(Debug, Clone)]
struct PriceLine {
    label: String,
    note: Option<String>,
    amount: Amount,
}

/// What a price is made of: lines, then the total.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/price_lines.html")]
pub struct PriceLines {
    caption: String,
    lines: Vec<PriceLine>,
    total: Option<PriceLine>,
}

impl PriceLines {
    /// `caption` names the table for screen readers.
    pub fn new(caption: impl Into<String>) -> Self {
        Self {
            caption: caption.into(),
            lines: Vec::new(),
            total: None,
        }
    }

    /// A line of the price.
    #[must_use]
    pub fn line(mut self, label: impl Into<String>, amount: Amount) -> Self {
        self.lines.push(PriceLine {
            label: label.into(),
            note: None,
            amount,
        });
        self
    }

    /// A line with its reckoning, such as `10 × $ 9.90 × 12 months`.
    #[must_use]
    pub fn noted(
        mut self,
        label: impl Into<String>,
        note: impl Into<String>,
        amount: Amount,
    ) -> Self {
        self.lines.push(PriceLine {
            label: label.into(),
            note: Some(note.into()),
            amount,
        });
        self
    }

    /// The sum under the line.
    #[must_use]
    pub fn total(mut self, label: impl Into<String>, amount: Amount) -> Self {
        self.total = Some(PriceLine {
            label: label.into(),
            note: None,
            amount,
        });
        self
    }
}

component!(Steps, Timeline, Tabs, PriceLines);
