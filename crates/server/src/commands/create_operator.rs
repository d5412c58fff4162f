//! `koogallery admin create-operator EMAIL`

use std::io::Write;

use crate::config::Config;
use crate::error::CommandError;
use crate::opened::{Opened, runtime};
use crate::program::Program;

pub(crate) fn run(
    program: &impl Program,
    config: Config,
    email: &str,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let keys = super::load_keys(&config)?;
    let opened = Opened::open(config, keys)?;
    let link = runtime()?.block_on(program.create_operator(&opened, email))?;
    writeln!(out, "Give this link to {email}; it works once:\n{link}")?;
    Ok(())
}
