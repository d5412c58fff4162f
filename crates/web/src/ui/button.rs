//! Buttons, and links that look like buttons.

use askama::Template;

use super::Icon;

/// A button that sends its form, or a link that looks like one. Its words say what it does.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/button.html")]
pub struct Button {
    label: String,
    look: &'static str,
    href: Option<String>,
    icon: Option<Icon>,
    icon_only: bool,
    small: bool,
    wide: bool,
    disabled: bool,
    external: bool,
    value: Option<(String, String)>,
    action: Option<String>,
    form: Option<String>,
    opens: Option<String>,
}

impl Button {
    fn new(label: String, look: &'static str, href: Option<String>) -> Self {
        Self {
            label,
            look,
            href,
            icon: None,
            icon_only: false,
            small: false,
            wide: false,
            disabled: false,
            external: false,
            value: None,
            action: None,
            form: None,
            opens: None,
        }
    }

    /// The main button of a form.
    pub fn submit(label: impl Into<String>) -> Self {
        Self::new(label.into(), "pf-m-primary", None)
    }

    /// A link that stands among buttons.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(label.into(), "pf-m-secondary", Some(href.into()))
    }

    /// The one main action of the page.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.look = "pf-m-primary";
        self
    }

    /// One of several equal actions.
    #[must_use]
    pub fn secondary(mut self) -> Self {
        self.look = "pf-m-secondary";
        self
    }

    /// Ends or removes something.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.look = "pf-m-danger";
        self
    }

    /// As quiet as a link in text.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.look = "pf-m-link pf-m-inline";
        self
    }

    /// The size for rows and toolbars.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// As wide as its container.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// An icon before the words.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The icon alone; the words become its label and hover text.
    #[must_use]
    pub fn icon_only(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self.icon_only = true;
        self.look = "pf-m-plain";
        self
    }

    /// The name and value that are sent when this button sends the form.
    #[must_use]
    pub fn value(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.value = Some((name.into(), value.into()));
        self
    }

    /// Sends the form to another address than the form's own.
    #[must_use]
    pub fn action(mut self, address: impl Into<String>) -> Self {
        self.action = Some(address.into());
        self
    }

    /// Sends the form with this id, which stands elsewhere in the page.
    #[must_use]
    pub fn form(mut self, id: impl Into<String>) -> Self {
        self.form = Some(id.into());
        self
    }

    /// Opens the [`super::ConfirmDialog`] of that id; without script the link leads to a page that asks the same.
    #[must_use]
    pub fn opens(mut self, dialog: impl Into<String>) -> Self {
        self.opens = Some(dialog.into());
        self
    }

    /// Can't be used now; say why beside it.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    /// Leads out of the site, in a tab of its own.
    #[must_use]
    pub fn external(mut self) -> Self {
        self.external = true;
        self
    }
}

component!(Button);
