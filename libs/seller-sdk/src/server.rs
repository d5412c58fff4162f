//! Verifies calls, hands them to the seller, answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http::header::CONTENT_TYPE;
use seller_wire::body_sign;
use seller_wire::crypto::EncryptType;
use seller_wire::open_api::query_pairs;
use seller_wire::request::{Call, Request};
use seller_wire::response::ResultCode;
use seller_wire::signature::{self, Received};
use serde_json::Value;

use crate::answer;
use crate::clock::Clock;
use crate::keys::Keys;
use crate::nonces::Nonces;
use crate::seller::{Refusal, Seller};
use crate::store::{Deduplicate, MemoryStore};

/// A seller's production interface: one address for all activities.
pub struct SellerServer<S, D = MemoryStore> {
    seller: Arc<S>,
    keys: Arc<Keys>,
    shared: Arc<Shared<D>>,
    sign_answers: bool,
    encryption: Option<EncryptType>,
}

struct Shared<D> {
    clock: Arc<dyn Clock>,
    store: D,
    nonces: Nonces,
    /// One lock per idempotency key in work, so that a call and its repetition, arriving at once, make
    /// one instance.
    in_work: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl<S, D> Clone for SellerServer<S, D> {
    fn clone(&self) -> Self {
        Self {
            seller: Arc::clone(&self.seller),
            keys: Arc::clone(&self.keys),
            shared: Arc::clone(&self.shared),
            ..*self
        }
    }
}

/// An answer; its HTTP status is 200 and its media type `application/json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The body.
    pub body: String,
    /// The value of the header `Body-Sign`, if answers are signed.
    pub body_sign: Option<String>,
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = ([(CONTENT_TYPE, "application/json")], self.body).into_response();
        let signature = self.body_sign.and_then(|value| value.parse().ok());
        if let Some(signature) = signature {
            response.headers_mut().insert("body-sign", signature);
        }
        response
    }
}

impl<S: Seller, D: Deduplicate> SellerServer<S, D> {
    /// A server for this seller. Answers are neither signed nor encrypted unless told otherwise.
    pub fn new(seller: S, keys: Keys, clock: Arc<dyn Clock>, store: D) -> Self {
        let (nonces, in_work) = (Nonces::default(), Mutex::default());
        let shared = Arc::new(Shared {
            clock,
            store,
            nonces,
            in_work,
        });
        Self {
            seller: Arc::new(seller),
            keys: Arc::new(keys),
            shared,
            sign_answers: false,
            encryption: None,
        }
    }

    /// Signs answers with `Body-Sign`.
    #[must_use]
    pub fn signing_answers(mut self) -> Self {
        self.sign_answers = true;
        self
    }

    /// Encrypts user names and passwords inside answers.
    #[must_use]
    pub fn encrypting(mut self, encryption: EncryptType) -> Self {
        self.encryption = Some(encryption);
        self
    }

    /// The same server, with the same memory of calls, for another seller: for addresses that differ
    /// in their business only.
    pub fn with_seller<T: Seller>(&self, seller: T) -> SellerServer<T, D> {
        SellerServer {
            seller: Arc::new(seller),
            keys: Arc::clone(&self.keys),
            shared: Arc::clone(&self.shared),
            sign_answers: self.sign_answers,
            encryption: self.encryption,
        }
    }

    /// The same server, with the same memory of calls, that believes other keys: for keys that are
    /// replaced while it runs.
    #[must_use]
    pub fn with_keys(&self, keys: Keys) -> Self {
        Self {
            keys: Arc::new(keys),
            ..self.clone()
        }
    }

    /// The access key that a call was signed with; `None` when it was none of the server's. For servers
    /// of several sellers, who tell by the key whom a call is for. Whether the call is a repeated one is
    /// [`answer`](Self::answer)'s business.
    #[must_use]
    pub fn key_of(&self, query: &str, body: &[u8]) -> Option<&str> {
        let pairs = query_pairs(&format!("?{query}"));
        let received = received(&pairs);
        let now_ms = self.shared.clock.now_ms();
        let mut keys = self.keys.all();
        keys.find(|key| signature::verify(key, received, body, now_ms).is_ok())
    }

    /// A router that answers at this path, e.g. `/produce`.
    pub fn router(self, path: &str) -> Router {
        Router::new()
            .route(path, post(serve::<S, D>))
            .with_state(self)
    }

    /// Answers one call, for servers that are no axum router. `query` is the raw query string, `body`
    /// the raw body of the POST.
    pub async fn answer(&self, query: &str, body: &[u8]) -> Reply {
        let (key, value) = match self.verify(query, body) {
            Ok(key) => (key, self.answer_verified(key, body).await),
            Err(refusal) => (self.keys.primary(), answer::refused(&refusal)),
        };
        let body = answer::ascii_json(&value);
        let body_sign = self
            .sign_answers
            .then(|| body_sign::create(key, body.as_bytes()));
        Reply { body, body_sign }
    }

    /// The key with which the call was signed.
    fn verify(&self, query: &str, body: &[u8]) -> Result<&str, Refusal> {
        let pairs = query_pairs(&format!("?{query}"));
        let received = received(&pairs);
        let now_ms = self.shared.clock.now_ms();
        let mut refused = signature::Refusal::WrongSignature;
        for key in self.keys.all() {
            match signature::verify(key, received, body, now_ms) {
                Ok(()) => {
                    self.check_nonce(received, now_ms)?;
                    return Ok(key);
                }
                Err(refusal) => refused = refusal,
            }
        }
        Err(Refusal::new(
            ResultCode::from_code(refused.result_code()),
            refused.to_string(),
        ))
    }

    fn check_nonce(&self, received: Received<'_>, now_ms: i64) -> Result<(), Refusal> {
        let timestamp_ms = received
            .timestamp
            .and_then(|text| text.parse().ok())
            .unwrap_or(now_ms);
        if self
            .shared
            .nonces
            .first_time(received.nonce.unwrap_or_default(), timestamp_ms, now_ms)
        {
            Ok(())
        } else {
            Err(Refusal::new(
                ResultCode::AuthenticationFailed,
                "This nonce was used before. Sign every call anew.",
            ))
        }
    }

    async fn answer_verified(&self, key: &str, body: &[u8]) -> Value {
        let request = match Request::from_body(body) {
            Ok(request) => request,
            Err(error) => return answer::plain(&ResultCode::InvalidParameter, &error.to_string()),
        };
        if request.debugging {
            return answer_debugging(&request.call);
        }
        let answered = self.answer_once(key, request.call).await;
        answered.unwrap_or_else(|refusal| answer::refused(&refusal))
    }

    /// Repetitions of a call that had its effect get the first answer.
    async fn answer_once(&self, access_key: &str, call: Call) -> Result<Value, Refusal> {
        let Some((key, detail)) = idempotency_key(&call) else {
            return self.perform(access_key, call).await;
        };
        let lock = self.lock_of(&key);
        let _in_work = lock.lock().await;
        let remembered = self
            .shared
            .store
            .find(&key)
            .await
            .map_err(|error| Refusal::internal(error.to_string()))?;
        let first = remembered.as_deref().and_then(|text| text.split_once('\n'));
        if let Some((first_detail, first_answer)) = first
            && first_detail == detail
            && let Ok(answer) = serde_json::from_str(first_answer)
        {
            return Ok(answer);
        }
        let answer = self.perform(access_key, call).await?;
        // The effect is there: an answer that could not be remembered is still the right answer.
        let _ = self
            .shared
            .store
            .remember(&key, &format!("{detail}\n{answer}"))
            .await;
        Ok(answer)
    }

    fn lock_of(&self, key: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut in_work = self
            .shared
            .in_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        in_work.retain(|_, lock| Arc::strong_count(lock) > 1);
        Arc::clone(in_work.entry(key.to_owned()).or_default())
    }

    async fn perform(&self, access_key: &str, call: Call) -> Result<Value, Refusal> {
        match call {
            Call::NewInstance(call) => {
                return answer::created(&self.seller.new_instance(call).await?);
            }
            Call::QueryInstance(call) => {
                let mut lookups = Vec::with_capacity(call.instance_ids.len());
                for id in call.instance_ids {
                    lookups.push(self.seller.query_instance(id).await?);
                }
                return answer::found(lookups, access_key, self.encryption);
            }
            Call::RefreshInstance(call) => self.seller.refresh_instance(call).await?,
            Call::UpdateInstanceStatus(call) => self.seller.update_instance_status(call).await?,
            Call::ReleaseInstance(call) => self.seller.release_instance(call).await?,
            Call::UpgradeInstance(call) => self.seller.upgrade_instance(call).await?,
            Call::ChangeInstanceCheck(call) => self.seller.change_instance_check(call).await?,
            Call::OrderNotify(call) => self.seller.order_notify(call).await?,
        }
        Ok(answer::success())
    }
}

/// What the query says about the signature.
fn received(pairs: &[(String, String)]) -> Received<'_> {
    let find = |wanted: &str| {
        pairs
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    Received {
        signature: find("signature"),
        timestamp: find("timestamp"),
        nonce: find("nonce"),
    }
}

async fn serve<S: Seller, D: Deduplicate>(
    State(server): State<SellerServer<S, D>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Reply {
    server.answer(&query.unwrap_or_default(), &body).await
}

/// Debugging calls and dial tests try the interface, not the business: they succeed and leave nothing.
fn answer_debugging(call: &Call) -> Value {
    let mut body = answer::success();
    if let Value::Object(members) = &mut body {
        match call {
            Call::NewInstance(call) => {
                members.insert("instanceId".into(), call.business_id.clone().into());
            }
            Call::QueryInstance(call) => {
                let entry = |id: &String| serde_json::json!({"instanceId": id});
                members.insert("info".into(), call.instance_ids.iter().map(entry).collect());
            }
            _ => {}
        }
    }
    body
}

/// The key under which the first answer is remembered (section 5.2 of the contract), and a detail that
/// has to be the same. Reading calls have none.
fn idempotency_key(call: &Call) -> Option<(String, &'static str)> {
    let activity = call.activity().name();
    let key = match call {
        Call::NewInstance(call) => [call.order_id.as_str(), &call.order_line_id].join("|"),
        Call::RefreshInstance(call) => [call.order_id.as_str(), &call.instance_id].join("|"),
        // Only the last change counts: an instance may be frozen again after it was unfrozen.
        Call::UpdateInstanceStatus(call) => {
            return Some((
                format!("{activity}|{}", call.instance_id),
                call.status.name(),
            ));
        }
        Call::ReleaseInstance(call) => call.instance_id.clone(),
        Call::UpgradeInstance(call) => call.order_id.clone(),
        Call::OrderNotify(call) => [call.order_id.as_str(), &call.order_line_id].join("|"),
        Call::QueryInstance(_) | Call::ChangeInstanceCheck(_) => return None,
    };
    Some((format!("{activity}|{key}"), ""))
}
