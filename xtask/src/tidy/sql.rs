//! SQL stands in `store.rs` of an aggregate, in `views` and in `db`, and nowhere else.

use super::Finding;
use super::source::words;
use super::tree::{RustFile, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| !may_hold_sql(file))
        .flat_map(|file| check_file(&file))
        .collect()
}

/// `testkit` reads tables to prove the invariants, across all contexts.
fn may_hold_sql(file: &RustFile<'_>) -> bool {
    let in_store = file.path.ends_with("/store.rs") || file.path.contains("/store/");
    in_store || file.is_test() || matches!(file.package, "views" | "db" | "testkit")
}

fn check_file(file: &RustFile<'_>) -> Vec<Finding> {
    let source = file.source();
    let macros = source
        .lines()
        .filter(|(_, line)| words(line, "sql!").next().is_some())
        .map(|(line, _)| line);
    let written_out = source
        .literals()
        .iter()
        .filter(|literal| is_sql(&literal.text))
        .map(|literal| literal.line);
    let mut lines: Vec<usize> = macros.chain(written_out).collect();
    lines.sort_unstable();
    lines.dedup();
    let sentence = "SQL belongs into a `store.rs`, or into crates/views when it joins contexts";
    lines
        .into_iter()
        .map(|line| Finding::new(file.path, line, sentence))
        .collect()
}

/// A sentence for people begins with one capital letter, a statement doesn't.
fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    let keywords = [
        ("insert into ", ""),
        ("delete from ", ""),
        ("select ", " from "),
        ("update ", " set "),
    ];
    keywords.iter().any(|(first, second)| {
        let upper = (first.to_uppercase(), second.to_uppercase());
        (text.starts_with(first) && text.contains(second))
            || (text.starts_with(&upper.0) && text.contains(&upper.1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "sql!(\"select 1\");\n// sql!(x)\nlet a = \"delete from orders\";\n\
                        let b = \"Select a file from your computer\";\nmysql!(x);\n";

    #[test]
    fn sql_is_found_with_and_without_its_macro() {
        let tree = Tree::of(&[("crates/ordering/src/order/ops.rs", TEXT)]);
        let lines: Vec<_> = check(&tree)
            .into_iter()
            .map(|finding| finding.line)
            .collect();
        assert_eq!(lines, [1, 3]);
    }

    #[test]
    fn stores_and_views_may_hold_it() {
        let tree = Tree::of(&[
            ("crates/ordering/src/order/store.rs", TEXT),
            ("crates/views/src/orders.rs", TEXT),
        ]);
        assert!(check(&tree).is_empty());
    }
}
