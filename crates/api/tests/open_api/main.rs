//! Promises of the open APIs, asked through the router of a whole market.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at once"
)]

mod asking;
mod authentication;
#[path = "../../../flows/tests/tools/kit/mod.rs"]
mod kit;
mod orders;
