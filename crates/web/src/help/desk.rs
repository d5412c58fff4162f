//! Answers to help pages, as the operators handle them.

use askama::Template;
use kernel::names::Named as _;
use kernel::state::Machine as _;
use support::feedback::{Event, FeedbackMachine, MAX_REPLY, State};
use texts::Lang;

use super::feedback::{FeedbackItem, state_word};
use super::paths;
use crate::ui::{
    Button, Choice, Column, EmptyState, Field, Filter, Frame, Icon, Message, Pager, StateLabel,
    Timeline, Tone, Toolbar,
};

/// Characters of an answer that the list shows.
const SHOWN_IN_LIST: usize = 120;

#[derive(Debug)]
struct DeskRow {
    href: String,
    helpful: StateLabel,
    excerpt: String,
    item: FeedbackItem,
}

/// Everybody's answers, newest first, for the operators.
#[derive(Debug, Template)]
#[template(path = "help/feedback_desk.html")]
pub struct FeedbackDesk {
    frame: Frame,
    toolbar: Toolbar,
    columns: Vec<Column>,
    rows: Vec<DeskRow>,
    empty: EmptyState,
    pager: Pager,
}

impl FeedbackDesk {
    /// The list as it is filtered by `state` (parameter `state`, the stored name); the title of the frame is
    /// filled in.
    #[must_use]
    pub fn new(
        mut frame: Frame,
        items: Vec<FeedbackItem>,
        state: Option<State>,
        pager: Pager,
    ) -> Self {
        let lang = frame.lang;
        frame.title = lang.get("help-desk").to_owned();
        let states = State::ALL
            .iter()
            .map(|state| Choice::new(state.name(), state_word(lang, *state)))
            .collect();
        let filter = Filter::new(
            "state",
            lang.get("help-desk-any-state"),
            states,
            state.map_or("", State::name),
        );
        let columns = COLUMNS
            .iter()
            .map(|label| Column::new(lang.get(label)))
            .collect();
        Self {
            toolbar: Toolbar::new(lang, paths::OPERATOR_FEEDBACK).filter(filter),
            columns,
            rows: items.into_iter().map(row).collect(),
            empty: EmptyState::new(
                Icon::Inbox,
                lang.get("help-desk-none"),
                lang.get("help-desk-none-why"),
            ),
            frame,
            pager,
        }
    }
}

/// The text keys of the list's columns.
const COLUMNS: [&str; 6] = [
    "help-desk-page",
    "help-desk-helpful",
    "help-desk-text",
    "help-desk-state",
    "help-desk-submitted",
    "help-desk-operation",
];

fn row(item: FeedbackItem) -> DeskRow {
    let mut letters = item.text.chars();
    let mut excerpt: String = letters.by_ref().take(SHOWN_IN_LIST).collect();
    if letters.next().is_some() {
        excerpt.truncate(excerpt.trim_end().len());
        excerpt.push('…');
    }
    let tone = if item.helped {
        Tone::Success
    } else {
        Tone::Warning
    };
    DeskRow {
        href: address(&item.id),
        helpful: StateLabel::new(tone, item.helpful),
        excerpt,
        item,
    }
}

fn address(id: &str) -> String {
    format!("{}/{id}", paths::OPERATOR_FEEDBACK)
}

/// One answer, with what an operator can do about it.
///
/// Its forms post to the answer's address followed by `/take-up`, `/reply` (field `reply`) and `/close`.
#[derive(Debug, Template)]
#[template(path = "help/feedback_case.html")]
pub struct FeedbackCase {
    frame: Frame,
    item: FeedbackItem,
    label: StateLabel,
    timeline: Timeline,
    acts: Vec<Button>,
    reply: Option<Reply>,
    notice: Option<Message>,
}

#[derive(Debug)]
struct Reply {
    action: String,
    field: Field,
    submit: Button,
}

impl FeedbackCase {
    /// The answer as it stands; the title of the frame is filled in.
    #[must_use]
    pub fn new(mut frame: Frame, item: FeedbackItem) -> Self {
        let lang = frame.lang;
        frame.title.clone_from(&item.page);
        let can = |event| FeedbackMachine::next(item.state, event).is_some();
        let act = |event, label: &str, name: &str| {
            can(event).then(|| {
                Button::submit(lang.get(label))
                    .secondary()
                    .action(format!("{}/{name}", address(&item.id)))
            })
        };
        let acts = [
            act(Event::TakenUp, "help-desk-take-up", "take-up"),
            act(Event::Closed, "help-desk-close", "close"),
        ];
        let open = can(Event::Replied);
        let author = if item.signed_in {
            "help-feedback-by-reader"
        } else {
            "help-feedback-by-guest"
        };
        Self {
            label: item.label.clone(),
            timeline: item.timeline(lang, lang.get(author)),
            acts: acts.into_iter().flatten().collect(),
            reply: (open && item.signed_in).then(|| Reply {
                action: format!("{}/reply", address(&item.id)),
                field: reply_field(lang),
                submit: Button::submit(lang.get("help-desk-send-reply")),
            }),
            notice: (open && !item.signed_in)
                .then(|| Message::new(Tone::Info, lang.get("help-desk-no-author"))),
            frame,
            item,
        }
    }

    /// The same page after a reply that could not be sent: what was written stays, with what is wrong.
    #[must_use]
    pub fn refused(mut self, typed: &str, error: String) -> Self {
        let lang = self.frame.lang;
        if let Some(reply) = &mut self.reply {
            reply.field = reply_field(lang).value(typed).error(Some(error));
        }
        self
    }
}

fn reply_field(lang: Lang) -> Field {
    Field::area("reply", lang.get("help-feedback-reply"), 6)
        .required()
        .longest(MAX_REPLY)
        .help(lang.get("help-desk-reply-help"))
}
