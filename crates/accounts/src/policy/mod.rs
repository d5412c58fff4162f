//! The stored policy profiles: one list of versions per contracting party.
//!
//! Invariants:
//! - a version never changes; a change is the next version, with the time from
//!   which it holds;
//! - orders and instances keep the version they were made under;
//! - what [`check`] refuses is never stored, so readers may trust each number.
//!
//! Changed by operators with [`Right::ManagePolicy`](crate::organisation::Right::ManagePolicy)
//! and audited by the flow; files only seed the first version.

mod ops;
mod store;

pub use ops::{
    POLICY_FILE_TYPE_INVALID, POLICY_PARTY_INVALID, POLICY_SECONDS_NOT_RISING,
    POLICY_SHARES_TOO_HIGH, POLICY_TAX_CODE_INVALID, POLICY_ZONE_UNKNOWN, check,
};
pub use store::{POLICY_MISSING, PolicyVersion, at_version, current, put};
