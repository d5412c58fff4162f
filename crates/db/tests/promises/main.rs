//! The promises of the store, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    unreachable_pub,
    reason = "a test stops at the first surprise"
)]

mod common;
mod migrations;
mod model;
mod postgres;
mod power;
mod reading;
mod rows;
mod schema;
mod storage;
mod tasks;
mod timers;
mod writing;
