//! `koogallery serve`

use std::io::Write;

use crate::config::Config;
use crate::error::CommandError;
use crate::folder::FolderLock;
use crate::opened::{Opened, runtime};
use crate::program::Program;
use crate::serve::{self, Bound};
use crate::telemetry;

pub(crate) fn run(
    program: &impl Program,
    config: Config,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    telemetry::start(&config.log)?;
    let metrics = telemetry::metrics()?;
    let _held = FolderLock::take(&config.data.folder)?;
    let keys = super::load_keys(&config)?;
    let opened = Opened::open(config, keys)?;
    runtime()?.block_on(async move {
        let stop = serve::asked_to_stop()?;
        let server = &opened.config.server;
        let bound = Bound::bind(server).await?;
        let parts = program.parts(&opened, bound.address()).await?;
        writeln!(
            out,
            "KooGallery listens on {}; people use {}",
            bound.address(),
            server.public_url
        )?;
        out.flush()?;
        serve::run(bound, opened, parts, metrics, stop).await
    })
}
