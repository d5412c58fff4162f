//! `koogallery admin rotate-key`: a new key, and everything encrypted with it.
//!
//! A server that works knows only the keys of its start, so in one go this runs
//! while none works; around a restart it runs in two steps.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use db::{Db, Lane, Tx};
use kernel::Fail;
use kernel::crypt::KeyRing;

use crate::cli::RotateOptions;
use crate::config::Config;
use crate::error::CommandError;
use crate::folder::FolderLock;
use crate::keys::{self, Keys, Source};
use crate::opened::{Opened, check_keys, runtime};

/// Rows of instances in a page: a transaction of a few milliseconds.
const PAGE: u32 = 100;

/// Seals a page of secrets anew; gives where to go on, none at the end.
type Page = fn(&Tx<'_>, &KeyRing, Option<&str>) -> Result<Option<String>, Fail>;

/// All secrets. The accounts' come last, since theirs end with the canary.
const SECRETS: [Page; 2] = [instances, accounts::rotate_page];

fn instances(tx: &Tx<'_>, ring: &KeyRing, after: Option<&str>) -> Result<Option<String>, Fail> {
    let last = delivery::instance::store::rotate_info(tx, ring, after.unwrap_or_default(), PAGE)?;
    Ok(last.map(|id| id.to_string()))
}

pub(crate) fn run(
    config: Config,
    options: RotateOptions,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let keys = super::load_keys(&config)?;
    if options.resume {
        let opened = Opened::open(config, keys)?;
        return seal_anew(&opened.db, opened.ring, out);
    }
    let file = file_of(&keys)?;
    let longer = Arc::new(keys.ring.with_new_key());
    if options.add {
        keys::replace(&file, &longer)?;
        writeln!(
            out,
            "Key {} was added. Restart all servers now, then run `koogallery admin rotate-key --resume`.",
            longer.newest()
        )?;
        return Ok(());
    }
    let _held = FolderLock::take(&config.data.folder).map_err(|error| {
        CommandError::because(
            "the key can't be rotated in one go; run with --add, restart, and run with --resume",
            error,
        )
    })?;
    let opened = Opened::open(config, keys)?;
    keys::replace(&file, &longer)?;
    writeln!(out, "Key {} was added.", longer.newest())?;
    seal_anew(&opened.db, longer, out)
}

fn file_of(keys: &Keys) -> Result<std::path::PathBuf, CommandError> {
    match &keys.source {
        Source::File(path) => Ok(Path::new(path).to_owned()),
        Source::Environment => Err(CommandError::new(format!(
            "the key ring comes from {}, which this command can't change; add a line `ID:64 hexadecimal characters` there with the next ID, restart all servers, and run with --resume",
            keys::VARIABLE
        ))),
    }
}

fn seal_anew(db: &Db, ring: Arc<KeyRing>, out: &mut dyn Write) -> Result<(), CommandError> {
    let newest = ring.newest();
    runtime()?.block_on(seal_pages(db, &ring, &SECRETS)).map_err(|fail| {
        CommandError::of("not everything could be encrypted anew; nothing is lost, the old keys are still in the ring. Run with --resume", &fail)
    })?;
    check_keys(db, &ring)?;
    writeln!(
        out,
        "Everything is encrypted with key {newest}. Keep the older keys as long as backups of that time are kept."
    )?;
    Ok(())
}

async fn seal_pages(db: &Db, ring: &Arc<KeyRing>, secrets: &[Page]) -> Result<(), Fail> {
    for page in secrets {
        let page = *page;
        let mut after: Option<String> = None;
        loop {
            let (ring, from) = (Arc::clone(ring), after.clone());
            after = db
                .write_in(Lane::Background, move |tx| page(tx, &ring, from.as_deref()))
                .await?;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::testing::site;

    #[test]
    fn after_a_rotation_only_the_new_ring_opens_and_the_old_keys_stay() {
        let site = site();
        let old = std::fs::read_to_string(&site.config.keys.file).unwrap();
        let mut said = Vec::new();
        run(
            site.config.clone(),
            RotateOptions {
                add: false,
                resume: false,
            },
            &mut said,
        )
        .unwrap();
        let keys = keys::load(&site.config.keys.file, None).unwrap();
        assert_eq!(keys.ring.newest(), 2);
        let old_ring = Keys {
            ring: KeyRing::parse(&old).unwrap(),
            source: Source::Environment,
        };
        assert!(
            Opened::open(site.config.clone(), old_ring)
                .unwrap_err()
                .to_string()
                .contains("key ring")
        );
        assert!(Opened::open(site.config.clone(), keys).is_ok());
    }

    #[test]
    fn a_rotation_in_one_go_is_refused_while_a_server_works() {
        let site = site();
        let _server = FolderLock::take(&site.config.data.folder).unwrap();
        let refused = run(
            site.config.clone(),
            RotateOptions {
                add: false,
                resume: false,
            },
            &mut Vec::new(),
        );
        assert!(refused.unwrap_err().to_string().contains("--add"));
        assert_eq!(
            keys::load(&site.config.keys.file, None)
                .unwrap()
                .ring
                .newest(),
            1
        );
    }

    #[test]
    fn a_rotation_in_two_steps_goes_around_a_working_server() {
        let site = site();
        let _server = FolderLock::take(&site.config.data.folder).unwrap();
        run(
            site.config.clone(),
            RotateOptions {
                add: true,
                resume: false,
            },
            &mut Vec::new(),
        )
        .unwrap();
        run(
            site.config.clone(),
            RotateOptions {
                add: false,
                resume: true,
            },
            &mut Vec::new(),
        )
        .unwrap();
        let text = std::fs::read_to_string(&site.config.keys.file).unwrap();
        let newest: String = text.lines().filter(|line| line.starts_with("2:")).collect();
        let alone = Keys {
            ring: KeyRing::parse(&newest).unwrap(),
            source: Source::Environment,
        };
        assert!(
            Opened::open(site.config.clone(), alone).is_ok(),
            "the new key alone opens the canary"
        );
    }
}
