//! Backup and restore: the database, the files that it names, a manifest.
//!
//! Invariants:
//! - the database's copy is one moment, taken while the server works and
//!   without its write lock; files are never changed, so those that the copy
//!   names are still what they were;
//! - a backup holds no key: who steals it reads no secret, and the key ring
//!   needs a copy of its own, elsewhere;
//! - a backup counts only after every part was read again and compared;
//! - a restore overwrites nothing, and puts the database in place last.

mod make;
mod manifest;
mod restore;

pub use make::make;
pub use manifest::{Manifest, Part};
pub use restore::{Keys, restore};

use std::path::{Path, PathBuf};

use db::{Db, Options, SqliteOptions, Target};
use kernel::Clock;

use crate::error::CommandError;

/// Counting the rows of a large table takes longer than a page's query may.
const PATIENCE_MS: u64 = 600_000;

/// Opens a copy of the database that nobody else works with.
fn open_copy(file: &Path, clock: &Clock) -> Result<Db, CommandError> {
    let mut options = Options::new(target(file));
    options.hard_limit_ms = PATIENCE_MS;
    options.budget_ms = PATIENCE_MS;
    Db::open(options, clock.clone()).map_err(|fail| {
        CommandError::of(
            format!(
                "the copy of the database {} can't be opened",
                file.display()
            ),
            &fail,
        )
    })
}

fn target(file: &Path) -> Target {
    Target::Sqlite(SqliteOptions {
        file: file.to_owned(),
        readers: 1,
        max_pages: 0,
    })
}

/// Files that SQLite keeps beside a database while it is open.
fn beside(file: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|suffix| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// Removes what is left beside a closed copy, which must hold nothing any more.
fn close_copy(file: &Path) -> Result<(), CommandError> {
    let [log, index, _] = beside(file);
    if std::fs::metadata(&log).is_ok_and(|about| about.len() > 0) {
        return Err(CommandError::new(format!(
            "{} wasn't closed properly: {} isn't empty",
            file.display(),
            log.display()
        )));
    }
    for left in [log, index] {
        match std::fs::remove_file(&left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(CommandError::because(
                    format!("{} can't be removed", left.display()),
                    error,
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
