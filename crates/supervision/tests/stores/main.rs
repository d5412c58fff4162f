//! Promises of the stores, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that doesn't find what it wrote can only stop"
)]

mod flows;
mod sample;
