//! Versions and codes.

use std::collections::BTreeSet;

use db::{ReadTx, Tx, sql};
use kernel::crypt::sha256_hex;
use kernel::id::{ProductId, UserId};
use kernel::prelude::*;

use super::codes::option_key;
use super::ops::check_change;
use super::{ProductContent, SkuCodes};
use crate::product::{self, Product};

sql! {
    INSERT = "insert into product_version (product_id, number, content, content_hash, created_by, created_at) values ($1, $2, $3, $4, $5, $6)";
    CONTENT = "select content from product_version where product_id = $1 and number = $2";
    CONTENT_HASH = "select content_hash from product_version where product_id = $1 and number = $2";
    CODES = "select s.specification_key, s.option_key, s.code, p.period_type, p.code \
             from sku s join product_code p on p.sku_code = s.code where s.product_id = $1";
    INSERT_SKU = "insert into sku (code, product_id, specification_key, option_key, created_at) values ($1, $2, $3, $4, $5)";
    INSERT_PRODUCT_CODE = "insert into product_code (code, sku_code, period_type, created_at) values ($1, $2, $3, $4)";
    SKU_OF_PRODUCT_CODE = "select sku_code from product_code where code = $1";
}

/// The answer of [`release_version`].
#[derive(Debug, Clone)]
pub struct Released {
    /// The product after it.
    pub product: Product,
    /// Number of the version that is current now.
    pub number: i64,
    /// Whether a version was written; false when the content was the same.
    pub is_new: bool,
}

/// Makes content the current version of a product: writes it under the next
/// number, assigns the codes that are missing, and tells the search index.
/// Content equal to the current version's changes nothing.
///
/// # Errors
/// Fields with [`super::FIXED_AFTER_RELEASE`]; changed meanwhile when the
/// product's row moved on; the database's.
pub fn release_version(
    tx: &Tx<'_>,
    product: &Product,
    content: &ProductContent,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<Released, Fail> {
    let json = content.to_json()?;
    let hash = sha256_hex(json.as_bytes());
    let current = product.current_version();
    if current > 0 {
        let current_hash: String =
            tx.load(&CONTENT_HASH, &[&product.id(), &current], |row| row.take())?;
        if current_hash == hash {
            return Ok(Released {
                product: product.clone(),
                number: current,
                is_new: false,
            });
        }
        check_change(&load(tx, product.id(), current)?, content)?;
    }
    let number = current + 1;
    let product = product::store::set_current_version(tx, product, number, now)?;
    tx.exec(&INSERT, &[&product.id(), &number, &json, &hash, &by, &now])?;
    assign_codes(tx, product.id(), content, now)?;
    Ok(Released {
        product,
        number,
        is_new: true,
    })
}

/// The content of a version.
///
/// # Errors
/// Not found; the database's.
pub fn load(tx: &ReadTx<'_>, product_id: ProductId, number: i64) -> Result<ProductContent, Fail> {
    let json: String = tx.load(&CONTENT, &[&product_id, &number], |row| row.take())?;
    ProductContent::stored(&json)
}

/// All codes of a product, those of earlier versions included.
///
/// # Errors
/// The database's.
pub fn codes(tx: &ReadTx<'_>, product_id: ProductId) -> Result<SkuCodes, Fail> {
    let rows = tx.many(&CODES, &[&product_id], |row| {
        Ok((
            row.take::<String>()?,
            row.take::<String>()?,
            row.take::<String>()?,
            row.take()?,
            row.take::<String>()?,
        ))
    })?;
    let mut codes = SkuCodes::default();
    for (specification, options, code, period, product_code) in rows {
        codes.add(specification, options, code, period, product_code);
    }
    Ok(codes)
}

fn assign_codes(
    tx: &Tx<'_>,
    product_id: ProductId,
    content: &ProductContent,
    now: Timestamp,
) -> Result<(), Fail> {
    let mut codes = codes(tx, product_id)?;
    for specification in &content.specifications {
        let wanted: BTreeSet<_> = specification
            .prices
            .iter()
            .map(|price| (&price.options, price.period))
            .collect();
        for (options, period) in wanted {
            let options_key = option_key(options);
            let known = codes.sku(&specification.key, options);
            if known.is_some_and(|sku| sku.product_codes.contains_key(&period)) {
                continue;
            }
            let sku_code = match known {
                Some(sku) => sku.code.clone(),
                None => {
                    let code = kernel::random::uuid();
                    let key = &specification.key;
                    tx.exec(&INSERT_SKU, &[&code, &product_id, key, &options_key, &now])?;
                    code
                }
            };
            let product_code = draw_product_code(tx)?;
            tx.exec(
                &INSERT_PRODUCT_CODE,
                &[&product_code, &sku_code, &period, &now],
            )?;
            codes.add(
                specification.key.clone(),
                options_key,
                sku_code,
                period,
                product_code,
            );
        }
    }
    Ok(())
}

/// `OFFI` and 18 digits (saas-access-v2.md 7.4.6), drawn again when taken.
fn draw_product_code(tx: &Tx<'_>) -> Result<String, Fail> {
    for _ in 0..10 {
        let digits = kernel::random::below(1_000_000_000_000_000_000);
        let code = format!("OFFI{digits:018}");
        let taken = tx.one(&SKU_OF_PRODUCT_CODE, &[&code], |row| row.take::<String>())?;
        if taken.is_none() {
            return Ok(code);
        }
    }
    Err(Fail::bug("ten product codes in a row were taken"))
}
