//! Releases an instance at its seller; see `release_instance`.

/// Kind of the task; its payload says what to release.
pub(crate) const KIND: &str = "release";
