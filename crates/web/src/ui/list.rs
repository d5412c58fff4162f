//! Lists: the head of a table, the toolbar over it, the pages under it.

use askama::Template;
use texts::Lang;

use super::field::Choice;
use super::{Button, Icon};

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

impl Direction {
    fn aria(self) -> &'static str {
        match self {
            Self::Up => "ascending",
            Self::Down => "descending",
        }
    }
}

/// A column of a table. Its label stands beside each value when rows become cards.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/column.html")]
pub struct Column {
    label: String,
    sort: Option<String>,
    sorted: Option<Direction>,
    number: bool,
}

impl Column {
    /// A column called `label`.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            sort: None,
            sorted: None,
            number: false,
        }
    }

    /// Can be sorted by: the link that does it, and how the list is sorted by it now.
    #[must_use]
    pub fn sort(mut self, href: impl Into<String>, now: Option<Direction>) -> Self {
        self.sort = Some(href.into());
        self.sorted = now;
        self
    }

    /// Holds amounts or figures: right-aligned. Its cells are `ui::number`.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.number = true;
        self
    }
}

/// A filter of a toolbar: a select whose first choice is "any".
#[derive(Debug, Clone)]
pub struct Filter {
    name: String,
    label: String,
    choices: Vec<Choice>,
    value: String,
}

impl Filter {
    /// `value` is what the list is filtered by now, empty for nothing.
    pub fn new(
        name: impl Into<String>,
        label: impl Into<String>,
        choices: Vec<Choice>,
        value: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            choices,
            value: value.into(),
        }
    }
}

#[derive(Debug, Clone)]
struct Chip {
    label: String,
    remove: String,
}

/// The bar over a list: search, filters, what is filtered by now as chips, the count, actions.
/// A GET form: each state of the list has its own address.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/toolbar.html")]
pub struct Toolbar {
    lang: Lang,
    path: String,
    search: Option<(String, String)>,
    filters: Vec<Filter>,
    kept: Vec<(String, String)>,
    chips: Vec<Chip>,
    clear: Option<String>,
    count: Option<String>,
    actions: Vec<Button>,
}

impl Toolbar {
    /// The toolbar of the list at `path`.
    pub fn new(lang: Lang, path: impl Into<String>) -> Self {
        Self {
            lang,
            path: path.into(),
            search: None,
            filters: Vec::new(),
            kept: Vec::new(),
            chips: Vec::new(),
            clear: None,
            count: None,
            actions: Vec::new(),
        }
    }

    /// A search field, sent as `q`; `label` says what is searched.
    #[must_use]
    pub fn search(mut self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.search = Some((label.into(), value.into()));
        self
    }

    /// One more filter.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filters.push(filter);
        self
    }

    /// A parameter that a new search keeps, such as the sort order.
    #[must_use]
    pub fn keep(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.kept.push((name.into(), value.into()));
        self
    }

    /// What the list is filtered by now, and the address without it.
    #[must_use]
    pub fn chip(mut self, label: impl Into<String>, remove: impl Into<String>) -> Self {
        self.chips.push(Chip {
            label: label.into(),
            remove: remove.into(),
        });
        self
    }

    /// The address without any filter; shown beside the chips.
    #[must_use]
    pub fn clear(mut self, href: impl Into<String>) -> Self {
        self.clear = Some(href.into());
        self
    }

    /// How many there are, in words.
    #[must_use]
    pub fn count(mut self, words: impl Into<String>) -> Self {
        self.count = Some(words.into());
        self
    }

    /// An action of the whole list, such as the export.
    #[must_use]
    pub fn action(mut self, button: Button) -> Self {
        self.actions.push(button);
        self
    }
}

/// Paging by keys: on and back from here, no page numbers.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/pager.html")]
pub struct Pager {
    lang: Lang,
    previous: Option<String>,
    next: Option<String>,
    summary: Option<String>,
}

impl Pager {
    /// The addresses of the page before and after, where there is one.
    #[must_use]
    pub fn new(lang: Lang, previous: Option<String>, next: Option<String>) -> Self {
        Self {
            lang,
            previous,
            next,
            summary: None,
        }
    }

    /// What this page shows, in words.
    #[must_use]
    pub fn summary(mut self, words: impl Into<String>) -> Self {
        self.summary = Some(words.into());
        self
    }
}

/// Paging by numbers, for short lists such as search results: the neighbours, the first and the last.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/pages.html")]
pub struct Pages {
    lang: Lang,
    /// number and address; `None` stands for a gap
    entries: Vec<Option<(u32, String)>>,
    current: u32,
    previous: Option<String>,
    next: Option<String>,
}

impl Pages {
    /// `current` and `last` count from 1; `address` makes the address of a page's number.
    pub fn new(lang: Lang, current: u32, last: u32, address: impl Fn(u32) -> String) -> Self {
        let last = last.max(1);
        let current = current.clamp(1, last);
        let near = current.saturating_sub(1)..=current.saturating_add(1);
        let mut entries: Vec<Option<(u32, String)>> = Vec::new();
        for number in 1..=last {
            if number == 1 || number == last || near.contains(&number) {
                entries.push(Some((number, address(number))));
            } else if entries.last().is_some_and(Option::is_some) {
                entries.push(None);
            }
        }
        Self {
            lang,
            entries,
            current,
            previous: (current > 1).then(|| address(current.saturating_sub(1))),
            next: (current < last).then(|| address(current.saturating_add(1))),
        }
    }
}

component!(Column, Toolbar, Pager, Pages);
