//! `koogallery restore DIR`

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use kernel::Clock;

use crate::backup::{self, Keys};
use crate::config::Config;
use crate::error::CommandError;
use crate::folder::FolderLock;
use crate::keys::VARIABLE;
use crate::opened::{open_files, runtime};

pub(crate) fn run(config: &Config, folder: &Path, out: &mut dyn Write) -> Result<(), CommandError> {
    let _held = FolderLock::take(&config.data.folder)?;
    let file = &config.keys.file;
    let given =
        std::env::var_os(VARIABLE).is_some() || (!file.is_empty() && Path::new(file).exists());
    let keys = if given {
        Keys::Ring(Arc::new(super::load_keys(config)?.ring))
    } else {
        Keys::Later
    };
    if !given {
        writeln!(
            out,
            "No key ring is at hand, so it isn't compared; bring it before serving."
        )?;
    }
    let files = open_files(config)?;
    let manifest = runtime()?.block_on(backup::restore(
        config,
        &files,
        folder,
        keys,
        &Clock::system(),
    ))?;
    writeln!(
        out,
        "Restored the backup of {} ({} files).",
        manifest.made_at, manifest.file_count
    )?;
    for (table, rows) in &manifest.rows {
        writeln!(out, "  {table}: {rows}")?;
    }
    Ok(())
}
