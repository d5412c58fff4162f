//! The pages' assets: npm packages as locked, and the bundle in `web/dist`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::folders::Folders;
use crate::{Outcome, run, tools};

/// Folders that hold results, not sources.
const RESULTS: [&str; 3] = ["node_modules", "dist", "results"];
/// Beside the packages, because the bundle's folder goes into the binary as it is.
const BUNDLE_STAMP: &str = "node_modules/.koogallery-bundle";
const PACKAGES_STAMP: &str = "node_modules/.koogallery-packages";

/// Brings `web/dist` up to date. Does nothing when no source of it has changed.
pub(crate) fn bundle(folders: &Folders) -> Outcome {
    let web = folders.root.join("web");
    install_packages(&web)?;
    let mut sources = Vec::new();
    // The templates and the code that writes class names decide which styles are kept.
    for folder in ["web", "crates/web/templates", "crates/web/src"] {
        collect(&folders.root.join(folder), &mut sources)?;
    }
    let stamp = Stamp::of(&sources)?;
    let is_bundled = web.join("dist/manifest.json").is_file();
    if is_bundled && stamp.stands_in(&web.join(BUNDLE_STAMP)) {
        return Ok(());
    }
    let mut command = Command::new("node");
    command.arg("build.mjs").current_dir(&web);
    run::to_end(&mut command, "node build.mjs (in web)")?;
    stamp.write(&web.join(BUNDLE_STAMP))
}

/// Installs a folder's npm packages exactly as its lock file says, unless they are there.
/// No package's install script runs.
pub(crate) fn install_packages(folder: &Path) -> Outcome {
    tools::node()?;
    let stamp = Stamp::of(&[
        folder.join("package.json"),
        folder.join("package-lock.json"),
    ])?;
    if stamp.stands_in(&folder.join(PACKAGES_STAMP)) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder);
    run::to_end(&mut command, &format!("npm ci in {}", folder.display()))?;
    stamp.write(&folder.join(PACKAGES_STAMP))
}

/// A fingerprint of files' names and contents: FNV-1a over 64 bits, enough to notice an edit.
#[derive(Debug, PartialEq, Eq)]
struct Stamp(String);

impl Stamp {
    fn of(files: &[PathBuf]) -> Outcome<Self> {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut eat = |bytes: &[u8]| {
            for byte in bytes {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        };
        for file in files {
            let content = fs::read(file)
                .map_err(|error| format!("{} can't be read: {error}", file.display()))?;
            eat(file.as_os_str().as_encoded_bytes());
            eat(&content.len().to_le_bytes());
            eat(&content);
        }
        Ok(Self(format!("{hash:016x}")))
    }

    fn stands_in(&self, file: &Path) -> bool {
        fs::read_to_string(file).is_ok_and(|text| text == self.0)
    }

    fn write(&self, file: &Path) -> Outcome {
        let folder = file.parent().unwrap_or(file);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(file, &self.0))
            .map_err(|error| format!("{} can't be written: {error}", file.display()))
    }
}

/// All source files below a folder, in a steady order. A missing folder has none.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    if !folder.is_dir() {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| format!("{} can't be listed: {error}", folder.display()))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for entry in entries {
        let is_result = RESULTS.iter().any(|name| entry.ends_with(name));
        if entry.is_dir() && !is_result {
            collect(&entry, files)?;
        } else if entry.is_file() {
            files.push(entry);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_changes_the_stamp() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("node_modules")).unwrap();
        fs::write(folder.join("node_modules/ignored"), "x").unwrap();
        fs::write(folder.join("app.css"), "a{}").unwrap();
        let mut files = Vec::new();
        collect(&folder, &mut files).unwrap();
        assert_eq!(files, [folder.join("app.css")]);

        let first = Stamp::of(&files).unwrap();
        assert_eq!(Stamp::of(&files).unwrap(), first);
        fs::write(folder.join("app.css"), "b{}").unwrap();
        assert_ne!(Stamp::of(&files).unwrap(), first);
        fs::remove_dir_all(&folder).unwrap();
    }
}
