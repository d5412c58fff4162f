//! Every word that people read stands in language files, one folder per
//! language beside this crate, one file per part of the program. English is
//! complete by definition; other languages fall back to it key by key.
//!
//! Most texts have no variables. Those are resolved once, at the first use of a
//! language, so that a page with a hundred labels costs a hundred map look-ups.

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use kernel::{Fail, FieldError};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

/// What stands for a text that no language has. A test makes sure that nobody sees it.
const MISSING: &str = "\u{2026}";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR"]
#[include = "en/*.ftl"]
#[include = "zh/*.ftl"]
struct Files;

kernel::names! {
    /// A language of the site.
    pub enum Lang {
        /// English.
        En = "en",
        /// Simplified Chinese.
        Zh = "zh",
    }
}

/// A value for a text's variable.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Text, inserted as it is.
    Text(&'a str),
    /// A number, which chooses plural forms.
    Number(i64),
}

struct Language {
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::load(Lang::En));
static CHINESE: LazyLock<Language> = LazyLock::new(|| Language::load(Lang::Zh));

impl Language {
    fn load(lang: Lang) -> Self {
        let tag: LanguageIdentifier = lang.name().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Direction marks around variables would stand in page titles and mails.
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for source in sources(lang) {
            let resource = parsed(source);
            keys.extend(message_names(&resource));
            let _ = bundle.add_resource(resource);
        }
        let plain = keys
            .into_iter()
            .filter_map(|key| resolve_plain(&bundle, &key).map(|text| (key, text)))
            .collect();
        Self { plain, bundle }
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        Some(text.into_owned())
    }
}

fn parsed(source: String) -> FluentResource {
    // Broken entries are left out; a test makes sure that there are none.
    FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource)
}

fn message_names(resource: &FluentResource) -> Vec<String> {
    let name = |entry: &Entry<&str>| match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    };
    resource.entries().filter_map(name).collect()
}

fn resolve_plain(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, None, &mut errors)
        .into_owned();
    // A text that misses its variables isn't plain.
    errors.is_empty().then_some(text)
}

fn sources(lang: Lang) -> impl Iterator<Item = String> {
    let folder = format!("{lang}/");
    Files::iter()
        .filter(move |name| name.starts_with(&folder))
        .filter_map(|name| Files::get(&name))
        .filter_map(|file| String::from_utf8(file.data.into_owned()).ok())
}

impl Lang {
    fn texts(self) -> &'static Language {
        match self {
            Self::En => &ENGLISH,
            Self::Zh => &CHINESE,
        }
    }

    /// The language of a browser's `Accept-Language`, by its order.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|range| range.split([';', '-']).next())
            .find_map(|tag| Self::from_name(tag.trim()))
            .unwrap_or(Self::En)
    }

    /// The tag for `<html lang>`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }

    /// What the language calls itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Zh => "简体中文",
        }
    }

    /// Chooses between two texts that are stored side by side.
    #[must_use]
    pub fn pick<'t>(self, english: &'t str, chinese: &'t str) -> &'t str {
        match self {
            Self::Zh if !chinese.is_empty() => chinese,
            Self::En | Self::Zh => english,
        }
    }

    /// A text without variables.
    #[must_use]
    pub fn get(self, key: &str) -> &'static str {
        self.find(key).unwrap_or(MISSING)
    }

    /// A text without variables, if there is one.
    #[must_use]
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.texts()
            .plain
            .get(key)
            .or_else(|| ENGLISH.plain.get(key))
            .map(String::as_str)
    }

    /// A text with variables.
    #[must_use]
    pub fn format(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Text(text) => {
                    values.set((*name).to_owned(), FluentValue::from((*text).to_owned()))
                }
                Arg::Number(number) => values.set((*name).to_owned(), FluentValue::from(*number)),
            }
        }
        self.texts()
            .format(key, &values)
            .or_else(|| ENGLISH.format(key, &values))
            .unwrap_or_else(|| MISSING.to_owned())
    }

    /// The sentence of a failure.
    #[must_use]
    pub fn fail(self, fail: &Fail) -> String {
        self.code(fail.code().key, fail.args())
    }

    /// The sentence of a failure at a field.
    #[must_use]
    pub fn field_error(self, error: &FieldError) -> String {
        self.code(error.code.key, &error.args)
    }

    fn code(self, key: &str, args: &[(&'static str, String)]) -> String {
        let args: Vec<(&str, Arg<'_>)> = args
            .iter()
            .map(|(name, value)| {
                (
                    *name,
                    value.parse().map_or(Arg::Text(value.as_str()), Arg::Number),
                )
            })
            .collect();
        self.format(&format!("fail-{key}"), &args)
    }

    /// All keys of this language alone, without the fall-back.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        let language = self.texts();
        let all = sources(self).flat_map(|source| message_names(&parsed(source)));
        let mut keys: Vec<&'static str> = language.plain.keys().map(String::as_str).collect();
        // Only tests ask for this, so a few leaked names cost nothing.
        keys.extend(
            all.filter(|key| !language.plain.contains_key(key))
                .map(|key| -> &'static str { key.leak() }),
        );
        keys.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn chinese_has_every_text_that_english_has() {
        let chinese: BTreeSet<_> = Lang::Zh.keys().collect();
        let missing: Vec<_> = Lang::En
            .keys()
            .filter(|key| !chinese.contains(key))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_file_is_well_formed_and_no_key_stands_twice() {
        for lang in [Lang::En, Lang::Zh] {
            let mut seen = BTreeSet::new();
            for source in sources(lang) {
                let resource = FluentResource::try_new(source.clone());
                let resource =
                    resource.unwrap_or_else(|(_, errors)| panic!("{lang}: {errors:?} in {source}"));
                for name in message_names(&resource) {
                    assert!(seen.insert(name.clone()), "{lang}: {name} stands twice");
                }
            }
        }
    }

    #[test]
    fn a_failure_of_the_kernel_has_a_sentence_in_each_language() {
        let fail = Fail::new(kernel::fail::NOT_FOUND);
        assert_ne!(Lang::En.fail(&fail), MISSING);
        assert_ne!(Lang::En.fail(&fail), Lang::Zh.fail(&fail));
    }

    #[test]
    fn the_browsers_first_known_language_counts() {
        assert_eq!(Lang::accepted("fr-FR, zh-CN;q=0.8, en;q=0.5"), Lang::Zh);
        assert_eq!(Lang::accepted("xx"), Lang::En);
    }
}
