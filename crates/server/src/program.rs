//! The commands that need the whole marketplace. The wiring implements them;
//! everything else in this crate knows only this.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::error::CommandError;
use crate::opened::Opened;
use crate::serve::Parts;

/// The marketplace, as the command line sees it.
pub trait Program {
    /// Pages, open APIs and worker of a process that listens at `address`.
    /// Called inside the runtime.
    ///
    /// # Errors
    /// A sentence when a part can't be built.
    fn parts(
        &self,
        opened: &Opened,
        address: SocketAddr,
    ) -> impl Future<Output = Result<Parts, CommandError>>;

    /// Brings in catalogue files; says what came in.
    ///
    /// # Errors
    /// A sentence that names file and place; then nothing of that file came in.
    fn seed(
        &self,
        opened: &Opened,
        files: &[PathBuf],
        out: &mut dyn Write,
    ) -> impl Future<Output = Result<(), CommandError>>;

    /// Invites an operator; gives the one-time link.
    ///
    /// # Errors
    /// A sentence, for example when the e-mail address can't be used.
    fn create_operator(
        &self,
        opened: &Opened,
        email: &str,
    ) -> impl Future<Output = Result<String, CommandError>>;

    /// The demo, until it is told to stop. Called outside of a runtime.
    ///
    /// # Errors
    /// A sentence.
    fn demo(&self, options: &DemoOptions, out: &mut dyn Write) -> Result<(), CommandError>;

    /// Writes the diagrams of all state machines.
    ///
    /// # Errors
    /// A sentence when a file can't be written.
    fn diagrams(&self, folder: &Path, out: &mut dyn Write) -> Result<(), CommandError>;
}

/// How the demo is run.
#[derive(Debug, Clone, clap::Args)]
pub struct DemoOptions {
    /// Folder of the demo's data; found again by the next start.
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    pub data: PathBuf,
    /// Port of the marketplace; 0 for a free one.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
    /// Port of the sample seller; 0 for a free one.
    #[arg(long, value_name = "N", default_value_t = 8081)]
    pub seller_port: u16,
    /// Prints one line of JSON when all is ready, instead of a text.
    #[arg(long)]
    pub json: bool,
    /// For the benchmark: so many further products, and no limit on requests.
    #[arg(long, hide = true, value_name = "N")]
    pub measured_with: Option<u32>,
}
