//! The key ring: read from a file that only its owner may read, or from the
//! environment; written only by `admin create-keys` and `admin rotate-key`.
//!
//! Invariant: a ring is never made silently, and an existing one never lost:
//! a new file doesn't overwrite, a changed one replaces in one step.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use kernel::crypt::KeyRing;

use crate::error::CommandError;

/// The variable that may hold the ring.
pub const VARIABLE: &str = "KOOGALLERY_KEYS";

/// Where the ring comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The lines of the variable [`VARIABLE`].
    Environment,
    /// A file.
    File(PathBuf),
}

/// A ring and where it is from.
#[derive(Debug)]
pub struct Keys {
    /// The ring.
    pub ring: KeyRing,
    /// Where it is from.
    pub source: Source,
}

/// Reads the ring. `variable` is the value of [`VARIABLE`], which goes first;
/// `file` is the setting `keys.file`.
///
/// # Errors
/// A sentence when there is none, or it can't be used.
pub fn load(file: &str, variable: Option<&str>) -> Result<Keys, CommandError> {
    if let Some(text) = variable.filter(|text| !text.trim().is_empty()) {
        let ring = KeyRing::parse(text).map_err(|error| CommandError::because(VARIABLE, error))?;
        return Ok(Keys {
            ring,
            source: Source::Environment,
        });
    }
    if file.is_empty() {
        return Err(CommandError::new(format!(
            "there is no key ring: set keys.file and run `koogallery admin create-keys`, or give the ring in {VARIABLE}"
        )));
    }
    let path = PathBuf::from(file);
    Ok(Keys {
        ring: read(&path)?,
        source: Source::File(path),
    })
}

fn read(path: &Path) -> Result<KeyRing, CommandError> {
    let shown = path.display();
    let mode = match std::fs::metadata(path) {
        Ok(about) => about.permissions().mode() & 0o777,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(CommandError::new(format!(
                "the key ring {shown} isn't there. Bring it back if this site was in use: without it, nothing that is encrypted can be read. For a new site run `koogallery admin create-keys`"
            )));
        }
        Err(error) => {
            return Err(CommandError::because(
                format!("the key ring {shown} can't be read"),
                error,
            ));
        }
    };
    if mode & 0o077 != 0 {
        return Err(CommandError::new(format!(
            "the key ring {shown} has mode {mode:04o}, so others on this machine may read it; run `chmod 600 {shown}`, and consider `koogallery admin rotate-key`"
        )));
    }
    let text = std::fs::read_to_string(path)
        .map(kernel::Secret::new)
        .map_err(|error| {
            CommandError::because(format!("the key ring {shown} can't be read"), error)
        })?;
    KeyRing::parse(text.reveal()).map_err(|error| {
        CommandError::because(format!("the key ring {shown} can't be used"), error)
    })
}

/// Makes a ring with one key in a new file.
///
/// # Errors
/// A sentence when the file exists or can't be written.
pub fn create(path: &Path) -> Result<KeyRing, CommandError> {
    let shown = path.display();
    let ring = KeyRing::generate();
    match write_new(path, &ring) {
        Ok(()) => Ok(ring),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(CommandError::new(format!(
            "{shown} exists already and isn't overwritten: what is encrypted with its keys would be lost. `koogallery admin rotate-key` adds a key"
        ))),
        Err(error) => Err(CommandError::because(
            format!("the key ring {shown} can't be written"),
            error,
        )),
    }
}

/// Puts a ring in the place of another, in one step.
///
/// # Errors
/// A sentence when it can't be written; the old file is as it was.
pub fn replace(path: &Path, ring: &KeyRing) -> Result<(), CommandError> {
    let shown = path.display();
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".new-{}", ring.newest()));
    let new = PathBuf::from(name);
    let failed =
        |error| CommandError::because(format!("the key ring {shown} can't be changed"), error);
    if let Err(error) = std::fs::remove_file(&new)
        && error.kind() != ErrorKind::NotFound
    {
        return Err(failed(error));
    }
    write_new(&new, ring).map_err(failed)?;
    std::fs::rename(&new, path)
        .and_then(|()| sync_folder_of(path))
        .map_err(failed)
}

fn write_new(path: &Path, ring: &KeyRing) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(
        b"# Key ring of KooGallery. Keep a copy in a safe place, apart from backups.\n",
    )?;
    file.write_all(ring.to_text().reveal().as_bytes())?;
    file.sync_all()?;
    sync_folder_of(path)
}

fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        (folder, path)
    }

    fn load_file(path: &Path) -> Result<Keys, CommandError> {
        load(path.to_str().unwrap(), None)
    }

    #[test]
    fn a_ring_is_made_for_its_owner_alone_and_read_again() {
        let (_folder, path) = place();
        create(&path).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(load_file(&path).unwrap().ring.newest(), 1);
    }

    #[test]
    fn an_existing_ring_is_never_overwritten() {
        let (_folder, path) = place();
        create(&path).unwrap();
        let before = std::fs::read(&path).unwrap();
        assert!(
            create(&path)
                .unwrap_err()
                .to_string()
                .contains("exists already")
        );
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_ring_that_others_may_read_is_refused_with_a_way_out() {
        let (_folder, path) = place();
        create(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refused = load_file(&path).unwrap_err().to_string();
        assert!(
            refused.contains("0640") && refused.contains("chmod 600"),
            "{refused}"
        );
    }

    #[test]
    fn a_missing_ring_is_told_and_not_made() {
        let (_folder, path) = place();
        assert!(
            load_file(&path)
                .unwrap_err()
                .to_string()
                .contains("create-keys")
        );
        assert!(!path.exists());
        assert!(load("", None).is_err());
    }

    #[test]
    fn a_new_key_replaces_the_file_and_keeps_the_old_key() {
        let (_folder, path) = place();
        let ring = create(&path).unwrap();
        replace(&path, &ring.with_new_key()).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.contains(ring.to_text().reveal().trim()),
            "the old key stays"
        );
        assert_eq!(load_file(&path).unwrap().ring.newest(), 2);
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn the_variable_goes_first() {
        let (_folder, path) = place();
        create(&path).unwrap();
        let ring = KeyRing::generate().with_new_key();
        let keys = load(path.to_str().unwrap(), Some(ring.to_text().reveal())).unwrap();
        assert_eq!((keys.ring.newest(), keys.source), (2, Source::Environment));
    }
}
