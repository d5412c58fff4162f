//! The promises of accounts: from signing up to helping who is locked out.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where a promise is broken"
)]

mod house;
mod members;
mod signing;
