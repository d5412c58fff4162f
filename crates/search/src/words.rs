//! From text to the words under which it is stored and looked up.
//!
//! Letters lose case and accents; Latin and other scripts split at everything that is neither
//! letter nor digit; runs of Chinese characters go through a dictionary. The dictionary costs
//! memory and is loaded when the first Chinese text comes, never before.

use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, RawTokenizer, TextAnalyzer, TokenStream, Tokenizer,
};
use tantivy_jieba::JiebaTokenizer;

/// Longer words are cut here on both sides, so that they still find themselves.
const LONGEST_WORD: usize = 40;

/// What the words are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be stored: Chinese words come with the shorter words inside them.
    Store,
    /// To be looked up: Chinese words come once.
    LookUp,
}

/// The words of a text, in order.
pub(crate) fn words(text: &str, purpose: Purpose) -> Vec<String> {
    let folded = fold(text);
    let mut found = Vec::new();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let kind = Kind::of(first);
        let end = rest
            .find(|letter| Kind::of(letter) != kind)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match kind {
            Kind::Gap => {}
            Kind::Plain => found.push(run.chars().take(LONGEST_WORD).collect()),
            Kind::Han => found.extend(chinese_words(run, purpose)),
        }
        rest = after;
    }
    found
}

/// The single Chinese characters of a text: what is left to look for when the dictionary cut
/// a text at other places than the person who typed.
pub(crate) fn han_characters(text: &str) -> impl Iterator<Item = String> {
    text.chars()
        .filter(|letter| Kind::of(*letter) == Kind::Han)
        .map(String::from)
}

fn chinese_words(run: &str, purpose: Purpose) -> Vec<String> {
    let mut tokenizer = JiebaTokenizer::with_search_mode(purpose == Purpose::Store);
    let mut stream = tokenizer.token_stream(run);
    let mut found = Vec::new();
    while stream.advance() {
        found.push(stream.token().text.clone());
    }
    found
}

fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut analyzer = TextAnalyzer::builder(RawTokenizer::default())
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build();
    let mut folded = String::new();
    analyzer
        .token_stream(text)
        .process(&mut |token| folded.push_str(&token.text));
    folded.retain(|letter| !is_combining_mark(letter));
    folded
}

/// Accents that stand behind their letter instead of being part of it.
fn is_combining_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gap,
    Plain,
    Han,
}

impl Kind {
    fn of(letter: char) -> Self {
        match letter {
            '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{323af}' => Self::Han,
            _ if letter.is_alphanumeric() => Self::Plain,
            _ => Self::Gap,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Purpose, words};

    #[test]
    fn case_accents_and_width_make_no_difference() {
        let expected = ["cafe", "resume", "crm", "2"];
        assert_eq!(words("CAFÉ résumé crm-2", Purpose::LookUp), expected);
        assert_eq!(
            words(
                "Cafe\u{301} Re\u{301}sume\u{301} ＣＲＭ ２",
                Purpose::LookUp
            ),
            expected
        );
    }

    #[test]
    fn chinese_is_cut_into_words_and_mixes_with_latin() {
        assert_eq!(
            words("企业CRM客户管理", Purpose::LookUp),
            ["企业", "crm", "客户", "管理"]
        );
    }

    #[test]
    fn stored_chinese_words_bring_the_words_inside_them() {
        let stored = words("北京大学", Purpose::Store);
        assert!(stored.contains(&"北京".to_owned()) && stored.contains(&"北京大学".to_owned()));
        assert_eq!(words("北京大学", Purpose::LookUp), ["北京大学"]);
    }

    #[test]
    fn a_very_long_word_is_cut_and_not_lost() {
        let cut = words(&"a".repeat(5_000), Purpose::LookUp);
        assert_eq!(cut, ["a".repeat(40)]);
    }

    #[test]
    fn signs_alone_are_no_words() {
        assert!(words("\" OR * ~!()", Purpose::LookUp) == ["or"]);
        assert!(words("*** --- \u{1f600}", Purpose::LookUp).is_empty());
    }
}
