//! What buyers see of a seller: name, hotline, mail, hours, text.
//!
//! Invariants: one profile per seller organisation; its slug stands in URLs and
//! is unique over the market. Changed by the seller's owner.

mod model;
mod store;

pub use model::{ProfileForm, SLUG_INVALID, SellerProfile};
pub use store::{SLUG_TAKEN, find, find_by_slug, insert, load, save};
