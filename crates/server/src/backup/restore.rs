//! Putting a backup in place, where nothing is yet.

use std::fs::File;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gateway::files::{ContentHash, Files};
use kernel::Clock;
use kernel::crypt::KeyRing;

use super::manifest::{hash, open_files};
use super::{Manifest, Part, beside, close_copy, open_copy, target};
use crate::config::Config;
use crate::error::CommandError;
use crate::folder;

/// Whether a ring is at hand to be compared.
pub enum Keys {
    /// Compare with this one.
    Ring(Arc<KeyRing>),
    /// The ring will be brought later; serving compares then.
    Later,
}

/// Restores into the configured places. The database appears in one step, at
/// the end; until then a failure leaves nothing that a second try minds.
///
/// # Errors
/// A sentence when something is there already, a part is damaged, or the ring
/// doesn't open what the backup holds.
pub async fn restore(
    config: &Config,
    files: &Files,
    source: &Path,
    keys: Keys,
    clock: &Clock,
) -> Result<Manifest, CommandError> {
    let manifest = Manifest::read(source)?;
    match (&manifest.database, config.is_embedded()) {
        (Some(_), true) => refuse_existing(config)?,
        (None, false) => {}
        (Some(_), false) => {
            return Err(CommandError::new(
                "the backup holds an embedded database, but database.url names PostgreSQL; leave database.url empty to restore it",
            ));
        }
        (None, true) => {
            return Err(CommandError::new(
                "the backup holds no database: PostgreSQL's own dump has it. Set database.url, restore the dump there, and run this again for the files",
            ));
        }
    }
    let hashes = manifest.verify(source).await?;
    put_files(&hashes, source, files).await?;
    if let Some(part) = &manifest.database {
        put_database(part, source, &config.database_file(), keys, clock).await?;
    }
    Ok(manifest)
}

fn refuse_existing(config: &Config) -> Result<(), CommandError> {
    folder::make_private(&config.data.folder)?;
    let database = config.database_file();
    let left = beside(&database)
        .into_iter()
        .chain([database, config.search_folder()])
        .find(|path| path.exists());
    match left {
        None => Ok(()),
        Some(path) => Err(CommandError::new(format!(
            "{} exists already, and a restore overwrites nothing; move it away or give an empty data.folder",
            path.display()
        ))),
    }
}

/// Files have their content's name, so putting one twice does no harm.
async fn put_files(hashes: &[ContentHash], source: &Path, to: &Files) -> Result<(), CommandError> {
    let from = open_files(source)?;
    for hash in hashes {
        let bytes = from
            .get(hash, u64::MAX)
            .await
            .map_err(|error| CommandError::because("the backup is damaged", error))?;
        to.put(bytes)
            .await
            .map_err(|error| CommandError::because("a file can't be put back", error))?;
    }
    Ok(())
}

async fn put_database(
    part: &Part,
    source: &Path,
    place: &Path,
    keys: Keys,
    clock: &Clock,
) -> Result<(), CommandError> {
    let new = place.with_extension("db.restoring");
    let failed = |error| {
        CommandError::because(
            format!("the database can't be put into {}", place.display()),
            error,
        )
    };
    remove_leftovers(&new).map_err(failed)?;
    std::fs::copy(source.join(&part.name), &new).map_err(failed)?;
    std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
    if hash(&new).map_err(failed)? != (part.bytes, part.sha256.clone()) {
        return Err(CommandError::new(format!(
            "the copy of the database in {} isn't what was copied; look at the disk",
            new.display()
        )));
    }
    migrate(&new, clock).await?;
    if let Keys::Ring(ring) = keys {
        check_keys(&new, ring, clock).await?;
        // One connection alone, when it closes, folds the log into the file.
        migrate(&new, clock).await?;
    }
    close_copy(&new)?;
    File::open(&new)
        .and_then(|file| file.sync_all())
        .map_err(failed)?;
    std::fs::rename(&new, place).map_err(failed)?;
    let folder = place.parent().unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed)
}

async fn migrate(file: &Path, clock: &Clock) -> Result<(), CommandError> {
    let (file, clock) = (target(file), clock.clone());
    let migrated = tokio::task::spawn_blocking(move || db::migrate::migrate(&file, &clock)).await;
    migrated
        .map_err(|error| CommandError::because("the migration ended", error))?
        .map_err(|fail| {
            CommandError::of(
                "the backup's database can't be brought to this program's schema",
                &fail,
            )
        })
        .map(drop)
}

/// Looks only: what the look wrote is rolled back, so that no secret-less backup gains a canary.
async fn check_keys(file: &Path, ring: Arc<KeyRing>, clock: &Clock) -> Result<(), CommandError> {
    let opened = open_copy(file, clock)?;
    let checked = opened
        .write(move |tx| {
            accounts::canary::check_or_create(tx, &ring)?;
            Err::<(), _>(kernel::Fail::new(LOOKED))
        })
        .await;
    match checked {
        Err(fail) if !fail.is(LOOKED) => Err(CommandError::of(
            "the key ring doesn't open what the backup holds; give the ring that was in use then",
            &fail,
        )),
        _ => Ok(()),
    }
}

/// Rolls back a transaction that only looked; nobody is told.
const LOOKED: kernel::Code = kernel::Code {
    kind: kernel::FailKind::Conflict,
    key: "looked",
};

fn remove_leftovers(new: &Path) -> std::io::Result<()> {
    let all: Vec<PathBuf> = beside(new).into_iter().chain([new.to_owned()]).collect();
    for path in all {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
