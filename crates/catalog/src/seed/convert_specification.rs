//! Specifications and prices of the file.

use kernel::fail::FIELD_NOT_AN_AMOUNT;
use kernel::prelude::*;

use super::file::{PriceRow, SpecificationRow};
use crate::Bilingual;
use crate::release::{Attribute, AttributeValue, GIVE_ONE, Price, Quantity, Specification, Tier};

pub(super) fn specification(
    row: &SpecificationRow,
    index: usize,
    currency: Currency,
    fields: &mut Fields,
) -> Specification {
    let attributes = row.attribute.iter().map(|row| Attribute {
        code: row.code.clone(),
        name: Bilingual::new(&row.name, &row.name_zh),
        values: row
            .values
            .iter()
            .map(|row| AttributeValue {
                code: row.code.clone(),
                name: Bilingual::new(&row.name, &row.name_zh),
            })
            .collect(),
    });
    let quantity = row.quantity.as_ref().map(|row| Quantity {
        code: row.code.clone(),
        name: Bilingual::new(&row.name, &row.name_zh),
        unit: row.unit.clone(),
        min: row.min,
        max: row.max,
        step: row.step,
        pricing: row.pricing,
    });
    let prices = row.price.iter().enumerate().map(|(number, row)| {
        price(
            row,
            &format!("specification[{index}].price[{number}]"),
            currency,
            fields,
        )
    });
    Specification {
        key: row.key.clone(),
        name: Bilingual::new(&row.name, &row.name_zh),
        billing: row.billing,
        attributes: attributes.collect(),
        quantity,
        prices: prices.collect(),
    }
}

fn price(row: &PriceRow, at: &str, currency: Currency, fields: &mut Fields) -> Price {
    let mut amount = |field: String, text: &str| match Money::parse(text, currency) {
        Some(money) => money.minor,
        None => {
            fields.reject(&field, FIELD_NOT_AN_AMOUNT);
            0
        }
    };
    let tiers = match (&row.unit_price, &row.tiers) {
        (Some(text), None) => vec![Tier {
            from: 1,
            unit_minor: amount(format!("{at}.unit_price"), text),
        }],
        (None, Some(rows)) => rows
            .iter()
            .enumerate()
            .map(|(index, row)| Tier {
                from: row.from,
                unit_minor: amount(format!("{at}.tiers[{index}].unit_price"), &row.unit_price),
            })
            .collect(),
        (Some(_), Some(_)) | (None, None) => {
            fields.reject_with(
                &format!("{at}.unit_price"),
                GIVE_ONE,
                &[("other", &"tiers")],
            );
            vec![Tier {
                from: 1,
                unit_minor: 0,
            }]
        }
    };
    Price {
        options: row.options.clone(),
        period: row.period,
        counts: row.counts.clone(),
        currency,
        tiers,
    }
}
