//! The opened parts of a site become the application, and the application what
//! is served.

use std::path::Path;
use std::sync::Arc;

use documents::Documents;
use flows::{App, Catalogue, Keys, Periods, PolicyBook, Site};
use gateway::live_gate::{BreakerSettings, LiveGate};
use gateway::mail::{FolderMailer, Mailer, SmtpLogin, SmtpMailer, SmtpSecurity, SmtpSettings};
use gateway::network::AllowedNetworks;
use gateway::seller_http::{NetworkSettings, SellerHttp};
use kernel::Clock;
use kernel::policy::Policy;
use search::Index;

use crate::config::{Config, Mail, Outgoing};
use crate::error::CommandError;
use crate::opened::Opened;
use crate::serve::Parts;
use crate::{routes, worker};

/// Live queries in a row that fail until a seller is left alone, and seconds
/// until one tries again.
const BREAKER: BreakerSettings = BreakerSettings {
    failures: 5,
    open_s: 30,
};
/// Milliseconds for each step of the conversation with a mail server.
const SMTP_TIMEOUT_MS: u32 = 20_000;

/// What kind of site it is.
#[derive(Debug, Clone)]
pub struct Kind {
    /// A demo: its operators may read written mails.
    pub demo: bool,
    /// The policy profile that a new site starts with.
    pub profile: Policy,
}

impl Kind {
    /// A site of trade: the international profile.
    #[must_use]
    pub fn trade() -> Self {
        Self {
            demo: false,
            profile: Policy::intl(),
        }
    }

    /// The demo: its operators need no second factor.
    #[must_use]
    pub fn demo() -> Self {
        let mut profile = Policy::intl();
        profile.accounts.operators_need_totp = false;
        Self {
            demo: true,
            profile,
        }
    }
}

/// Puts the application together. The index is made anew or taken from its
/// folder; a new site gets its policy profile.
///
/// # Errors
/// A sentence about the first setting that can't be used.
pub async fn build(opened: &Opened, kind: Kind) -> Result<App, CommandError> {
    let config = &opened.config;
    let index = Index::open(&config.search_folder())
        .map_err(|error| CommandError::because("the search index can't be opened", error))?;
    let (mailer, written_mails) = mailer(config, &opened.clock)?;
    let app = App::new(flows::Parts {
        db: opened.db.clone(),
        clock: opened.clock.clone(),
        keys: Keys::new(Arc::clone(&opened.ring)),
        sellers: sellers(&config.outgoing)?,
        live: LiveGate::new(BREAKER, opened.clock.clone()),
        mailer,
        written_mails,
        files: opened.files.clone(),
        catalogue: Catalogue::new(index),
        documents: documents(&config.documents.fonts)?,
        site: site(config, kind.demo)?,
        policies: PolicyBook::default(),
        periods: Periods::default(),
    });
    let stored = app.ensure_policy(kind.profile).await;
    stored.map_err(|fail| CommandError::of("the policy profile can't be stored", &fail))?;
    Ok(app)
}

/// What a process serves with it.
#[must_use]
pub fn parts(app: &App, opened: &Opened) -> Parts {
    Parts {
        pages: routes::pages(app),
        api: routes::open_apis(app),
        render: None,
        worker: Some(worker::worker(
            app.clone(),
            opened.config.worker.concurrency,
        )),
    }
}

fn sellers(outgoing: &Outgoing) -> Result<SellerHttp, CommandError> {
    let allowed = AllowedNetworks::parse(&outgoing.allowed_networks)
        .map_err(|bad| CommandError::because("outgoing.allowed_networks can't be used", bad))?;
    let extra_ca_file = path(&outgoing.ca_file).map(Path::to_path_buf);
    let settings = NetworkSettings {
        allowed,
        extra_ca_file,
    };
    SellerHttp::new(settings, None)
        .map_err(|bad| CommandError::because("outgoing.ca_file can't be used", bad))
}

/// The mailer, and its folder when it writes into one.
fn mailer(
    config: &Config,
    clock: &Clock,
) -> Result<(Arc<dyn Mailer>, Option<FolderMailer>), CommandError> {
    let Mail { kind, from, .. } = &config.mail;
    if kind == "smtp" {
        let mailer = SmtpMailer::new(&smtp(&config.mail)?, clock.clone())
            .map_err(|bad| CommandError::because("mail can't be sent", bad))?;
        return Ok((Arc::new(mailer), None));
    }
    let folder = || {
        FolderMailer::new(config.mail_folder(), from, clock.clone())
            .map_err(|error| CommandError::because("mails can't be written", error))
    };
    Ok((Arc::new(folder()?), Some(folder()?)))
}

fn smtp(mail: &Mail) -> Result<SmtpSettings, CommandError> {
    let security = SmtpSecurity::from_name(&mail.security)
        .ok_or_else(|| CommandError::new("mail.security can't be used"))?;
    let login = (!mail.user.is_empty()).then(|| SmtpLogin {
        user: mail.user.clone(),
        password: mail.password.clone(),
    });
    Ok(SmtpSettings {
        host: mail.host.clone(),
        port: mail.port,
        security,
        login,
        from: mail.from.clone(),
        extra_ca_file: None,
        timeout_ms: SMTP_TIMEOUT_MS,
    })
}

fn documents(fonts: &str) -> Result<Documents, CommandError> {
    Documents::new(path(fonts))
        .map_err(|error| CommandError::because("documents.fonts can't be used", error))
}

fn site(config: &Config, demo: bool) -> Result<Site, CommandError> {
    let server = &config.server;
    let public = server.public_address()?;
    let mut public_hosts = vec![public.host];
    public_hosts.extend(server.public_hosts.iter().map(|host| host.to_lowercase()));
    Ok(Site {
        brand: server.brand.clone(),
        public_url: public.origin,
        public_hosts,
        demo,
    })
}

fn path(setting: &str) -> Option<&Path> {
    (!setting.is_empty()).then(|| Path::new(setting))
}
