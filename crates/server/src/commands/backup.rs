//! `koogallery backup DIR`

use std::io::Write;
use std::path::Path;

use kernel::Clock;

use crate::backup;
use crate::config::Config;
use crate::error::CommandError;
use crate::opened::{open_database, open_files, runtime};

pub(crate) fn run(config: &Config, folder: &Path, out: &mut dyn Write) -> Result<(), CommandError> {
    let clock = Clock::system();
    if !config.is_embedded() {
        writeln!(
            out,
            "PostgreSQL keeps its own backups: run pg_dump for the database first, then this command, which copies the files."
        )?;
    }
    let db = open_database(config, &clock)?;
    let files = open_files(config)?;
    let manifest = runtime()?.block_on(backup::make(&db, &files, folder, &clock))?;
    let database = if manifest.database.is_some() {
        "the database and "
    } else {
        ""
    };
    writeln!(
        out,
        "Copied {database}{} files to {} and compared them. The key ring isn't in it: keep a copy elsewhere.",
        manifest.file_count,
        folder.display()
    )?;
    Ok(())
}
