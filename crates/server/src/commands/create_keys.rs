//! `koogallery admin create-keys`

use std::io::Write;
use std::path::Path;

use crate::config::Config;
use crate::error::CommandError;
use crate::keys;

pub(crate) fn run(config: &Config, out: &mut dyn Write) -> Result<(), CommandError> {
    if config.keys.file.is_empty() {
        return Err(CommandError::new(
            "keys.file is empty, so there is no place for the key ring; set it",
        ));
    }
    let path = Path::new(&config.keys.file);
    keys::create(path)?;
    writeln!(
        out,
        "The key ring is in {}. Keep a copy of it in a safe place, apart from the backups: what is encrypted can't be read without it.",
        path.display()
    )?;
    Ok(())
}
