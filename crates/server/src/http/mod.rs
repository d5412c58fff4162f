//! The shell around every page and every open API: who asks, whether it may be
//! answered now, and what every answer carries.
//!
//! From the outside in: number of the request, client's address, log and
//! metrics, security headers, look of refusals, panics; then, for everything
//! but health and metrics: host name, rate of the address, work at once,
//! cross-site forms (pages alone), time, body.

mod body;
mod client;
mod host;
mod load;
mod observe;
mod panic;
mod rate;
mod refusal;
mod security;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use gateway::network::AllowedNetworks;
use tower_http::csrf::CsrfLayer;

pub use client::{ClientAddress, is_forwarded};
pub use observe::reference;
pub use rate::Rate;
pub use refusal::{Asked, Refusal, Render};

use crate::config::{ConfigError, Server};

/// Settings of the shell.
#[derive(Clone)]
pub struct Shell {
    /// Scheme, host and port that browsers show, for example `https://market.example`.
    pub public_origin: String,
    /// Its host name.
    pub public_host: String,
    /// Further host names of the open APIs.
    pub api_hosts: Vec<String>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: AllowedNetworks,
    /// Largest upload, and largest other body, in bytes.
    pub limits: BodyLimits,
    /// Longest work on a request, and on an upload.
    pub times: TimeLimits,
    /// Requests that are worked on at once.
    pub requests_at_once: usize,
    /// Requests of one address; none for no limit.
    pub rate: Option<Rate>,
}

/// Largest bodies in bytes.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimits {
    /// Of `multipart/form-data`.
    pub upload_bytes: usize,
    /// Of anything else.
    pub form_bytes: usize,
}

/// Longest work on a request.
#[derive(Debug, Clone, Copy)]
pub struct TimeLimits {
    /// On an upload, from its first byte.
    pub upload: Duration,
    /// On anything else.
    pub request: Duration,
}

impl Shell {
    /// From the configuration.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn of(server: &Server) -> Result<Self, ConfigError> {
        let public = server.public_address()?;
        let rate = Rate {
            per_second: server.requests_per_second,
            burst: server.requests_burst,
        };
        Ok(Self {
            public_origin: public.origin,
            public_host: public.host,
            api_hosts: server
                .public_hosts
                .iter()
                .map(|host| host.to_lowercase())
                .collect(),
            trusted_proxies: server.trusted_networks()?,
            limits: BodyLimits {
                upload_bytes: server.body_limit_bytes,
                form_bytes: server.form_limit_bytes,
            },
            times: TimeLimits {
                upload: Duration::from_secs(server.upload_seconds),
                request: Duration::from_secs(server.request_seconds),
            },
            requests_at_once: server.requests_at_once,
            rate: (rate.per_second > 0).then_some(rate),
        })
    }

    fn is_secure(&self) -> bool {
        self.public_origin.starts_with("https://")
    }
}

/// What is served.
pub struct Routers {
    /// Pages, with the fallback that says "not found".
    pub pages: Router,
    /// Open APIs; they check signatures, so browsers' rules about sites don't
    /// apply to them. Without a fallback of their own.
    pub api: Router,
    /// Health and metrics, answered under any host name and under any load.
    pub operations: Router,
    /// How a refusal looks; a plain text when there is nothing better.
    pub render: Option<Render>,
}

/// Puts the shell around the routers.
///
/// # Errors
/// A sentence when `server.public_url` is no origin.
pub fn assemble(shell: &Shell, routers: Routers) -> Result<Router, ConfigError> {
    let guards = Guards::new(shell);
    let csrf = CsrfLayer::new()
        .add_trusted_origin(&shell.public_origin)
        .map_err(|error| ConfigError::new(format!("server.public_url: {error}")))?
        .with_rejection_response(|_| Refusal::CrossSite.into_plain());
    let page_hosts = host::Hosts::new(&shell.public_host, &[]);
    let api_hosts = host::Hosts::new(&shell.public_host, &shell.api_hosts);
    let pages = guards.around(guards.inside(routers.pages).layer(csrf), page_hosts);
    let api = guards.around(guards.inside(routers.api), api_hosts);
    let security = security::Headers::new(shell.is_secure());
    Ok(pages
        .merge(api)
        .merge(routers.operations)
        .layer(from_fn(panic::catch))
        .layer(from_fn_with_state(routers.render, refusal::show))
        .layer(from_fn_with_state(security, security::add))
        .layer(from_fn(observe::observe))
        .layer(from_fn_with_state(
            shell.trusted_proxies.clone(),
            client::find,
        ))
        .layer(from_fn(observe::number)))
}

/// What pages and open APIs share, counters included.
struct Guards {
    bodies: BodyLimits,
    times: TimeLimits,
    load: load::Load,
    rate: Option<rate::Buckets>,
}

impl Guards {
    fn new(shell: &Shell) -> Self {
        Self {
            bodies: shell.limits,
            times: shell.times,
            load: load::Load::new(shell.requests_at_once),
            rate: shell.rate.map(rate::Buckets::new),
        }
    }

    /// Next to the handlers. The limit of the framework is replaced by ours.
    fn inside(&self, router: Router) -> Router {
        router
            .layer(DefaultBodyLimit::disable())
            .layer(from_fn_with_state(self.bodies, body::limit))
            .layer(from_fn_with_state(self.times, load::in_time))
    }

    fn around(&self, router: Router, hosts: host::Hosts) -> Router {
        let router = router.layer(from_fn_with_state(self.load.clone(), load::at_once));
        let router = match &self.rate {
            Some(buckets) => router.layer(from_fn_with_state(buckets.clone(), rate::limit)),
            None => router,
        };
        router.layer(from_fn_with_state(hosts, host::check))
    }
}

#[cfg(test)]
mod tests;
