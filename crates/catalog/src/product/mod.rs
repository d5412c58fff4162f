//! A product: who sells it, where it stands in the shop, whether it can be
//! bought, and which version is current. What it is stands in its versions
//! (`release`).
//!
//! Invariants:
//! - it is on sale only after a version was released;
//! - once removed it never comes back (seller-release.md 15.5);
//! - every write that the shop's search shows leaves a row in `search_change`,
//!   in the same transaction.
//!
//! The seller changes it by releasing, and removes it; the operator removes it.

mod model;
mod ops;
mod state;
pub mod store;

pub use model::Product;
pub use ops::{NOT_RELEASED, SLUG_TAKEN};
pub use state::{ProductEvent, ProductMachine, ProductState};
