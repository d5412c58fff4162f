//! A service flow: the supervised delivery of one order line (seller-business 1).
//!
//! Invariants:
//! - one flow per supervised line, opened with its payment; a renewal opens none;
//! - who waits for whom follows from the state alone; who may act is a table
//!   of its own;
//! - every step leaves a record with what was said and handed over; the record
//!   is the evidence in a dispute, so it is only added to;
//! - a closed flow stays closed.
//!
//! After the acceptance the *flow* is `COMPLETED`; the *order line* completes
//! later, by a timer of `flows`. Only `flows` changes a flow: the steps of
//! buyer and seller, and the end of an opening that failed.

mod model;
pub mod ops;
mod state;
pub mod store;

pub use model::{NewFlow, ServiceFlow};
pub use state::{Event, ServiceFlowMachine, State, first_state, may, waits_for};
