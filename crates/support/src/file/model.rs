use kernel::Timestamp;
use kernel::id::{FileId, OrganisationId, UserId};

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its id.
    pub id: FileId,
    /// Whose it is.
    pub organisation_id: OrganisationId,
    /// Who uploaded it; `None` for the marketplace itself.
    pub uploaded_by: Option<UserId>,
    /// Its name, safe to show and to save.
    pub name: String,
    /// Its media type, by its ending.
    pub media_type: String,
    /// Its size in bytes.
    pub size_bytes: i64,
    /// SHA-256 of its content in lower-case hexadecimal; its name in the object store.
    pub content_hash: String,
    /// When it was uploaded.
    pub created_at: Timestamp,
}
