//! What a crate may use of the crates that it knows: values and proofs of another context,
//! never its rules or its storage.

use super::Finding;
use super::dependencies::CONTEXTS;
use super::source::{Source, line_at, words};
use super::tree::{RustFile, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| !file.is_test())
        .flat_map(|file| check_file(&file))
        .collect()
}

fn check_file(file: &RustFile<'_>) -> Vec<Finding> {
    let source = file.source();
    let is_page = matches!(file.package, "web" | "api");
    let mut findings = Vec::new();
    if CONTEXTS.contains(&file.package) {
        forbid_modules(file, &source, &["store", "ops"], &mut findings);
    } else if is_page || file.package == "views" {
        forbid_modules(file, &source, &["store"], &mut findings);
    }
    if is_page {
        for word in ["db::", "Tx", "ReadTx"] {
            forbid_word(
                file,
                &source,
                word,
                "pages and APIs ask `flows::App` or `views`",
                &mut findings,
            );
        }
    }
    if file.package == "views" {
        forbid_word(
            file,
            &source,
            "Tx",
            "a view reads only: it takes `ReadTx`",
            &mut findings,
        );
    }
    findings
}

/// No path that begins at another context may lead through one of the modules.
fn forbid_modules(
    file: &RustFile<'_>,
    source: &Source,
    modules: &[&str],
    findings: &mut Vec<Finding>,
) {
    let code = source.code();
    for context in CONTEXTS.iter().filter(|context| **context != file.package) {
        let start = format!("{context}::");
        for at in words(code, &start) {
            let path = path_from(code, at);
            for module in modules {
                if let Some(inside) = words(path, module).next() {
                    findings.push(Finding::new(
                        file.path,
                        line_at(code, at + inside),
                        format!(
                            "`{}` may use only the values of `{context}`, not its `{module}`: \
                             a use case that needs both is a file in crates/flows",
                            file.package
                        ),
                    ));
                }
            }
        }
    }
}

/// A path with its group in braces, if it ends with one: `a::{b, c::{d}}`.
fn path_from(code: &str, at: usize) -> &str {
    let tail = code.get(at..).unwrap_or_default();
    let mut depth = 0_usize;
    let end = tail.find(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let in_group = depth > 0 && (c.is_whitespace() || matches!(c, ',' | '*'));
        let in_path = c.is_alphanumeric() || matches!(c, '_' | ':' | '{' | '}');
        !(in_path || in_group)
    });
    end.and_then(|end| tail.get(..end)).unwrap_or(tail)
}

fn forbid_word(
    file: &RustFile<'_>,
    source: &Source,
    word: &str,
    instead: &str,
    findings: &mut Vec<Finding>,
) {
    for (line, text) in source.lines() {
        if words(text, word).next().is_some() {
            findings.push(Finding::new(
                file.path,
                line,
                format!("`{}` may not use `{word}`: {instead}", file.package),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let tree = Tree::of(&[(path, text)]);
        check(&tree)
            .into_iter()
            .map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn another_contexts_values_are_free_and_its_store_is_not() {
        let text = "use accounts::organisation::model::Organisation;\n\
                    use accounts::{\n    session::model::Session,\n    user::store,\n};\n\
                    fn f() { catalog::product::ops::publish(); crate::order::ops::place(); }\n\
                    use ordering::order::store::save;\n";
        assert_eq!(lines("crates/ordering/src/order/ops.rs", text), [4, 6]);
        assert!(lines("crates/flows/src/place_order.rs", text).is_empty());
    }

    #[test]
    fn a_restored_line_is_no_store() {
        let text = "use accounts::user::restore_user;\nfn store() {}\n";
        assert!(lines("crates/ordering/src/lib.rs", text).is_empty());
    }

    #[test]
    fn pages_never_see_a_transaction() {
        let text = "use db::Tx;\n// db:: in a comment\nlet a = views::page(db);\n";
        assert_eq!(lines("crates/web/src/lib.rs", text), [1, 1]);
        assert_eq!(
            lines(
                "crates/views/src/lib.rs",
                "fn f(tx: &ReadTx) {}\nfn g(tx: &Tx) {}"
            ),
            [2]
        );
    }
}
