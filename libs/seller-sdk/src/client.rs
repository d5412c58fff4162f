//! Calls the marketplace's open APIs with access key id and secret key.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use seller_wire::open_api::{HttpRequest, OrderAnswer, OrderInfo, OrderQuery, authorize};
use seller_wire::stamp::sdk_date;

use crate::clock::Clock;

const TIMEOUT: Duration = Duration::from_secs(10);
/// Longest answer that is read, in bytes.
const MAX_ANSWER: usize = 1 << 20;
const CONTENT_TYPE: &str = "application/json";

/// A client of the marketplace's open APIs.
#[derive(Clone)]
pub struct OpenApiClient {
    http: Client,
    base_url: String,
    access_key_id: String,
    secret_key: String,
    clock: Arc<dyn Clock>,
}

impl OpenApiClient {
    /// A client for the marketplace at `base_url` (scheme, host and port).
    ///
    /// # Errors
    /// When the address is none, or TLS cannot be set up on this computer.
    pub fn new(
        base_url: &str,
        access_key_id: impl Into<String>,
        secret_key: impl Into<String>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ClientError> {
        let address = Url::parse(base_url).map_err(|_| ClientError::Address)?;
        address.host_str().ok_or(ClientError::Address)?;
        let http = Client::builder()
            .timeout(TIMEOUT)
            .redirect(Policy::none())
            .build()
            .map_err(unreachable)?;
        let base_url = base_url.trim_end_matches('/').to_owned();
        Ok(Self {
            http,
            base_url,
            access_key_id: access_key_id.into(),
            secret_key: secret_key.into(),
            clock,
        })
    }

    /// Queries an order of this seller, or a mock order.
    ///
    /// # Errors
    /// When the marketplace cannot be reached, refuses, or answers what is no order.
    pub async fn query_order(&self, query: &OrderQuery) -> Result<OrderInfo, ClientError> {
        let url = Url::parse(&format!("{}{}", self.base_url, query.target()))
            .map_err(|_| ClientError::Address)?;
        let host = url.host_str().ok_or(ClientError::Address)?;
        let host = url
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let date = sdk_date(self.clock.now_ms().div_euclid(1000));
        let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
        let headers = [
            ("Content-Type", CONTENT_TYPE),
            ("Host", host.as_str()),
            ("X-Sdk-Date", date.as_str()),
        ];
        let request = HttpRequest {
            method: "GET",
            target: &target,
            headers: &headers,
            body: b"",
        };
        let authorization = authorize(&request, &self.access_key_id, &self.secret_key)
            .map_err(|error| ClientError::Unreachable(error.to_string()))?;
        let mut response = self
            .http
            .get(url)
            .header("Content-Type", CONTENT_TYPE)
            .header("X-Sdk-Date", &date)
            .header("Authorization", authorization)
            .send()
            .await
            .map_err(unreachable)?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(ClientError::NotAnOrder { status });
            }
            body.extend_from_slice(&chunk);
        }
        let answer: OrderAnswer =
            serde_json::from_slice(&body).map_err(|_| ClientError::NotAnOrder { status })?;
        match answer.order_info {
            Some(order) if status == 200 => Ok(order),
            _ => Err(ClientError::Refused {
                status,
                code: answer.result_code,
                message: answer.result_msg,
            }),
        }
    }
}

impl fmt::Debug for OpenApiClient {
    /// Without the secret key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenApiClient")
            .field("base_url", &self.base_url)
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

fn unreachable(error: reqwest::Error) -> ClientError {
    ClientError::Unreachable(error.without_url().to_string())
}

/// Why an open API gave no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientError {
    /// The base address is no `http(s)` address with a host.
    Address,
    /// No answer, or an incomplete one.
    Unreachable(String),
    /// An answer that is neither an order nor a known error, e.g. of a gateway that does not believe
    /// the signature (HTTP status 401).
    NotAnOrder {
        /// HTTP status.
        status: u16,
    },
    /// The marketplace says no.
    Refused {
        /// HTTP status.
        status: u16,
        /// For example `MKT.0150`.
        code: String,
        /// Its sentence.
        message: String,
    },
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address => {
                f.write_str("The marketplace's address is no http or https address with a host.")
            }
            Self::Unreachable(reason) => write!(f, "The marketplace cannot be reached: {reason}"),
            Self::NotAnOrder { status } => write!(
                f,
                "The marketplace's answer (HTTP status {status}) is no order. On 401 check access key id, secret key and clock."
            ),
            Self::Refused {
                status,
                code,
                message,
            } => {
                write!(
                    f,
                    "The marketplace refused the query (HTTP status {status}, {code}): {message}"
                )
            }
        }
    }
}

impl std::error::Error for ClientError {}
