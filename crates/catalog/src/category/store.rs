//! The categories' table.

use db::{ReadTx, Row, Tx, sql};
use kernel::Fail;

use super::Category;
use crate::Bilingual;

sql! {
    LIST = "select key, position, name, name_zh, summary, summary_zh from category order by position, key";
    FIND = "select key, position, name, name_zh, summary, summary_zh from category where key = $1";
    UPSERT = "insert into category (key, position, name, name_zh, summary, summary_zh) values ($1, $2, $3, $4, $5, $6) \
              on conflict (key) do update set position = excluded.position, name = excluded.name, name_zh = excluded.name_zh, \
              summary = excluded.summary, summary_zh = excluded.summary_zh";
}

fn map(row: &Row<'_>) -> Result<Category, Fail> {
    Ok(Category {
        key: row.take()?,
        position: row.take()?,
        name: Bilingual {
            en: row.take()?,
            zh: row.take()?,
        },
        summary: Bilingual {
            en: row.take()?,
            zh: row.take()?,
        },
    })
}

/// All categories in their order.
///
/// # Errors
/// The database's.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<Category>, Fail> {
    tx.many(&LIST, &[], map)
}

/// A category by its key, if there is one.
///
/// # Errors
/// The database's.
pub fn find(tx: &ReadTx<'_>, key: &str) -> Result<Option<Category>, Fail> {
    tx.one(&FIND, &[&key], map)
}

/// Writes a category, new or with other texts.
///
/// # Errors
/// The database's.
pub fn upsert(tx: &Tx<'_>, category: &Category) -> Result<(), Fail> {
    tx.exec(
        &UPSERT,
        &[
            &category.key,
            &category.position,
            &category.name.en,
            &category.name.zh,
            &category.summary.en,
            &category.summary.zh,
        ],
    )?;
    Ok(())
}
