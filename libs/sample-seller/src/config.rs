//! What a sample seller has to know.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use seller_sdk::{Clock, SystemClock};
use seller_wire::crypto::EncryptType;

/// Settings of a sample seller.
#[derive(Clone)]
pub struct Config {
    /// The keys it shares with the marketplace. More than one when it stands in for several sellers: the
    /// key that a call is signed with tells for which of them.
    pub credentials: Vec<Credentials>,
    /// The address under which buyers reach the applications, e.g. `http://seller.localhost:8444`;
    /// without it, the bound address.
    pub public_url: Option<String>,
    /// A file that keeps the instances over a restart: one JSON object per line, passwords included.
    pub state_file: Option<PathBuf>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How many queries `/produce/slow` answers with 000004 before an instance is ready.
    pub slow_polls: u32,
    /// How long a hanging call holds its connection.
    pub hang: Duration,
    /// Whether answers carry `Body-Sign`.
    pub sign_answers: bool,
    /// How user names and passwords are encrypted inside answers.
    pub encryption: Option<EncryptType>,
    /// How many requests are recorded; older ones are forgotten.
    pub record_limit: usize,
}

impl Config {
    /// A seller with this access key; answers signed, not encrypted.
    #[must_use]
    pub fn new(access_key: impl Into<String>) -> Self {
        Self {
            credentials: vec![Credentials::new(access_key)],
            public_url: None,
            state_file: None,
            clock: Arc::new(SystemClock),
            slow_polls: 3,
            hang: Duration::from_secs(25),
            sign_answers: true,
            encryption: None,
            record_limit: 1000,
        }
    }
}

/// The keys of one seller.
#[derive(Clone)]
pub struct Credentials {
    /// The access key of its interface address.
    pub access_key: String,
    /// Where its orders are queried; without it, instances are opened without product details.
    pub open_api: Option<OpenApi>,
}

impl Credentials {
    /// An access key alone.
    #[must_use]
    pub fn new(access_key: impl Into<String>) -> Self {
        Self {
            access_key: access_key.into(),
            open_api: None,
        }
    }

    /// Queries orders there.
    #[must_use]
    pub fn querying(mut self, open_api: OpenApi) -> Self {
        self.open_api = Some(open_api);
        self
    }
}

impl fmt::Debug for Credentials {
    /// Without keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("open_api", &self.open_api)
            .finish_non_exhaustive()
    }
}

/// The marketplace's open APIs, and the seller's key pair for them.
#[derive(Clone)]
pub struct OpenApi {
    /// Scheme, host and port.
    pub base_url: String,
    /// The access key id (AK).
    pub access_key_id: String,
    /// The secret key (SK).
    pub secret_key: String,
}

impl fmt::Debug for OpenApi {
    /// Without the secret key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenApi")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
