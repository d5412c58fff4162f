//! `koogallery migrate`

use std::io::Write;

use kernel::Clock;

use crate::config::Config;
use crate::error::CommandError;
use crate::folder;

pub(crate) fn run(config: &Config, out: &mut dyn Write) -> Result<(), CommandError> {
    folder::make_private(&config.data.folder)?;
    let applied = db::migrate::migrate(&config.target(), &Clock::system())
        .map_err(|fail| CommandError::of("the database can't be migrated", &fail))?;
    match applied.as_slice() {
        [] => writeln!(out, "The database is up to date.")?,
        names => writeln!(out, "Applied: {}.", names.join(", "))?,
    }
    Ok(())
}
