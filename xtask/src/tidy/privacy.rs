//! Nothing of the machine on which a file was written stands in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::Finding;
use super::source::{numbered, words};
use super::tree::Tree;

/// Where people and machines keep their own things.
const FOLDERS: [&str; 5] = ["/work/", "/root/", "/home/", "/Users/", "/tmp/"];
/// Files that speak of these folders because that is their matter.
const EXEMPT: [&str; 1] = ["xtask/src/tidy/privacy.rs"];
/// Names that everybody has.
const PUBLIC: [&str; 5] = [
    "registry.npmjs.org",
    "index.crates.io",
    "static.crates.io",
    "crates.io",
    "github.com",
];

pub(super) fn check(tree: &Tree, private: &BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts() {
        if EXEMPT.contains(&path) {
            continue;
        }
        for (line, text) in numbered(text) {
            for folder in FOLDERS.iter().filter(|folder| names_folder(text, folder)) {
                let sentence = format!("a path of one machine (`{folder}`): make it relative");
                findings.push(Finding::new(path, line, sentence));
            }
            for name in private.iter().filter(|name| has_name(text, name)) {
                let sentence = format!("`{name}` is a private name of this machine: remove it");
                findings.push(Finding::new(path, line, sentence));
            }
        }
    }
    findings
}

/// An absolute path begins where no other path or address goes on.
fn names_folder(text: &str, folder: &str) -> bool {
    text.match_indices(folder).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !before
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '}' | '*'))
    })
}

fn has_name(text: &str, name: &str) -> bool {
    text.contains(name) && words(text, name).next().is_some()
}

/// The names of this machine and of the registries that it is set up for.
pub(super) fn private_names() -> BTreeSet<String> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let cargo = home.and_then(|home| fs::read_to_string(home.join("config.toml")).ok());
    let npm = Command::new("npm")
        .args(["config", "get", "registry"])
        .stderr(Stdio::null())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let machine = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let machine = machine.trim().to_owned();
    let registries = [cargo.unwrap_or_default(), npm.unwrap_or_default()];
    registries
        .iter()
        .flat_map(|text| hosts(text))
        .chain([machine])
        .filter(|name| is_telling(name))
        .collect()
}

/// The host names of the addresses in a text.
fn hosts(text: &str) -> Vec<String> {
    text.split("://")
        .skip(1)
        .map(|address| {
            let end =
                address.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '@')));
            let authority = end.and_then(|end| address.get(..end)).unwrap_or(address);
            authority.rsplit('@').next().unwrap_or(authority).to_owned()
        })
        .collect()
}

/// Short names and everybody's names would be found everywhere, and tell nothing.
fn is_telling(name: &str) -> bool {
    let is_common = PUBLIC.contains(&name) || name == "localhost" || name.starts_with("127.");
    let looks_made = name.contains(['.', '-']) || name.chars().any(|c| c.is_ascii_digit());
    name.len() >= 5 && looks_made && !is_common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_names_of_a_machine_are_found() {
        let text = "cd /work/main\nsee https://example.com/home/page\ndata: \"/tmp/x\"\n\
                    let route = \"{base}/work/\";\nnpm at mirror.corp.example\n";
        let tree = Tree::of(&[("docs/a.md", text)]);
        let private = BTreeSet::from(["mirror.corp.example".to_owned()]);
        let lines: Vec<_> = check(&tree, &private).into_iter().map(|f| f.line).collect();
        assert_eq!(lines, [1, 3, 5]);
    }

    #[test]
    fn public_registries_are_no_secret() {
        assert_eq!(
            hosts("registry = \"https://me@npm.corp:80/\""),
            ["npm.corp"]
        );
        assert!(is_telling("npm.corp"));
        assert!(!is_telling("registry.npmjs.org") && !is_telling("vm"));
    }
}
