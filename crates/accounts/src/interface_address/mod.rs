//! An address under which a seller's server is called (access guide 1.5):
//! scheme and domain; the path stands with the product.
//!
//! Invariants:
//! - nothing is sent to an address before it is verified;
//! - a verified address never changes its base URL: another one is another row.
//!
//! Added by the seller's owner and developers, verified by the operator.

mod base_url;
mod model;
mod state;
mod steps;
mod store;

pub use base_url::{ADDRESS_NEEDS_HTTPS, ADDRESS_NOT_A_SITE, BaseUrl, Transport};
pub use model::{BodySign, InterfaceAddress, InterfaceAddressId};
pub use state::{AddressEvent, AddressMachine, AddressState};
pub use steps::{ADDRESS_NOT_VERIFIED, verified_by_operator};
pub use store::{
    ADDRESS_TAKEN, find_any, find_for_seller, insert, list_for_seller, save_body_sign,
};
