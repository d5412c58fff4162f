#![doc = include_str!("../README.md")]

mod answer;
mod client;
mod clock;
mod keys;
mod nonces;
mod seller;
mod server;
mod store;

pub use client::{ClientError, OpenApiClient};
pub use clock::{Clock, SystemClock};
pub use keys::Keys;
pub use seller::{Created, Lookup, Refusal, Seller};
pub use seller_wire as wire;
pub use server::{Reply, SellerServer};
pub use store::{Deduplicate, MemoryStore, StoreError};
