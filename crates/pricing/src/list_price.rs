use catalog::offer::OfferPrice;
use catalog::release::{PricingMode, Tier};
use kernel::prelude::*;
use serde::{Deserialize, Serialize};

kernel::codes! {
    /// The amount has no place in 64 bits.
    Invalid AMOUNT_TOO_LARGE = "amount-too-large";
}

/// Units of one order line that have the same unit price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLine {
    /// How many units.
    pub quantity: i64,
    /// Price of one unit for one period, in minor units.
    pub unit_minor: i64,
    /// Periods.
    pub periods: u32,
    /// Quantity times unit price times periods, in minor units.
    pub amount_minor: i64,
}

/// How the list price comes about (seller-release.md 13.3): one line when it
/// is linear or by volume, one per reached tier when it is graduated.
///
/// # Errors
/// [`AMOUNT_TOO_LARGE`]; a bug when the price has no tier or no quantity.
pub fn price_lines(price: &OfferPrice) -> Result<Vec<PriceLine>, Fail> {
    let (Some(first), true) = (price.tiers.first(), price.quantity > 0) else {
        return Err(Fail::bug("a price without a tier or a quantity"));
    };
    let reached = |tier: &&Tier| tier.from <= price.quantity;
    match price.mode {
        PricingMode::Linear => Ok(vec![line(price.quantity, first.unit_minor, price)?]),
        PricingMode::Volume => {
            let tier = price.tiers.iter().rev().find(reached).unwrap_or(first);
            Ok(vec![line(price.quantity, tier.unit_minor, price)?])
        }
        PricingMode::Tiered => {
            let mut lines = Vec::new();
            let mut counted = 0;
            for (index, tier) in price.tiers.iter().enumerate() {
                // A tier ends where the next one starts.
                let end = price
                    .tiers
                    .get(index + 1)
                    .map_or(price.quantity, |next| price.quantity.min(next.from - 1));
                if end > counted {
                    lines.push(line(end - counted, tier.unit_minor, price)?);
                    counted = end;
                }
            }
            Ok(lines)
        }
    }
}

/// The list price: the sum of [`price_lines`].
///
/// # Errors
/// As [`price_lines`].
pub fn list_price(price: &OfferPrice) -> Result<Money, Fail> {
    let minor = sum(price_lines(price)?.iter().map(|line| line.amount_minor))?;
    Ok(Money::new(minor, price.currency))
}

fn line(quantity: i64, unit_minor: i64, price: &OfferPrice) -> Result<PriceLine, Fail> {
    let periods = price.period.count;
    let amount_minor = quantity
        .checked_mul(unit_minor)
        .and_then(|amount| amount.checked_mul(i64::from(periods)))
        .ok_or_else(|| Fail::new(AMOUNT_TOO_LARGE))?;
    Ok(PriceLine {
        quantity,
        unit_minor,
        periods,
        amount_minor,
    })
}

/// The sum of amounts.
pub(crate) fn sum(mut amounts: impl Iterator<Item = i64>) -> Result<i64, Fail> {
    amounts
        .try_fold(0_i64, i64::checked_add)
        .ok_or_else(|| Fail::new(AMOUNT_TOO_LARGE))
}
