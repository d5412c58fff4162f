use kernel::prelude::*;

use crate::Bilingual;
use crate::words::check_key;

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub(super) key: String,
    pub(super) position: i64,
    pub(super) name: Bilingual,
    pub(super) summary: Bilingual,
}

impl Category {
    /// A category with checked texts: key and name up to 50 characters,
    /// summary up to 200.
    ///
    /// # Errors
    /// The fields that can't be used, as `key`, `name`, `name_zh`, `summary`, …
    pub fn new(
        key: &str,
        position: i64,
        mut name: Bilingual,
        mut summary: Bilingual,
    ) -> Result<Self, Fail> {
        let mut fields = Fields::new();
        let key = check_key(&mut fields, "key", key, 50);
        name.check(&mut fields, "name", 50);
        summary.check(&mut fields, "summary", 200);
        fields.check()?;
        Ok(Self {
            key,
            position,
            name,
            summary,
        })
    }

    /// Key, as in page addresses.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
    /// Place in lists; the smallest first.
    #[must_use]
    pub fn position(&self) -> i64 {
        self.position
    }
    /// Name.
    #[must_use]
    pub fn name(&self) -> &Bilingual {
        &self.name
    }
    /// One sentence about what is found there.
    #[must_use]
    pub fn summary(&self) -> &Bilingual {
        &self.summary
    }
}
