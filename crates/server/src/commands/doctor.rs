//! `koogallery doctor`: a look at everything that a server needs, and what to
//! do about what isn't right.

use std::io::Write;
use std::net::ToSocketAddrs as _;
use std::path::Path;
use std::sync::Arc;

use kernel::Clock;

use crate::config::Config;
use crate::error::CommandError;
use crate::opened::{check_keys, open_database, open_files, runtime};
use crate::tls::Tls;
use crate::{folder, store};

/// Less free space than this is a problem, in bytes.
const SPACE: u64 = 1 << 30;
const MEBIBYTE: u64 = 1 << 20;

/// What was found: what is fine, or what to do.
type Found = Result<String, CommandError>;

pub(crate) fn run(config: &Config, out: &mut dyn Write) -> Result<(), CommandError> {
    let clock = Clock::system();
    let looks: [(&str, Found); 8] = [
        ("configuration", Ok("can be used".to_owned())),
        ("data folder", data_folder(&config.data.folder)),
        (
            "database",
            open_database(config, &clock)
                .map(|_| "answers; its schema is the program's".to_owned()),
        ),
        ("clock", time(config, &clock)),
        ("key ring", key_ring(config, &clock)),
        ("files", stored_files(config)),
        ("public address", public_address(config)),
        ("certificate", certificate(config)),
    ];
    let width = looks
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or_default();
    for (name, found) in &looks {
        match found {
            Ok(fine) => writeln!(out, "ok       {name:width$}  {fine}")?,
            Err(problem) => writeln!(out, "PROBLEM  {name:width$}  {problem}")?,
        }
    }
    match looks.iter().filter(|(_, found)| found.is_err()).count() {
        0 => Ok(()),
        1 => Err(CommandError::new("one problem was found")),
        problems => Err(CommandError::new(format!("{problems} problems were found"))),
    }
}

fn data_folder(path: &Path) -> Found {
    folder::make_private(path)?;
    let probe = path.join(format!("doctor-{}", kernel::random::upper_alnum(12)));
    std::fs::write(&probe, b"ok")
        .and_then(|()| std::fs::remove_file(&probe))
        .map_err(|error| {
            CommandError::because(
                format!(
                    "{} can't be written; look at its owner and mode",
                    path.display()
                ),
                error,
            )
        })?;
    let about = rustix::fs::statvfs(path)
        .map_err(|error| CommandError::because("its disk can't be asked for space", error))?;
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    if free < SPACE {
        return Err(CommandError::new(format!(
            "only {} MiB are free in {}; make room, or move data.folder",
            free / MEBIBYTE,
            path.display()
        )));
    }
    Ok(format!(
        "{} can be written, {} MiB are free",
        path.display(),
        free / MEBIBYTE
    ))
}

/// A clock that stands before the last migration was put back; terms, leases
/// and signatures would be wrong.
fn time(config: &Config, clock: &Clock) -> Found {
    let db = open_database(config, clock)?;
    let last = runtime()?.block_on(db.read(store::last_migration));
    let last = last.map_err(|fail| {
        CommandError::of("the database can't be asked for its last migration", &fail)
    })?;
    match last {
        Some(last) if clock.now() < last => Err(CommandError::new(format!(
            "it is {} here, but the database was migrated at {}; set the clock by a time server",
            clock.now().rfc3339(),
            last.rfc3339()
        ))),
        _ => Ok(clock.now().rfc3339()),
    }
}

fn key_ring(config: &Config, clock: &Clock) -> Found {
    let keys = super::load_keys(config)?;
    let db = open_database(config, clock)?;
    let newest = keys.ring.newest();
    check_keys(&db, &Arc::new(keys.ring))?;
    Ok(format!(
        "opens what the database holds; key {newest} is the newest"
    ))
}

fn stored_files(config: &Config) -> Found {
    let files = open_files(config)?;
    let written = runtime()?.block_on(files.check_writable());
    written.map_err(|error| CommandError::because("none can be stored", error))?;
    Ok(format!("can be stored ({})", config.files.kind))
}

fn public_address(config: &Config) -> Found {
    let public = config.server.public_address()?;
    if public.host == "localhost" || public.host.ends_with(".localhost") {
        return Ok(format!(
            "{} is this machine; nobody else can use it",
            public.origin
        ));
    }
    let resolved = (public.host.trim_matches(['[', ']']), public.port).to_socket_addrs();
    match resolved.map(|mut found| found.next()) {
        Ok(Some(address)) => Ok(format!("{} leads to {}", public.origin, address.ip())),
        Ok(None) => Err(CommandError::new(format!(
            "{} has no address in DNS; add one, or correct server.public_url",
            public.host
        ))),
        Err(error) => Err(CommandError::because(
            format!(
                "{} can't be found in DNS; add it, or correct server.public_url",
                public.host
            ),
            error,
        )),
    }
}

fn certificate(config: &Config) -> Found {
    let server = &config.server;
    if server.tls_cert.is_empty() {
        return Ok("none; TLS, if any, ends at a proxy".to_owned());
    }
    Tls::load(Path::new(&server.tls_cert), Path::new(&server.tls_key))?;
    Ok(format!("{} can be used", server.tls_cert))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::testing::site;

    fn said(config: &Config) -> (bool, String) {
        let mut out = Vec::new();
        let fine = run(config, &mut out).is_ok();
        (fine, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_whole_site_has_no_problem() {
        let site = site();
        let (fine, text) = said(&site.config);
        // A build machine may be short of space; everything else is ours.
        let problems: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with("PROBLEM") && !line.contains("MiB"))
            .collect();
        assert!(
            problems.is_empty() && (fine || text.contains("MiB")),
            "{text}"
        );
    }

    #[test]
    fn what_is_missing_is_named_with_what_to_do() {
        let site = site();
        std::fs::remove_file(&site.config.keys.file).unwrap();
        let (fine, text) = said(&site.config);
        assert!(!fine);
        assert!(
            text.lines()
                .any(|line| line.starts_with("PROBLEM  key ring") && line.contains("create-keys")),
            "{text}"
        );
    }
}
