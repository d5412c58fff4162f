//! What stands around every page: masthead, navigation, breadcrumb, theme and language.

use kernel::names::Named;
use texts::Lang;

use super::{Icon, Link, Menu, MenuItem, Message};

/// The addresses that the frame itself leads to.
pub mod paths {
    /// Search results; the words are the parameter `q`.
    pub const SEARCH: &str = "/search";
    /// `My KooGallery Apps`.
    pub const MY_APPS: &str = "/my/apps";
    /// `Billing Center`.
    pub const BILLING: &str = "/billing";
    /// `Seller Console`.
    pub const SELLER: &str = "/seller";
    /// "Become a seller".
    pub const BECOME_SELLER: &str = "/seller/join";
    /// The console of the operators.
    pub const OPERATOR: &str = "/operator";
    /// `Message Center`.
    pub const MESSAGES: &str = "/messages";
    /// The person's own account.
    pub const ACCOUNT: &str = "/account";
    /// The Help Center.
    pub const HELP: &str = "/help";
    /// Sign in; the parameter `back` is where one came from.
    pub const SIGN_IN: &str = "/sign-in";
    /// Sign up.
    pub const SIGN_UP: &str = "/sign-up";
    /// Sign out (post).
    pub const SIGN_OUT: &str = "/sign-out";
    /// Takes `theme` (`auto`, `light`, `dark`) or `lang` (`en`, `zh`), and `back` (post).
    pub const PREFERENCES: &str = "/preferences";
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the person's system has it.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The theme stored under that name; anything else is [`Theme::Auto`].
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The name under which a cookie stores it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The class of `<html>`.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Auto => "",
            Self::Light => "pf-v6-theme-light",
            Self::Dark => "pf-v6-theme-dark",
        }
    }
}

/// Who is signed in, as far as the masthead says it.
#[derive(Debug, Clone, Default)]
pub struct UserMenu {
    /// The name at the upper right.
    pub name: String,
    /// The organisation under it, when the person acts for one.
    pub organisation: Option<String>,
    /// The organisation sells.
    pub seller: bool,
    /// The person runs the site.
    pub operator: bool,
    /// Messages not read yet.
    pub unread: u32,
}

/// One page of a console's navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// What is read.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// A figure after the name: what waits there.
    pub badge: Option<String>,
    /// Pages under this one.
    pub children: Vec<NavItem>,
}

impl NavItem {
    /// The page called `label` at `href`.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            badge: None,
            children: Vec::new(),
        }
    }

    /// A figure after the name: what waits there.
    #[must_use]
    pub fn badge(mut self, figure: impl Into<String>) -> Self {
        self.badge = Some(figure.into());
        self
    }

    /// Pages under this one (trees of the Help Center).
    #[must_use]
    pub fn children(mut self, children: Vec<NavItem>) -> Self {
        self.children = children;
        self
    }

    fn leads_to(&self, path: &str) -> bool {
        self.href == path || self.children.iter().any(|child| child.leads_to(path))
    }
}

/// A titled group of a console's navigation.
#[derive(Debug, Clone)]
pub struct NavSection {
    /// The title over the group, if any.
    pub title: Option<String>,
    /// Its pages.
    pub items: Vec<NavItem>,
}

impl NavSection {
    /// Pages without a title over them.
    #[must_use]
    pub fn new(items: Vec<NavItem>) -> Self {
        Self { title: None, items }
    }

    /// Pages under a title.
    pub fn titled(title: impl Into<String>, items: Vec<NavItem>) -> Self {
        Self {
            title: Some(title.into()),
            items,
        }
    }
}

/// Everything that a layout shows around the content. Each page's template has it as its field `frame`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The name of the site.
    pub brand: String,
    /// The reader's language.
    pub lang: Lang,
    /// The reader's choice of colours.
    pub theme: Theme,
    /// The address of this page without the query; marks the place in the navigation.
    pub path: String,
    /// The heading of the page and, with the brand, its title.
    pub title: String,
    /// Who is signed in.
    pub user: Option<UserMenu>,
    /// The category drop-down.
    pub categories: Vec<Link>,
    /// What was searched for.
    pub search: String,
    /// The navigation at the left (consoles and Help Center).
    pub nav: Vec<NavSection>,
    /// The name of that navigation, such as `My KooGallery`.
    pub nav_title: String,
    /// The way here; the page itself is added by the layout.
    pub breadcrumbs: Vec<Link>,
    /// The headings of a help page, for `On this page`.
    pub on_this_page: Vec<Link>,
    /// What the last act brought.
    pub flash: Option<Message>,
}

impl Frame {
    /// The frame of the page at `path`, signed out and without navigation; fill in what there is more.
    pub fn new(
        brand: impl Into<String>,
        lang: Lang,
        theme: Theme,
        path: impl Into<String>,
        title: impl Into<String>,
    ) -> Self {
        Self {
            brand: brand.into(),
            lang,
            theme,
            path: path.into(),
            title: title.into(),
            user: None,
            categories: Vec::new(),
            search: String::new(),
            nav: Vec::new(),
            nav_title: String::new(),
            breadcrumbs: Vec::new(),
            on_this_page: Vec::new(),
            flash: None,
        }
    }

    /// The text called `key` in the reader's language.
    #[must_use]
    pub fn t(&self, key: &str) -> &str {
        self.lang.get(key)
    }

    /// The address of a bundled file.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset_path(name)
    }

    /// The page stands at or under this entry of the navigation.
    #[must_use]
    pub fn is_current(&self, item: &NavItem) -> bool {
        item.href == self.nearest()
    }

    /// The page stands somewhere in this branch of the navigation.
    #[must_use]
    pub fn is_open(&self, item: &NavItem) -> bool {
        item.leads_to(self.nearest())
    }

    /// The address in the navigation that is this page's or the nearest above it.
    fn nearest(&self) -> &str {
        fn walk<'a>(items: &'a [NavItem], path: &str, best: &mut &'a str) {
            for item in items {
                let above = path
                    .strip_prefix(item.href.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
                if above && item.href.len() > best.len() {
                    *best = &item.href;
                }
                walk(&item.children, path, best);
            }
        }
        let mut best = "";
        for section in &self.nav {
            walk(&section.items, &self.path, &mut best);
        }
        best
    }

    /// The category drop-down.
    #[must_use]
    pub fn category_menu(&self) -> Menu {
        let items = self
            .categories
            .iter()
            .map(|category| {
                MenuItem::link(&category.label, &category.href).chosen(category.href == self.path)
            })
            .collect();
        Menu::new(self.t("frame-categories"))
            .icon(Icon::Grid)
            .group(items)
    }

    fn preferences(&self, menu: Menu) -> Menu {
        let post = |label: &str, name: &str, value: &str| {
            MenuItem::post(label, paths::PREFERENCES)
                .with(name, value)
                .with("back", &self.path)
        };
        let languages = Lang::ALL
            .iter()
            .map(|lang| post(lang.own_name(), "lang", lang.name()).chosen(*lang == self.lang))
            .collect();
        let themes = [
            (Theme::Auto, "frame-theme-auto", Icon::Display),
            (Theme::Light, "frame-theme-light", Icon::Sun),
            (Theme::Dark, "frame-theme-dark", Icon::Moon),
        ]
        .into_iter()
        .map(|(theme, label, icon)| {
            post(self.t(label), "theme", theme.name())
                .icon(icon)
                .chosen(theme == self.theme)
        })
        .collect();
        menu.titled_group(self.t("frame-language"), languages)
            .titled_group(self.t("frame-theme"), themes)
    }

    /// On a phone the masthead has no room for the help button; so the menus have it too.
    fn help_item(&self) -> MenuItem {
        MenuItem::link(self.t("frame-help"), paths::HELP).icon(Icon::Help)
    }

    /// Language and appearance for who isn't signed in.
    #[must_use]
    pub fn guest_menu(&self) -> Menu {
        self.preferences(Menu::icon_only(self.t("frame-preferences"), Icon::Globe).to_the_left())
            .group(vec![self.help_item()])
    }

    /// The menu behind the name at the upper right.
    #[must_use]
    pub fn user_menu(&self, user: &UserMenu) -> Menu {
        let mut places = vec![
            MenuItem::link(self.t("frame-my-apps"), paths::MY_APPS).icon(Icon::Grid),
            MenuItem::link(self.t("frame-billing-center"), paths::BILLING).icon(Icon::Card),
            if user.seller {
                MenuItem::link(self.t("frame-seller-console"), paths::SELLER).icon(Icon::Store)
            } else {
                MenuItem::link(self.t("frame-become-seller"), paths::BECOME_SELLER)
                    .icon(Icon::Store)
            },
        ];
        if user.operator {
            places.push(
                MenuItem::link(self.t("frame-operator-console"), paths::OPERATOR)
                    .icon(Icon::Shield),
            );
        }
        let mut messages =
            MenuItem::link(self.t("frame-message-center"), paths::MESSAGES).icon(Icon::Mail);
        if user.unread > 0 {
            messages = messages.badge(user.unread.to_string());
        }
        places.push(messages);
        places.push(MenuItem::link(self.t("frame-account"), paths::ACCOUNT).icon(Icon::User));
        places.push(self.help_item());
        let menu = Menu::new(&user.name).icon(Icon::User).to_the_left();
        let menu = match &user.organisation {
            Some(organisation) => menu.titled_group(organisation, places),
            None => menu.group(places),
        };
        self.preferences(menu).group(vec![
            MenuItem::post(self.t("frame-sign-out"), paths::SIGN_OUT).icon(Icon::SignOut),
        ])
    }

    /// The sign-in page, which leads back here.
    #[must_use]
    pub fn sign_in_href(&self) -> String {
        let back =
            percent_encoding::utf8_percent_encode(&self.path, percent_encoding::NON_ALPHANUMERIC);
        format!("{}?back={back}", paths::SIGN_IN)
    }
}
