//! The memory of calls that had their effect.

use std::collections::HashMap;
use std::fmt;
use std::future::{Future, ready};
use std::sync::{Mutex, PoisonError};

/// Remembers answers of calls that had their effect, by the idempotency key of the call. Sellers with
/// several servers, or whose work is not safe to repeat after a restart, implement it on their database.
pub trait Deduplicate: Send + Sync + 'static {
    /// What was remembered under the key.
    fn find(&self, key: &str) -> impl Future<Output = Result<Option<String>, StoreError>> + Send;

    /// Remembers, replacing what was there.
    fn remember(
        &self,
        key: &str,
        answer: &str,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The store cannot be reached. The message is for the seller's log only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(pub String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The store of answered calls cannot be used: {}", self.0)
    }
}

impl std::error::Error for StoreError {}

/// A store in memory: for one server whose methods are safe to repeat after a restart.
#[derive(Default)]
pub struct MemoryStore(Mutex<HashMap<String, String>>);

impl Deduplicate for MemoryStore {
    fn find(&self, key: &str) -> impl Future<Output = Result<Option<String>, StoreError>> + Send {
        ready(Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned()))
    }

    fn remember(
        &self,
        key: &str,
        answer: &str,
    ) -> impl Future<Output = Result<(), StoreError>> + Send {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key.to_owned(), answer.to_owned());
        ready(Ok(()))
    }
}
