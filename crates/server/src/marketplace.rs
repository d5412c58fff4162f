//! The marketplace behind the command line.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use accounts::interface_address::Transport;
use catalog::seed::{self, SeedFile};
use flows::{SeedReport, SeedSetup};
use kernel::Fail;
use texts::Lang;

use crate::error::CommandError;
use crate::opened::Opened;
use crate::program::{DemoOptions, Program};
use crate::serve::Parts;
use crate::wiring::{self, Kind};
use crate::{demo, diagrams};

/// The whole marketplace.
#[derive(Debug, Clone, Copy)]
pub struct Marketplace;

impl Program for Marketplace {
    async fn parts(&self, opened: &Opened, _address: SocketAddr) -> Result<Parts, CommandError> {
        let app = wiring::build(opened, Kind::trade()).await?;
        Ok(wiring::parts(&app, opened))
    }

    async fn seed(
        &self,
        opened: &Opened,
        files: &[PathBuf],
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let app = wiring::build(opened, Kind::trade()).await?;
        let policy = app.policy().await.map_err(refused)?;
        let texts = read(files)?;
        let files: Vec<SeedFile<'_>> = texts
            .iter()
            .map(|(name, text)| SeedFile { name, text })
            .collect();
        let catalogue = seed::parse_files(&files, policy.site.listing_currency).map_err(refused)?;
        let report = app.seed(catalogue, setup(opened)).await.map_err(refused)?;
        writeln!(out, "{}", told(&report))?;
        Ok(())
    }

    async fn create_operator(&self, opened: &Opened, email: &str) -> Result<String, CommandError> {
        let app = wiring::build(opened, Kind::trade()).await?;
        let link = app.create_operator(email).await.map_err(refused)?;
        Ok(link.reveal().clone())
    }

    fn demo(&self, options: &DemoOptions, out: &mut dyn Write) -> Result<(), CommandError> {
        demo::run(options, out)
    }

    fn diagrams(&self, folder: &Path, out: &mut dyn Write) -> Result<(), CommandError> {
        diagrams::write_all(folder, out)
    }
}

fn read(files: &[PathBuf]) -> Result<Vec<(String, String)>, CommandError> {
    let read = |path: &PathBuf| {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Ok((name, text)),
            Err(error) => Err(CommandError::because(
                format!("{name} can't be read"),
                error,
            )),
        }
    };
    files.iter().map(read).collect()
}

/// Products name their addresses. Plain HTTP is for sites that allow it to
/// networks of their own.
fn setup(opened: &Opened) -> SeedSetup {
    let transport = if opened.config.outgoing.allowed_networks.is_empty() {
        Transport::HttpsOnly
    } else {
        Transport::HttpToo
    };
    SeedSetup {
        interface_base_url: None,
        transport,
    }
}

fn told(report: &SeedReport) -> String {
    format!(
        "{} sellers; {} products are new, {} changed, {} were as the files have them",
        report.sellers.len(),
        report.added,
        report.updated,
        report.unchanged
    )
}

/// All trouble, a line per field.
fn refused(fail: Fail) -> CommandError {
    let mut sentence = Lang::En.fail(&fail);
    for error in fail.field_errors() {
        sentence.push_str(&format!(
            "\n  {}: {}",
            error.field,
            Lang::En.field_error(error)
        ));
    }
    match std::error::Error::source(&fail) {
        Some(cause) => CommandError::because(sentence, cause),
        None => CommandError::new(sentence),
    }
}
