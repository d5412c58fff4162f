//! A seller's interface keys (access guide 1.4): the HMAC key of requests to its
//! server and of its answers, and the seed of the encryption of sensitive values.
//!
//! Invariants:
//! - a key belongs to one type of interface and serves no other;
//! - of each type a seller has at most one primary, which signs, and one
//!   secondary, which is still accepted on what the seller sends;
//! - a key is sealed at rest, shown masked, and revealed only by an audited act;
//! - keys are retired, never removed: a recorded call can always be explained.
//!
//! Changed by the seller's owner and developers. Changing the key in use breaks
//! products that are on sale until the seller's server knows the new one; pages
//! must say so.

mod model;
mod steps;
mod store;

pub use model::{AccessKey, AccessKeyId, InterfaceType, Rank};
pub use steps::{
    ACCESS_KEY_EXISTS, ACCESS_KEY_IN_USE, ACCESS_KEY_MISSING, ACCESS_KEY_TWO_ALREADY, add, retire,
    rotate,
};
pub use store::{accepted_keys, find_for_seller, list_for_seller, signing_key};

pub(crate) use model::place;
