//! An instance: what the seller opens for one unit of an order line.
//!
//! Invariants:
//! - per order line and ordinal there is at most one instance;
//! - the seller's id of it (`external_ref`) is unique over the whole market,
//!   is given once and never changes;
//! - a failed instance is never opened; an id that is answered later belongs
//!   to a [`crate::stray`];
//! - a term starts once, at the opening or, when the delivery is supervised,
//!   at the acceptance; afterwards it can only grow;
//! - access data is stored sealed and goes away with the release.
//!
//! Only `flows` changes it: the steps that settle a payment, answer a call to
//! the seller, accept a service, or follow a timer.

mod info;
mod model;
pub mod ops;
mod state;
pub mod store;

pub use info::{AppInfo, ShownInfo};
pub use model::{ExternalRef, Instance, Plan, Validity};
pub use state::{Event, InstanceMachine, State};
