//! `docs/capabilities.md` says what works, and names the tests that prove it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Finding;
use super::source::{block_end, mask, numbered, words};
use super::tree::Tree;

const PATH: &str = "docs/capabilities.md";
const COLUMNS: [&str; 5] = ["id", "capability", "state", "place", "tests"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(PATH) else {
        return vec![Finding::new(
            PATH,
            1,
            format!(
                "this file is missing: a table | {} | with a row for each capability of the \
                 specification",
                COLUMNS.join(" | ")
            ),
        )];
    };
    let proofs = Proofs::of(tree);
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for (line, text) in numbered(text) {
        let Some(row) = Row::read(text) else {
            continue;
        };
        let mut broken = |sentence: String| findings.push(Finding::new(PATH, line, sentence));
        let Ok(row) = row else {
            broken(format!("a row has the columns {}", COLUMNS.join(", ")));
            continue;
        };
        if !seen.insert(row.id) {
            broken(format!("{} has a row already", row.id));
        }
        let in_part = row.state.strip_prefix("in part:");
        let is_state = matches!(row.state, "works" | "not yet")
            || in_part.is_some_and(|missing| !missing.trim().is_empty());
        if !is_state {
            broken(format!(
                "the state `{}` isn't one of: works; in part: what is missing; not yet",
                row.state
            ));
        }
        if row.state == "works" && row.tests.is_empty() {
            broken(format!("{} works, but no test proves it: name one", row.id));
        }
        for test in row.tests.iter().filter(|test| !proofs.has(test)) {
            broken(format!(
                "there is no test `{test}`, neither a Rust test nor a title in e2e"
            ));
        }
    }
    findings
}

struct Row<'a> {
    id: &'a str,
    state: &'a str,
    tests: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// Nothing for lines that aren't rows of the table's body.
    fn read(line: &'a str) -> Option<Result<Self, ()>> {
        let inner = line.trim().strip_prefix('|')?;
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let cells = cells(inner);
        let first = cells.first().copied().unwrap_or_default();
        let is_head = first.eq_ignore_ascii_case("id") || first.starts_with(['-', ':']);
        if is_head {
            return None;
        }
        let [id, _, state, _, tests] = cells.as_slice() else {
            return Some(Err(()));
        };
        Some(Ok(Self {
            id,
            state,
            tests: names(tests),
        }))
    }
}

/// Cells end at `|`, but not at `\|`.
fn cells(row: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in row.match_indices('|') {
        let is_escaped = row.get(..at).is_some_and(|before| before.ends_with('\\'));
        if !is_escaped {
            cells.push(row.get(start..at).unwrap_or_default().trim());
            start = at + 1;
        }
    }
    cells.push(row.get(start..).unwrap_or_default().trim());
    cells
}

/// The names in backticks; without any, what commas separate.
fn names(cell: &str) -> Vec<&str> {
    let quoted: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
    if !quoted.is_empty() {
        return quoted;
    }
    cell.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect()
}

/// What may be named as a proof.
struct Proofs<'a> {
    rust: BTreeSet<String>,
    browser: Vec<&'a str>,
}

impl<'a> Proofs<'a> {
    fn of(tree: &'a Tree) -> Self {
        let rust = tree
            .texts_at("", ".rs")
            .flat_map(|(_, text)| tests_in(&mask(text).0))
            .collect();
        let browser = tree
            .texts_at("e2e/", ".mjs")
            .map(|(_, text)| text)
            .collect();
        Self { rust, browser }
    }

    /// A Rust test by its function's name, or a browser test by its quoted title.
    fn has(&self, test: &str) -> bool {
        let name = test.rsplit("::").next().unwrap_or(test);
        let titles = ["'", "\"", "`"].map(|quote| format!("{quote}{test}{quote}"));
        let is_title = |text: &&str| titles.iter().any(|title| text.contains(title));
        self.rust.contains(name) || self.browser.iter().any(is_title)
    }
}

/// The functions of masked code that are tests: by an attribute, or by the macro around them.
fn tests_in(code: &str) -> Vec<String> {
    let macros: Vec<Range<usize>> = words(code, "db_test!")
        .filter_map(|start| {
            let open = start + code.get(start..)?.find('{')?;
            Some(open..block_end(code, open))
        })
        .collect();
    words(code, "fn")
        .filter(|at| has_test_attribute(code, *at) || macros.iter().any(|body| body.contains(at)))
        .filter_map(|at| {
            let rest = code.get(at + 2..)?.trim_start();
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
            rest.get(..end).map(str::to_owned)
        })
        .collect()
}

/// Whether a test attribute stands between the end of the item before and this function.
fn has_test_attribute(code: &str, at: usize) -> bool {
    let before = code.get(..at).unwrap_or_default();
    let start = before.rfind(['}', ';', '{']).unwrap_or_default();
    before
        .get(start..)
        .unwrap_or_default()
        .lines()
        .map(str::trim)
        .any(|line| line.starts_with("#[") && line.contains("test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(table: &str) -> Vec<String> {
        let tree = Tree::of(&[
            (PATH, table),
            (
                "crates/a/src/lib.rs",
                "fn helper() {}\n#[test] // why\nfn paying_twice_pays_once() {}\n\
                 db_test! {\n    async fn one_writer(bed) { x }\n    async fn late(bed) {}\n}\n",
            ),
            ("e2e/life.test.mjs", "test('a buyer buys', async () => {});"),
        ]);
        let findings = check(&tree);
        findings
            .into_iter()
            .map(|finding| finding.sentence)
            .collect()
    }

    #[test]
    fn what_works_is_proved_by_tests_that_exist() {
        let good = "| id | capability | state | place | tests |\n|---|---|---|---|---|\n\
                    | B-1 | buying | works | `/checkout` | `a buyer buys`, \
                    `paying_twice_pays_once` |\n| B-2 | a \\| b | not yet | | |\n\
                    | B-3 | more | in part: mails | x | one_writer, late |\n";
        assert_eq!(sentences(good), Vec::<String>::new());
    }

    #[test]
    fn empty_promises_are_found() {
        for bad in [
            "| B-1 | x | works | y | |",
            "| B-1 | x | works | y | `helper` |",
            "| B-1 | x | works | y | `a seller sells` |",
            "| B-1 | x | done | y | |",
            "| B-1 | x | in part: | y | |",
            "| B-1 | x | not yet |",
        ] {
            assert_eq!(sentences(bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn a_missing_file_is_a_finding() {
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
