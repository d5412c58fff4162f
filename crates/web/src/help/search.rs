//! The search in the Help Center: in memory, title before headings before text.

use std::cmp::Reverse;

use askama::Template;
use texts::{Arg, Lang};

use super::library::{Page, library};
use super::paths;
use crate::ui::{EmptyState, Frame, Icon, Link, Toolbar};

/// Characters of a query that count.
const MAX_QUERY: usize = 100;
/// Results at most; who finds more searches more precisely.
const MAX_RESULTS: usize = 20;
/// Characters around the first place that is found.
const EXCERPT: usize = 140;
/// Characters of an excerpt before that place.
const EXCERPT_BEFORE: usize = 40;

const IN_TITLE: u32 = 20;
const IN_HEADING: u32 = 6;
const IN_TEXT: u32 = 1;

/// A page that was found.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) page: Link,
    /// Where it stands: the title of its topic.
    pub(super) topic: Option<String>,
    pub(super) excerpt: String,
}

/// The pages that have most of the words, those that have them most prominently first.
pub(super) fn search(lang: Lang, query: &str) -> Vec<Hit> {
    let terms = terms(query);
    let mut found: Vec<(usize, u32, &Page)> = library()
        .pages(lang)
        .filter_map(|page| {
            let (matched, score) = rate(page, &terms);
            (matched.saturating_mul(2) > terms.len()).then_some((matched, score, page))
        })
        .collect();
    // A stable sort: among equals the reading order stays.
    found.sort_by_key(|(matched, score, _)| Reverse((*score, *matched)));
    found
        .into_iter()
        .take(MAX_RESULTS)
        .map(|(_, _, page)| Hit {
            page: page.link(),
            topic: library()
                .around(lang, &page.path)
                .parent
                .map(|topic| topic.label),
            excerpt: excerpt(&page.text, &terms),
        })
        .collect()
}

/// How many of the terms a page has, and how prominently.
fn rate(page: &Page, terms: &[String]) -> (usize, u32) {
    let title = page.title.to_lowercase();
    let text = page.text.to_lowercase();
    let scores = terms.iter().filter_map(|term| {
        let heading = page
            .headings
            .iter()
            .any(|heading| place(&heading.text.to_lowercase(), term).is_some());
        let score = [
            (place(&title, term).is_some(), IN_TITLE),
            (heading, IN_HEADING),
            (place(&text, term).is_some(), IN_TEXT),
        ]
        .into_iter()
        .filter_map(|(found, weight)| found.then_some(weight))
        .sum::<u32>();
        (score > 0).then_some(score)
    });
    scores.fold((0, 0), |(matched, sum), score| {
        (matched.saturating_add(1), sum.saturating_add(score))
    })
}

/// The words of a query in lower case. Chinese writes no spaces, so its runs become pairs of neighbours.
fn terms(query: &str) -> Vec<String> {
    let query: String = query.chars().take(MAX_QUERY).collect();
    let mut terms: Vec<String> = Vec::new();
    for word in query
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
    {
        let letters: Vec<char> = word.chars().collect();
        for run in letters.chunk_by(|one, other| one.is_ascii() == other.is_ascii()) {
            if run.len() > 2 && run.first().is_some_and(|letter| !letter.is_ascii()) {
                terms.extend(run.windows(2).map(String::from_iter));
            } else if !run.is_empty() {
                terms.push(run.iter().collect());
            }
        }
    }
    terms.sort();
    terms.dedup();
    terms
}

/// Where `term` starts in `text`: anywhere in Chinese, else at the start of a word. Both are in lower case.
fn place(text: &str, term: &str) -> Option<usize> {
    let ascii = term.is_ascii();
    text.match_indices(term).map(|(at, _)| at).find(|at| {
        let before = text
            .get(..*at)
            .and_then(|before| before.chars().next_back());
        !ascii || !before.is_some_and(|letter| letter.is_ascii_alphanumeric())
    })
}

/// The words around the first place of any term, or the beginning.
fn excerpt(text: &str, terms: &[String]) -> String {
    let folded = text.to_lowercase();
    let first = terms.iter().filter_map(|term| place(&folded, term)).min();
    let letters_before = first
        .and_then(|at| folded.get(..at))
        .map_or(0, |before| before.chars().count());
    let skipped = letters_before.saturating_sub(EXCERPT_BEFORE);
    let mut rest = text.chars().skip(skipped);
    let part: String = rest.by_ref().take(EXCERPT).collect();
    // Begin with a whole word where the script has words.
    let part = match part.split_once(' ') {
        Some((cut, whole)) if skipped > 0 && cut.chars().count() < EXCERPT_BEFORE => whole,
        _ => part.as_str(),
    };
    let head = if skipped > 0 { "… " } else { "" };
    if rest.next().is_none() {
        return format!("{head}{}", part.trim());
    }
    // And end with one.
    let part = match part.rsplit_once(' ') {
        Some((whole, cut)) if cut.chars().count() < EXCERPT_BEFORE => whole,
        _ => part,
    };
    format!("{head}{} …", part.trim())
}

/// The page with the results of a search.
#[derive(Debug, Template)]
#[template(path = "help/search.html")]
pub struct HelpSearch {
    frame: Frame,
    toolbar: Toolbar,
    hits: Vec<Hit>,
    empty: Option<EmptyState>,
}

impl HelpSearch {
    /// What is found for `query` in the reader's language; without words the page asks for some.
    #[must_use]
    pub fn new(frame: Frame, query: &str) -> Self {
        let lang = frame.lang;
        let query = query.trim();
        let hits = search(lang, query);
        let toolbar = toolbar(lang, query);
        let count = i64::try_from(hits.len()).unwrap_or(i64::MAX);
        let empty = |text: String| {
            EmptyState::new(
                Icon::Search,
                lang.get(if query.is_empty() {
                    "help-search-nothing-asked"
                } else {
                    "help-search-nothing-found"
                }),
                text,
            )
        };
        Self {
            toolbar: if query.is_empty() {
                toolbar
            } else {
                toolbar.count(lang.format("help-search-count", &[("count", Arg::Number(count))]))
            },
            empty: hits
                .is_empty()
                .then(|| empty(lang.get("help-search-advice").to_owned())),
            frame: super::page::dressed(frame, "help-search"),
            hits,
        }
    }
}

/// The search form, as the start page has it too.
pub(super) fn toolbar(lang: Lang, query: &str) -> Toolbar {
    Toolbar::new(lang, paths::SEARCH).search(lang.get("help-search"), query)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    fn first(lang: Lang, query: &str) -> String {
        search(lang, query)
            .first()
            .map(|hit| hit.page.href.clone())
            .unwrap_or_default()
    }

    #[test]
    fn a_title_counts_more_than_a_mention() {
        assert_eq!(
            first(Lang::En, "order statuses"),
            "/help/buying/order-statuses"
        );
        assert_eq!(
            first(Lang::En, "Two-Step verification"),
            "/help/account/two-step-verification"
        );
    }

    #[test]
    fn chinese_is_found_without_spaces() {
        assert_eq!(
            first(Lang::Zh, "查看资源详情"),
            "/help/using/resource-details"
        );
    }

    #[test]
    fn pages_without_translation_are_found_too() {
        assert_eq!(
            first(Lang::Zh, "queryInstance"),
            first(Lang::En, "queryInstance")
        );
    }

    #[test]
    fn nothing_asked_and_nonsense_find_nothing() {
        assert!(search(Lang::En, "").is_empty());
        assert!(search(Lang::En, " ?! ").is_empty());
        assert!(search(Lang::En, "xyzzy").is_empty());
    }

    #[test]
    fn results_are_bounded() {
        assert!(search(Lang::En, "the").len() <= MAX_RESULTS);
        assert!(!search(Lang::En, &"order ".repeat(10_000)).is_empty());
    }

    #[test]
    fn a_word_is_found_from_its_start_only() {
        assert_eq!(place("the catalog, log in", "log"), Some(13));
        assert_eq!(place("查看密码", "密码"), Some(6));
    }

    #[test]
    fn an_excerpt_shows_the_place_that_was_found() {
        let text = format!("{} needle {}", "word ".repeat(100), "end ".repeat(100));
        let part = excerpt(&text, &["needle".to_owned()]);
        assert!(part.contains("needle") && part.starts_with("… word") && part.ends_with(" …"));
        assert!(part.chars().count() <= EXCERPT + 4, "{part}");
    }

    #[test]
    fn what_was_searched_for_never_becomes_markup() {
        let frame = Frame::new("K", Lang::En, crate::ui::Theme::Auto, paths::SEARCH, "");
        let page = HelpSearch::new(frame, "\"><script>").render().unwrap();
        assert!(!page.contains("\"><script>"), "{page}");
    }
}
