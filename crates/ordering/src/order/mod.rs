//! An order: who bought, when, in which currency, until when it can be paid.
//!
//! Invariants:
//! - an order's number is unique and never changes;
//! - its state is the state of its lines: nothing of it is stored twice.

mod model;
mod store;

pub use model::{NewOrder, Order, OrderType, Payment, PaymentId};
pub use store::{
    NUMBER_TAKEN, find_any, find_by_number, find_for_buyer, insert, insert_payment, payment_of,
};
