//! The key ring's canary, and the change of the ring's key.
//!
//! Invariants:
//! - the program starts only with a ring that opens the canary: a lost or wrong
//!   ring is found at start, not at the first customer;
//! - a new canary is made only while nothing is sealed: a ring is never replaced
//!   silently under existing secrets;
//! - a rotation goes in pages, may be stopped and started again, and reseals the
//!   canary last: when it opens under the newest key alone, so does all else here.
//!
//! Called at start and by `admin rotate-key`.

mod check;
mod rotate;
mod store;

pub use check::{KEY_CANARY_MISSING, KEY_RING_WRONG, check_or_create};
pub use rotate::rotate_page;
