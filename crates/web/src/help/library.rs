//! All pages of the Help Center in reading order, parsed once.

use std::collections::HashMap;
use std::sync::LazyLock;

use texts::Lang;

use super::markdown::{self, Heading};
use super::source::{self, Source};
use crate::ui::{Link, NavItem, NavSection, paths};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::of(source::sources()));

/// The library of this program.
pub(super) fn library() -> &'static Library {
    &LIBRARY
}

/// The title of the page at `path` in that language, or in English where it isn't translated.
/// None where no page of the Help Center stands.
#[must_use]
pub fn page_title(lang: Lang, path: &str) -> Option<&'static str> {
    library().find(lang, path).map(|page| page.title.as_str())
}

/// A page in one language.
#[derive(Debug)]
pub(super) struct Page {
    /// The language it is written in.
    pub(super) lang: Lang,
    /// Its address, the same in each language.
    pub(super) path: String,
    pub(super) title: String,
    /// The day of the last change, `YYYY-MM-DD`.
    pub(super) updated: String,
    /// The place among its neighbours, smallest first.
    pub(super) order: u32,
    pub(super) html: String,
    pub(super) headings: Vec<Heading>,
    /// The words without headings, for the search.
    pub(super) text: String,
}

impl Page {
    fn of(source: Source) -> Self {
        let rendered = markdown::render(&source.body, &source.file, source.lang);
        Self {
            lang: source.lang,
            path: markdown::address(&source.file),
            title: source.title,
            updated: source.updated,
            order: source.order,
            html: rendered.html,
            headings: rendered.headings,
            text: rendered.text,
        }
    }

    pub(super) fn link(&self) -> Link {
        Link::new(&self.title, &self.path)
    }

    fn nav_item(&self) -> NavItem {
        NavItem::new(&self.title, &self.path)
    }
}

/// A page with its translations.
#[derive(Debug)]
struct Entry {
    path: String,
    english: Page,
    translations: Vec<Page>,
}

impl Entry {
    fn page(&self, lang: Lang) -> &Page {
        self.translations
            .iter()
            .find(|page| page.lang == lang)
            .unwrap_or(&self.english)
    }
}

/// What stands around a page.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// The page above; none at the start page.
    pub(super) parent: Option<Link>,
    /// The page before in reading order, unless it is the page above.
    pub(super) previous: Option<Link>,
    /// The page after in reading order.
    pub(super) next: Option<Link>,
    /// The pages above, from the start page down.
    pub(super) breadcrumbs: Vec<Link>,
}

/// The pages in reading order: the start page, then topic by topic, each with its overview first.
#[derive(Debug)]
pub(super) struct Library {
    entries: Vec<Entry>,
}

impl Library {
    fn of(sources: Vec<Source>) -> Self {
        let (english, others): (Vec<Page>, Vec<Page>) = sources
            .into_iter()
            .map(Page::of)
            .partition(|page| page.lang == Lang::En);
        let orders: HashMap<String, u32> = english
            .iter()
            .map(|page| (page.path.clone(), page.order))
            .collect();
        let mut entries: Vec<Entry> = english
            .into_iter()
            .map(|english| Entry {
                path: english.path.clone(),
                english,
                translations: Vec::new(),
            })
            .collect();
        for page in others {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.path == page.path) {
                entry.translations.push(page);
            }
        }
        entries.sort_by_cached_key(|entry| {
            let topic = topic(&entry.path);
            let order = topic.and_then(|topic| orders.get(topic));
            (
                topic.is_some(),
                order.copied(),
                topic.map(str::to_owned),
                Some(entry.path.as_str()) != topic,
                entry.english.order,
                entry.path.clone(),
            )
        });
        Self { entries }
    }

    /// Every page in that language, in reading order; English where it isn't translated.
    pub(super) fn pages(&self, lang: Lang) -> impl Iterator<Item = &Page> {
        self.entries.iter().map(move |entry| entry.page(lang))
    }

    /// The page at `path` in that language, or in English where it isn't translated.
    pub(super) fn find(&self, lang: Lang, path: &str) -> Option<&Page> {
        self.pages(lang).find(|page| page.path == path)
    }

    /// The tree at the left: `extra` stands after the start page.
    pub(super) fn nav(&self, lang: Lang, extra: NavItem) -> Vec<NavSection> {
        let mut extra = Some(extra);
        let mut items: Vec<NavItem> = Vec::new();
        for page in self.pages(lang) {
            match topic(&page.path) {
                None => {
                    items.push(page.nav_item());
                    items.extend(extra.take());
                }
                Some(topic) if topic == page.path => {
                    let overview = NavItem::new(lang.get("help-overview"), &page.path);
                    items.push(page.nav_item().children(vec![overview]));
                }
                Some(_) => {
                    if let Some(last) = items.last_mut() {
                        last.children.push(page.nav_item());
                    }
                }
            }
        }
        vec![NavSection::new(items)]
    }

    /// What stands around the page at `path`; the links have the titles of that language.
    pub(super) fn around(&self, lang: Lang, path: &str) -> Surroundings {
        let pages: Vec<&Page> = self.pages(lang).collect();
        let here = pages.iter().position(|page| page.path == path);
        let at = |place: Option<usize>| {
            place
                .and_then(|place| pages.get(place))
                .map(|page| page.link())
        };
        let breadcrumbs: Vec<Link> = [Some(paths::HELP), topic(path)]
            .into_iter()
            .flatten()
            .filter(|above| *above != path)
            .filter_map(|above| self.find(lang, above))
            .map(Page::link)
            .collect();
        let parent = breadcrumbs.last().cloned();
        Surroundings {
            previous: at(here.and_then(|here| here.checked_sub(1)))
                .filter(|previous| Some(previous) != parent.as_ref()),
            parent,
            next: at(here.and_then(|here| here.checked_add(1))),
            breadcrumbs,
        }
    }
}

/// The address of the topic that a page belongs to; none for the start page.
fn topic(path: &str) -> Option<&str> {
    let below = path.strip_prefix(paths::HELP)?.strip_prefix('/')?;
    let end = below.find('/').map_or(path.len(), |length| {
        path.len()
            .saturating_sub(below.len())
            .saturating_add(length)
    });
    path.get(..end)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    fn source(lang: Lang, file: &str, title: &str, order: u32) -> Source {
        Source {
            lang,
            file: file.to_owned(),
            title: title.to_owned(),
            updated: "2026-11-22".to_owned(),
            order,
            body: String::new(),
        }
    }

    fn small() -> Library {
        Library::of(vec![
            source(Lang::En, "b/index.md", "B", 20),
            source(Lang::En, "a/z.md", "First of A", 1),
            source(Lang::Zh, "a/z.md", "甲一", 1),
            source(Lang::En, "a/y.md", "Second of A", 2),
            source(Lang::En, "a/index.md", "A", 10),
            source(Lang::En, "index.md", "Start", 0),
        ])
    }

    #[test]
    fn pages_are_read_topic_by_topic_with_the_overview_first() {
        let library = small();
        let titles: Vec<&str> = library
            .pages(Lang::En)
            .map(|page| page.title.as_str())
            .collect();
        assert_eq!(titles, ["Start", "A", "First of A", "Second of A", "B"]);
    }

    #[test]
    fn a_page_knows_its_topic_and_its_neighbours() {
        let around = small().around(Lang::En, "/help/a/y");
        assert_eq!(around.parent, Some(Link::new("A", "/help/a")));
        assert_eq!(around.previous, Some(Link::new("First of A", "/help/a/z")));
        assert_eq!(around.next, Some(Link::new("B", "/help/b")));
        assert_eq!(around.breadcrumbs.len(), 2);
        let first = small().around(Lang::En, "/help/a/z");
        assert!(first.parent.is_some() && first.previous.is_none());
        assert!(small().around(Lang::En, "/help").parent.is_none());
    }

    #[test]
    fn a_page_without_translation_is_found_in_english() {
        let library = small();
        assert_eq!(library.find(Lang::Zh, "/help/a/z").unwrap().title, "甲一");
        assert_eq!(
            library.find(Lang::Zh, "/help/a/y").unwrap().title,
            "Second of A"
        );
        assert!(library.find(Lang::Zh, "/help/a/").is_none());
    }

    #[test]
    fn the_tree_has_a_branch_for_each_topic() {
        let tree = small().nav(Lang::En, NavItem::new("Search", "/help/search"));
        let items = &tree.first().unwrap().items;
        let labels: Vec<&str> = items.iter().map(|item| item.label.as_str()).collect();
        assert_eq!(labels, ["Start", "Search", "A", "B"]);
        assert_eq!(items.get(2).unwrap().children.len(), 3);
    }
}
