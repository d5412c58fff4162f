//! Finding the programs that the commands need, and installing what may be installed:
//! Debian packages, when we are root there.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Outcome, run};

/// The folder with PostgreSQL's programs, `initdb` among them.
pub(crate) fn postgres() -> Outcome<PathBuf> {
    found_or_installed(find_postgres, "postgresql").map_err(|reason| {
        format!(
            "PostgreSQL is needed for the tests and isn't here ({reason}). Install the package \
             `postgresql`, put `initdb` on the PATH, or say `--without postgres`"
        )
    })
}

/// The Chromium or Chrome that the browser tests drive.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        return match named.is_file() {
            true => Ok(named),
            false => Err(format!(
                "CHROMIUM names {}, which is no file",
                named.display()
            )),
        };
    }
    found_or_installed(find_chromium, "chromium").map_err(|reason| {
        format!(
            "Chromium is needed for the browser tests and isn't here ({reason}). Install the \
             package `chromium`, name a Chrome in the variable CHROMIUM, or say \
             `--without browser`"
        )
    })
}

/// Node and npm, which nobody but the user can install in the right version.
pub(crate) fn node() -> Outcome {
    for program in ["node", "npm"] {
        if on_path(program).is_none() {
            return Err(format!(
                "`{program}` isn't on the PATH; install Node 20 or newer, with npm"
            ));
        }
    }
    Ok(())
}

/// Whether we are root.
pub(crate) fn root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn found_or_installed(
    find: impl Fn() -> Option<PathBuf>,
    package: &str,
) -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    install(package)?;
    find().ok_or_else(|| format!("the package `{package}` was installed, but not found after that"))
}

fn install(package: &str) -> Result<(), String> {
    if on_path("apt-get").is_none() {
        return Err("this is no Debian".to_owned());
    }
    if !root() {
        return Err("only root may install it".to_owned());
    }
    println!("installing the Debian package {package}");
    apt_get(["update", "-q"].map(OsStr::new).as_slice())?;
    let arguments = ["install", "-q", "-y", "--no-install-recommends", package];
    apt_get(arguments.map(OsStr::new).as_slice())
}

fn apt_get(arguments: &[&OsStr]) -> Result<(), String> {
    let mut command = Command::new("apt-get");
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    run::to_end(&mut command, "apt-get")
}

fn find_postgres() -> Option<PathBuf> {
    let beside = |initdb: PathBuf| {
        // A link on the PATH leads to the folder where all the programs are.
        let initdb = initdb.canonicalize().ok()?;
        let folder = initdb.parent()?;
        folder
            .join("postgres")
            .is_file()
            .then(|| folder.to_path_buf())
    };
    on_path("initdb").and_then(beside).or_else(|| {
        let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
            .ok()?
            .flatten()
            .filter_map(|entry| {
                let version = entry.file_name().to_str()?.parse().ok()?;
                Some((version, entry.path().join("bin/initdb")))
            })
            .collect();
        versions.sort();
        versions
            .into_iter()
            .rev()
            .find_map(|(_, initdb)| beside(initdb))
    })
}

fn find_chromium() -> Option<PathBuf> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let application =
        Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome").to_path_buf();
    names
        .into_iter()
        .find_map(on_path)
        .or_else(|| application.is_file().then_some(application))
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
