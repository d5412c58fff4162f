//! What can go wrong between the index and its directory.

use std::fmt;

/// A search index that can't be opened, written or read.
#[derive(Debug)]
pub enum Error {
    /// Another process holds the index directory.
    InUse,
    /// The directory can't be created, read or written; the text is the system's own.
    Storage(String),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse => write!(
                out,
                "another process uses the directory of the search index; give each process its own"
            ),
            Self::Storage(reason) => write!(
                out,
                "the search index can't be read or written: {reason}; check the space and the rights of its directory"
            ),
        }
    }
}

impl std::error::Error for Error {}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            tantivy::TantivyError::LockFailure(..) => Self::InUse,
            other => Self::Storage(other.to_string()),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<tantivy::directory::error::OpenDirectoryError> for Error {
    fn from(error: tantivy::directory::error::OpenDirectoryError) -> Self {
        Self::Storage(error.to_string())
    }
}
