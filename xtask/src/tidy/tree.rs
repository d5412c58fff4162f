//! The files of the checkout, as the checks see them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::source::Source;
use crate::{Outcome, run};

/// All files that are tracked or would be: path from the root with `/`, and text.
pub(crate) struct Tree {
    files: BTreeMap<String, Option<String>>,
}

/// One Rust file with the crate that it belongs to.
pub(crate) struct RustFile<'a> {
    pub(crate) path: &'a str,
    /// The folder's name: `ordering` in `crates/ordering`, `seller-wire` in `libs/seller-wire`.
    pub(crate) package: &'a str,
    pub(crate) text: &'a str,
}

impl RustFile<'_> {
    /// The file without comments, texts and test code.
    pub(crate) fn source(&self) -> Source {
        Source::of(self.text)
    }

    /// True for a file that only tests are compiled with.
    pub(crate) fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.contains("/tests/") || name == "tests.rs" || name.ends_with("_tests.rs")
    }
}

impl Tree {
    /// Reads what git tracks or would track, as it lies on the disk.
    pub(crate) fn of_checkout(root: &Path) -> Outcome<Self> {
        let mut git = Command::new("git");
        git.current_dir(root).args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
        let listed = run::output_of(&mut git, "git ls-files")?;
        let files = listed
            .split('\0')
            .filter(|path| !path.is_empty())
            // Removed from the disk, not yet from the index.
            .filter_map(|path| Some((path.to_owned(), fs::read(root.join(path)).ok()?)))
            .map(|(path, content)| (path, String::from_utf8(content).ok()))
            .collect();
        Ok(Self { files })
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), Some((*text).to_owned()));
        Self {
            files: files.iter().map(owned).collect(),
        }
    }

    /// Whether a file or a folder with files stands at the path.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.contains_key(path) || self.files.keys().any(|file| file.starts_with(&folder))
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// All text files.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// The text files whose path begins and ends so.
    pub(crate) fn texts_at(&self, start: &str, end: &str) -> impl Iterator<Item = (&str, &str)> {
        self.texts()
            .filter(move |(path, _)| path.starts_with(start) && path.ends_with(end))
    }

    /// The Rust files of the crates and libraries; not those of this tool.
    pub(crate) fn rust(&self) -> impl Iterator<Item = RustFile<'_>> {
        self.texts_at("", ".rs").filter_map(|(path, text)| {
            let (group, rest) = path.split_once('/')?;
            let (package, _) = rest.split_once('/')?;
            matches!(group, "crates" | "libs").then_some(RustFile {
                path,
                package,
                text,
            })
        })
    }
}
