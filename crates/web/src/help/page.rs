//! A page of the Help Center with everything around it.

use askama::Template;
use texts::Arg;

use super::feedback::{FeedbackDraft, FeedbackForm};
use super::library::{Page, Surroundings, library};
use super::paths;
use super::search;
use crate::ui::{self, Frame, Link, Message, NavItem, Tone, Toolbar};

/// The deepest headings that `On this page` lists.
const LISTED_LEVEL: u8 = 3;

/// A page of the Help Center: tree, content, neighbours, and the question whether it helped.
#[derive(Debug, Template)]
#[template(path = "help/page.html")]
pub struct HelpPage {
    frame: Frame,
    page: &'static Page,
    updated: String,
    notice: Option<Message>,
    search: Option<Toolbar>,
    around: Surroundings,
    feedback: FeedbackForm,
}

impl HelpPage {
    /// The page that stands at the frame's path, in the frame's language or else in English with a notice.
    /// Title, tree, breadcrumb and `On this page` of the frame are filled in. None where no page stands.
    #[must_use]
    pub fn open(frame: Frame) -> Option<Self> {
        let page = library().find(frame.lang, &frame.path)?;
        let lang = frame.lang;
        let around = library().around(lang, &page.path);
        let mut frame = with_tree(frame);
        frame.title.clone_from(&page.title);
        frame.breadcrumbs.clone_from(&around.breadcrumbs);
        frame.on_this_page = page
            .headings
            .iter()
            .filter(|heading| heading.level <= LISTED_LEVEL)
            .map(|heading| Link::new(&heading.text, format!("#{}", heading.id)))
            .collect();
        let notice = (page.lang != lang).then(|| {
            Message::new(Tone::Info, lang.get("help-untranslated"))
                .line(lang.get("help-untranslated-shown"))
        });
        Some(Self {
            updated: lang.format("help-updated", &[("date", Arg::Text(&page.updated))]),
            notice,
            search: (page.path == ui::paths::HELP).then(|| search::toolbar(lang, "")),
            feedback: FeedbackForm::new(lang, page, FeedbackDraft::default()),
            frame,
            page,
            around,
        })
    }

    /// The same page after an answer that could not be taken: what was given stays, with what is wrong.
    #[must_use]
    pub fn answered(mut self, draft: FeedbackDraft) -> Self {
        self.feedback = FeedbackForm::new(self.frame.lang, self.page, draft);
        self
    }
}

/// The frame with the tree at the left.
fn with_tree(mut frame: Frame) -> Frame {
    let search = NavItem::new(frame.t("help-search"), paths::SEARCH);
    frame.nav = library().nav(frame.lang, search);
    frame.nav_title = frame.t("help-contents").to_owned();
    frame
}

/// The frame of a page of the Help Center that isn't in the library, titled by the text called `title`.
pub(super) fn dressed(frame: Frame, title: &str) -> Frame {
    let mut frame = with_tree(frame);
    frame.title = frame.t(title).to_owned();
    frame.breadcrumbs = library()
        .find(frame.lang, ui::paths::HELP)
        .map(Page::link)
        .into_iter()
        .collect();
    frame
}
