//! How many order lines of a product may still be opened, and how many were.
//! The seller fills it; an order line takes one piece whatever its quantity.
//!
//! The figure is spread over bucket rows, so that many buyers at once don't
//! queue at one row (rulings, "Store"). Invariant: no bucket goes below zero,
//! so nothing is sold that isn't there.

mod store;

pub use store::{OUT_OF_STOCK, fill, give_back, remaining, sold, take};

/// Rows that a product's stock is spread over.
const BUCKETS: u32 = 16;

/// Stock of a product for which nobody said a figure (buyer.md 3.1).
pub const DEFAULT_STOCK: u32 = 999;
