//! Builds repeat: the lock files are there, and say nothing about where one machine loads from.

use super::Finding;
use super::source::numbered;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !tree.has("Cargo.lock") {
        let sentence = "this file isn't tracked: commit it, so that everybody builds the same";
        findings.push(Finding::new("Cargo.lock", 1, sentence));
    }
    for (path, _) in tree.texts_at("", "package.json") {
        let lock = path.replace("package.json", "package-lock.json");
        if !tree.has(&lock) {
            let sentence = "it has no package-lock.json beside it: run `npm install` and commit it";
            findings.push(Finding::new(path, 1, sentence));
        }
    }
    for (path, text) in tree.texts_at("", "package-lock.json") {
        for (line, text) in numbered(text) {
            if text.contains("\"resolved\"") && text.contains("://") {
                let sentence = "a download address; run npm with \
                                `--omit-lockfile-registry-resolved` and commit the result";
                findings.push(Finding::new(path, line, sentence));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_locks_and_download_addresses_are_found() {
        let bad = Tree::of(&[
            ("e2e/package.json", "{}"),
            ("web/package.json", "{}"),
            (
                "web/package-lock.json",
                "{\n\"resolved\": \"https://npm.corp/x.tgz\"\n}",
            ),
        ]);
        assert_eq!(check(&bad).len(), 3);
        let good = Tree::of(&[
            ("Cargo.lock", ""),
            ("web/package.json", "{}"),
            ("web/package-lock.json", "{\"integrity\": \"sha512-x\"}"),
        ]);
        assert!(check(&good).is_empty());
    }
}
