//! Menus that fold out: a `<details>` that needs no script; script only closes it when one goes elsewhere.

use askama::Template;

use super::Icon;

#[derive(Debug, Clone)]
enum Act {
    Link(String),
    Post {
        action: String,
        values: Vec<(String, String)>,
    },
}

/// One entry of a menu.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/menu_item.html")]
pub struct MenuItem {
    label: String,
    act: Act,
    icon: Option<Icon>,
    badge: Option<String>,
    danger: bool,
    chosen: bool,
    opens: Option<String>,
}

impl MenuItem {
    fn new(label: String, act: Act) -> Self {
        Self {
            label,
            act,
            icon: None,
            badge: None,
            danger: false,
            chosen: false,
            opens: None,
        }
    }

    /// Leads to a page.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(label.into(), Act::Link(href.into()))
    }

    /// Does something: posts to `action`.
    pub fn post(label: impl Into<String>, action: impl Into<String>) -> Self {
        Self::new(
            label.into(),
            Act::Post {
                action: action.into(),
                values: Vec::new(),
            },
        )
    }

    /// A value that the post carries.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Act::Post { values, .. } = &mut self.act {
            values.push((name.into(), value.into()));
        }
        self
    }

    /// An icon before the words.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A figure after the words, such as what is unread.
    #[must_use]
    pub fn badge(mut self, figure: impl Into<String>) -> Self {
        self.badge = Some(figure.into());
        self
    }

    /// Ends or removes something.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Is what holds now, among its neighbours.
    #[must_use]
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// Opens the dialog of that id first; see [`super::Button::opens`].
    #[must_use]
    pub fn opens(mut self, dialog: impl Into<String>) -> Self {
        self.opens = Some(dialog.into());
        self
    }
}

/// A menu behind a button. Groups are divided by a line and may have a title.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/menu.html")]
pub struct Menu {
    label: String,
    icon: Option<Icon>,
    plain: bool,
    to_the_left: bool,
    groups: Vec<(Option<String>, Vec<MenuItem>)>,
}

impl Menu {
    /// A menu behind a button with the words `label`.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            icon: None,
            plain: false,
            to_the_left: false,
            groups: Vec::new(),
        }
    }

    /// A menu behind an icon; `label` is read by screen readers and on hover.
    pub fn icon_only(label: impl Into<String>, icon: Icon) -> Self {
        Self {
            icon: Some(icon),
            plain: true,
            ..Self::new(label)
        }
    }

    /// The menu of a row: three dots, labelled `label`, folding out to the left.
    pub fn of_row(label: impl Into<String>) -> Self {
        Self::icon_only(label, Icon::More).to_the_left()
    }

    /// An icon before the words.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Folds out to the left, for menus at the right edge.
    #[must_use]
    pub fn to_the_left(mut self) -> Self {
        self.to_the_left = true;
        self
    }

    /// One more group of entries.
    #[must_use]
    pub fn group(mut self, items: Vec<MenuItem>) -> Self {
        self.groups.push((None, items));
        self
    }

    /// One more group of entries under a title.
    #[must_use]
    pub fn titled_group(mut self, title: impl Into<String>, items: Vec<MenuItem>) -> Self {
        self.groups.push((Some(title.into()), items));
        self
    }
}

component!(MenuItem, Menu);
