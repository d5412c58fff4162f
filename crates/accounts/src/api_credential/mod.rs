//! Access key and secret key of the open APIs (access guide 7.1): with them a
//! seller's server signs its calls to us.
//!
//! Invariants:
//! - the access key names the credential and is no secret; the secret key is
//!   sealed at rest and shown once, when it is made;
//! - a credential that was disabled never works again.
//!
//! Made and disabled by the seller's owner and developers.

mod model;
mod store;

pub use model::ApiCredential;
pub use store::{create, disable, find_active, list_for_seller};

pub(crate) use model::place;
