//! A line of an order: one specification of one product, and everything that
//! was agreed on it.
//!
//! Invariants:
//! - what is frozen never changes: a product edited later changes no order;
//! - a paid line is awaiting an actor in an open flow, opening, opened or ended;
//! - only `flows` moves a line, together with its money and its instance.

mod frozen;
mod model;
mod state;
mod store;

pub use frozen::{Amounts, ChosenOption, ExtensionValue, Frozen, Interface, SellerContact};
pub use model::{NewLine, OrderLine, PaidLine};
pub use state::{LineEvent, LineMachine, LineState};
pub use store::{
    find_any, find_by_number, find_for_buyer, find_for_seller, insert, of_order, save,
    unpaid_expired,
};
