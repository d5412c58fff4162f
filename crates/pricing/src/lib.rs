//! What something costs: list price, discounts, tax, withholding and the
//! marketplace's fee, as pure whole-number arithmetic over frozen inputs.
//!
//! Invariants:
//! - no floats; each amount that the buyer sees is rounded once, half away
//!   from zero, and the lines add up to the totals;
//! - fee and tax shares are also kept at 10^-8 of a minor unit and rounded
//!   once, on the bill (rulings, "Prices, money, tax");
//! - zero rates run through the same code as real ones.
//!
//! The worked examples stand in `docs/adr/0002-prices.md`; the tests compute
//! them from there.

mod list_price;
mod precise;
mod quote;

pub use list_price::{AMOUNT_TOO_LARGE, PriceLine, list_price, price_lines};
pub use precise::PreciseMinor;
pub use quote::{DiscountLine, Fee, Quote, TaxLine, Withholding, quote};
