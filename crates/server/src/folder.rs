//! The data folder: made for this user alone, and used by one server at a time.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::error::CommandError;

/// File of the data folder that a working process holds.
const LOCK: &str = "koogallery.lock";

/// Makes a folder, and those above it, readable for this user alone.
///
/// # Errors
/// A sentence when it can't be made.
pub fn make_private(folder: &Path) -> Result<(), CommandError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| {
            CommandError::because(
                format!("the folder {} can't be made", folder.display()),
                error,
            )
        })
}

/// Held by the process that works on a data folder. The system lets go of it
/// when the process ends, however it ends.
#[derive(Debug)]
#[must_use = "the folder is free again when this is dropped"]
pub struct FolderLock(#[allow(dead_code, reason = "held for its lock")] File);

impl FolderLock {
    /// Takes the folder, making it when it isn't there.
    ///
    /// # Errors
    /// A sentence when another process has it.
    pub fn take(folder: &Path) -> Result<Self, CommandError> {
        make_private(folder)?;
        let path = folder.join(LOCK);
        let failed =
            |error| CommandError::because(format!("{} can't be opened", path.display()), error);
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(CommandError::new(format!(
                "another koogallery process works with the data folder {}; stop it first, or give each its own data.folder",
                folder.display()
            ))),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_process_is_refused_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        assert!(
            FolderLock::take(folder.path())
                .unwrap_err()
                .to_string()
                .contains("another koogallery")
        );
        drop(first);
        assert!(FolderLock::take(folder.path()).is_ok());
    }
}
