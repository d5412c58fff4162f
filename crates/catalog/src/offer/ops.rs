use kernel::fail::{FIELD_OUT_OF_RANGE, FIELD_UNKNOWN_CHOICE};
use kernel::prelude::*;
use kernel::term::Period;

use super::{Cheapest, Offer, OfferPrice, OptionName, Selection};
use crate::product::{Product, ProductState};
use crate::release::{Price, ProductContent, SkuCodes, Specification};

kernel::codes! {
    /// There is no such specification, or nobody put a price on this
    /// combination of options.
    Invalid UNKNOWN_SKU = "unknown-sku";
    /// The quantity lies between two that can be ordered.
    Invalid QUANTITY_OFF_STEP = "quantity-off-step";
    /// The duration isn't offered for this combination.
    Invalid PERIOD_NOT_OFFERED = "period-not-offered";
    /// The combination has no price in this currency.
    Invalid NO_PRICE_IN_CURRENCY = "no-price-in-currency";
    /// The product isn't on sale, or not any more.
    Conflict NOT_ON_SALE = "product-not-on-sale";
    /// The product isn't sold to the country of the buyer's account.
    Forbidden NOT_SOLD_TO_COUNTRY = "product-not-sold-to-country";
}

/// `productName` has at most so many characters on the wire.
const MAX_WIRE_NAME: usize = 64;

/// Checks a selection against a version and finds its codes and prices.
///
/// # Errors
/// At the fields `specification`, `options.<attribute>`, `quantity` and
/// `period`: [`UNKNOWN_SKU`], [`QUANTITY_OFF_STEP`], [`PERIOD_NOT_OFFERED`],
/// [`NO_PRICE_IN_CURRENCY`], or one of the kernel's field codes.
pub fn resolve(
    content: &ProductContent,
    codes: &SkuCodes,
    selection: &Selection,
    currency: Currency,
) -> Result<Offer, Fail> {
    let specification = content
        .specification(&selection.specification)
        .ok_or_else(|| Fail::field("specification", UNKNOWN_SKU))?;
    let mut fields = Fields::new();
    let option_names = check_options(specification, selection, &mut fields);
    check_quantity(specification, selection.quantity, &mut fields);
    fields.check()?;
    let price = find_price(specification, selection, currency)?;
    let sku = codes
        .sku(&specification.key, &selection.options)
        .ok_or_else(|| Fail::bug("a priced SKU has no code"))?;
    let product_code = sku
        .product_codes
        .get(&selection.period.unit)
        .ok_or_else(|| Fail::bug("a priced period has no product code"))?;
    Ok(Offer {
        sku_code: sku.code.clone(),
        product_code: product_code.clone(),
        product_name: wire_name(content, specification, &option_names),
        specification_name: specification.name.clone(),
        option_names,
        quantity_name: specification
            .quantity
            .as_ref()
            .map(|quantity| (quantity.name.clone(), quantity.unit.clone())),
        price: OfferPrice {
            currency,
            mode: specification.pricing(),
            tiers: price.tiers.clone(),
            quantity: selection.quantity,
            period: selection.period,
        },
    })
}

/// Whether a product may be sold to a buyer now. A hidden one may: its link is
/// the invitation (buyer.md 3.1).
///
/// # Errors
/// Not found when the product belongs to the other realm; [`NOT_ON_SALE`];
/// [`NOT_SOLD_TO_COUNTRY`].
pub fn check_saleable(
    product: &Product,
    content: &ProductContent,
    buyer_realm: Realm,
    buyer_country: &str,
) -> Result<(), Fail> {
    if product.realm() != buyer_realm {
        return Err(Fail::not_found());
    }
    match product.state() {
        ProductState::OnSale => {}
        ProductState::Draft | ProductState::Removed => return Err(Fail::new(NOT_ON_SALE)),
    }
    if !content.is_sold_to(buyer_country) {
        return Err(Fail::new(NOT_SOLD_TO_COUNTRY).with("country", buyer_country));
    }
    Ok(())
}

/// What costs least in a currency: what the product page starts with and what
/// cards and filters call the price "from". `None` without a price in it.
#[must_use]
pub fn cheapest(content: &ProductContent, currency: Currency) -> Option<Cheapest> {
    let mut best: Option<Cheapest> = None;
    for specification in &content.specifications {
        for price in specification
            .prices
            .iter()
            .filter(|price| price.currency == currency)
        {
            let Some(entry) = entry(specification, price) else {
                continue;
            };
            let less = best
                .as_ref()
                .is_none_or(|best| entry.amount.minor < best.amount.minor);
            if less {
                best = Some(entry);
            }
        }
    }
    best
}

/// The smallest order at a price: smallest quantity, shortest duration. The
/// first tier covers the smallest quantity in every pricing mode.
fn entry(specification: &Specification, price: &Price) -> Option<Cheapest> {
    let quantity = specification.min_quantity();
    let count = price.counts.iter().min().copied()?;
    let unit = Money::new(price.tiers.first()?.unit_minor, price.currency);
    let amount = unit.times(quantity).ok()?.times(i64::from(count)).ok()?;
    Some(Cheapest {
        selection: Selection {
            specification: specification.key.clone(),
            options: price.options.clone(),
            quantity,
            period: Period {
                unit: price.period,
                count,
            },
        },
        amount,
    })
}

fn check_options(
    specification: &Specification,
    selection: &Selection,
    fields: &mut Fields,
) -> Vec<OptionName> {
    let mut names = Vec::new();
    for attribute in &specification.attributes {
        let chosen = selection.options.get(&attribute.code);
        let value = attribute
            .values
            .iter()
            .find(|value| Some(&value.code) == chosen);
        match value {
            Some(value) => names.push(OptionName {
                attribute: attribute.name.clone(),
                value: value.name.clone(),
            }),
            None => fields.reject(&format!("options.{}", attribute.code), FIELD_UNKNOWN_CHOICE),
        }
    }
    for code in selection.options.keys() {
        if !specification
            .attributes
            .iter()
            .any(|attribute| attribute.code == *code)
        {
            fields.reject(&format!("options.{code}"), FIELD_UNKNOWN_CHOICE);
        }
    }
    names
}

fn check_quantity(specification: &Specification, quantity: i64, fields: &mut Fields) {
    let (min, max, step) = specification
        .quantity
        .as_ref()
        .map_or((1, 1, 1), |rule| (rule.min, rule.max, rule.step.max(1)));
    if quantity < min || quantity > max {
        fields.reject_with(
            "quantity",
            FIELD_OUT_OF_RANGE,
            &[("min", &min), ("max", &max)],
        );
        return;
    }
    let over = (quantity - min) % step;
    if over != 0 {
        let below = quantity - over;
        fields.reject_with(
            "quantity",
            QUANTITY_OFF_STEP,
            &[
                ("step", &step),
                ("below", &below),
                ("above", &(below + step)),
            ],
        );
    }
}

fn find_price<'a>(
    specification: &'a Specification,
    selection: &Selection,
    currency: Currency,
) -> Result<&'a Price, Fail> {
    let mut found = UNKNOWN_SKU;
    for price in &specification.prices {
        if price.options != selection.options {
            continue;
        }
        if price.currency != currency {
            if found == UNKNOWN_SKU {
                found = NO_PRICE_IN_CURRENCY;
            }
            continue;
        }
        found = PERIOD_NOT_OFFERED;
        let offered =
            price.period == selection.period.unit && price.counts.contains(&selection.period.count);
        if offered {
            return Ok(price);
        }
    }
    let field = if found == PERIOD_NOT_OFFERED {
        "period"
    } else {
        "specification"
    };
    Err(Fail::fields(vec![FieldError {
        field: field.to_owned(),
        code: found,
        args: vec![("currency", currency.code().to_owned())],
    }]))
}

fn wire_name(
    content: &ProductContent,
    specification: &Specification,
    option_names: &[OptionName],
) -> String {
    let mut parts = vec![content.name.en.as_str(), specification.name.en.as_str()];
    parts.extend(option_names.iter().map(|name| name.value.en.as_str()));
    parts.join(",").chars().take(MAX_WIRE_NAME).collect()
}
