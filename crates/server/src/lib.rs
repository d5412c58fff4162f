//! The binary's inside: configuration, command line, the HTTP shell, health,
//! backup. The only crate that reads files of settings and the environment.

pub mod backup;
mod bench;
pub mod cli;
mod commands;
pub mod config;
mod demo;
mod diagrams;
pub mod error;
pub mod folder;
pub mod health;
pub mod http;
pub mod keys;
pub mod listener;
pub mod marketplace;
pub mod opened;
pub mod program;
pub mod routes;
pub mod serve;
mod store;
pub mod telemetry;
pub mod tls;
pub mod wiring;
pub mod worker;
