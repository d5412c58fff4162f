use catalog::offer::OfferPrice;
use kernel::crypt::sha256_hex;
use kernel::money::RATE_ONE;
use kernel::policy::Charges;
use kernel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::list_price::{PriceLine, price_lines, sum};
use crate::precise::PreciseMinor;

/// Something taken off the list price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountLine {
    /// What it is, for texts and bills.
    pub code: String,
    /// How much it takes off, in minor units, not below zero.
    pub amount_minor: i64,
}

/// A tax on the net amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxLine {
    /// Short name, for example `VAT`.
    pub code: String,
    /// The rate at 10^-8.
    pub rate_e8: i64,
    /// The net amount that it is on, in minor units.
    pub base_minor: i64,
    /// What the buyer pays of it, in minor units.
    pub amount_minor: i64,
    /// The share before rounding.
    pub precise: PreciseMinor,
}

/// What the buyer must withhold from the seller's share and pay to the tax
/// office; the price isn't changed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withholding {
    /// The rate at 10^-8.
    pub rate_e8: i64,
    /// The net amount that it is on, in minor units.
    pub base_minor: i64,
    /// The share before rounding.
    pub precise: PreciseMinor,
}

/// The marketplace's share of the net amount; off the buyer's totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// The ratio at 10^-8, frozen with the line.
    pub rate_e8: i64,
    /// The net amount that it is on, in minor units.
    pub base_minor: i64,
    /// The share before rounding.
    pub precise: PreciseMinor,
}

/// What one order line costs and how that comes about. Frozen on the line;
/// amounts are in minor units of the currency.
///
/// `list - discounts` is the gross amount when prices include tax, else the
/// net amount; `net + tax = gross` always; the buyer pays `gross`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The currency.
    pub currency: Currency,
    /// How the list price comes about.
    pub price_lines: Vec<PriceLine>,
    /// The list price.
    pub list_minor: i64,
    /// What was taken off.
    pub discounts: Vec<DiscountLine>,
    /// Whether list price and discounts include the tax.
    pub prices_include_tax: bool,
    /// Without tax.
    pub net_minor: i64,
    /// The taxes.
    pub taxes: Vec<TaxLine>,
    /// Their sum.
    pub tax_minor: i64,
    /// With tax: what the buyer pays.
    pub gross_minor: i64,
    /// The buyer's withholding.
    pub withholding: Withholding,
    /// The marketplace's fee.
    pub fee: Fee,
}

impl Quote {
    /// What the buyer pays.
    #[must_use]
    pub fn gross(&self) -> Money {
        Money::new(self.gross_minor, self.currency)
    }

    /// A fingerprint, to be carried from the confirmation page to the order:
    /// when a price, a tax or a fee changed in between, that of the new quote
    /// differs. It lives for minutes and isn't stored.
    #[must_use]
    pub fn digest(&self) -> String {
        // The debug form holds every field and, unlike JSON, can't fail.
        sha256_hex(format!("{self:?}").as_bytes())
    }
}

/// Computes what an offer costs under the policy's charges. Discounts are shown
/// in the order in which they are given.
///
/// # Errors
/// [`crate::AMOUNT_TOO_LARGE`]; a bug when a discount or a rate is out of its
/// range, or the discounts exceed the list price.
pub fn quote(
    price: &OfferPrice,
    discounts: &[DiscountLine],
    charges: &Charges,
) -> Result<Quote, Fail> {
    check_rates(charges)?;
    let price_lines = price_lines(price)?;
    let list_minor = sum(price_lines.iter().map(|line| line.amount_minor))?;
    let to_pay_minor = list_minor - discount_total(discounts, list_minor)?;
    let to_pay = Money::new(to_pay_minor, price.currency);
    let (net_minor, taxes) = if charges.prices_include_tax {
        taxes_within(to_pay, charges)
    } else {
        (to_pay_minor, taxes_on_top(to_pay, charges))
    };
    let tax_minor = sum(taxes.iter().map(|tax| tax.amount_minor))?;
    let gross_minor = sum([net_minor, tax_minor].into_iter())?;
    let withholding_rate = charges.buyer_withholding_rate_e8;
    Ok(Quote {
        currency: price.currency,
        price_lines,
        list_minor,
        discounts: discounts.to_vec(),
        prices_include_tax: charges.prices_include_tax,
        net_minor,
        taxes,
        tax_minor,
        gross_minor,
        withholding: Withholding {
            rate_e8: withholding_rate,
            base_minor: net_minor,
            precise: PreciseMinor::share(net_minor, withholding_rate),
        },
        fee: Fee {
            rate_e8: charges.fee_rate_e8,
            base_minor: net_minor,
            precise: PreciseMinor::share(net_minor, charges.fee_rate_e8),
        },
    })
}

fn check_rates(charges: &Charges) -> Result<(), Fail> {
    let rates = [charges.buyer_withholding_rate_e8, charges.fee_rate_e8];
    let taxes = charges.taxes.iter().map(|tax| tax.rate_e8);
    if rates
        .into_iter()
        .chain(taxes)
        .all(|rate| (0..=RATE_ONE).contains(&rate))
    {
        Ok(())
    } else {
        Err(Fail::bug("a rate of the policy isn't between 0 and 1"))
    }
}

fn discount_total(discounts: &[DiscountLine], list_minor: i64) -> Result<i64, Fail> {
    if discounts.iter().any(|discount| discount.amount_minor < 0) {
        return Err(Fail::bug("a discount is below zero"));
    }
    let total = sum(discounts.iter().map(|discount| discount.amount_minor))?;
    if total > list_minor {
        return Err(Fail::bug("the discounts exceed the list price"));
    }
    Ok(total)
}

/// Taxes added to a net amount, each rounded by itself.
fn taxes_on_top(net: Money, charges: &Charges) -> Vec<TaxLine> {
    charges
        .taxes
        .iter()
        .map(|tax| TaxLine {
            code: tax.code.clone(),
            rate_e8: tax.rate_e8,
            base_minor: net.minor,
            amount_minor: net.share(tax.rate_e8).minor,
            precise: PreciseMinor::share(net.minor, tax.rate_e8),
        })
        .collect()
}

/// Net amount and taxes of a gross amount. The tax as a whole is rounded once;
/// the lines share it by the rounding of their running sum, so they add up.
fn taxes_within(gross: Money, charges: &Charges) -> (i64, Vec<TaxLine>) {
    let all: i64 = charges.taxes.iter().map(|tax| tax.rate_e8).sum();
    let whole = RATE_ONE + all;
    let net_minor = gross.minor - gross.fraction(all, whole).minor;
    let (mut running, mut given) = (0, 0);
    let lines = charges.taxes.iter().map(|tax| {
        running += tax.rate_e8;
        let up_to_here = gross.fraction(running, whole).minor;
        let amount_minor = up_to_here - given;
        given = up_to_here;
        TaxLine {
            code: tax.code.clone(),
            rate_e8: tax.rate_e8,
            base_minor: net_minor,
            amount_minor,
            precise: share_within(gross.minor, tax.rate_e8, whole),
        }
    });
    (net_minor, lines.collect())
}

/// `gross` · `rate` / `whole` at 10^-8, rounded half up; the amounts are not
/// below zero here.
fn share_within(gross_minor: i64, rate_e8: i64, whole: i64) -> PreciseMinor {
    let whole = i128::from(whole);
    let exact = i128::from(gross_minor) * i128::from(rate_e8) * i128::from(RATE_ONE);
    PreciseMinor::from_e8((exact * 2 + whole) / (whole * 2))
}
