//! What was bought, by name in both languages, as a row of a list shows it. The
//! name of the interface to sellers (`productName`) has one language and all
//! options in it.

use db::Row;
use kernel::prelude::*;
use serde::Deserialize;

/// The names that a line froze.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LineName {
    /// The product.
    #[serde(rename = "product_name")]
    pub product: String,
    /// Its Chinese name, possibly empty.
    #[serde(rename = "product_name_zh")]
    pub product_zh: String,
    /// The specification.
    pub specification: String,
    /// Its Chinese name, possibly empty.
    pub specification_zh: String,
}

impl LineName {
    /// From the line's column `frozen`, which is the row's next.
    pub(crate) fn take(row: &Row<'_>) -> Result<Self, Fail> {
        let frozen: String = row.take()?;
        serde_json::from_str(&frozen).map_err(Fail::bug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_found_among_everything_else_that_was_frozen() {
        let frozen = r#"{"product_name":"A","product_name_zh":"甲","product_slug":"a","specification":"S","specification_zh":"","options":[1]}"#;
        let name: LineName = serde_json::from_str(frozen).unwrap();
        assert_eq!(
            (name.product_zh.as_str(), name.specification.as_str()),
            ("甲", "S")
        );
    }
}
