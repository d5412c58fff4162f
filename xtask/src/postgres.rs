//! A private PostgreSQL server for the tests: its own folder, a free port of the loopback
//! address, no waiting for the disk; gone when we are.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{DirBuilderExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::guard::{self, Guarded, Heard, Plan};
use crate::{Outcome, tools};

/// A running private server. Dropping it stops it and removes its data.
pub(crate) struct PrivatePostgres {
    connection: String,
    _server: Guarded,
}

/// Many tests hold many connections at once.
const CONNECTIONS: &str = "max_connections=300";
const PATIENCE: Duration = Duration::from_secs(60);

impl PrivatePostgres {
    /// Starts a server with the programs in `programs`.
    pub(crate) fn start(programs: &Path) -> Outcome<Self> {
        let user = tools::root().then(unprivileged_user).transpose()?;
        let folder = new_folder(user)?;
        let started =
            initialise(programs, &folder, user).and_then(|()| serve(programs, &folder, user));
        if started.is_err() {
            let _ = fs::remove_dir_all(&folder);
        }
        started
    }

    /// How clients reach it, as libpq reads it (`key=value`, so that a test can add the name of
    /// a database of its own), with the right to make databases.
    pub(crate) fn connection(&self) -> &str {
        &self.connection
    }
}

type User = Option<(u32, u32)>;

/// PostgreSQL refuses to run as root; Debian's package brings a user for it.
fn unprivileged_user() -> Outcome<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd")
        .map_err(|error| format!("the list of users can't be read: {error}"))?;
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| find_user(&users, name))
        .ok_or_else(|| {
            "PostgreSQL doesn't run as root, and there is neither a user `postgres` nor `nobody`"
                .to_owned()
        })
}

fn find_user(users: &str, name: &str) -> Option<(u32, u32)> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next()? != name {
            return None;
        }
        let user = fields.nth(1)?.parse().ok()?;
        let group = fields.next()?.parse().ok()?;
        Some((user, group))
    })
}

fn new_folder(user: User) -> Outcome<PathBuf> {
    let folder = std::env::temp_dir().join(format!("koogallery-postgres-{}", std::process::id()));
    let made = fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .and_then(|()| match user {
            Some((user, group)) => chown(&folder, Some(user), Some(group)),
            None => Ok(()),
        });
    made.map_err(|error| format!("{} can't be made: {error}", folder.display()))?;
    Ok(folder)
}

fn initialise(programs: &Path, folder: &Path, user: User) -> Outcome {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new(programs.join("initdb"));
    command
        .args(["--no-sync", "--locale=C", "--encoding=UTF8", "--auth=trust"])
        .args(["--username=postgres", "--pgdata"])
        .arg(folder.join("data"))
        .current_dir(folder)
        .stdin(Stdio::null());
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    let output = command
        .output()
        .map_err(|error| format!("initdb can't be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "initdb failed ({}):\n{}",
        output.status,
        said.trim_end()
    ))
}

fn serve(programs: &Path, folder: &Path, user: User) -> Outcome<PrivatePostgres> {
    let port = free_port()?;
    let log_file = folder.join("log");
    let log = File::create(&log_file).map_err(|error| format!("no log file: {error}"))?;
    let mut command = Command::new(programs.join("postgres"));
    command.arg("-D").arg(folder.join("data"));
    for setting in [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        CONNECTIONS,
        &format!("port={port}"),
    ] {
        command.args(["-c", setting]);
    }
    let server = Guarded::start(Plan {
        command: &command,
        signal: "INT", // the fast way to stop: it ends the sessions that are still open
        folder,
        log,
        user,
    })?;
    let begin = Instant::now();
    while !is_ready(programs, port) {
        let ended = matches!(server.hear(Duration::from_millis(50)), Heard::End);
        if ended || begin.elapsed() > PATIENCE {
            let tail = guard::tail(&log_file);
            return Err(format!("the private PostgreSQL didn't start:\n{tail}"));
        }
    }
    Ok(PrivatePostgres {
        connection: format!("host=127.0.0.1 port={port} user=postgres dbname=postgres"),
        _server: server,
    })
}

fn free_port() -> Outcome<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("no free port on 127.0.0.1: {error}"))
}

fn is_ready(programs: &Path, port: u16) -> bool {
    Command::new(programs.join("pg_isready"))
        .args(["--quiet", "--host=127.0.0.1", "--port"])
        .arg(port.to_string())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "root:x:0:0:root:/:/bin/sh\npostgres2:x:7:7::/:\npostgres:x:101:104:,,,:/:/x\n";
        assert_eq!(find_user(users, "postgres"), Some((101, 104)));
        assert_eq!(find_user(users, "nobody"), None);
    }

    /// Where the other tests have a PostgreSQL, this one can start its own.
    #[test]
    fn a_private_server_answers_until_it_is_dropped() {
        if std::env::var_os("KOOGALLERY_TEST_POSTGRES").is_none() {
            return;
        }
        let programs = tools::postgres().unwrap();
        let server = PrivatePostgres::start(&programs).unwrap();
        let port = server.connection().split(' ').find_map(|word| {
            let port = word.strip_prefix("port=")?;
            port.parse::<u16>().ok()
        });
        let port = port.unwrap();
        assert!(is_ready(&programs, port));
        drop(server);
        assert!(!is_ready(&programs, port));
    }
}
