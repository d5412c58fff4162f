//! `koogallery config default|show|check`

use std::io::Write;
use std::path::Path;

use crate::cli::ConfigView;
use crate::config::DEFAULT;
use crate::error::CommandError;

pub(crate) fn run(
    what: ConfigView,
    file: Option<&Path>,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    match what {
        ConfigView::Default => write!(out, "{DEFAULT}")?,
        ConfigView::Show => write!(out, "{}", super::layers(file)?.show())?,
        ConfigView::Check => {
            super::load_config(file)?;
            writeln!(out, "The configuration can be used.")?;
        }
    }
    Ok(())
}
