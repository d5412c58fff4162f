#![doc = include_str!("../README.md")]

mod app;
mod config;
mod instances;
mod produce;
mod random;
mod record;
mod script;
mod seller;
mod server;

pub use config::{Config, Credentials, OpenApi};
pub use instances::InstanceStatus;
pub use record::Recorded;
pub use script::Step;
pub use server::{Handle, SampleSeller};
