//! Which crate may know which: the table of the architecture, as data.

use super::Finding;
use super::source::numbered;
use super::tree::Tree;

/// The business contexts; each may know those before it.
pub(super) const CONTEXTS: [&str; 8] = [
    "accounts",
    "catalog",
    "pricing",
    "ordering",
    "delivery",
    "supervision",
    "billing",
    "support",
];

/// Crates outside the contexts with what they may know besides; `*` stands for all contexts.
const TABLE: [(&str, &[&str]); 16] = [
    ("kernel", &[]),
    ("db", &["kernel"]),
    ("texts", &["kernel"]),
    ("search", &["kernel"]),
    ("documents", &["kernel"]),
    ("views", &["kernel", "db", "*"]),
    ("gateway", &["kernel", "seller-wire"]),
    (
        "flows",
        &[
            "kernel",
            "db",
            "*",
            "gateway",
            "seller-wire",
            "search",
            "documents",
            "texts",
            "views",
        ],
    ),
    (
        "api",
        &["kernel", "flows", "views", "*", "texts", "seller-wire"],
    ),
    ("web", &["kernel", "flows", "views", "*", "texts"]),
    (
        "server",
        &[
            "kernel",
            "db",
            "*",
            "gateway",
            "seller-wire",
            "search",
            "documents",
            "texts",
            "views",
            "flows",
            "api",
            "web",
            "seller-sdk",
            "sample-seller",
        ],
    ),
    (
        "testkit",
        &[
            "kernel",
            "db",
            "*",
            "gateway",
            "seller-wire",
            "search",
            "documents",
            "texts",
            "views",
            "flows",
            "api",
            "web",
            "server",
            "seller-sdk",
            "sample-seller",
        ],
    ),
    ("dbtest", &["kernel", "db"]),
    ("seller-wire", &[]),
    ("seller-sdk", &["seller-wire"]),
    ("sample-seller", &["seller-wire", "seller-sdk"]),
];

/// Crates that are for tests: known only under [dev-dependencies], or by one another.
pub(super) const FOR_TESTS: [&str; 2] = ["testkit", "dbtest"];

/// Crates that do nothing but compute name none of these.
const PURE: [&str; 5] = ["kernel", "seller-wire", "pricing", "texts", "documents"];
const WORLD: [&str; 11] = [
    "axum",
    "hyper",
    "lettre",
    "object_store",
    "postgres",
    "reqwest",
    "rusqlite",
    "tokio",
    "tower",
    "tower-http",
    "tracing-subscriber",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = ["crates/", "libs/", "xtask/"]
        .into_iter()
        .flat_map(|group| tree.texts_at(group, "Cargo.toml"));
    manifests
        .flat_map(|(path, text)| check_manifest(path, text))
        .collect()
}

fn check_manifest(path: &str, text: &str) -> Vec<Finding> {
    let package = path.rsplit('/').nth(1).unwrap_or_default();
    let mut findings = Vec::new();
    for dependency in dependencies(text) {
        if let Some(reason) = forbidden(package, &dependency) {
            findings.push(Finding::new(path, dependency.line, reason));
        }
    }
    let is_known = package == "xtask" || allowed(package).is_some();
    if !is_known {
        findings.push(Finding::new(
            path,
            1,
            format!(
                "the crate `{package}` isn't in the table of dependencies; decide what it may \
                 know, and write it into ARCHITECTURE.md and xtask/src/tidy/dependencies.rs"
            ),
        ));
    }
    findings
}

struct Dependency<'a> {
    line: usize,
    name: &'a str,
    only_tests: bool,
}

/// The names in the manifest's tables of dependencies, those of a target included.
fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let mut section = "";
    for (line, text) in numbered(manifest) {
        let text = text.trim();
        if let Some(header) = text.strip_prefix('[') {
            section = header.trim_end_matches(']');
            // [dependencies.name]
            if let Some((table, name)) = section.rsplit_once('.')
                && table.ends_with("dependencies")
            {
                found.push(Dependency {
                    line,
                    name,
                    only_tests: table.ends_with("dev-dependencies"),
                });
            }
        } else if section.ends_with("dependencies") && !text.starts_with('#') {
            let end = text.find(['.', '=', ' ']).unwrap_or(text.len());
            if let Some(name) = text.get(..end).filter(|name| !name.is_empty()) {
                found.push(Dependency {
                    line,
                    name,
                    only_tests: section.ends_with("dev-dependencies"),
                });
            }
        }
    }
    found
}

fn forbidden(package: &str, dependency: &Dependency<'_>) -> Option<String> {
    let name = dependency.name;
    if package == "xtask" {
        return Some(format!(
            "xtask has to compile in a second on a fresh machine: do without `{name}`"
        ));
    }
    let is_for_tests = FOR_TESTS.contains(&name);
    if is_for_tests && (dependency.only_tests || FOR_TESTS.contains(&package)) {
        return None;
    }
    if allowed(name).is_none() {
        let enters_the_world =
            PURE.contains(&package) && WORLD.contains(&name) && !dependency.only_tests;
        return enters_the_world.then(|| {
            format!("`{package}` only computes; what needs `{name}` belongs into another crate")
        });
    }
    if dependency.only_tests {
        return None;
    }
    if is_for_tests {
        return Some(format!("`{name}` may only stand under [dev-dependencies]"));
    }
    let is_allowed = allowed(package).is_some_and(|allowed| allowed.contains(&name));
    (!is_allowed).then(|| {
        format!(
            "`{package}` may not know `{name}` (table in ARCHITECTURE.md); a use case that needs \
             both is a file in crates/flows"
        )
    })
}

/// What a crate of ours may know; nothing for a crate that isn't ours.
fn allowed(package: &str) -> Option<Vec<&'static str>> {
    if let Some(place) = CONTEXTS.iter().position(|context| *context == package) {
        let before = CONTEXTS.iter().take(place).copied();
        return Some(["kernel", "db"].into_iter().chain(before).collect());
    }
    let (_, row) = TABLE.iter().find(|(name, _)| *name == package)?;
    let expanded = row.iter().flat_map(|name| match *name {
        "*" => CONTEXTS.to_vec(),
        name => vec![name],
    });
    Some(expanded.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, manifest: &str) -> Vec<usize> {
        let tree = Tree::of(&[(path, manifest)]);
        check(&tree)
            .into_iter()
            .map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn a_context_knows_only_those_before_it() {
        let manifest = "[dependencies]\nkernel.workspace = true\ncatalog.workspace = true\n\
                        delivery.workspace = true\nserde = \"1\"\n";
        assert_eq!(lines("crates/ordering/Cargo.toml", manifest), [4]);
    }

    #[test]
    fn testkit_is_for_tests_only() {
        let good = "[dev-dependencies]\ntestkit.workspace = true\n";
        let bad = "[dependencies]\ntestkit = { workspace = true }\n";
        assert!(lines("crates/server/Cargo.toml", good).is_empty());
        assert_eq!(lines("crates/server/Cargo.toml", bad), [2]);
    }

    #[test]
    fn pure_crates_do_not_touch_the_world() {
        let manifest = "[dependencies.tokio]\nworkspace = true\n[dev-dependencies]\ntokio = \"1\"";
        assert_eq!(lines("crates/kernel/Cargo.toml", manifest), [1]);
        assert!(lines("crates/gateway/Cargo.toml", manifest).is_empty());
    }

    #[test]
    fn a_new_crate_needs_a_row_and_xtask_needs_nothing() {
        assert_eq!(lines("crates/loyalty/Cargo.toml", "[package]\n"), [1]);
        assert_eq!(
            lines("xtask/Cargo.toml", "[dependencies]\nregex = \"1\"\n"),
            [2]
        );
    }
}
