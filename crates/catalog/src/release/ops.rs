use kernel::prelude::*;

use super::{ProductContent, Quantity, Specification, Tier};

kernel::codes! {
    /// What was fixed with the first release can't be changed by a later one.
    Invalid FIXED_AFTER_RELEASE = "fixed-after-release";
}

/// A place where ordering more costs less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceDrop {
    /// The largest quantity below the tier.
    pub quantity: i64,
    /// What it costs for one period, in minor units.
    pub cost_minor: i64,
    /// The next quantity, in the tier.
    pub next_quantity: i64,
    /// What that one costs, less than the smaller quantity.
    pub next_cost_minor: i64,
}

/// The tier borders at which a volume price falls below that of a smaller
/// quantity. Not an error: a seller is warned when saving
/// (seller-release.md 13.3).
#[must_use]
pub fn non_monotone(tiers: &[Tier], quantity: &Quantity) -> Vec<PriceDrop> {
    let mut drops = Vec::new();
    for (lower, upper) in tiers.iter().zip(tiers.iter().skip(1)) {
        // Only quantities on the step grid can be ordered.
        let steps_below = (upper.from - 1 - quantity.min).div_euclid(quantity.step.max(1));
        let below = quantity.min + steps_below * quantity.step;
        let above = below + quantity.step;
        let drop = PriceDrop {
            quantity: below,
            cost_minor: below.saturating_mul(lower.unit_minor),
            next_quantity: above,
            next_cost_minor: above.saturating_mul(upper.unit_minor),
        };
        if above <= quantity.max && drop.next_cost_minor < drop.cost_minor {
            drops.push(drop);
        }
    }
    drops
}

/// What a new version may not change (seller-release.md 15.3): service
/// supervision, the billing mode of a specification, the step of a quantity.
pub(super) fn check_change(old: &ProductContent, new: &ProductContent) -> Result<(), Fail> {
    let mut fields = Fields::new();
    if old.supervision.is_some() != new.supervision.is_some() {
        fields.reject("supervised", FIXED_AFTER_RELEASE);
    }
    for (index, specification) in new.specifications.iter().enumerate() {
        if let Some(before) = old.specification(&specification.key) {
            check_same_terms(before, specification, index, &mut fields);
        }
    }
    fields.check()
}

fn check_same_terms(
    before: &Specification,
    after: &Specification,
    index: usize,
    fields: &mut Fields,
) {
    if before.billing != after.billing {
        fields.reject(
            &format!("specification[{index}].billing"),
            FIXED_AFTER_RELEASE,
        );
    }
    if let (Some(before), Some(after)) = (&before.quantity, &after.quantity)
        && before.step != after.step
    {
        fields.reject(
            &format!("specification[{index}].quantity.step"),
            FIXED_AFTER_RELEASE,
        );
    }
}
