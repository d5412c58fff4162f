//! Starting other programs.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::folders::Folders;

/// Cargo, in the checkout, with the shared build folder.
pub(crate) fn cargo(folders: &Folders) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command
        .current_dir(&folders.root)
        .env("CARGO_TARGET_DIR", &folders.target);
    // `cargo run` describes the package xtask to us; a child must not take that for its own.
    for (name, _) in std::env::vars_os() {
        let own = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        if own {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command to its end with our own streams. `what` is its name in the error.
pub(crate) fn to_end(command: &mut Command, what: &str) -> Outcome {
    let status = command
        .status()
        .map_err(|error| format!("{what} can't be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{what} failed ({status})"))
    }
}

/// Runs a command to its end and returns what it printed on standard output.
pub(crate) fn output_of(command: &mut Command, what: &str) -> Outcome<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{what} can't be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("{what} failed ({})", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("{what} printed something else than text"))
}

/// Runs a command to its end, prints its standard output line by line and shows each line
/// to `see`. The command's own success is the answer.
pub(crate) fn watched(
    command: &mut Command,
    what: &str,
    mut see: impl FnMut(&str),
) -> Outcome<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{what} can't be started: {error}"))?;
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout);
        let mut line = Vec::new();
        // Bytes, not `lines()`: a test may print what isn't UTF-8.
        while lines
            .read_until(b'\n', &mut line)
            .is_ok_and(|read| read > 0)
        {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            see(text.trim_end());
            line.clear();
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("{what} can't be waited for: {error}"))?;
    Ok(status.success())
}
