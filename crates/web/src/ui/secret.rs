//! Secrets: dots until somebody asks, and only for a minute then.

use askama::Template;
use texts::Lang;

use super::Icon;

/// Keys of the words on the buttons, by what the secret is.
#[derive(Debug, Clone, Copy)]
struct Words {
    show: &'static str,
    hide: &'static str,
    copy: &'static str,
    shown: &'static str,
    hidden: &'static str,
}

const PASSWORD: Words = Words {
    show: "frame-show-password",
    hide: "frame-hide-password",
    copy: "frame-copy-password",
    shown: "frame-password-shown",
    hidden: "frame-password-hidden",
};

const KEY: Words = Words {
    show: "frame-show-key",
    hide: "frame-hide-key",
    copy: "frame-copy-key",
    shown: "frame-key-shown",
    hidden: "frame-key-hidden",
};

/// A secret that isn't in the page. The eye posts to `reveal`; with script the value appears in place and goes
/// after a minute, without script the answer is a page. The answer is a [`RevealedSecret`] or contains one, and
/// must carry `Cache-Control: no-store`. Script recognises itself by the header `HX-Request: true`.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/secret.html")]
pub struct Secret {
    lang: Lang,
    words: Words,
    dots: String,
    reveal: String,
    hidden: Vec<(String, String)>,
}

impl Secret {
    /// The secret that a post to `reveal` answers.
    pub fn new(lang: Lang, reveal: impl Into<String>) -> Self {
        Self {
            lang,
            words: PASSWORD,
            dots: "••••••••".to_owned(),
            reveal: reveal.into(),
            hidden: Vec::new(),
        }
    }

    /// It is a key and not a password: the buttons say so, and what stands for
    /// it tells it from others.
    #[must_use]
    pub fn of_key(mut self, masked: impl Into<String>) -> Self {
        self.words = KEY;
        self.dots = masked.into();
        self
    }

    /// A value that the post carries.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }
}

/// The answer to the eye: the value itself, for a response that is never stored.
#[derive(Template)]
#[template(path = "ui/secret_revealed.html")]
pub struct RevealedSecret {
    lang: Lang,
    words: Words,
    value: String,
    back: String,
}

impl RevealedSecret {
    /// Shows `value`; "hide" leads `back` to the page without it.
    pub fn new(lang: Lang, value: impl Into<String>, back: impl Into<String>) -> Self {
        Self {
            lang,
            words: PASSWORD,
            value: value.into(),
            back: back.into(),
        }
    }

    /// It is a key and not a password.
    #[must_use]
    pub fn of_key(mut self) -> Self {
        self.words = KEY;
        self
    }
}

component!(Secret, RevealedSecret);
