//! Calls to sellers' servers: the one guarded client for addresses that users
//! type.
//!
//! Invariants: https with a checked certificate, plain http only into allowed
//! networks; nothing but public or allowed addresses, judged on what the name
//! resolved to and once more on addresses written as numbers, which never reach
//! the resolver; no redirect is followed and no proxy asked; a call ends at its
//! time limit, body included, and reads no more bytes than its size limit.
//! Neither bodies nor query strings (they hold signatures) go to a log.

mod error;
mod guard;
mod wire;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use kernel::Stopwatch;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName};
use reqwest::{Client, Response, Url, redirect};
use seller_wire::response::Answer;

use crate::network::AllowedNetworks;
use guard::{GuardedDns, Judge, Reach};

pub use error::{
    ADDRESS_INVALID, ADDRESS_NOT_HTTPS, ADDRESS_REFUSED, ADDRESS_UNKNOWN, ANSWER_TOO_LARGE,
    CONNECTION_BROKEN, CallError, TIMED_OUT, TLS_FAILED, UNREACHABLE,
};
pub use guard::BadTrust;
pub use wire::{Wire, WireMoment};

const USER_AGENT: &str = "KooGallery";
const BODY_SIGN: HeaderName = HeaderName::from_static("body-sign");
/// Idle connections are kept shortly: polling asks the same server every few seconds.
const IDLE: Duration = Duration::from_secs(30);
const IDLE_PER_HOST: usize = 4;

/// How outgoing calls to sellers are made.
#[derive(Debug, Clone, Default)]
pub struct NetworkSettings {
    /// `outgoing.allowed_networks`.
    pub allowed: AllowedNetworks,
    /// Certificates (PEM) of further authorities, trusted beside the public ones:
    /// for intranets and tests.
    pub extra_ca_file: Option<PathBuf>,
}

/// One call: a POST of exactly these headers and bytes. `Host`, `Content-Length`
/// and the user agent are added.
#[derive(Clone, Copy)]
pub struct SellerCall<'a> {
    /// The whole address, query included.
    pub url: &'a str,
    /// Names and values.
    pub headers: &'a [(&'a str, &'a str)],
    /// The bytes to send.
    pub body: &'a [u8],
    /// Milliseconds until the whole answer must be there.
    pub timeout_ms: u32,
    /// Most bytes of the answer's body.
    pub limit_bytes: u32,
}

/// What came back, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct RawAnswer {
    /// HTTP status; a redirect arrives here like any other.
    pub status: u16,
    /// Value of `Content-Type`.
    pub content_type: Option<String>,
    /// Value of `Body-Sign`.
    pub body_sign: Option<String>,
    /// The bytes as they came: no compression is asked for, none is undone.
    pub body: Vec<u8>,
    /// Milliseconds from the start of the call to the last byte.
    pub elapsed_ms: u64,
}

impl RawAnswer {
    /// For the readers of `seller_wire::response`.
    #[must_use]
    pub fn as_answer(&self) -> Answer<'_> {
        Answer {
            status: self.status,
            content_type: self.content_type.as_deref(),
            body_sign: self.body_sign.as_deref(),
            body: &self.body,
        }
    }
}

impl std::fmt::Debug for RawAnswer {
    /// Without the body, which may hold passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The guarded client. One for the process: it holds the connections.
#[derive(Clone)]
pub struct SellerHttp {
    judge: Judge,
    /// For https: public and allowed addresses.
    open: Client,
    /// For http: its resolver knows allowed networks only, so that no name can
    /// lead an unencrypted call to anywhere else.
    plain: Client,
    wire: Option<Arc<dyn Wire>>,
}

impl SellerHttp {
    /// Makes the client. `power` lets tests cut the power at a moment of a call.
    ///
    /// # Errors
    /// When the file of further authorities can't be used.
    pub fn new(settings: NetworkSettings, power: Option<Arc<dyn Wire>>) -> Result<Self, BadTrust> {
        let judge = Judge::new(settings.allowed);
        let tls = guard::tls(settings.extra_ca_file.as_deref())?;
        Ok(Self {
            open: client(&judge, Reach::Public, tls.clone())?,
            plain: client(&judge, Reach::AllowedOnly, tls)?,
            judge,
            wire: power,
        })
    }

    /// Whether an address could be called, as far as it shows without asking the
    /// network: for forms in which sellers type one.
    ///
    /// # Errors
    /// [`CallError::BadUrl`], [`CallError::NotHttps`] or [`CallError::RefusedAddress`].
    pub fn check_address(&self, url: &str) -> Result<(), CallError> {
        self.target(url).map(drop)
    }

    /// Calls. An answer of any status is an answer; see [`CallError`] for the rest.
    ///
    /// # Errors
    /// Why there is no whole answer.
    pub async fn call(&self, call: &SellerCall<'_>) -> Result<RawAnswer, CallError> {
        let watch = Stopwatch::start();
        let limit = Duration::from_millis(u64::from(call.timeout_ms));
        let result = tokio::time::timeout(limit, self.exchange(call, watch)).await;
        let result = result.unwrap_or(Err(CallError::Timeout {
            limit_ms: call.timeout_ms,
        }));
        let outcome = match &result {
            Ok(answer) if answer.status == 200 => "ok",
            Ok(_) => "http-status",
            Err(error) => error.code().key,
        };
        metrics::histogram!("seller_call_seconds", "outcome" => outcome)
            .record(watch.elapsed().as_secs_f64());
        tracing::debug!(
            outcome,
            elapsed_ms = watch.elapsed_ms(),
            "called a seller's server"
        );
        result
    }

    async fn exchange(
        &self,
        call: &SellerCall<'_>,
        watch: Stopwatch,
    ) -> Result<RawAnswer, CallError> {
        let Target { url, host, client } = self.target(call.url)?;
        let mut request = client.post(url).body(call.body.to_vec());
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        self.survive(WireMoment::BeforeSend)?;
        let mut response = request
            .send()
            .await
            .map_err(|error| error::of_exchange(&error, &host))?;
        let body = read_body(&mut response, call.limit_bytes, &host).await?;
        self.survive(WireMoment::AfterReceive)?;
        Ok(RawAnswer {
            status: response.status().as_u16(),
            content_type: header(response.headers(), &CONTENT_TYPE),
            body_sign: header(response.headers(), &BODY_SIGN),
            body,
            elapsed_ms: watch.elapsed_ms(),
        })
    }

    fn target(&self, url: &str) -> Result<Target<'_>, CallError> {
        let url = Url::parse(url).map_err(|_| CallError::BadUrl)?;
        // Credentials inside an address would silently become a header.
        let clean = url.username().is_empty() && url.password().is_none();
        let host = url
            .host_str()
            .filter(|_| clean)
            .ok_or(CallError::BadUrl)?
            .to_owned();
        let (reach, client) = match url.scheme() {
            "https" => (Reach::Public, &self.open),
            "http" => (Reach::AllowedOnly, &self.plain),
            _ => return Err(CallError::NotHttps { host }),
        };
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = literal.parse::<IpAddr>() {
            self.judge
                .admit(address, reach)
                .map_err(|refusal| refusal.at(&host))?;
        } else if reach == Reach::AllowedOnly && self.judge.allows_nothing() {
            return Err(CallError::NotHttps { host });
        }
        Ok(Target { url, host, client })
    }

    fn survive(&self, moment: WireMoment) -> Result<(), CallError> {
        match &self.wire {
            Some(wire) if wire.dies_at(moment) => Err(CallError::Killed),
            Some(_) | None => Ok(()),
        }
    }
}

impl std::fmt::Debug for SellerHttp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SellerHttp")
    }
}

struct Target<'a> {
    url: Url,
    host: String,
    client: &'a Client,
}

fn client(judge: &Judge, reach: Reach, tls: rustls::ClientConfig) -> Result<Client, BadTrust> {
    Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(GuardedDns::new(judge.clone(), reach))
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        // The contract is one of HTTP/1.1, and servers exist that look for exact spellings.
        .http1_only()
        .http1_title_case_headers()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .user_agent(USER_AGENT)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_PER_HOST)
        .build()
        .map_err(BadTrust::client)
}

async fn read_body(
    response: &mut Response,
    limit_bytes: u32,
    host: &str,
) -> Result<Vec<u8>, CallError> {
    let limit = usize::try_from(limit_bytes).unwrap_or(usize::MAX);
    let too_large = CallError::TooLarge { limit_bytes };
    if response
        .content_length()
        .is_some_and(|length| length > u64::from(limit_bytes))
    {
        return Err(too_large);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| error::of_exchange(&error, host))?
    {
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(too_large);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
