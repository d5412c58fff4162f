//! A server that runs as long as we do.
//!
//! The standard library can't catch Ctrl-C. So the server's parent is a small shell that
//! waits on a pipe from us: however we end, the pipe closes, and the shell stops the server by
//! its id and removes its folder. The shell is in a process group of its own, so that the
//! terminal's Ctrl-C doesn't end the keeper before the kept.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::Outcome;

const KEEPER: &str = r#"
signal=$1 folder=$2
shift 2
"$@" </dev/null &
server=$!
exec >/dev/null
read -r _
kill -s "$signal" "$server" 2>/dev/null
tries=0
while kill -0 "$server" 2>/dev/null && [ "$tries" -lt 200 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
kill -s KILL "$server" 2>/dev/null
wait "$server"
cd / && rm -rf -- "$folder"
"#;

/// How a server is started and ended.
pub(crate) struct Plan<'a> {
    /// The program with its arguments.
    pub(crate) command: &'a Command,
    /// What asks it to stop, as `kill -s` names it.
    pub(crate) signal: &'a str,
    /// Its folder: it works there, and it is removed at the end.
    pub(crate) folder: &'a Path,
    /// Where its standard error goes.
    pub(crate) log: File,
    /// User and group, when not ours.
    pub(crate) user: Option<(u32, u32)>,
}

/// A running server; dropping it stops it.
pub(crate) struct Guarded {
    keeper: Child,
    lines: Receiver<String>,
}

/// What came from the server's standard output within a time.
pub(crate) enum Heard {
    Line(String),
    Nothing,
    /// The server has ended.
    End,
}

impl Guarded {
    pub(crate) fn start(plan: Plan<'_>) -> Outcome<Self> {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper", plan.signal]);
        keeper.arg(plan.folder);
        keeper.arg(plan.command.get_program());
        keeper.args(plan.command.get_args());
        for (name, value) in plan.command.get_envs() {
            match value {
                Some(value) => keeper.env(name, value),
                None => keeper.env_remove(name),
            };
        }
        if let Some((user, group)) = plan.user {
            keeper.uid(user).gid(group);
        }
        keeper
            .current_dir(plan.folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(plan.log);
        let mut keeper = keeper
            .spawn()
            .map_err(|error| format!("sh can't be started: {error}"))?;
        let (said, lines) = mpsc::channel();
        if let Some(stdout) = keeper.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    // Nobody listens any more; go on reading, a full pipe would stop the server.
                    let _ = said.send(line);
                }
            });
        }
        Ok(Self { keeper, lines })
    }

    /// Waits for the next line of standard output.
    pub(crate) fn hear(&self, patience: Duration) -> Heard {
        match self.lines.recv_timeout(patience) {
            Ok(line) => Heard::Line(line),
            Err(RecvTimeoutError::Timeout) => Heard::Nothing,
            Err(RecvTimeoutError::Disconnected) => Heard::End,
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The last lines of a log file, for an error message.
pub(crate) fn tail(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let skip = lines.len().saturating_sub(20);
    lines.into_iter().skip(skip).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    fn start(name: &str, script: &str) -> (PathBuf, Guarded) {
        let name = format!("xtask-guard-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let guarded = Guarded::start(Plan {
            command: &command,
            signal: "TERM",
            folder: &folder,
            log: File::create(folder.join("log")).unwrap(),
            user: None,
        });
        (folder, guarded.unwrap())
    }

    #[test]
    fn a_guarded_server_ends_with_its_guard_and_leaves_nothing() {
        let (folder, guarded) = start("ends", "echo $$; exec sleep 600");
        let Heard::Line(id) = guarded.hear(Duration::from_secs(60)) else {
            panic!("the server said nothing");
        };
        drop(guarded);
        let is_alive = Command::new("kill")
            .args(["-s", "0", &id])
            .output()
            .unwrap();
        assert!(!is_alive.status.success());
        assert!(!folder.exists());
    }

    #[test]
    fn the_end_of_a_server_is_heard() {
        let (_, guarded) = start("heard", "echo broken >&2; exit 3");
        assert!(matches!(guarded.hear(Duration::from_secs(60)), Heard::End));
    }
}
