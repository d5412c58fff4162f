//! The whole program in a test: real database, real HTTP to a scripted seller,
//! a clock that the test moves, and no background threads.
//!
//! [`TestApp`] is where a test starts; [`faults`] kills it at every commit, send
//! and receive; [`invariants`] says whether its world is still whole.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    reason = "a test that can't get its world can only stop"
)]

mod app;
pub mod faults;
mod goods;
mod invariants;
mod mails;
mod people;
mod store;
mod story;
mod turnstile;

pub use app::TestApp;
pub use dbtest::{Bed, Engine, db_test};
pub use goods::Goods;
pub use mails::Mails;
pub use story::once;
pub use turnstile::Turnstile;
