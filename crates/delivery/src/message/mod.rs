//! A message: one effect at a seller's server (open, renew, release, …) with
//! all calls that were made for it; what the seller sees under
//! `Service Interface Messages`.
//!
//! Invariants:
//! - one message per effect (`effect_key`), however often it is called;
//! - each attempt is a call of its own with what was sent and answered, both
//!   redacted before they come here;
//! - an effect that succeeded, or whose order failed, is never called again.
//!
//! Only `flows` changes it: the tasks that call sellers, and the restart by
//! seller or operator.

mod model;
pub mod ops;
pub mod schedule;
mod state;
pub mod store;

pub use model::{Attempt, Call, CallId, Filter, Message, MessageId, NewMessage, Outcome};
pub use state::{Event, MessageMachine, Status};
