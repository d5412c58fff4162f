//! The long texts of product versions as markup, remembered: a version never
//! changes, and rendering Markdown costs more than the rest of the page.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use catalog::release::ProductContent;
use kernel::id::ProductId;

use crate::markdown;

/// Bytes of remembered markup; one half is younger than the other.
const BYTES: usize = 24 * 1024 * 1024;
/// The texts stand below the heading of their card.
const UNDER: u8 = 2;

static MEMORY: LazyLock<Mutex<Memory>> = LazyLock::new(Mutex::default);

type Versions = HashMap<(ProductId, i64), Arc<ProductTexts>>;

/// Safe markup of a version's texts; empty where there is no text.
#[derive(Debug)]
pub(super) struct ProductTexts {
    pub(super) description: String,
    pub(super) cases: String,
    pub(super) user_guide: String,
    pub(super) after_sales: String,
}

#[derive(Default)]
struct Memory {
    young: Versions,
    young_bytes: usize,
    old: Versions,
}

impl ProductTexts {
    /// The texts of a version.
    pub(super) fn of(product: ProductId, version: i64, content: &ProductContent) -> Arc<Self> {
        let key = (product, version);
        let memory = || MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        let found = memory().take(&key);
        if let Some(texts) = found {
            return texts;
        }
        // Without the lock: doing it twice costs less than a line of waiting ones.
        let text = |text: &str| markdown::render(text, UNDER);
        let texts = Arc::new(Self {
            description: text(&content.description),
            cases: text(&content.cases),
            user_guide: text(&content.user_guide),
            after_sales: text(&content.after_sales),
        });
        memory().put(key, Arc::clone(&texts));
        texts
    }

    fn bytes(&self) -> usize {
        [
            &self.description,
            &self.cases,
            &self.user_guide,
            &self.after_sales,
        ]
        .iter()
        .map(|text| text.capacity())
        .sum()
    }
}

impl Memory {
    fn take(&mut self, key: &(ProductId, i64)) -> Option<Arc<ProductTexts>> {
        if let Some(texts) = self.young.get(key) {
            return Some(Arc::clone(texts));
        }
        let texts = self.old.remove(key)?;
        self.put(*key, Arc::clone(&texts));
        Some(texts)
    }

    fn put(&mut self, key: (ProductId, i64), texts: Arc<ProductTexts>) {
        if self.young_bytes >= BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        self.young_bytes = self.young_bytes.saturating_add(texts.bytes());
        self.young.insert(key, texts);
    }
}
