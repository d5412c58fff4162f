//! The promises of accounts that need a database, on each engine.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where a promise is broken"
)]

mod agreements;
mod attempts;
mod canaries;
mod credentials;
mod keys;
mod links;
mod organisations;
mod policies;
mod sellers;
mod sessions;
mod support;
mod users;
