//! Promises of the use cases around the main one: receipts, favourites,
//! feedback, files, messages, and the tools of sellers and operators.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at once"
)]

mod buyers;
mod kit;
mod operators;
mod sellers;
