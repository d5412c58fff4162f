//! `koogallery seed FILE…`

use std::io::Write;
use std::path::PathBuf;

use crate::config::Config;
use crate::error::CommandError;
use crate::opened::{Opened, runtime};
use crate::program::Program;

pub(crate) fn run(
    program: &impl Program,
    config: Config,
    files: &[PathBuf],
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let keys = super::load_keys(&config)?;
    let opened = Opened::open(config, keys)?;
    runtime()?.block_on(program.seed(&opened, files, out))
}
