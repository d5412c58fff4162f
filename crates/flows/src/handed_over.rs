//! Files that come with a step of a supervision: checked, stored as blobs
//! first, then as rows in the step's own transaction.

use db::Tx;
use gateway::files::ContentHash;
use kernel::id::{FileId, OrganisationId, UserId};
use kernel::policy::Supervision;
use kernel::prelude::*;
use supervision::record::{FileKind, Statement};
use supervision::upload::{self, Taken, Upload};
use support::file::{self, StoredFile};

use crate::App;

/// A file as it came from a form.
#[derive(Debug, Clone)]
pub struct HandedOver {
    /// Field of the form; names what the file is for.
    pub field: String,
    /// Name as the browser gave it.
    pub name: String,
    /// Content.
    pub bytes: bytes::Bytes,
}

/// Files whose blobs are stored; rows follow with the step.
pub(crate) struct Kept {
    organisation: OrganisationId,
    user: UserId,
    files: Vec<(Taken, ContentHash, u64, FileKind)>,
}

impl App {
    /// Checks all files and stores their contents. `otherwise` is what a file
    /// is for when its field doesn't say.
    pub(crate) async fn keep_files(
        &self,
        organisation: OrganisationId,
        user: UserId,
        files: Vec<HandedOver>,
        otherwise: FileKind,
    ) -> Result<Kept, Fail> {
        let policy = self.policy().await?;
        let uploads: Vec<Upload<'_>> = files
            .iter()
            .map(|file| Upload {
                field: &file.field,
                name: &file.name,
                size_bytes: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
                head: file
                    .bytes
                    .get(..upload::HEAD_BYTES.min(file.bytes.len()))
                    .unwrap_or_default(),
            })
            .collect();
        let taken = upload::check(&uploads, &policy.supervision)?;
        let mut kept = Vec::new();
        for (file, taken) in files.into_iter().zip(taken) {
            let kind = FileKind::from_name(&file.field).unwrap_or(otherwise);
            let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
            let hash = self.files.put(file.bytes).await?;
            kept.push((taken, hash, size, kind));
        }
        Ok(Kept {
            organisation,
            user,
            files: kept,
        })
    }
}

impl Kept {
    /// Adds the rows and makes the statement of a step.
    pub(crate) fn said(
        &self,
        tx: &Tx<'_>,
        text: &str,
        rules: &Supervision,
        now: Timestamp,
    ) -> Result<Statement, Fail> {
        let mut files: Vec<(FileId, FileKind)> = Vec::new();
        for (taken, hash, size, kind) in &self.files {
            let stored = StoredFile {
                id: FileId::fresh(now),
                organisation_id: self.organisation,
                uploaded_by: Some(self.user),
                name: taken.name.clone(),
                media_type: taken.media_type.to_owned(),
                size_bytes: i64::try_from(*size).unwrap_or(i64::MAX),
                content_hash: hash.as_str().to_owned(),
                created_at: now,
            };
            file::store::insert(tx, &stored)?;
            files.push((stored.id, *kind));
        }
        Statement::parse(text, files, rules)
    }
}
