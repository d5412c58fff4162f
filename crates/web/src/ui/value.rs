//! Small values: links, amounts, moments, logos, bars.

use askama::Template;

/// A link by words: breadcrumbs, categories, headings of a page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(source = r#"<a href="{{ href }}">{{ label }}</a>"#, ext = "html")]
pub struct Link {
    /// What is read.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link with the words `label` to the address `href`.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// An amount of money, already grouped for the reader's locale; figures stand under each other.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"<span class="kg-amount">{{ text }}{% if let Some(code) = currency %} <span class="kg-amount__code">{{ code }}</span>{% endif %}</span>"#,
    ext = "html"
)]
pub struct Amount {
    text: String,
    currency: Option<String>,
}

impl Amount {
    /// The amount as it is read, such as `$ 1,188.00`.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            currency: None,
        }
    }

    /// Adds the ISO 4217 code, for places where currencies mix.
    #[must_use]
    pub fn currency(mut self, code: impl Into<String>) -> Self {
        self.currency = Some(code.into());
        self
    }
}

/// A point in time in the person's zone, exact on hover.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"<time class="kg-time" datetime="{{ instant }}" title="{{ exact }}">{{ text }}</time>"#,
    ext = "html"
)]
pub struct Moment {
    instant: String,
    text: String,
    exact: String,
}

impl Moment {
    /// `instant` is RFC 3339 in UTC, `text` what is read, `exact` the long form with the zone.
    pub fn new(
        instant: impl Into<String>,
        text: impl Into<String>,
        exact: impl Into<String>,
    ) -> Self {
        Self {
            instant: instant.into(),
            text: text.into(),
            exact: exact.into(),
        }
    }
}

/// How many quiet colours the letters of missing logos are spread over.
const HUES: u32 = 8;

/// The logo of a product or seller, or its first letter on a colour of its own. Decorative: the name stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"{% if let Some(address) = image %}<img class="kg-logo{% if large %} kg-logo-large{% endif %}" src="{{ address }}" alt="" width="40" height="40" loading="lazy" decoding="async">{% else %}<span class="kg-logo{% if large %} kg-logo-large{% endif %} kg-hue-{{ hue }}" aria-hidden="true">{{ letter }}</span>{% endif %}"#,
    ext = "html"
)]
pub struct Logo {
    image: Option<String>,
    letter: String,
    hue: u32,
    large: bool,
}

impl Logo {
    /// The logo of the thing called `name`; `image` is the picture's address when there is one.
    #[must_use]
    pub fn new(name: &str, image: Option<String>) -> Self {
        let hue = name.chars().fold(0_u32, |sum, letter| {
            sum.wrapping_mul(31).wrapping_add(u32::from(letter))
        }) % HUES;
        Self {
            image,
            letter: name.chars().take(1).flat_map(char::to_uppercase).collect(),
            hue,
            large: false,
        }
    }

    /// The size for the head of a page.
    #[must_use]
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }
}

/// A bar with its figures, for work whose end is known.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"<div class="kg-progress"><div class="kg-progress__head"><span id="{{ id }}-label">{{ label }}</span><span class="kg-amount">{{ figures }}</span></div><progress class="kg-progress__bar" aria-labelledby="{{ id }}-label" value="{{ done }}" max="{{ total }}">{{ figures }}</progress></div>"#,
    ext = "html"
)]
pub struct Progress {
    id: String,
    label: String,
    figures: String,
    done: u64,
    total: u64,
}

impl Progress {
    /// `figures` is what is read ("12 of 40 files"); `id` is unique in the page.
    pub fn new(
        id: impl Into<String>,
        label: impl Into<String>,
        figures: impl Into<String>,
        done: u64,
        total: u64,
    ) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            figures: figures.into(),
            done,
            total,
        }
    }
}

component!(Link, Amount, Moment, Logo, Progress);
