//! One call to a seller's server: sign, send, check, and keep a redacted record.

use accounts::access_key::{self, InterfaceType};
use accounts::interface_address::{self, BodySign, InterfaceAddressId};
use db::ReadTx;
use delivery::message::Attempt;
use gateway::seller_http::{CallError, RawAnswer, SellerCall};
use kernel::crypt::KeyRing;
use kernel::id::OrganisationId;
use kernel::policy::Opening;
use kernel::prelude::*;
use ordering::order_line::Interface;
use seller_wire::body_sign::Policy;
use seller_wire::redact;
use seller_wire::request::{Request, SignedRequest};
use seller_wire::response::{Answer, Checks, ResultCode};

use crate::App;

/// Where and with which keys a product's server is called.
pub(crate) struct Endpoint {
    /// Address without the signature.
    pub(crate) url: String,
    keys: Vec<Secret<String>>,
    body_sign: Policy,
}

/// Finds the endpoint of a line: its frozen address, the seller's present keys.
///
/// # Errors
/// A sentence for the record when the address isn't verified or no key stands.
pub(crate) fn endpoint(
    tx: &ReadTx<'_>,
    ring: &KeyRing,
    seller: OrganisationId,
    interface: &Interface,
) -> Result<Endpoint, Fail> {
    let id = InterfaceAddressId::parse(&interface.address_id)
        .ok_or_else(|| Fail::bug("a line has no interface address"))?;
    let address = interface_address::find_for_seller(tx, seller, id)?;
    let url = format!("{}{}", address.verified_base_url()?, interface.path);
    let keys = access_key::accepted_keys(tx, seller, InterfaceType::Basic)?;
    if keys.is_empty() {
        return Err(Fail::new(access_key::ACCESS_KEY_MISSING));
    }
    let keys = keys
        .iter()
        .map(|key| key.reveal(ring))
        .collect::<Result<_, _>>()?;
    let body_sign = match address.body_sign() {
        BodySign::Off => Policy::Off,
        BodySign::VerifyIfPresent => Policy::VerifyIfPresent,
        BodySign::Required => Policy::Required,
    };
    Ok(Endpoint {
        url,
        keys,
        body_sign,
    })
}

/// A call that was made, and what it brought.
pub(crate) struct Called<T> {
    /// What is kept of it.
    pub(crate) attempt: Attempt,
    /// The checked answer; none when the attempt says what went wrong.
    pub(crate) answer: Option<T>,
}

/// How an answer of an activity is read, and where its result code stands.
pub(crate) struct Reading<T> {
    pub(crate) read: fn(&Answer<'_>, &Checks<'_>) -> Result<T, seller_wire::response::CallError>,
    pub(crate) code: fn(&T) -> &ResultCode,
}

impl App {
    /// Calls a seller's server once. No transaction may be open.
    ///
    /// # Errors
    /// Only when the process is being killed in a test, or the request can't be
    /// built; everything that the seller did wrong stands in the attempt.
    pub(crate) async fn call_seller<T>(
        &self,
        endpoint: &Endpoint,
        request: &Request,
        timeout_ms: u32,
        opening: &Opening,
        reading: Reading<T>,
    ) -> Result<Called<T>, Fail> {
        let key = endpoint
            .keys
            .first()
            .ok_or_else(|| Fail::new(access_key::ACCESS_KEY_MISSING))?;
        let at = self.now();
        let nonce = kernel::random::upper_hex_64();
        let signed =
            SignedRequest::new(request, key.reveal(), at.millis(), &nonce).map_err(Fail::bug)?;
        let url = signed.url(&endpoint.url);
        let call = SellerCall {
            url: &url,
            headers: &SignedRequest::HEADERS,
            body: signed.body(),
            timeout_ms,
            limit_bytes: opening.answer_limit_bytes,
        };
        let watch = kernel::Stopwatch::start();
        let answered = self.sellers.call(&call).await;
        let mut attempt = Attempt {
            at,
            duration_ms: u32::try_from(watch.elapsed_ms()).unwrap_or(u32::MAX),
            request: recorded_request(&url, signed.body()),
            response: String::new(),
            http_status: None,
            result_code: String::new(),
            exception: String::new(),
        };
        let raw = match answered {
            Ok(raw) => raw,
            Err(CallError::Killed) => return Err(Fail::bug("the power failed during a call")),
            Err(error) => {
                attempt.exception = error.on_the_wire().to_string();
                return Ok(Called {
                    attempt,
                    answer: None,
                });
            }
        };
        attempt.http_status = Some(u32::from(raw.status));
        attempt.response = recorded_answer(&raw);
        let keys: Vec<&str> = endpoint
            .keys
            .iter()
            .map(|key| key.reveal().as_str())
            .collect();
        let checks = Checks {
            access_keys: &keys,
            body_sign: endpoint.body_sign,
        };
        match (reading.read)(&raw.as_answer(), &checks) {
            Ok(answer) => {
                let code = (reading.code)(&answer);
                code.code().clone_into(&mut attempt.result_code);
                if *code != ResultCode::Success {
                    attempt.exception =
                        format!("The server answered {}: {}", code.code(), code.meaning());
                }
                Ok(Called {
                    attempt,
                    answer: Some(answer),
                })
            }
            Err(error) => {
                attempt.exception = error.to_string();
                Ok(Called {
                    attempt,
                    answer: None,
                })
            }
        }
    }
}

fn recorded_request(url: &str, body: &[u8]) -> String {
    let headers: Vec<String> = SignedRequest::HEADERS
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    format!(
        "POST {}\n{}\n\n{}",
        redact::url(url),
        headers.join("\n"),
        redact::body(body)
    )
}

fn recorded_answer(raw: &RawAnswer) -> String {
    let mut lines = vec![format!("HTTP {}", raw.status)];
    if let Some(content_type) = &raw.content_type {
        lines.push(format!(
            "Content-Type: {}",
            redact::header("Content-Type", content_type)
        ));
    }
    if let Some(signature) = &raw.body_sign {
        lines.push(format!(
            "Body-Sign: {}",
            redact::header("Body-Sign", signature)
        ));
    }
    format!("{}\n\n{}", lines.join("\n"), redact::body(&raw.body))
}
