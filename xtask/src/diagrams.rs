//! `cargo xtask diagrams`: the state machines as the program renders them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::folders::Folders;
use crate::{Outcome, run};

pub(crate) fn run(folders: &Folders, arguments: &[String]) -> Outcome {
    let kept = folders.root.join("docs/states");
    match arguments {
        [] => render(folders, &kept),
        [flag] if flag == "--check" => {
            let fresh = folders.target.join("states");
            if fresh.exists() {
                fs::remove_dir_all(&fresh)
                    .map_err(|error| format!("{} can't be removed: {error}", fresh.display()))?;
            }
            render(folders, &fresh)?;
            compare(&files(&kept)?, &files(&fresh)?)
        }
        _ => Err("`diagrams` knows only the argument `--check`".to_owned()),
    }
}

fn render(folders: &Folders, into: &Path) -> Outcome {
    let mut command = run::cargo(folders);
    command
        .args(["run", "--quiet", "--package", "server"])
        .args(["--bin", "koogallery", "--", "diagrams", "--out"])
        .arg(into);
    run::to_end(&mut command, "rendering the diagrams")
}

type Files = BTreeMap<String, Vec<u8>>;

fn files(folder: &Path) -> Outcome<Files> {
    let read = || {
        let mut found = Files::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            found.insert(name, fs::read(entry.path())?);
        }
        Ok(found)
    };
    read().map_err(|error: std::io::Error| format!("{} can't be read: {error}", folder.display()))
}

fn compare(kept: &Files, fresh: &Files) -> Outcome {
    let mut different: Vec<&str> = Vec::new();
    different.extend(
        fresh
            .iter()
            .filter(|(name, text)| kept.get(*name) != Some(text))
            .map(|(name, _)| name.as_str()),
    );
    different.extend(
        kept.keys()
            .filter(|name| !fresh.contains_key(*name))
            .map(String::as_str),
    );
    if different.is_empty() {
        return Ok(());
    }
    Err(format!(
        "docs/states differs from the state tables in {}; run `cargo xtask diagrams` and commit \
         what it changes",
        different.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> Files {
        files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn changed_missing_and_left_over_diagrams_are_named() {
        let kept = folder(&[("order.md", "a"), ("old.md", "x"), ("same.md", "s")]);
        let fresh = folder(&[("order.md", "b"), ("new.md", "n"), ("same.md", "s")]);
        let sentence = compare(&kept, &fresh).unwrap_err();
        assert!(sentence.contains("new.md, order.md, old.md"), "{sentence}");
        assert_eq!(compare(&kept, &kept), Ok(()));
    }
}
