//! Making a backup while the server works.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use db::Db;
use gateway::files::{ContentHash, Files};
use kernel::Clock;

use super::manifest::{DATABASE, LIST, Part, open_files, write_private};
use super::{Manifest, close_copy, open_copy};
use crate::error::CommandError;
use crate::{folder, store};

/// Makes a backup in an empty or new folder and reads it again. On PostgreSQL
/// only the files are copied: its dump must have been made before.
///
/// # Errors
/// A sentence; then what stands in the folder is no backup.
pub async fn make(
    db: &Db,
    files: &Files,
    target: &Path,
    clock: &Clock,
) -> Result<Manifest, CommandError> {
    folder::make_private(target)?;
    let entries = std::fs::read_dir(target).map_err(|error| {
        CommandError::because(format!("{} can't be read", target.display()), error)
    })?;
    if entries.count() > 0 {
        return Err(CommandError::new(format!(
            "{} isn't empty; give a new folder for each backup",
            target.display()
        )));
    }
    let made_at = clock.now().rfc3339();
    let copy = target.join(DATABASE);
    let facts = if db.is_embedded() {
        db.copy_to(copy.clone())
            .await
            .map_err(|fail| CommandError::of("the database can't be copied", &fail))?;
        std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o600)).map_err(
            |error| {
                CommandError::because("the copy of the database can't be kept from others", error)
            },
        )?;
        let opened = open_copy(&copy, clock)?;
        let facts = Facts::of(&opened).await?;
        drop(opened);
        close_copy(&copy)?;
        facts
    } else {
        Facts::of(db).await?
    };
    copy_files(&facts.files, files, target).await?;
    let list: String = facts.files.iter().map(|hash| format!("{hash}\n")).collect();
    write_private(&target.join(LIST), list.as_bytes())
        .map_err(|error| CommandError::because("the list of files can't be written", error))?;
    let database = if db.is_embedded() {
        Some(Part::of(target, DATABASE)?)
    } else {
        None
    };
    let file_count = u64::try_from(facts.files.len()).unwrap_or(u64::MAX);
    let files = (Part::of(target, LIST)?, file_count);
    Manifest::new(
        made_at,
        facts.migrations,
        facts.rows.into_iter().collect(),
        database,
        files,
    )
    .write(target)?;
    let manifest = Manifest::read(target)?;
    manifest.verify(target).await?;
    Ok(manifest)
}

/// What the copied database says of itself.
struct Facts {
    migrations: Vec<String>,
    rows: Vec<(String, i64)>,
    files: Vec<ContentHash>,
}

impl Facts {
    async fn of(db: &Db) -> Result<Self, CommandError> {
        let failed = |fail| CommandError::of("the copy of the database can't be read", &fail);
        let read = |tx: &db::ReadTx<'_>| Ok((store::migrations(tx)?, store::counts(tx)?));
        let (migrations, counts) = db.read_bulk(read).await.map_err(failed)?;
        let rows = counts
            .into_iter()
            .map(|(name, rows)| (name.to_owned(), rows))
            .collect();
        let mut files = Vec::new();
        let mut after = String::new();
        loop {
            let from = after.clone();
            let page = db
                .read_bulk(move |tx| store::stored_files(tx, &from))
                .await
                .map_err(failed)?;
            let Some(last) = page.last() else { break };
            after.clone_from(last);
            for name in &page {
                let hash = ContentHash::parse(name);
                files.push(hash.ok_or_else(|| {
                    CommandError::new(
                        "the database names a file by something that is no content hash",
                    )
                })?);
            }
        }
        Ok(Self {
            migrations,
            rows,
            files,
        })
    }
}

/// Files of rows that were written after the copy aren't needed by it.
async fn copy_files(
    hashes: &[ContentHash],
    from: &Files,
    target: &Path,
) -> Result<(), CommandError> {
    let to = open_files(target)?;
    for hash in hashes {
        let bytes = from
            .get(hash, u64::MAX)
            .await
            .map_err(|error| CommandError::because("a stored file can't be read", error))?;
        to.put(bytes).await.map_err(|error| {
            CommandError::because("a file can't be written into the backup", error)
        })?;
    }
    Ok(())
}
