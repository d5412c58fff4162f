//! The command line: which command, with what, and how it ends.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::bench::{self, BenchOptions};
use crate::commands;
use crate::error::CommandError;
use crate::program::{DemoOptions, Program};

/// KooGallery: a marketplace for cloud products.
#[derive(Debug, Parser)]
#[command(name = "koogallery", version, about, arg_required_else_help = true)]
struct Cli {
    /// The configuration file; without it, the built-in default and the environment count.
    #[arg(long, global = true, value_name = "FILE", env = "KOOGALLERY_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the marketplace until it is told to stop (SIGTERM, SIGINT).
    Serve,
    /// Shows everything on this machine: marketplace, a seller's server, accounts, products.
    Demo(DemoOptions),
    /// Makes the database, or brings its schema up to date.
    Migrate,
    /// Brings in catalogue files.
    Seed {
        /// TOML files, taken in this order.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Copies database and files into a new folder, while the server works.
    Backup {
        /// The folder; it must be empty or not exist.
        folder: PathBuf,
    },
    /// Puts a backup in place where nothing is yet.
    Restore {
        /// The folder of the backup.
        folder: PathBuf,
    },
    /// Shows the settings.
    Config {
        /// What of them.
        #[arg(value_enum)]
        what: ConfigView,
    },
    /// Looks at everything that a server needs, and says what to do.
    Doctor,
    /// Work of the operator's administrator.
    #[command(subcommand)]
    Admin(Admin),
    /// Measures what this machine can do at most, and what the program does of it.
    Bench(BenchOptions),
    /// Writes the diagrams of all state machines.
    Diagrams {
        /// The folder that they are written to.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ConfigView {
    /// The commented default, to be copied into a file.
    Default,
    /// Each value in force and where it comes from; secrets are masked.
    Show,
    /// Whether a server could start with it.
    Check,
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Invites an operator and prints the one-time link.
    CreateOperator {
        /// The operator's e-mail address.
        email: String,
    },
    /// Makes the key ring of a new site; never overwrites one.
    CreateKeys,
    /// Adds a key to the ring and encrypts everything with it.
    RotateKey(RotateOptions),
}

/// How the key is rotated: in one go while no server works, or in two steps
/// around a restart.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct RotateOptions {
    /// Only adds the key; restart all servers, then run with --resume.
    #[arg(long, conflicts_with = "resume")]
    pub(crate) add: bool,
    /// Only encrypts with the newest key of the ring what an older one encrypted.
    #[arg(long)]
    pub(crate) resume: bool,
}

/// Runs a command; what it has to say goes to `out` and `err`.
pub fn run(
    program: &impl Program,
    arguments: impl Iterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => {
            // Help and version are answers, anything else is a wrong use.
            if usage.use_stderr() {
                let _ = write!(err, "{usage}");
                return ExitCode::from(2);
            }
            let _ = write!(out, "{usage}");
            return ExitCode::SUCCESS;
        }
    };
    match dispatch(program, &cli, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(err, "koogallery: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(program: &impl Program, cli: &Cli, out: &mut dyn Write) -> Result<(), CommandError> {
    let file = cli.config.as_deref();
    let config = || commands::load_config(file);
    match &cli.command {
        Command::Serve => commands::serve::run(program, config()?, out),
        Command::Demo(options) => program.demo(options, out),
        Command::Migrate => commands::migrate::run(&config()?, out),
        Command::Seed { files } => commands::seed::run(program, config()?, files, out),
        Command::Backup { folder } => commands::backup::run(&config()?, folder, out),
        Command::Restore { folder } => commands::restore::run(&config()?, folder, out),
        Command::Config { what } => commands::config::run(*what, file, out),
        Command::Doctor => commands::doctor::run(&config()?, out),
        Command::Admin(Admin::CreateOperator { email }) => {
            commands::create_operator::run(program, config()?, email, out)
        }
        Command::Admin(Admin::CreateKeys) => commands::create_keys::run(&config()?, out),
        Command::Admin(Admin::RotateKey(options)) => {
            commands::rotate_key::run(config()?, *options, out)
        }
        Command::Bench(options) => bench::run(options, out),
        Command::Diagrams { out: folder } => program.diagrams(folder, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn a_configuration_may_be_named_behind_the_command() {
        let cli = Cli::try_parse_from(["koogallery", "serve", "--config", "site.toml"]).unwrap();
        assert_eq!(cli.config, Some(PathBuf::from("site.toml")));
    }

    #[test]
    fn adding_a_key_and_resuming_exclude_each_other() {
        assert!(
            Cli::try_parse_from(["koogallery", "admin", "rotate-key", "--add", "--resume"])
                .is_err()
        );
    }
}
