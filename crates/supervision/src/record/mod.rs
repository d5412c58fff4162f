//! Operation records of a service flow: who did what and when, what was said,
//! which files were handed over.
//!
//! Invariants:
//! - records are only added, by the store of the flow, one per step and
//!   reminder, numbered without gaps;
//! - a file that stands in a record is seen by both sides of its flow, and by
//!   nobody else.

mod model;
pub mod store;

pub use model::{Action, FileKind, HandedOver, Record, RecordId, Statement};
