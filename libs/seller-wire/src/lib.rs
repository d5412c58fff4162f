//! The wire between a marketplace and its sellers' servers, SaaS Access V2.0.
//!
//! Pure by intention: no I/O, no clock, no randomness. Time, nonces and initialisation vectors are
//! parameters, so that every byte that crosses the wire can be reproduced and tested.
//!
//! | Module | What it is for |
//! |---|---|
//! | [`request`] | what the marketplace sends: typed calls, canonical bytes, the signed request |
//! | [`signature`] | the signature of such requests, and its check by the seller |
//! | [`response`] | what the seller answers: checked, typed, and what to do next |
//! | [`body_sign`] | the optional signature of answers |
//! | [`crypto`] | the encryption of account names and passwords inside answers |
//! | [`schedule`] | when a failed call is repeated |
//! | [`redact`] | what of a call may be recorded |
//! | [`open_api`] | the APIs that sellers call: AK/SK signatures, order query, error codes |
//! | [`stamp`] | the time formats of the contract |
//!
//! A call, from the marketplace's side:
//!
//! ```
//! use seller_wire::request::{Call, NewInstance, Request, SignedRequest};
//! use seller_wire::response::{self, Answer, Checks, Verdict};
//!
//! let request = Request::production(Call::NewInstance(NewInstance {
//!     order_id: "CS2601010000ABCDE".into(),
//!     order_line_id: "CS2601010000ABCDE-000001".into(),
//!     business_id: "6b1d7c52-0c1e-4c1f-8f0a-3a9d2f7e1b10".into(),
//! }));
//! let key = "2f1a7c9e-5b1d-4c0f-9a55-0d6f3b8e1c42";
//! let signed = SignedRequest::new(&request, key, 1_767_225_600_000, "0123456789ABCDEF")?;
//! assert!(signed.url("https://seller.example.com/produce").contains("?signature="));
//!
//! // ... the caller sends signed.body() with signed.headers() and gets:
//! let answer = Answer {
//!     status: 200,
//!     content_type: Some("application/json"),
//!     body_sign: None,
//!     body: br#"{"resultCode":"000004","resultMsg":"accepted","instanceId":"i-1"}"#,
//! };
//! let created = response::read_new_instance(&answer, &Checks::with_keys(&[key]))?;
//! assert_eq!(created.verdict(), Verdict::Poll);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod body_sign;
mod canonical;
pub mod crypto;
mod field;
mod mac;
pub mod open_api;
pub mod redact;
pub mod request;
pub mod response;
pub mod schedule;
pub mod signature;
pub mod stamp;

pub use canonical::{NotAnObject, canonical_json};
pub use field::{FieldError, Problem};
