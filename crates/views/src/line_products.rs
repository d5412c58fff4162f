//! The products of order lines by the lines' numbers, for lists that know a
//! line only as sellers do.

use std::collections::HashMap;

use db::{ReadTx, sql};
use kernel::Fail;
use kernel::id::OrganisationId;

sql! {
    NAME = "select product_name from order_line where number = $1 and seller_id = $2";
}

/// Names of the products as they were bought, by line number; only of lines of
/// this seller.
///
/// # Errors
/// The database's.
pub fn names(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    lines: &[String],
) -> Result<HashMap<String, String>, Fail> {
    let mut names = HashMap::new();
    for line in lines {
        if !names.contains_key(line)
            && let Some(name) = tx.one(&NAME, &[line, &seller], |row| row.take::<String>())?
        {
            names.insert(line.clone(), name);
        }
    }
    Ok(names)
}
