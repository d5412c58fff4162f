//! The folders that the commands work in.

use std::env;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// Where things lie. Only `root` is inside the checkout.
pub(crate) struct Folders {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// What cargo builds, shared by all checkouts of this user so that a fresh clone
    /// needs no second build of the registry's crates.
    pub(crate) target: PathBuf,
    /// The demo's data when nobody names another folder.
    pub(crate) demo_data: PathBuf,
}

impl Folders {
    /// Finds the checkout from cargo's word or the current folder, and the user's
    /// cache and state folders from the environment.
    pub(crate) fn find() -> Outcome<Self> {
        let root = root()?;
        let target = match set("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => user_folder("XDG_CACHE_HOME", ".cache")?.join("koogallery/target"),
        };
        let demo_data = user_folder("XDG_STATE_HOME", ".local/state")?.join("koogallery/demo");
        Ok(Self {
            root,
            target,
            demo_data,
        })
    }

    /// The program as cargo leaves it in the profile's folder, `debug` or `release`.
    pub(crate) fn program(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("koogallery")
    }
}

fn root() -> Outcome<PathBuf> {
    let start = match set("CARGO_MANIFEST_DIR") {
        Some(folder) => folder,
        None => env::current_dir().map_err(|error| format!("no current folder: {error}"))?,
    };
    start
        .ancestors()
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| "run this inside a checkout of the project".to_owned())
}

fn user_folder(variable: &str, below_home: &str) -> Outcome<PathBuf> {
    if let Some(folder) = set(variable).filter(|folder| folder.is_absolute()) {
        return Ok(folder);
    }
    set("HOME")
        .map(|home| home.join(below_home))
        .ok_or_else(|| format!("neither {variable} nor HOME is set; set one of them"))
}

fn set(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
