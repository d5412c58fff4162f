//! The products of order lines by the lines' numbers, for lists that know a
//! line only as sellers do.

use std::collections::HashMap;

use db::{ReadTx, sql};
use kernel::Fail;
use kernel::id::OrganisationId;

use crate::line_name::LineName;

sql! {
    NAME = "select frozen from order_line where number = $1 and seller_id = $2";
}

/// What was bought, by line number; only lines of this seller.
///
/// # Errors
/// The database's.
pub fn names(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    lines: &[String],
) -> Result<HashMap<String, LineName>, Fail> {
    let mut names = HashMap::new();
    for line in lines {
        if !names.contains_key(line)
            && let Some(name) = tx.one(&NAME, &[line, &seller], LineName::take)?
        {
            names.insert(line.clone(), name);
        }
    }
    Ok(names)
}
