//! The browser tests: the demo as a newcomer starts it, driven through Chromium.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::folders::Folders;
use crate::guard::{self, Guarded, Heard, Plan};
use crate::tally::Tally;
use crate::{Outcome, assets, run};

/// A first start fills the demo's database, in the dev profile.
const PATIENCE: Duration = Duration::from_secs(180);

/// Runs `e2e/*.test.mjs` against a fresh demo. Answers the tests' count and whether Node was
/// content.
pub(crate) fn run(
    folders: &Folders,
    chromium: &Path,
    filter: Option<&str>,
) -> Outcome<(Tally, bool)> {
    let e2e = folders.root.join("e2e");
    assets::install_packages(&e2e)?;
    let files = test_files(&e2e)?;
    build(folders)?;
    let demo = Demo::start(folders)?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    if let Some(filter) = filter {
        node.arg(format!("--test-name-pattern={filter}"));
    }
    node.args(files)
        .current_dir(&e2e)
        .env("NO_COLOR", "1")
        .env("CHROMIUM", chromium)
        .env("KOOGALLERY_DEMO_JSON", &demo.ready);
    let mut tally = Tally::default();
    let succeeded = run::watched(&mut node, "node --test", |line| tally.see_node(line))?;
    if !succeeded {
        println!("the demo's last log lines:\n{}", guard::tail(&demo.log));
    }
    Ok((tally, succeeded))
}

fn test_files(e2e: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(e2e)
        .map_err(|error| format!("{} can't be listed: {error}", e2e.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err("e2e has no file *.test.mjs".to_owned());
    }
    Ok(files)
}

/// With the tests beside it: so cargo chooses the same features as for `cargo test`, and
/// nothing is compiled again.
fn build(folders: &Folders) -> Outcome {
    let mut command = run::cargo(folders);
    command.args(["build", "--workspace", "--tests", "--bin", "koogallery"]);
    run::to_end(&mut command, "cargo build")
}

struct Demo {
    /// The one JSON line that the demo prints when it is ready.
    ready: String,
    log: PathBuf,
    _server: Guarded,
}

impl Demo {
    fn start(folders: &Folders) -> Outcome<Self> {
        let name = format!("koogallery-e2e-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)
            .map_err(|error| format!("{} can't be made: {error}", folder.display()))?;
        let log_file = folder.join("log");
        let log = File::create(&log_file).map_err(|error| format!("no log file: {error}"))?;
        let mut command = Command::new(folders.program("debug"));
        command.arg("demo").arg("--data").arg(folder.join("data"));
        command.args(["--port", "0", "--seller-port", "0", "--json"]);
        let server = Guarded::start(Plan {
            command: &command,
            signal: "TERM",
            folder: &folder,
            log,
            user: None,
        })?;
        let begin = Instant::now();
        loop {
            match server.hear(Duration::from_secs(1)) {
                Heard::Line(line) if line.starts_with('{') => {
                    return Ok(Self {
                        ready: line,
                        log: log_file,
                        _server: server,
                    });
                }
                Heard::Line(_) | Heard::Nothing if begin.elapsed() < PATIENCE => {}
                Heard::Line(_) | Heard::Nothing | Heard::End => {
                    let tail = guard::tail(&log_file);
                    return Err(format!("the demo didn't become ready; its log:\n{tail}"));
                }
            }
        }
    }
}
