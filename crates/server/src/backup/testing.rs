//! A small site on this disk, for the tests of commands.

use std::path::Path;

use kernel::Clock;
use tempfile::TempDir;

use crate::config::{Config, Layers};
use crate::keys;
use crate::opened::Opened;

pub(crate) struct Site {
    pub(crate) config: Config,
    /// Removed with everything in it when dropped.
    pub(crate) folder: TempDir,
}

/// Migrated, with a key ring and its canary.
pub(crate) fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path());
    keys::create(Path::new(&config.keys.file)).unwrap();
    crate::folder::make_private(&config.data.folder).unwrap();
    db::migrate::migrate(&config.target(), &Clock::system()).unwrap();
    drop(open(&config));
    Site { config, folder }
}

pub(crate) fn open(config: &Config) -> Opened {
    Opened::open(config.clone(), keys::load(&config.keys.file, None).unwrap()).unwrap()
}

/// A place for a site; nothing is in it.
pub(crate) fn config(folder: &Path) -> Config {
    let data = folder.join("data");
    let keys = folder.join("keys");
    let variables = [
        ("KOOGALLERY__DATA__FOLDER", data.to_str().unwrap()),
        ("KOOGALLERY__KEYS__FILE", keys.to_str().unwrap()),
        ("KOOGALLERY__SERVER__LISTEN", "127.0.0.1:0"),
        ("KOOGALLERY__DATABASE__READERS", "1"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Layers::gather(None, variables.into_iter())
        .unwrap()
        .config()
        .unwrap()
}
