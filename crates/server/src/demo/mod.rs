//! `koogallery demo`: a marketplace, a seller's server, accounts and products
//! on this machine alone, in one process. All of it goes through the same
//! functions as on a site of trade; starting again finds it as it was left.

mod accounts;
mod catalogue;
mod memory;

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use flows::{App, SeedReport, SellerSecrets};
use kernel::{Clock, Fail};
use sample_seller::{Credentials, OpenApi, SampleSeller};
use serde_json::json;

use crate::config::{Config, Layers};
use crate::error::CommandError;
use crate::folder::FolderLock;
use crate::keys::{self, Keys};
use crate::opened::{Opened, runtime};
use crate::program::DemoOptions;
use crate::serve::{self, Bound};
use crate::{telemetry, wiring};
use memory::Memory;

/// Where everything of one demo is reached.
struct Places {
    port: u16,
    seller_port: u16,
}

impl Places {
    /// Browsers lead both names to this machine, and keep their cookies apart.
    fn url(&self) -> String {
        format!("http://koogallery.localhost:{}", self.port)
    }
    fn seller_url(&self) -> String {
        format!("http://seller.localhost:{}", self.seller_port)
    }
    /// For the seller's server: not every system finds names below `localhost`.
    fn open_api_url(&self) -> String {
        format!("http://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }
}

/// Runs the demo until it is told to stop. Call it outside of a runtime.
///
/// # Errors
/// A sentence.
pub(crate) fn run(options: &DemoOptions, out: &mut dyn Write) -> Result<(), CommandError> {
    let _held = FolderLock::take(&options.data)?;
    let places = Places {
        port: port_or_free(options.port)?,
        seller_port: port_or_free(options.seller_port)?,
    };
    let config = config(options, &places)?;
    telemetry::start(&config.log)?;
    let metrics = telemetry::metrics()?;
    let keys = keys_of(&config)?;
    db::migrate::migrate(&config.target(), &Clock::system())
        .map_err(|fail| CommandError::of("the demo's database can't be made", &fail))?;
    let opened = Opened::open(config, keys)?;
    runtime()?.block_on(async move {
        let stop = serve::asked_to_stop()?;
        let bound = Bound::bind(&opened.config.server).await?;
        let app = wiring::build(&opened, wiring::Kind::demo()).await?;
        let (memory, shown) = prepare(&app, options, &places).await?;
        let seller = start_seller(&app, &shown, &options.data, &places).await?;
        let first = first_secrets(&app, &shown).await?;
        let ready = if options.json {
            as_json(&places, &memory, &first)
        } else {
            as_text(&places, &memory, &first)
        };
        writeln!(out, "{ready}")?;
        out.flush()?;
        let parts = wiring::parts(&app, &opened);
        drop(app);
        let served = serve::run(bound, opened, parts, metrics, stop).await;
        let stopped = seller.shutdown().await;
        served?;
        stopped.map_err(|error| CommandError::because("the sample seller broke down", error))
    })
}

fn port_or_free(port: u16) -> Result<u16, CommandError> {
    if port != 0 {
        return Ok(port);
    }
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| CommandError::because("there is no free port", error))
}

fn config(options: &DemoOptions, places: &Places) -> Result<Config, CommandError> {
    let data = &options.data;
    let per_second = if options.measured_with.is_some() {
        "0"
    } else {
        "200"
    };
    let keys = data.join("keys");
    let settings = [
        (
            "SERVER__LISTEN",
            format!("{}:{}", Ipv4Addr::LOCALHOST, places.port),
        ),
        ("SERVER__PUBLIC_URL", places.url()),
        ("SERVER__PUBLIC_HOSTS", Ipv4Addr::LOCALHOST.to_string()),
        ("DATA__FOLDER", data.display().to_string()),
        ("KEYS__FILE", keys.display().to_string()),
        ("OUTGOING__ALLOWED_NETWORKS", "127.0.0.0/8, ::1".to_owned()),
        ("SERVER__REQUESTS_PER_SECOND", per_second.to_owned()),
        ("LOG__FORMAT", "text".to_owned()),
        ("LOG__LEVEL", "warn".to_owned()),
    ];
    let settings = settings
        .into_iter()
        .map(|(name, value)| (format!("KOOGALLERY__{name}"), value));
    Ok(Layers::gather(None, settings)?.config()?)
}

/// The first start makes a ring; a later one must find it.
fn keys_of(config: &Config) -> Result<Keys, CommandError> {
    let file = &config.keys.file;
    if !Path::new(file).exists() && !config.database_file().exists() {
        keys::create(Path::new(file))?;
    }
    keys::load(file, None)
}

/// Catalogue, accounts and money.
async fn prepare(
    app: &App,
    options: &DemoOptions,
    places: &Places,
) -> Result<(Memory, SeedReport), CommandError> {
    let data = &options.data;
    let failed = |fail: Fail| CommandError::because("the demo can't be prepared", fail);
    let further = options.measured_with.unwrap_or(0);
    let shown = catalogue::bring(app, &places.seller_url(), further)
        .await
        .map_err(failed)?;
    let mut memory = Memory::load_or_make(data)?;
    let actors = accounts::ensure(app, &memory.accounts, &shown)
        .await
        .map_err(failed)?;
    if !memory.balance_given {
        accounts::give_balance(app, &actors).await.map_err(failed)?;
        memory.balance_given = true;
        memory.save(data)?;
    }
    app.follow_catalogue().await.map_err(failed)?;
    Ok((memory, shown))
}

async fn start_seller(
    app: &App,
    shown: &SeedReport,
    data: &Path,
    places: &Places,
) -> Result<sample_seller::Handle, CommandError> {
    let mut config = sample_seller::Config::new("");
    config.credentials.clear();
    for seller in &shown.sellers {
        let secrets = app.seeded_secrets(seller.organisation).await;
        let secrets =
            secrets.map_err(|fail| CommandError::of("a seller's keys can't be read", &fail))?;
        let open_api = OpenApi {
            base_url: places.open_api_url(),
            access_key_id: secrets.open_api_access_key,
            secret_key: secrets.open_api_secret_key.reveal().clone(),
        };
        let credentials = Credentials::new(secrets.access_key.reveal().clone());
        config.credentials.push(credentials.querying(open_api));
    }
    config.public_url = Some(places.seller_url());
    config.state_file = Some(data.join("seller.jsonl"));
    let address = (Ipv4Addr::LOCALHOST, places.seller_port).into();
    SampleSeller::bind(address, config).await.map_err(|error| {
        CommandError::because(
            format!(
                "the sample seller can't listen on port {}",
                places.seller_port
            ),
            error,
        )
    })
}

async fn first_secrets(app: &App, shown: &SeedReport) -> Result<SellerSecrets, CommandError> {
    let first = shown
        .sellers
        .first()
        .ok_or_else(|| CommandError::new("the demo's catalogue has no seller"))?;
    let secrets = app.seeded_secrets(first.organisation).await;
    secrets.map_err(|fail| CommandError::of("a seller's keys can't be read", &fail))
}

fn as_json(places: &Places, memory: &Memory, first: &SellerSecrets) -> String {
    json!({
        "url": places.url(),
        "seller_url": places.seller_url(),
        "accounts": memory.accounts,
        "open_api": {
            "access_key": first.open_api_access_key,
            "secret_key": first.open_api_secret_key.reveal(),
        },
    })
    .to_string()
}

fn as_text(places: &Places, memory: &Memory, first: &SellerSecrets) -> String {
    let mut text = format!(
        "KooGallery's demo is ready: {}\nThe sample seller's server: {}\n\n",
        places.url(),
        places.seller_url()
    );
    for (role, account) in memory.accounts.by_role() {
        text.push_str(&format!(
            "{role:<9} {:<24} {}\n",
            account.email, account.password
        ));
    }
    text.push_str(&format!(
        "open API  {:<24} {}\n\nCtrl+C stops it; starting again finds everything as it was left.",
        first.open_api_access_key,
        first.open_api_secret_key.reveal()
    ));
    text
}
