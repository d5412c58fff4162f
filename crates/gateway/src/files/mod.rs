//! Stored files: uploads, pictures, documents. Each is named by the hash of its
//! bytes, so storing twice is storing once, and a file never changes.
//!
//! Invariants: a file is on the disk (synced) before [`Files::put`] answers, so
//! that the row which names it can be written after it; a file that no row names
//! is removed by the sweeper, and only when it is old enough that no row can still
//! be on its way. Who may read a file is decided by whoever holds its row.

mod hash;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures::TryStreamExt as _;
use kernel::{Fail, Secret, Timestamp};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Place;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _};

pub use hash::ContentHash;

kernel::codes! {
    /// The file store doesn't answer or can't write.
    Unavailable FILES_UNAVAILABLE = "files-unavailable";
    /// A row names a file that isn't there or isn't what it was.
    Unavailable FILE_DAMAGED = "file-damaged";
}

/// Where the probe of [`Files::check_writable`] goes; no hash looks like it.
const PROBE: &str = "writable";

/// A store of the S3 kind.
#[derive(Debug, Clone)]
pub struct S3Settings {
    /// Its address when it isn't Amazon's; `http://` is taken as it is written.
    pub endpoint: Option<String>,
    /// The region.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// The access key's id.
    pub access_key_id: String,
    /// The access key.
    pub secret_access_key: Secret<String>,
}

/// The file store. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// A folder of this machine, made when it isn't there, for this user alone.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn folder(path: &Path) -> Result<Self, FileError> {
        make_private_folder(path).map_err(unavailable)?;
        let store = LocalFileSystem::new_with_prefix(path).map_err(unavailable)?;
        Ok(Self(Arc::new(store.with_fsync(true))))
    }

    /// A bucket; nothing is asked of it yet.
    ///
    /// # Errors
    /// When the settings can't be used.
    pub fn s3(settings: &S3Settings) -> Result<Self, FileError> {
        let mut builder = AmazonS3Builder::new()
            .with_region(&settings.region)
            .with_bucket_name(&settings.bucket)
            .with_access_key_id(&settings.access_key_id)
            .with_secret_access_key(settings.secret_access_key.reveal());
        if let Some(endpoint) = &settings.endpoint {
            builder = builder
                .with_allow_http(endpoint.starts_with("http://"))
                .with_endpoint(endpoint);
        }
        Ok(Self(Arc::new(builder.build().map_err(unavailable)?)))
    }

    /// In memory, for tests.
    #[must_use]
    pub fn memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Stores bytes and gives their name. Also when they are there already: then
    /// their age starts anew, so that the sweeper leaves them to the new row.
    ///
    /// # Errors
    /// [`FileError::Unavailable`].
    pub async fn put(&self, bytes: impl Into<Bytes> + Send) -> Result<ContentHash, FileError> {
        let bytes: Bytes = bytes.into();
        let hash = ContentHash::of(&bytes);
        self.0
            .put(&place(&hash), bytes.into())
            .await
            .map_err(unavailable)?;
        Ok(hash)
    }

    /// The bytes of a file; at most `limit_bytes`.
    ///
    /// # Errors
    /// [`FileError::TooLarge`] before anything is read, [`FileError::Damaged`] when
    /// it isn't there or its bytes don't fit its name, [`FileError::Unavailable`].
    pub async fn get(&self, hash: &ContentHash, limit_bytes: u64) -> Result<Bytes, FileError> {
        let found = self
            .0
            .get(&place(hash))
            .await
            .map_err(|error| of_read(error, hash))?;
        if found.meta.size > limit_bytes {
            return Err(FileError::TooLarge { limit_bytes });
        }
        let bytes = found.bytes().await.map_err(|error| of_read(error, hash))?;
        if ContentHash::of(&bytes) == *hash {
            Ok(bytes)
        } else {
            Err(FileError::Damaged(hash.clone()))
        }
    }

    /// Names of the files in one of 256 shards that were last stored before `than`:
    /// for the sweeper, which walks all shards and asks the database about each name.
    ///
    /// # Errors
    /// [`FileError::Unavailable`].
    pub async fn older_than(
        &self,
        shard: u8,
        than: Timestamp,
    ) -> Result<Vec<ContentHash>, FileError> {
        let prefix = Place::from(format!("{shard:02x}"));
        let old = |meta: ObjectMeta| async move {
            let hash = meta.location.filename().and_then(ContentHash::parse);
            Ok(hash.filter(|_| stored_at(&meta) < than))
        };
        self.0
            .list(Some(&prefix))
            .try_filter_map(old)
            .try_collect()
            .await
            .map_err(unavailable)
    }

    /// Removes a file that no row names, if it was last stored before `than`; says
    /// whether it did. The age is looked at once more because the same bytes may
    /// have been stored again since they were listed.
    ///
    /// # Errors
    /// [`FileError::Unavailable`].
    pub async fn remove_if_older(
        &self,
        hash: &ContentHash,
        than: Timestamp,
    ) -> Result<bool, FileError> {
        let place = place(hash);
        match self.0.head(&place).await {
            Ok(meta) if stored_at(&meta) < than => {}
            Ok(_) | Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(unavailable(error)),
        }
        self.0.delete(&place).await.map_err(unavailable)?;
        Ok(true)
    }

    /// Writes a few bytes, as the check whether this process is ready.
    ///
    /// # Errors
    /// [`FileError::Unavailable`].
    pub async fn check_writable(&self) -> Result<(), FileError> {
        let written = self
            .0
            .put(&Place::from(PROBE), Bytes::from_static(b"ok").into())
            .await;
        written.map(drop).map_err(unavailable)
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Files")
    }
}

/// `ab/cd/abcd…`: folders of a size that people can still list.
fn place(hash: &ContentHash) -> Place {
    let text = hash.as_str();
    let part = |range| text.get(range).unwrap_or_default();
    Place::from_iter([part(0..2), part(2..4), text])
}

fn stored_at(meta: &ObjectMeta) -> Timestamp {
    Timestamp::from_micros(meta.last_modified.timestamp_micros())
}

fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Why a file wasn't stored or read.
#[derive(Debug)]
pub enum FileError {
    /// The store doesn't answer, refuses, or is full.
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
    /// The file isn't there although a row names it, or its bytes don't fit its name.
    Damaged(ContentHash),
    /// The file is longer than the caller can take.
    TooLarge {
        /// The limit in bytes.
        limit_bytes: u64,
    },
}

fn unavailable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> FileError {
    FileError::Unavailable(error.into())
}

fn of_read(error: object_store::Error, hash: &ContentHash) -> FileError {
    match error {
        object_store::Error::NotFound { .. } => FileError::Damaged(hash.clone()),
        other => unavailable(other),
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(cause) => write!(f, "The file store can't be used: {cause}"),
            Self::Damaged(hash) => write!(
                f,
                "The file {hash} isn't in the store, or its bytes changed. Restore it from a backup."
            ),
            Self::TooLarge { limit_bytes } => {
                write!(f, "The file is longer than {limit_bytes} bytes.")
            }
        }
    }
}

impl std::error::Error for FileError {}

impl From<FileError> for Fail {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Unavailable(_) => Self::new(FILES_UNAVAILABLE).caused_by(error),
            FileError::Damaged(_) => Self::new(FILE_DAMAGED).caused_by(error),
            FileError::TooLarge { .. } => Self::bug(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Clock;

    use super::*;

    /// Of the SHA-256 of "hello", from the coreutils.
    const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    fn both() -> (tempfile::TempDir, [Files; 2]) {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            Files::folder(&folder.path().join("files")).unwrap(),
            Files::memory(),
        ];
        (folder, files)
    }

    fn hello() -> ContentHash {
        ContentHash::parse(HELLO).unwrap()
    }

    #[tokio::test]
    async fn a_file_is_read_as_it_was_stored_and_storing_twice_is_storing_once() {
        let (_folder, stores) = both();
        for files in stores {
            assert_eq!(files.put("hello").await.unwrap(), hello());
            assert_eq!(files.put("hello").await.unwrap(), hello());
            assert_eq!(files.get(&hello(), 5).await.unwrap(), "hello");
        }
    }

    #[tokio::test]
    async fn a_file_longer_than_asked_for_is_not_read() {
        let files = Files::memory();
        let hash = files.put("hello").await.unwrap();
        assert!(matches!(
            files.get(&hash, 4).await,
            Err(FileError::TooLarge { limit_bytes: 4 })
        ));
    }

    #[tokio::test]
    async fn a_file_whose_bytes_changed_is_not_given_out() {
        let (folder, [files, _]) = both();
        files.put("hello").await.unwrap();
        let on_disk = folder.path().join("files/2c/f2").join(HELLO);
        std::fs::write(on_disk, "h4cked").unwrap();
        assert!(matches!(
            files.get(&hello(), 100).await,
            Err(FileError::Damaged(_))
        ));
    }

    #[tokio::test]
    async fn a_missing_file_is_told() {
        let (_folder, stores) = both();
        for files in stores {
            assert!(matches!(
                files.get(&hello(), 100).await,
                Err(FileError::Damaged(_))
            ));
        }
    }

    #[tokio::test]
    async fn the_sweeper_finds_old_files_and_removes_no_fresh_one() {
        let (_folder, stores) = both();
        let (before, after) = (
            Clock::system().now().plus_seconds(-60),
            Clock::system().now().plus_seconds(60),
        );
        for files in stores {
            files.put("hello").await.unwrap();
            files.check_writable().await.unwrap();
            assert_eq!(files.older_than(0x2c, before).await.unwrap(), []);
            assert_eq!(files.older_than(0x2d, after).await.unwrap(), []);
            assert_eq!(files.older_than(0x2c, after).await.unwrap(), [hello()]);
            assert!(!files.remove_if_older(&hello(), before).await.unwrap());
            assert!(files.remove_if_older(&hello(), after).await.unwrap());
            assert!(!files.remove_if_older(&hello(), after).await.unwrap());
            assert!(files.get(&hello(), 100).await.is_err());
        }
    }

    #[tokio::test]
    async fn a_store_that_vanished_is_not_writable() {
        let (folder, [files, _]) = both();
        std::fs::remove_dir_all(folder.path().join("files")).unwrap();
        std::fs::write(folder.path().join("files"), "a file in its place").unwrap();
        let error = files.check_writable().await.unwrap_err();
        assert!(Fail::from(error).is(FILES_UNAVAILABLE));
    }

    #[test]
    fn only_a_hash_is_a_name() {
        assert!(ContentHash::parse(&HELLO.to_uppercase()).is_none());
        assert!(ContentHash::parse("../../etc/passwd").is_none());
        assert!(ContentHash::parse(&HELLO[1..]).is_none());
    }
}
