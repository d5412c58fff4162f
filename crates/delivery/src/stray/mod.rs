//! A stray: an instance id that a seller answered although the marketplace
//! can't use it, because the unit has another instance already, its opening
//! was given up, or the id belongs to somebody else.
//!
//! Invariants:
//! - an id is recorded once per instance whose call brought it;
//! - an id that is an instance of the market is never released as a stray;
//! - seller and operator see each stray; its release is recorded once.
//!
//! Only `flows` changes it: the step that reads a seller's answer records, the
//! task that releases marks.

mod model;
pub mod store;

pub use model::{Stray, StrayId, Why};
