//! Relative links in Markdown lead somewhere.

use super::Finding;
use super::source::numbered;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.texts_at("", ".md")
        .flat_map(|(path, text)| check_file(tree, path, text))
        .collect()
}

fn check_file(tree: &Tree, path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_code = false;
    for (line, text) in numbered(text) {
        if text.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for target in targets(text) {
            let resolved = resolve(path, target);
            if !resolved.is_some_and(|resolved| resolved.is_empty() || tree.has(&resolved)) {
                let sentence = format!("the link to `{target}` leads nowhere: correct its path");
                findings.push(Finding::new(path, line, sentence));
            }
        }
    }
    findings
}

/// The relative files that a line links to, without fragments and without code spans.
fn targets(line: &str) -> Vec<&str> {
    let prose: Vec<&str> = line.split('`').step_by(2).collect();
    let inline = prose
        .iter()
        .flat_map(|text| text.split("](").skip(1))
        .filter_map(|after| after.split([')', ' ']).next());
    // [name]: target
    let reference = line
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]: "))
        .map(|(_, target)| target.trim());
    inline
        .chain(reference)
        .map(|target| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && is_relative(target))
        .collect()
}

/// A leading slash is a page of the running site, a scheme another site.
fn is_relative(target: &str) -> bool {
    let has_scheme = target
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphabetic()));
    !target.starts_with('/') && !has_scheme
}

/// The path from the root; nothing when it leaves the checkout.
fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dead_relative_links_are_found() {
        let text = "[a](adr/0001-x.md#why) [b](../README.md) [c](https://example.com/x) \
                    `[d](no.md)` [e](gone.md)\n[f](/help/buying) [g](#here) ![h](adr)\n\
                    ```\n[i](no.md)\n```\n[j]: ../../out.md\n";
        let tree = Tree::of(&[
            ("docs/index.md", text),
            ("docs/adr/0001-x.md", ""),
            ("README.md", ""),
        ]);
        let lines: Vec<_> = check(&tree).into_iter().map(|f| f.line).collect();
        assert_eq!(lines, [1, 6]);
    }
}
