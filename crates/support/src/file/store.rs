//! Rows of stored files. A further table that refers to files must join the
//! three statements that ask for references.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::{FileId, OrganisationId};
use kernel::{Fail, Timestamp};

use super::StoredFile;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select f.id, f.organisation_id, f.uploaded_by, f.name, f.media_type, f.size_bytes, \
             f.content_hash, f.created_at from file f where ",
            $rest
        )
    };
}

sql! {
    INSERT = "insert into file (id, organisation_id, uploaded_by, name, media_type, size_bytes, content_hash, \
              created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    ANY = select!("f.id = $1");
    FOR_ORGANISATION = select!("f.id = $1 and f.organisation_id = $2");
    REFERENCED = "select h.file_id from service_flow_file h where h.file_id = $1 limit 1";
    UNREFERENCED = select!("f.created_at < $1 and f.id > $2 \
                            and not exists (select 1 from service_flow_file h where h.file_id = f.id) \
                            order by f.id limit $3");
    REMOVE = "delete from file where id = $1 \
              and not exists (select 1 from service_flow_file h where h.file_id = $1)";
    CONTENT = "select id from file where content_hash = $1 limit 1";
}

/// Adds the row of a file whose bytes are stored.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Tx<'_>, file: &StoredFile) -> Result<(), Fail> {
    tx.exec(
        &INSERT,
        &[
            &file.id,
            &file.organisation_id,
            &file.uploaded_by,
            &file.name,
            &file.media_type,
            &file.size_bytes,
            &file.content_hash,
            &file.created_at,
        ],
    )?;
    Ok(())
}

/// One of any organisation: for the operator, and where the right to it was
/// asked already.
///
/// # Errors
/// Not found.
pub fn find_any(tx: &ReadTx<'_>, id: FileId) -> Result<StoredFile, Fail> {
    tx.load(&ANY, &[&id], read)
}

/// One that an organisation uploaded.
///
/// # Errors
/// Not found, also when it is another organisation's.
pub fn find_for_organisation(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    id: FileId,
) -> Result<StoredFile, Fail> {
    tx.load(&FOR_ORGANISATION, &[&id, &organisation], read)
}

/// Whether something refers to a file.
///
/// # Errors
/// The database's.
pub fn is_referenced(tx: &ReadTx<'_>, id: FileId) -> Result<bool, Fail> {
    let found: Option<FileId> = tx.one(&REFERENCED, &[&id], |row| row.take())?;
    Ok(found.is_some())
}

/// Files that were uploaded before a moment and that nothing refers to, in
/// pages by id. `after` is `""` at the start.
///
/// # Errors
/// The database's.
pub fn unreferenced(
    tx: &ReadTx<'_>,
    uploaded_before: Timestamp,
    after: &str,
    limit: u32,
) -> Result<Vec<StoredFile>, Fail> {
    tx.many(&UNREFERENCED, &[&uploaded_before, &after, &limit], read)
}

/// Removes the row of a file unless something refers to it by now; whether it
/// did.
///
/// # Errors
/// The database's.
pub fn remove_unreferenced(tx: &Tx<'_>, id: FileId) -> Result<bool, Fail> {
    Ok(tx.exec(&REMOVE, &[&id])? == 1)
}

/// Whether a row still needs the bytes of this hash.
///
/// # Errors
/// The database's.
pub fn is_content_used(tx: &ReadTx<'_>, content_hash: &str) -> Result<bool, Fail> {
    let found: Option<FileId> = tx.one(&CONTENT, &[&content_hash], |row| row.take())?;
    Ok(found.is_some())
}

fn read(row: &Row<'_>) -> Result<StoredFile, Fail> {
    Ok(StoredFile {
        id: row.take()?,
        organisation_id: row.take()?,
        uploaded_by: row.take()?,
        name: row.take()?,
        media_type: row.take()?,
        size_bytes: row.take()?,
        content_hash: row.take()?,
        created_at: row.take()?,
    })
}
