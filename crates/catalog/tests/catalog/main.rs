//! The catalogue's promises, on both databases where it stores something.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that can't get its data can only stop"
)]

mod content;
mod offers;
mod sample;
mod seeds;
mod stores;
mod wanted;
