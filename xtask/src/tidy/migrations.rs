//! Each migration exists for both databases, under the same name, with a number of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::tree::Tree;

const FOLDERS: [&str; 2] = [
    "crates/db/migrations/sqlite/",
    "crates/db/migrations/postgres/",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let [sqlite, postgres] = FOLDERS;
    let mut findings = Vec::new();
    for (here, there) in [(sqlite, postgres), (postgres, sqlite)] {
        let twins = names(tree, there);
        let mut numbers = BTreeMap::new();
        for name in names(tree, here) {
            let path = format!("{here}{name}");
            if !twins.contains(name) {
                let sentence = format!("the other database lacks it: write {there}{name}");
                findings.push(Finding::new(&path, 1, sentence));
            }
            let number = name.split('_').next().unwrap_or(name);
            if let Some(first) = numbers.insert(number, name) {
                let sentence = format!("`{first}` has the number {number} too: take the next one");
                findings.push(Finding::new(&path, 1, sentence));
            }
        }
    }
    findings
}

fn names<'a>(tree: &'a Tree, folder: &'a str) -> BTreeSet<&'a str> {
    tree.texts_at(folder, "")
        .filter_map(|(path, _)| path.strip_prefix(folder))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_without_twin_and_a_number_used_twice_are_found() {
        let tree = Tree::of(&[
            ("crates/db/migrations/sqlite/0001_first.sql", ""),
            ("crates/db/migrations/postgres/0001_first.sql", ""),
            ("crates/db/migrations/sqlite/0001_again.sql", ""),
        ]);
        let sentences: Vec<_> = check(&tree).into_iter().map(|f| f.sentence).collect();
        assert_eq!(sentences.len(), 2, "{sentences:?}");
    }
}
