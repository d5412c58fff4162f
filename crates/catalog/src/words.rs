//! Texts in both languages, and the form of keys.

use kernel::prelude::*;
use serde::{Deserialize, Serialize};

kernel::codes! {
    /// A key must be made of lower-case letters, digits and single hyphens.
    Invalid NOT_A_KEY = "not-a-key";
    /// The same key, name or value stands twice where each may stand once.
    Invalid NOT_UNIQUE = "not-unique";
}

/// A short text in English and Chinese. The Chinese one may be empty; English
/// stands in for it then.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// English; it also stands on bills and in calls to sellers.
    pub en: String,
    /// Chinese, possibly empty.
    pub zh: String,
}

impl Bilingual {
    /// Both texts.
    #[must_use]
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            zh: zh.into(),
        }
    }

    /// Checks both: English is needed, both have at most `max` characters.
    /// The Chinese one is reported under the field's name with `_zh`.
    pub(crate) fn check(&mut self, fields: &mut Fields, field: &str, max: usize) {
        self.en = fields.required(field, &self.en, max);
        self.zh = fields.optional(&format!("{field}_zh"), &self.zh, max);
    }
}

/// Whether the text is a key: `a`-`z`, `0`-`9` and single hyphens inside.
pub(crate) fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// Checks a key of at most `max` characters.
pub(crate) fn check_key(fields: &mut Fields, field: &str, text: &str, max: usize) -> String {
    let key = fields.required(field, text, max);
    if !key.is_empty() && !is_key(&key) {
        fields.reject(field, NOT_A_KEY);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_lower_case_words_joined_by_hyphens() {
        for good in ["a", "acme-crm", "v2-x"] {
            assert!(is_key(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "ä", "a b"] {
            assert!(!is_key(bad), "{bad}");
        }
    }
}
