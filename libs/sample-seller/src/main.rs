//! A sample seller as a program of its own.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use sample_seller::{Config, Credentials, OpenApi, SampleSeller};
use seller_wire::crypto::EncryptType;

/// A sample seller: opens applications for a marketplace and lets buyers log in to them.
#[derive(Parser)]
#[command(version)]
struct Settings {
    /// Address to listen on.
    #[arg(long, env = "SAMPLE_SELLER_LISTEN", default_value = "127.0.0.1:8444")]
    listen: SocketAddr,
    /// Access key of the interface address, as the marketplace shows it.
    #[arg(long, env = "SAMPLE_SELLER_ACCESS_KEY", hide_env_values = true)]
    access_key: String,
    /// Address under which buyers reach the applications, e.g. http://seller.localhost:8444.
    #[arg(long, env = "SAMPLE_SELLER_PUBLIC_URL")]
    public_url: Option<String>,
    /// File that keeps the instances over a restart.
    #[arg(long, env = "SAMPLE_SELLER_STATE")]
    state: Option<PathBuf>,
    /// Scheme, host and port of the marketplace's open APIs.
    #[arg(long, env = "SAMPLE_SELLER_OPEN_API", requires_all = ["access_key_id", "secret_key"])]
    open_api: Option<String>,
    /// Access key id (AK) for the open APIs.
    #[arg(long, env = "SAMPLE_SELLER_AK")]
    access_key_id: Option<String>,
    /// Secret key (SK) for the open APIs.
    #[arg(long, env = "SAMPLE_SELLER_SK", hide_env_values = true)]
    secret_key: Option<String>,
    /// Queries that /produce/slow answers with "processing" before an instance is ready.
    #[arg(long, default_value_t = 3)]
    slow_polls: u32,
    /// Seconds for which /produce/hang holds a connection.
    #[arg(long, default_value_t = 25)]
    hang_s: u64,
    /// Encrypts user names and passwords inside answers: 1 = AES-256, 2 = AES-128.
    #[arg(long, value_parser = encryption)]
    encrypt: Option<EncryptType>,
}

fn encryption(code: &str) -> Result<EncryptType, String> {
    EncryptType::from_code(code).ok_or_else(|| "must be 1 or 2".to_owned())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let settings = Settings::parse();
    let mut credentials = Credentials::new(settings.access_key.clone());
    let mut config = Config::new(settings.access_key);
    config.public_url = settings.public_url;
    config.state_file = settings.state;
    config.slow_polls = settings.slow_polls;
    config.hang = Duration::from_secs(settings.hang_s);
    config.encryption = settings.encrypt;
    if let (Some(base_url), Some(access_key_id), Some(secret_key)) = (
        settings.open_api,
        settings.access_key_id,
        settings.secret_key,
    ) {
        credentials = credentials.querying(OpenApi {
            base_url,
            access_key_id,
            secret_key,
        });
    }
    config.credentials = vec![credentials];
    let seller = SampleSeller::bind(settings.listen, config).await?;
    writeln!(
        io::stdout(),
        "The sample seller listens. Interface address: {}",
        seller.produce_url()
    )?;
    tokio::signal::ctrl_c().await?;
    seller.shutdown().await
}
