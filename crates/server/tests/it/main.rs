//! The life of an order, from the shop to the seller's server and back.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod browser;
mod crash_points;
mod failures;
mod main_story;
mod pages;
mod whole;
