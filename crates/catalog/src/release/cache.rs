use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use db::ReadTx;
use kernel::Fail;
use kernel::id::ProductId;

use super::ProductContent;

type Key = (ProductId, i64);
type Contents = HashMap<Key, Arc<ProductContent>>;

/// Versions in memory: they never change, so they are read and parsed once.
/// Bounded by count; what wasn't asked for lately goes first.
#[derive(Debug)]
pub struct ContentCache {
    half: usize,
    generations: Mutex<Generations>,
}

/// Two halves: when the young one is full, it becomes the old one and what
/// stood there is forgotten, unless it was asked for and moved over.
#[derive(Debug, Default)]
struct Generations {
    young: Contents,
    old: Contents,
}

impl ContentCache {
    /// A cache of at most `max_versions`, at least 2.
    #[must_use]
    pub fn new(max_versions: usize) -> Self {
        Self {
            half: (max_versions / 2).max(1),
            generations: Mutex::default(),
        }
    }

    /// A version, from memory or from the database.
    ///
    /// # Errors
    /// As [`super::load`].
    pub fn load(
        &self,
        tx: &ReadTx<'_>,
        product_id: ProductId,
        number: i64,
    ) -> Result<Arc<ProductContent>, Fail> {
        let key = (product_id, number);
        if let Some(content) = self.get(&key) {
            return Ok(content);
        }
        // Read without the lock: a second thread may do the same work, which
        // costs less than a line of waiting ones.
        let content = Arc::new(super::load(tx, product_id, number)?);
        self.put(key, content.clone());
        Ok(content)
    }

    fn get(&self, key: &Key) -> Option<Arc<ProductContent>> {
        let mut generations = self.lock();
        if let Some(content) = generations.young.get(key) {
            return Some(content.clone());
        }
        let content = generations.old.remove(key)?;
        generations.put(*key, content.clone(), self.half);
        Some(content)
    }

    fn put(&self, key: Key, content: Arc<ProductContent>) {
        self.lock().put(key, content, self.half);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        self.generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn put(&mut self, key: Key, content: Arc<ProductContent>, half: usize) {
        if self.young.len() >= half {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, content);
    }
}
