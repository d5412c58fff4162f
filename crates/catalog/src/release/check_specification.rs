//! The rules for specifications, attributes and prices of seller-release.md 13.

use std::collections::BTreeSet;

use kernel::fail::{FIELD_OUT_OF_RANGE, FIELD_UNKNOWN_CHOICE};
use kernel::prelude::*;
use kernel::term::PeriodType;

use super::check::{check_code, check_count, check_unique};
use super::codes::option_key;
use super::{Attribute, Billing, MAX_QUANTITY, Price, PricingMode, Quantity, Specification};
use crate::NOT_UNIQUE;
use crate::words::check_key;

kernel::codes! {
    /// The attribute is one of those that the platform presets.
    Invalid RESERVED_ATTRIBUTE = "reserved-attribute";
    /// The values of the attributes make more combinations than allowed.
    Invalid TOO_MANY_SKUS = "too-many-skus";
    /// The largest quantity can't be reached from the smallest by whole steps.
    Invalid STEP_DOES_NOT_FIT = "step-does-not-fit";
    /// The price is for a period that the billing mode doesn't have.
    Invalid PERIOD_NOT_OF_BILLING = "period-not-of-billing";
    /// The price doesn't name exactly the attributes of its specification.
    Invalid OPTIONS_DO_NOT_FIT = "options-do-not-fit";
    /// The first tier must start at 1 or at the smallest quantity.
    Invalid TIERS_START_WRONG = "tiers-start-wrong";
    /// Each tier must start above the one before, and within the quantities.
    Invalid TIERS_DO_NOT_ASCEND = "tiers-do-not-ascend";
    /// An order of the largest quantity and duration would cost too much.
    Invalid PRICE_TOO_LARGE = "price-too-large";
}

const MAX_VALUES: usize = 10;
const MAX_SKUS: usize = 100;
/// A list amount of one order line at most, in minor units: far above any
/// trade, far below what 64 bits hold.
const MAX_LINE_MINOR: i128 = 1_000_000_000_000_000;
/// `periodNumber` has two digits on the wire.
const MAX_PERIODS: u32 = 99;
/// Attributes that every product has (seller-release.md 13.1), by code and by
/// English name in lower case.
const RESERVED_CODES: [&str; 4] = ["appName", "version", "os", "mode"];
const RESERVED_NAMES: [&str; 4] = ["application name", "version", "operating system", "mode"];

pub(super) fn check_specifications(specifications: &mut [Specification], fields: &mut Fields) {
    check_count(fields, "specification", specifications.len(), 1, 20);
    check_unique(
        fields,
        "specification",
        specifications.iter().map(|spec| spec.key.as_str()),
    );
    for (index, specification) in specifications.iter_mut().enumerate() {
        check_specification(specification, &format!("specification[{index}]"), fields);
    }
}

fn check_specification(specification: &mut Specification, at: &str, fields: &mut Fields) {
    specification.key = check_key(fields, &format!("{at}.key"), &specification.key, 50);
    specification.name.check(fields, &format!("{at}.name"), 50);
    check_attributes(&mut specification.attributes, at, fields);
    if let Some(quantity) = &mut specification.quantity {
        check_quantity(quantity, &specification.attributes, at, fields);
    }
    check_count(
        fields,
        &format!("{at}.price"),
        specification.prices.len(),
        1,
        600,
    );
    let mut seen = BTreeSet::new();
    for (index, price) in specification.prices.iter().enumerate() {
        let at = format!("{at}.price[{index}]");
        check_price(specification, price, &at, fields);
        let same = (
            option_key(&price.options),
            price.period,
            price.currency.code(),
        );
        if !seen.insert(same) {
            fields.reject_with(&at, NOT_UNIQUE, &[("value", &price.period)]);
        }
    }
}

fn check_attributes(attributes: &mut [Attribute], at: &str, fields: &mut Fields) {
    check_unique(
        fields,
        &format!("{at}.attribute"),
        attributes.iter().map(|attribute| attribute.code.as_str()),
    );
    let mut combinations: usize = 1;
    for (index, attribute) in attributes.iter_mut().enumerate() {
        let at = format!("{at}.attribute[{index}]");
        attribute.code = check_code(fields, &format!("{at}.code"), &attribute.code);
        attribute.name.check(fields, &format!("{at}.name"), 50);
        check_not_reserved(&attribute.code, &attribute.name.en, &at, fields);
        let values = format!("{at}.values");
        check_count(fields, &values, attribute.values.len(), 1, MAX_VALUES);
        check_unique(
            fields,
            &values,
            attribute.values.iter().map(|value| value.code.as_str()),
        );
        combinations = combinations.saturating_mul(attribute.values.len());
        for (index, value) in attribute.values.iter_mut().enumerate() {
            value.code = check_code(fields, &format!("{values}[{index}].code"), &value.code);
            value
                .name
                .check(fields, &format!("{values}[{index}].name"), 50);
        }
    }
    if combinations > MAX_SKUS {
        fields.reject_with(
            &format!("{at}.attribute"),
            TOO_MANY_SKUS,
            &[("count", &combinations), ("max", &MAX_SKUS)],
        );
    }
}

fn check_not_reserved(code: &str, name: &str, at: &str, fields: &mut Fields) {
    if RESERVED_CODES.contains(&code) {
        fields.reject(&format!("{at}.code"), RESERVED_ATTRIBUTE);
    }
    if RESERVED_NAMES.contains(&name.to_lowercase().as_str()) {
        fields.reject(&format!("{at}.name"), RESERVED_ATTRIBUTE);
    }
}

fn check_quantity(
    quantity: &mut Quantity,
    attributes: &[Attribute],
    at: &str,
    fields: &mut Fields,
) {
    let at = format!("{at}.quantity");
    quantity.code = check_code(fields, &format!("{at}.code"), &quantity.code);
    quantity.name.check(fields, &format!("{at}.name"), 50);
    quantity.unit = fields.required(&format!("{at}.unit"), &quantity.unit, 30);
    check_not_reserved(&quantity.code, &quantity.name.en, &at, fields);
    if attributes.iter().any(|other| other.code == quantity.code) {
        fields.reject_with(
            &format!("{at}.code"),
            NOT_UNIQUE,
            &[("value", &quantity.code)],
        );
    }
    let Quantity { min, max, step, .. } = *quantity;
    let mut within = |name: &str, value: i64, low: i64| {
        let good = (low..=MAX_QUANTITY).contains(&value);
        if !good {
            fields.reject_with(
                &format!("{at}.{name}"),
                FIELD_OUT_OF_RANGE,
                &[("min", &low), ("max", &MAX_QUANTITY)],
            );
        }
        good
    };
    let good = within("min", min, 1) & within("max", max, min.max(1)) & within("step", step, 1);
    if good && (max - min) % step != 0 {
        fields.reject_with(
            &format!("{at}.step"),
            STEP_DOES_NOT_FIT,
            &[("min", &min), ("max", &max), ("step", &step)],
        );
    }
}

fn check_price(specification: &Specification, price: &Price, at: &str, fields: &mut Fields) {
    check_options(specification, price, at, fields);
    let fits = match (specification.billing, price.period) {
        (Billing::Period, PeriodType::Month | PeriodType::Year)
        | (Billing::OneTime, PeriodType::Once) => true,
        (Billing::Period, PeriodType::Once)
        | (Billing::OneTime, PeriodType::Month | PeriodType::Year) => false,
    };
    if !fits {
        fields.reject_with(
            &format!("{at}.period"),
            PERIOD_NOT_OF_BILLING,
            &[
                ("period", &price.period),
                ("billing", &specification.billing),
            ],
        );
    }
    check_counts(price, at, fields);
    check_tiers(specification, price, at, fields);
}

fn check_options(specification: &Specification, price: &Price, at: &str, fields: &mut Fields) {
    let at = format!("{at}.match");
    if price.options.len() != specification.attributes.len() {
        let wanted: Vec<&str> = specification
            .attributes
            .iter()
            .map(|attribute| attribute.code.as_str())
            .collect();
        fields.reject_with(
            &at,
            OPTIONS_DO_NOT_FIT,
            &[("attributes", &wanted.join(", "))],
        );
        return;
    }
    for (code, value) in &price.options {
        let known = specification
            .attributes
            .iter()
            .find(|attribute| attribute.code == *code)
            .is_some_and(|attribute| attribute.values.iter().any(|known| known.code == *value));
        if !known {
            fields.reject(&format!("{at}.{code}"), FIELD_UNKNOWN_CHOICE);
        }
    }
}

fn check_counts(price: &Price, at: &str, fields: &mut Fields) {
    let at = format!("{at}.counts");
    let max = match price.period {
        PeriodType::Once => 1,
        PeriodType::Month | PeriodType::Year => MAX_PERIODS,
    };
    if price.counts.is_empty() {
        fields.reject(&at, kernel::fail::FIELD_REQUIRED);
    }
    if price.counts.iter().any(|count| !(1..=max).contains(count)) {
        fields.reject_with(&at, FIELD_OUT_OF_RANGE, &[("min", &1), ("max", &max)]);
    }
    let counts: Vec<String> = price.counts.iter().map(u32::to_string).collect();
    check_unique(fields, &at, counts.iter().map(String::as_str));
}

fn check_tiers(specification: &Specification, price: &Price, at: &str, fields: &mut Fields) {
    let tiers = format!("{at}.tiers");
    let (min, max) = specification
        .quantity
        .as_ref()
        .map_or((1, 1), |quantity| (quantity.min, quantity.max));
    match specification.pricing() {
        PricingMode::Linear => check_count(fields, &tiers, price.tiers.len(), 1, 1),
        PricingMode::Tiered | PricingMode::Volume => {
            check_count(fields, &tiers, price.tiers.len(), 1, 20);
        }
    }
    let mut before: Option<i64> = None;
    for (index, tier) in price.tiers.iter().enumerate() {
        let from = format!("{tiers}[{index}].from");
        match before {
            None if tier.from != 1 && tier.from != min => {
                fields.reject_with(&from, TIERS_START_WRONG, &[("min", &min)]);
            }
            Some(before) if tier.from <= before.max(min) || tier.from > max => {
                fields.reject_with(&from, TIERS_DO_NOT_ASCEND, &[("max", &max)]);
            }
            None | Some(_) => {}
        }
        before = Some(tier.from);
        check_unit_price(price, index, max, at, fields);
    }
}

fn check_unit_price(price: &Price, index: usize, max_quantity: i64, at: &str, fields: &mut Fields) {
    let unit = price.tiers.get(index).map_or(0, |tier| tier.unit_minor);
    let field = if price.tiers.len() == 1 {
        format!("{at}.unit_price")
    } else {
        format!("{at}.tiers[{index}].unit_price")
    };
    let count = price.counts.iter().max().copied().unwrap_or(1);
    let largest = i128::from(unit)
        .saturating_mul(i128::from(max_quantity))
        .saturating_mul(i128::from(count));
    if unit < 0 {
        fields.reject(&field, kernel::fail::FIELD_NOT_AN_AMOUNT);
    } else if largest > MAX_LINE_MINOR {
        fields.reject(&field, PRICE_TOO_LARGE);
    }
}
