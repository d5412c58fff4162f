//! The interface paths: records each call, then does what the script or the path says.

use std::io;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Method, StatusCode};
use seller_sdk::{Clock, Keys, MemoryStore, OpenApiClient, Reply, SellerServer};
use seller_wire::body_sign;
use seller_wire::request::Activity;
use serde_json::Value;
use tokio::sync::watch;

use crate::config::Credentials;
use crate::random;
use crate::record::{Recorded, Records};
use crate::script::{Script, Step};
use crate::seller::{Business, SampleBusiness};

/// Longest request body that is read, in bytes.
const MAX_REQUEST: usize = 1 << 20;

/// What all interface paths share.
pub(crate) struct Production {
    pub(crate) server: SellerServer<SampleBusiness, MemoryStore>,
    pub(crate) known: RwLock<Arc<Vec<Known>>>,
    pub(crate) business: Arc<Business>,
    pub(crate) script: Script,
    pub(crate) records: Records,
    pub(crate) slow_polls: u32,
    pub(crate) hang: Duration,
    pub(crate) sign_answers: bool,
    pub(crate) stopping: watch::Receiver<bool>,
}

/// A seller that it stands in for.
pub(crate) struct Known {
    access_key: String,
    orders: Option<OpenApiClient>,
}

impl Known {
    /// # Errors
    /// When the address of the open APIs is none.
    pub(crate) fn all(
        credentials: &[Credentials],
        clock: &Arc<dyn Clock>,
    ) -> io::Result<Arc<Vec<Self>>> {
        let known = credentials.iter().map(|one| {
            let client = |api: &crate::OpenApi| {
                let (id, secret) = (api.access_key_id.clone(), api.secret_key.clone());
                OpenApiClient::new(&api.base_url, id, secret, Arc::clone(clock))
                    .map_err(io::Error::other)
            };
            Ok(Self {
                access_key: one.access_key.clone(),
                orders: one.open_api.as_ref().map(client).transpose()?,
            })
        });
        known.collect::<io::Result<Vec<_>>>().map(Arc::new)
    }
}

/// One call and the seller that it is for.
struct Called<'a> {
    server: SellerServer<SampleBusiness, MemoryStore>,
    known: Arc<Vec<Known>>,
    query: &'a str,
    body: &'a [u8],
}

impl Called<'_> {
    /// The seller whose key signed the call; the first one when none did.
    fn seller(&self) -> Option<&Known> {
        let key = self.server.key_of(self.query, self.body);
        let signed = |known: &&Known| Some(known.access_key.as_str()) == key;
        self.known
            .iter()
            .find(signed)
            .or_else(|| self.known.first())
    }
}

/// What a path does where the script says nothing; `None`: there is no such path.
fn step_of_path(path: &str, activity: Option<Activity>, slow_polls: u32) -> Option<Step> {
    let creates = activity == Some(Activity::NewInstance);
    Some(match path {
        "/produce/slow" if creates => Step::Pending(slow_polls),
        "/produce/refuse" if creates => Step::Refuse("000100".into()),
        "/produce" | "/produce/slow" | "/produce/refuse" => Step::Ok,
        "/produce/garbage" => Step::Garbage,
        "/produce/hang" => Step::Hang,
        _ => return None,
    })
}

pub(crate) async fn handle(
    State(production): State<Arc<Production>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_REQUEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let activity = activity_of(&body);
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    production.records.push(Recorded {
        method: parts.method.to_string(),
        target: target.to_owned(),
        headers: parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
            .collect(),
        body: body.to_vec(),
        activity,
    });
    if parts.method != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(usual) = step_of_path(parts.uri.path(), activity, production.slow_polls) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let scripted = activity.and_then(|activity| production.script.next(activity));
    let called = production.called(parts.uri.query().unwrap_or_default(), &body);
    production
        .act(scripted.unwrap_or(usual), activity, &called)
        .await
}

fn activity_of(body: &Bytes) -> Option<Activity> {
    let value: Value = serde_json::from_slice(body).ok()?;
    Activity::from_name(value.get("activity")?.as_str()?)
}

impl Production {
    fn called<'a>(&self, query: &'a str, body: &'a [u8]) -> Called<'a> {
        let known = Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner));
        let mut accepted = known.iter().map(|known| known.access_key.clone());
        let first = Keys::new(accepted.next().unwrap_or_default());
        Called {
            server: self
                .server
                .with_keys(accepted.fold(first, Keys::also_accept)),
            known,
            query,
            body,
        }
    }

    async fn act(&self, step: Step, activity: Option<Activity>, called: &Called<'_>) -> Response {
        match step {
            Step::Ok => self.answer(0, called).await.into_response(),
            Step::Pending(polls) if activity == Some(Activity::NewInstance) => {
                self.answer(polls, called).await.into_response()
            }
            Step::Pending(_) => self.refuse("000004", called).into_response(),
            Step::Refuse(code) => self.refuse(&code, called).into_response(),
            Step::Http(status) => StatusCode::from_u16(status)
                .unwrap_or(StatusCode::BAD_GATEWAY)
                .into_response(),
            Step::Garbage => json("<<< this is no JSON >>>".into()),
            Step::WrongContentType => {
                let mut response = self.refuse("000000", called).into_response();
                response
                    .headers_mut()
                    .insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
                response
            }
            Step::Hang => self.hang().await,
            Step::CutAfterReceive => {
                self.answer(0, called).await;
                cut()
            }
            Step::Huge => json(format!(
                "{{\"resultCode\":\"000000\",\"resultMsg\":\"{}\"}}",
                "x".repeat(2_000_000)
            )),
            Step::Redirect(address) => {
                let mut response = StatusCode::FOUND.into_response();
                if let Ok(address) = HeaderValue::from_str(&address) {
                    response.headers_mut().insert(LOCATION, address);
                }
                response
            }
            Step::WrongBodySign => {
                let mut reply = self.answer(0, called).await;
                reply.body_sign = Some(body_sign::create(
                    "not the access key",
                    reply.body.as_bytes(),
                ));
                reply.into_response()
            }
            Step::OtherInstanceId => match random::text::<24>() {
                Ok(id) => self.answer_with_id(&format!("other-{id}"), called).await,
                Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            },
            Step::InstanceId(id) => self.answer_with_id(&id, called).await,
        }
    }

    async fn answer(&self, pending_polls: u32, called: &Called<'_>) -> Reply {
        let seller = SampleBusiness {
            business: Arc::clone(&self.business),
            orders: called.seller().and_then(|known| known.orders.clone()),
            pending_polls,
        };
        let server = called.server.with_seller(seller);
        server.answer(called.query, called.body).await
    }

    /// Puts another id in the place of the answer's, under which there is an instance then.
    async fn answer_with_id(&self, id: &str, called: &Called<'_>) -> Response {
        let reply = self.answer(0, called).await;
        let Ok(mut answer) = serde_json::from_str::<Value>(&reply.body) else {
            return reply.into_response();
        };
        let Some(Value::String(own)) = answer.get_mut("instanceId") else {
            return reply.into_response();
        };
        if self.business.open_like(own, id).is_err() {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        id.clone_into(own);
        self.signed(answer.to_string(), called).into_response()
    }

    fn refuse(&self, code: &str, called: &Called<'_>) -> Reply {
        let body = format!("{{\"resultCode\":\"{code}\",\"resultMsg\":\"as the script says\"}}");
        self.signed(body, called)
    }

    fn signed(&self, body: String, called: &Called<'_>) -> Reply {
        let seller = called.seller().filter(|_| self.sign_answers);
        let body_sign = seller.map(|known| body_sign::create(&known.access_key, body.as_bytes()));
        Reply { body, body_sign }
    }

    async fn hang(&self) -> Response {
        let mut stopping = self.stopping.clone();
        // Whether the time is over or the server stops: nobody gets a word.
        let _ = tokio::time::timeout(self.hang, stopping.wait_for(|stopping| *stopping)).await;
        cut()
    }
}

fn json(body: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}

/// An answer whose body breaks before its first byte: the connection is closed with nothing sent.
fn cut() -> Response {
    let broken = futures::stream::once(async {
        Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    Body::from_stream(broken).into_response()
}
