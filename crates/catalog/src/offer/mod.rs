//! What can be bought: a buyer's choice, checked against the content of a
//! product version, and whether the product may be sold to that buyer at all.
//! Pure; `flows` and `views` bring the rows.
//!
//! Invariant: an [`Offer`] exists only for a SKU that the version prices, in a
//! quantity and duration that it allows.

mod model;
mod ops;
mod wanted;

pub use model::{Cheapest, Offer, OfferPrice, OptionName, Selection};
pub use ops::{
    NO_PRICE_IN_CURRENCY, NOT_ON_SALE, NOT_SOLD_TO_COUNTRY, PERIOD_NOT_OFFERED, QUANTITY_OFF_STEP,
    UNKNOWN_SKU, cheapest, check_saleable, resolve,
};
pub use wanted::{Wanted, period_code};
