//! Answers to `Was this page helpful?`, as the reader gives and sees them.

use askama::Template;
use kernel::Timestamp;
use support::feedback::{Feedback, MAX_TEXT, State};
use texts::Lang;

use super::library::{Page, library};
use super::{page, page_title};
use crate::ui::{
    Button, Choice, EmptyState, Field, Frame, Icon, Link, Message, Moment, Pager, StateLabel,
    Timeline, TimelineEntry, Tone,
};

/// An answer that could not be taken, with what is wrong.
#[derive(Debug, Default)]
pub struct FeedbackDraft {
    /// What was chosen, if anything.
    pub helpful: Option<bool>,
    /// What was written.
    pub text: String,
    /// What is wrong with the choice.
    pub helpful_error: Option<String>,
    /// What is wrong with the text.
    pub text_error: Option<String>,
    /// Nothing is wrong with the answer; the site could not take it now.
    pub failed: bool,
}

/// The form under each page. It posts to [`super::paths::FEEDBACK`]: `page` (its address), `page_updated`
/// (`YYYY-MM-DD`), `language` (of the text that was read), `helpful` (`yes` or `no`), `text`, `back`.
#[derive(Debug, Template)]
#[template(path = "help/feedback_form.html")]
pub(super) struct FeedbackForm {
    lang: Lang,
    page: &'static Page,
    failure: Option<Message>,
    helpful: Field,
    text: Field,
    /// The text is in sight from the beginning.
    unfolded: bool,
    submit: Button,
}

impl FeedbackForm {
    pub(super) fn new(lang: Lang, page: &'static Page, draft: FeedbackDraft) -> Self {
        let choices = vec![
            Choice::new("yes", lang.get("help-yes")),
            Choice::new("no", lang.get("help-no")),
        ];
        let unfolded = !draft.text.is_empty() || draft.text_error.is_some();
        let mut helpful = Field::radio("helpful", lang.get("help-feedback-question"), choices)
            .error(draft.helpful_error);
        if let Some(chosen) = draft.helpful {
            helpful = helpful.value(if chosen { "yes" } else { "no" });
        }
        Self {
            lang,
            page,
            failure: draft
                .failed
                .then(|| Message::new(Tone::Danger, lang.get("help-feedback-failed"))),
            helpful,
            text: Field::area("text", lang.get("help-feedback-text"), 4)
                .value(draft.text)
                .longest(MAX_TEXT)
                .help(lang.get("help-feedback-text-help"))
                .error(draft.text_error),
            unfolded,
            submit: Button::submit(lang.get("help-feedback-send")).secondary(),
        }
    }
}

impl askama::filters::HtmlSafe for FeedbackForm {}

/// The thanks after an answer.
#[derive(Debug, Template)]
#[template(path = "help/feedback_thanks.html")]
pub struct FeedbackThanks {
    frame: Frame,
    page: Option<Button>,
}

impl FeedbackThanks {
    /// Thanks for the answer to the page at the address `page`. Who is signed in is told where the reply will be.
    #[must_use]
    pub fn new(frame: Frame, page: &str) -> Self {
        let back = library()
            .find(frame.lang, page)
            .map(|page| Button::link(frame.t("help-feedback-back"), &page.path));
        Self {
            page: back,
            frame: page::dressed(frame, "help-feedback-thanks"),
        }
    }
}

/// An answer, as its author and the operators see it.
#[derive(Debug)]
pub struct FeedbackItem {
    pub(super) id: String,
    /// The page that was answered, under its title as long as it exists.
    pub(super) page: String,
    pub(super) page_href: Option<String>,
    pub(super) page_updated: String,
    pub(super) language: String,
    pub(super) helped: bool,
    /// The word for it.
    pub(super) helpful: &'static str,
    pub(super) text: String,
    pub(super) state: State,
    pub(super) label: StateLabel,
    /// The author is known and can see a reply.
    pub(super) signed_in: bool,
    pub(super) created: Moment,
    /// The operator's words and when they were written.
    pub(super) reply: Option<(String, Moment)>,
}

impl FeedbackItem {
    /// Shows `feedback` to a reader of that language; `moment` shows a time in the reader's zone.
    #[must_use]
    pub fn new(lang: Lang, feedback: &Feedback, moment: impl Fn(Timestamp) -> Moment) -> Self {
        let said = feedback.said();
        let title = page_title(lang, &said.page);
        let language = Lang::from_name(&said.language)
            .map_or_else(|| said.language.clone(), |lang| lang.own_name().to_owned());
        Self {
            id: feedback.id().to_string(),
            page: title.unwrap_or(&said.page).to_owned(),
            page_href: title.map(|_| said.page.clone()),
            page_updated: said.page_updated.clone(),
            language,
            helped: said.helpful,
            helpful: lang.get(if said.helpful { "help-yes" } else { "help-no" }),
            text: said.text.clone(),
            state: feedback.state(),
            label: state_label(lang, feedback.state()),
            signed_in: said.user_id.is_some(),
            created: moment(feedback.created_at()),
            reply: feedback
                .replied_at()
                .map(|at| (feedback.reply().to_owned(), moment(at))),
        }
    }

    /// What was said by both sides; `author` names who answered the page.
    pub(super) fn timeline(&self, lang: Lang, author: &str) -> Timeline {
        let answer = TimelineEntry::new(
            Tone::Info,
            format!("{} {}", lang.get("help-feedback-question"), self.helpful),
            author,
            self.created.clone(),
        );
        let answer = if self.text.is_empty() {
            answer
        } else {
            answer.text(&self.text)
        };
        let reply = self.reply.as_ref().map(|(text, when)| {
            TimelineEntry::new(
                Tone::Success,
                lang.get("help-feedback-reply"),
                lang.get("help-feedback-by-operator"),
                when.clone(),
            )
            .text(text)
        });
        Timeline::new(reply.into_iter().chain([answer]).collect())
    }
}

/// The word for a state of feedback.
pub(super) fn state_label(lang: Lang, state: State) -> StateLabel {
    let word = state_word(lang, state);
    match state {
        State::Submitted => StateLabel::new(Tone::Neutral, word).icon(Icon::Inbox),
        State::Processing => StateLabel::new(Tone::Info, word).icon(Icon::Progress),
        State::Replied => StateLabel::new(Tone::Success, word),
        State::Closed => StateLabel::new(Tone::Neutral, word).icon(Icon::Check),
    }
}

pub(super) fn state_word(lang: Lang, state: State) -> &'static str {
    lang.get(&format!("feedback-state-{state}"))
}

/// An answer with its conversation, in the list of its author.
#[derive(Debug)]
struct OwnFeedback {
    title: String,
    page: Option<Link>,
    label: StateLabel,
    timeline: Timeline,
}

/// `My feedback`: a person's own answers with state and reply.
#[derive(Debug, Template)]
#[template(path = "help/my_feedback.html")]
pub struct MyFeedback {
    frame: Frame,
    items: Vec<OwnFeedback>,
    empty: EmptyState,
    pager: Pager,
}

impl MyFeedback {
    /// The reader's own answers, newest first; the title of the frame is filled in.
    #[must_use]
    pub fn new(mut frame: Frame, items: Vec<FeedbackItem>, pager: Pager) -> Self {
        let lang = frame.lang;
        frame.title = lang.get("help-my-feedback").to_owned();
        let items = items
            .into_iter()
            .map(|item| OwnFeedback {
                timeline: item.timeline(lang, lang.get("help-feedback-by-you")),
                page: item
                    .page_href
                    .map(|href| Link::new(lang.get("help-feedback-open-page"), href)),
                title: item.page,
                label: item.label,
            })
            .collect();
        Self {
            items,
            empty: EmptyState::new(
                Icon::Inbox,
                lang.get("help-my-feedback-none"),
                lang.get("help-my-feedback-none-why"),
            )
            .action(Button::link(lang.get("frame-help"), crate::ui::paths::HELP)),
            frame,
            pager,
        }
    }
}
