//! What almost every command needs: the database with the right schema, the
//! key ring that fits it, the files. Opened in one place, so that no command
//! forgets a check.

use std::sync::Arc;

use db::{Db, Options};
use gateway::files::{Files, S3Settings};
use kernel::Clock;
use kernel::crypt::KeyRing;

use crate::config::{Config, Files as FilesConfig};
use crate::error::CommandError;
use crate::keys::Keys;

/// The opened parts of a site.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The settings in force.
    pub config: Config,
    /// The machine's clock.
    pub clock: Clock,
    /// The database; its schema is the program's.
    pub db: Db,
    /// The key ring; it opens what the database holds.
    pub ring: Arc<KeyRing>,
    /// The file store.
    pub files: Files,
}

impl Opened {
    /// Opens all. Call it outside of a runtime: PostgreSQL's client brings its own.
    ///
    /// # Errors
    /// A sentence about the first part that can't be used, and what to do.
    pub fn open(config: Config, keys: Keys) -> Result<Self, CommandError> {
        let clock = Clock::system();
        let db = open_database(&config, &clock)?;
        let files = open_files(&config)?;
        let ring = Arc::new(keys.ring);
        check_keys(&db, &ring)?;
        Ok(Self {
            config,
            clock,
            db,
            ring,
            files,
        })
    }
}

/// Opens the database after a look at its schema.
///
/// # Errors
/// A sentence.
pub fn open_database(config: &Config, clock: &Clock) -> Result<Db, CommandError> {
    let target = config.target();
    if config.is_embedded() && !config.database_file().exists() {
        return Err(CommandError::new(format!(
            "there is no database in {}; run `koogallery migrate` for a new site, or check data.folder",
            config.data.folder.display()
        )));
    }
    db::migrate::check(&target)
        .map_err(|fail| CommandError::of("the database can't be used", &fail))?;
    Db::open(Options::new(target), clock.clone())
        .map_err(|fail| CommandError::of("the database can't be opened", &fail))
}

/// Opens the file store.
///
/// # Errors
/// A sentence.
pub fn open_files(config: &Config) -> Result<Files, CommandError> {
    let opened = match config.files.kind.as_str() {
        "s3" => Files::s3(&s3(&config.files)),
        _ => Files::folder(&config.files_folder()),
    };
    opened.map_err(|error| CommandError::because("files can't be stored", error))
}

fn s3(files: &FilesConfig) -> S3Settings {
    S3Settings {
        endpoint: (!files.endpoint.is_empty()).then(|| files.endpoint.clone()),
        region: files.region.clone(),
        bucket: files.bucket.clone(),
        access_key_id: files.access_key.clone(),
        secret_access_key: files.secret_key.clone(),
    }
}

/// Refuses a ring that doesn't open what the database holds. A database
/// without any secret gets its canary.
///
/// # Errors
/// A sentence.
pub fn check_keys(db: &Db, ring: &Arc<KeyRing>) -> Result<(), CommandError> {
    let ring = Arc::clone(ring);
    let checked =
        runtime()?.block_on(db.write(move |tx| accounts::canary::check_or_create(tx, &ring)));
    checked.map_err(|fail| {
        CommandError::of("the key ring doesn't fit the database; give the ring that was in use when its secrets were stored", &fail)
    })
}

/// A runtime for a command.
///
/// # Errors
/// When the system gives no threads.
pub fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CommandError::because("the program can't start its threads", error))
}
