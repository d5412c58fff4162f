//! Each text exists in each language, is used somewhere, and what is used exists.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::source::{mask, numbered, words};
use super::tree::Tree;

const HOME: &str = "crates/texts/";
/// The language that is written first.
const FIRST: &str = "en";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let languages = languages(tree);
    let mut findings = twice(tree);
    let Some(first) = languages.get(FIRST) else {
        return findings;
    };
    for (language, keys) in &languages {
        for (key, (path, line)) in first {
            if !keys.contains_key(key) {
                let sentence = format!("`{key}` has no text in `{language}`: write it there");
                findings.push(Finding::new(path, *line, sentence));
            }
        }
        for (key, (path, line)) in keys.iter().filter(|(key, _)| !first.contains_key(*key)) {
            let sentence = format!("`{key}` isn't in `{FIRST}`: write it there or remove it");
            findings.push(Finding::new(path, *line, sentence));
        }
    }
    findings.extend(used_but_missing(tree, first));
    findings.extend(present_but_unused(tree, first));
    findings
}

/// Where each key stands, by file and line.
type Keys<'a> = BTreeMap<&'a str, (&'a str, usize)>;

fn languages(tree: &Tree) -> BTreeMap<&str, Keys<'_>> {
    let mut languages: BTreeMap<&str, Keys<'_>> = BTreeMap::new();
    for (path, text) in tree.texts_at(HOME, ".ftl") {
        let Some(language) = path.rsplit('/').nth(1) else {
            continue;
        };
        let keys = languages.entry(language).or_default();
        for (line, key) in keys_of(text) {
            keys.insert(key, (path, line));
        }
    }
    languages
}

fn twice(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, text) in tree.texts_at(HOME, ".ftl") {
        let language = path.rsplit('/').nth(1);
        for (line, key) in keys_of(text) {
            if !seen.insert((language, key)) {
                let sentence = format!("`{key}` stands twice in this language: remove one");
                findings.push(Finding::new(path, line, sentence));
            }
        }
    }
    findings
}

/// The messages and terms of a Fluent file: `key = ..` or `-term = ..` at a line's start.
fn keys_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    numbered(text).filter_map(|(line, text)| {
        let (key, _) = text.split_once('=')?;
        let key = key.strip_suffix(' ').unwrap_or(key);
        let name = key.strip_prefix('-').unwrap_or(key);
        is_key(name).then_some((line, key))
    })
}

fn is_key(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Pages' templates.
fn templates(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.texts().filter(|(path, _)| {
        path.starts_with("crates/") && path.contains("/templates/") && path.ends_with(".html")
    })
}

/// Calls whose first argument is a key: in templates and in code.
const CALLS: [&str; 5] = ["t(\"", "t!(\"", "tr(\"", "lang.get(\"", "lang.text(\""];

fn used_but_missing(tree: &Tree, keys: &Keys<'_>) -> Vec<Finding> {
    let code = tree
        .rust()
        .filter(|file| !file.is_test() && file.package != "texts")
        .map(|file| (file.path, file.text));
    let mut findings = Vec::new();
    for (path, text) in templates(tree).chain(code) {
        for (line, text) in numbered(text) {
            if text.trim_start().starts_with("//") {
                continue;
            }
            for key in CALLS.iter().flat_map(|call| arguments(text, call)) {
                if is_key(key) && !keys.contains_key(key) {
                    let sentence = format!("there is no text `{key}`: write it in {HOME}{FIRST}");
                    findings.push(Finding::new(path, line, sentence));
                }
            }
        }
    }
    findings
}

/// The whole first arguments of the calls in a line: up to the quote, and nothing joined to it.
fn arguments<'a>(line: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    words(line, call).filter_map(move |at| {
        let (argument, after) = line.get(at + call.len()..)?.split_once('"')?;
        after
            .trim_start()
            .starts_with([')', ','])
            .then_some(argument)
    })
}

/// A key counts as used when a text in code or a template is that key, when one begins it
/// (`"state-"`, `"state-{code}"`), when one ends it and the rest is used (`"{key}-why"`), or when
/// another message refers to it.
fn present_but_unused(tree: &Tree, keys: &Keys<'_>) -> Vec<Finding> {
    let mut whole: BTreeSet<String> = BTreeSet::new();
    let mut starts: BTreeSet<String> = BTreeSet::new();
    let mut ends: BTreeSet<String> = BTreeSet::new();
    let mut note = |text: &str| {
        if let Some((_, end)) = text.rsplit_once('}')
            && end.strip_prefix('-').is_some_and(is_key)
        {
            ends.insert(end.to_owned());
        }
        let start = text.split('{').next().unwrap_or_default();
        if start.len() >= 3 && start.ends_with(['-', '_']) && is_key(start) {
            starts.insert(start.to_owned());
        } else if is_key(text) {
            whole.insert(text.to_owned());
        }
    };
    for file in tree.rust() {
        for literal in mask(file.text).1 {
            note(&literal.text);
        }
    }
    for (_, text) in templates(tree) {
        text.split(['"', '\'']).for_each(&mut note);
    }
    for (_, text) in tree.texts_at(HOME, ".ftl") {
        for reference in text.split('{').skip(1) {
            let end = reference.find(['}', '.', '(']).unwrap_or(reference.len());
            let name = reference.get(..end).unwrap_or_default().trim();
            whole.insert(name.to_owned());
        }
    }
    let begins = |key: &str| {
        whole.contains(key) || starts.iter().any(|start| key.starts_with(start.as_str()))
    };
    let is_used = |key: &str| {
        begins(key)
            || ends
                .iter()
                .any(|end| key.strip_suffix(end.as_str()).is_some_and(begins))
    };
    keys.iter()
        .filter(|(key, _)| !is_used(key))
        .map(|(key, (path, line))| {
            Finding::new(
                path,
                *line,
                format!("`{key}` is used nowhere: remove it in all languages"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(files: &[(&str, &str)]) -> Vec<String> {
        let findings = check(&Tree::of(files));
        findings
            .into_iter()
            .map(|finding| finding.sentence)
            .collect()
    }

    #[test]
    fn whole_languages_have_no_findings() {
        let texts = "-brand = KooGallery\n# a = comment\npay-now = Pay at { -brand }\n    \
                     .title = x\nstate-paid = Paid\nwelcome =\n    Hello\n";
        let files = [
            ("crates/texts/en/shop.ftl", texts),
            ("crates/texts/zh/shop.ftl", texts),
            (
                "crates/web/templates/pay.html",
                "{{ t(\"pay-now\") }} {{ t(\"state-\" ~ x) }}",
            ),
            (
                "crates/flows/src/mail.rs",
                "fn f() { lang.get(\"welcome\"); }",
            ),
        ];
        assert_eq!(sentences(&files), Vec::<String>::new());
    }

    #[test]
    fn missing_doubled_unused_and_unknown_texts_are_found() {
        let files = [
            (
                "crates/texts/en/shop.ftl",
                "a-key = A\nb-key = B\nb-key = B\n",
            ),
            ("crates/texts/zh/shop.ftl", "b-key = B\nc-key = C\n"),
            (
                "crates/web/templates/pay.html",
                "{{ t(\"a-key\") }}\n{{ t(\"d-key\") }}",
            ),
        ];
        let found = sentences(&files);
        let starts = [
            "`b-key` stands twice",
            "`a-key` has no text",
            "`c-key` isn't in",
            "there is no text `d-key`",
            "`b-key` is used nowhere",
        ];
        for start in starts {
            assert!(
                found.iter().any(|sentence| sentence.starts_with(start)),
                "{start}: {found:?}"
            );
        }
        assert_eq!(found.len(), starts.len());
    }
}
