//! The commands, a file each.

pub(crate) mod backup;
pub(crate) mod config;
pub(crate) mod create_keys;
pub(crate) mod create_operator;
pub(crate) mod doctor;
pub(crate) mod migrate;
pub(crate) mod restore;
pub(crate) mod rotate_key;
pub(crate) mod seed;
pub(crate) mod serve;

use std::path::Path;

use crate::config::{Config, Layers};
use crate::error::CommandError;
use crate::keys::{self, Keys};

/// The settings of the default, this file and the environment.
pub(crate) fn load_config(file: Option<&Path>) -> Result<Config, CommandError> {
    Ok(layers(file)?.config()?)
}

fn layers(file: Option<&Path>) -> Result<Layers, CommandError> {
    Ok(Layers::gather(file, std::env::vars())?)
}

/// The key ring of the environment or of the configured file.
pub(crate) fn load_keys(config: &Config) -> Result<Keys, CommandError> {
    keys::load(
        &config.keys.file,
        std::env::var(keys::VARIABLE).ok().as_deref(),
    )
}
