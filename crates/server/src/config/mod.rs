//! Configuration: the built-in commented default, a file, the environment; the
//! later overrides the earlier. Only this crate reads either.

mod check;
mod layers;

use std::net::SocketAddr;
use std::path::PathBuf;

use db::{PostgresOptions, SqliteOptions, Target};
use gateway::network::AllowedNetworks;
use kernel::Secret;
use serde::{Deserialize, Deserializer};

pub use layers::Layers;

/// The default, which is also the manual.
pub const DEFAULT: &str = include_str!("../../default.toml");

/// All settings of a process.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Listening and addresses.
    pub server: Server,
    /// Which database.
    pub database: Database,
    /// Where data is kept.
    pub data: Data,
    /// Where uploaded files are kept.
    pub files: Files,
    /// How mail leaves.
    pub mail: Mail,
    /// The key ring.
    pub keys: Keys,
    /// Calls to sellers.
    pub outgoing: Outgoing,
    /// Tasks.
    pub worker: Worker,
    /// Logs.
    pub log: Log,
    /// PDF documents.
    pub documents: Documents,
}

/// Listening and addresses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Server {
    pub listen: String,
    pub public_url: String,
    pub public_hosts: Vec<String>,
    pub trusted_proxies: Vec<String>,
    pub tls_cert: String,
    pub tls_key: String,
    pub allow_plain_http: bool,
    pub brand: String,
    pub body_limit_bytes: usize,
    pub form_limit_bytes: usize,
    pub request_seconds: u64,
    pub upload_seconds: u64,
    pub requests_at_once: usize,
    pub requests_per_second: u32,
    pub requests_burst: u32,
    pub metrics_networks: Vec<String>,
}

/// Which database.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Database {
    #[serde(deserialize_with = "secret")]
    pub url: Secret<String>,
    pub ca_file: String,
    pub connections: usize,
    pub readers: usize,
}

/// Where data is kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Data {
    pub folder: PathBuf,
}

/// Where uploaded files are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Files {
    pub kind: String,
    pub folder: String,
    pub shared: bool,
    pub endpoint: String,
    pub bucket: String,
    pub region: String,
    pub access_key: String,
    #[serde(deserialize_with = "secret")]
    pub secret_key: Secret<String>,
}

/// How mail leaves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Mail {
    pub kind: String,
    pub folder: String,
    pub host: String,
    pub port: u16,
    pub security: String,
    pub user: String,
    #[serde(deserialize_with = "secret")]
    pub password: Secret<String>,
    pub from: String,
}

/// The key ring.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Keys {
    pub file: String,
}

/// Calls to sellers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Outgoing {
    pub allowed_networks: Vec<String>,
    pub ca_file: String,
}

/// Tasks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Worker {
    pub concurrency: usize,
}

/// Logs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Log {
    pub format: String,
    pub level: String,
}

/// PDF documents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "default.toml documents each setting")]
pub struct Documents {
    pub fonts: String,
}

/// Why a configuration can't be used, in a sentence.
#[derive(Debug)]
pub struct ConfigError(String);

impl ConfigError {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for ConfigError {}

impl Config {
    /// The address to listen on.
    #[must_use]
    pub fn listen_address(&self) -> Option<SocketAddr> {
        self.server.listen.parse().ok()
    }

    /// Which database, and how to reach it.
    #[must_use]
    pub fn target(&self) -> Target {
        if self.is_embedded() {
            let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
            let readers = if self.database.readers == 0 {
                cores()
            } else {
                self.database.readers
            };
            return Target::Sqlite(SqliteOptions {
                file: self.database_file(),
                readers,
                max_pages: 0,
            });
        }
        let ca_file =
            (!self.database.ca_file.is_empty()).then(|| PathBuf::from(&self.database.ca_file));
        let url = self.database.url.reveal().clone();
        Target::Postgres(PostgresOptions {
            url,
            ca_file,
            connections: self.database.connections,
        })
    }

    /// Whether the database is the embedded one.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.database.url.reveal().is_empty()
    }

    /// Folder of uploaded files.
    #[must_use]
    pub fn files_folder(&self) -> PathBuf {
        if self.files.folder.is_empty() {
            self.data.folder.join("files")
        } else {
            PathBuf::from(&self.files.folder)
        }
    }

    /// Folder of written mails.
    #[must_use]
    pub fn mail_folder(&self) -> PathBuf {
        if self.mail.folder.is_empty() {
            self.data.folder.join("mails")
        } else {
            PathBuf::from(&self.mail.folder)
        }
    }

    /// File of the embedded database.
    #[must_use]
    pub fn database_file(&self) -> PathBuf {
        self.data.folder.join("koogallery.db")
    }

    /// Folder of the search index.
    #[must_use]
    pub fn search_folder(&self) -> PathBuf {
        self.data.folder.join("search")
    }
}

/// The address that people use, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAddress {
    /// As browsers write it: scheme, host, and the port when it isn't the usual one.
    pub origin: String,
    /// The host name in lower case.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl Server {
    /// The address that people use.
    ///
    /// # Errors
    /// A sentence when it isn't `http(s)://HOST[:PORT]`.
    pub fn public_address(&self) -> Result<PublicAddress, ConfigError> {
        let wrong = || {
            ConfigError(format!(
                "server.public_url: \"{}\" must have the form https://market.example or http://market.example:8080, without a path",
                self.public_url
            ))
        };
        let uri: http::Uri = self.public_url.parse().map_err(|_| wrong())?;
        let host = uri
            .host()
            .filter(|host| !host.is_empty())
            .ok_or_else(wrong)?
            .to_lowercase();
        let (scheme, usual) = match uri.scheme_str() {
            Some("https") => ("https", 443),
            Some("http") => ("http", 80),
            _ => return Err(wrong()),
        };
        if uri.path() != "/" || uri.query().is_some() || self.public_url.contains(['@', '#']) {
            return Err(wrong());
        }
        let port = uri.port_u16().unwrap_or(usual);
        let origin = if port == usual {
            format!("{scheme}://{host}")
        } else {
            format!("{scheme}://{host}:{port}")
        };
        Ok(PublicAddress { origin, host, port })
    }

    /// Whose `X-Forwarded-For` is believed.
    ///
    /// # Errors
    /// A sentence when an entry is no network.
    pub fn trusted_networks(&self) -> Result<AllowedNetworks, ConfigError> {
        networks("server.trusted_proxies", &self.trusted_proxies)
    }

    /// From where metrics may be read.
    ///
    /// # Errors
    /// A sentence when an entry is no network.
    pub fn metrics_readers(&self) -> Result<AllowedNetworks, ConfigError> {
        networks("server.metrics_networks", &self.metrics_networks)
    }
}

fn networks(setting: &str, entries: &[String]) -> Result<AllowedNetworks, ConfigError> {
    AllowedNetworks::parse(entries).map_err(|bad| {
        ConfigError(format!("{setting}: \"{}\" is no network; write it like 10.20.0.0/16, fd12:3456::/32 or 127.0.0.1", bad.entry))
    })
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret<String>, D::Error> {
    String::deserialize(deserializer).map(Secret::new)
}

#[cfg(test)]
mod tests;
