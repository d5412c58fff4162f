//! The ledger. Every movement of money is a group of postings that sums to
//! zero per currency, has a business key of its own, and is never changed.
//!
//! Invariants:
//! - one group per business key: doing the same thing twice moves nothing;
//! - no buyer balance below zero;
//! - escrow of a line = paid − refunded − recognised.
//!
//! Whoever moves money calls a recipe of [`recipe`]; nobody posts by hand.

mod account;
mod group;
pub mod recipe;
mod store;

pub use account::Account;
pub use group::{Group, GroupId, Kind, Posting};
pub use store::{Booking, Statement, balance, escrow, post, statement, sums, totals_by_prefix};

kernel::codes! {
    /// The buyer's balance doesn't cover the amount.
    Conflict BALANCE_TOO_LOW = "balance-too-low";
}
