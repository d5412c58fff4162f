//! What a backup consists of, with the hash of each part. The manifest is
//! written last: a folder without it is no backup.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use gateway::files::{ContentHash, Files};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::CommandError;

/// The manifest's file.
pub(super) const MANIFEST: &str = "manifest.json";
/// The database's file.
pub(super) const DATABASE: &str = "koogallery.db";
/// The list of files: a content hash per line.
pub(super) const LIST: &str = "files.txt";
/// The folder of files.
pub(super) const FILES: &str = "files";
/// The form that this program writes and reads.
const FORM: u32 = 1;
const BLOCK: usize = 1 << 16;

/// What stands in `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    form: u32,
    /// Version of the program that made it.
    pub program: String,
    /// When it was begun, RFC 3339, UTC.
    pub made_at: String,
    /// Names of the migrations that the database had.
    pub migrations: Vec<String>,
    /// Rows of some tables, for people who compare.
    pub rows: BTreeMap<String, i64>,
    /// The embedded database; none when PostgreSQL's own tools keep it.
    pub database: Option<Part>,
    /// The list of files.
    pub files: Part,
    /// How many files.
    pub file_count: u64,
}

/// A file of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
}

impl Part {
    /// Of a file of the folder as it is on the disk.
    pub(super) fn of(folder: &Path, name: &str) -> Result<Self, CommandError> {
        let path = folder.join(name);
        let (bytes, sha256) = hash(&path).map_err(|error| {
            CommandError::because(format!("{} can't be read", path.display()), error)
        })?;
        Ok(Self {
            name: name.to_owned(),
            bytes,
            sha256,
        })
    }
}

/// Length and SHA-256 of a file, read in blocks.
pub(super) fn hash(path: &Path) -> std::io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut digest, mut length) = (Sha256::new(), 0_u64);
    let mut block = vec![0_u8; BLOCK];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok((length, hex::encode(digest.finalize())));
        }
        digest.update(block.get(..read).unwrap_or_default());
        length = length.saturating_add(u64::try_from(read).unwrap_or_default());
    }
}

/// Writes a file that only its owner reads, down to the disk.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl Manifest {
    pub(super) fn new(
        made_at: String,
        migrations: Vec<String>,
        rows: BTreeMap<String, i64>,
        database: Option<Part>,
        files: (Part, u64),
    ) -> Self {
        let (files, file_count) = files;
        Self {
            form: FORM,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            migrations,
            rows,
            database,
            files,
            file_count,
        }
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), CommandError> {
        let failed = |error| CommandError::because("the backup's manifest can't be written", error);
        let text = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        let (new, path) = (folder.join("manifest.json.new"), folder.join(MANIFEST));
        write_private(&new, &text)
            .and_then(|()| std::fs::rename(&new, &path))
            .map_err(failed)?;
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(failed)
    }

    pub(super) fn read(folder: &Path) -> Result<Self, CommandError> {
        let path = folder.join(MANIFEST);
        let text = std::fs::read(&path).map_err(|error| {
            CommandError::because(
                format!(
                    "{} is no complete backup: {MANIFEST} can't be read",
                    folder.display()
                ),
                error,
            )
        })?;
        let manifest: Self = serde_json::from_slice(&text).map_err(|error| {
            CommandError::because(format!("{} can't be understood", path.display()), error)
        })?;
        if manifest.form == FORM {
            return Ok(manifest);
        }
        Err(CommandError::new(format!(
            "the backup was made by KooGallery {} in a form that this program doesn't know; use that program, or a newer one",
            manifest.program
        )))
    }

    /// Compares every part with its hash; gives the names of the files.
    pub(super) async fn verify(&self, folder: &Path) -> Result<Vec<ContentHash>, CommandError> {
        for part in self.database.iter().chain([&self.files]) {
            let found = Part::of(folder, &part.name)?;
            if found != *part {
                return Err(CommandError::new(format!(
                    "{} is damaged: its hash isn't the one of the manifest; take another copy of the backup",
                    folder.join(&part.name).display()
                )));
            }
        }
        let hashes = self.list(folder)?;
        let stored = open_files(folder)?;
        for hash in &hashes {
            stored
                .get(hash, u64::MAX)
                .await
                .map_err(|error| CommandError::because("the backup is damaged", error))?;
        }
        Ok(hashes)
    }

    fn list(&self, folder: &Path) -> Result<Vec<ContentHash>, CommandError> {
        let path = folder.join(&self.files.name);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            CommandError::because(format!("{} can't be read", path.display()), error)
        })?;
        let hashes: Option<Vec<_>> = text.lines().map(ContentHash::parse).collect();
        let complete = |hashes: &Vec<_>| {
            u64::try_from(hashes.len()).is_ok_and(|count| count == self.file_count)
        };
        hashes.filter(complete).ok_or_else(|| {
            CommandError::new(format!(
                "{} isn't the list that the manifest tells of",
                path.display()
            ))
        })
    }
}

/// The files of a backup.
pub(super) fn open_files(folder: &Path) -> Result<Files, CommandError> {
    Files::folder(&folder.join(FILES))
        .map_err(|error| CommandError::because("the backup's files can't be opened", error))
}
