//! What a seller answers (sections 1.6, 5.2 and 5.4 to 5.12 of the contract): checked, typed, and
//! turned into what to do next.

use crate::body_sign::Policy;
use crate::request::Activity;

mod code;
mod error;
mod info;
mod read;
mod verdict;

pub use code::ResultCode;
pub use error::CallError;
pub use info::{AppInfo, InstanceInfo, UsageInfo, UsageValue};
pub use verdict::{Verdict, verdict_without_answer};

/// An answer as it came over the wire, after content decoding.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// Value of `Content-Type`.
    pub content_type: Option<&'a str>,
    /// Value of `Body-Sign`.
    pub body_sign: Option<&'a str>,
    /// The raw body.
    pub body: &'a [u8],
}

/// How answers of one interface address are checked.
#[derive(Clone, Copy)]
pub struct Checks<'a> {
    /// Access keys of the address, the primary one first. All may sign and encrypt answers.
    pub access_keys: &'a [&'a str],
    /// Whether answers have to be signed.
    pub body_sign: Policy,
}

impl<'a> Checks<'a> {
    /// With the default policy: a signature is verified if present.
    #[must_use]
    pub fn with_keys(access_keys: &'a [&'a str]) -> Self {
        Self {
            access_keys,
            body_sign: Policy::default(),
        }
    }
}

/// The answer to `newInstance`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInstanceAnswer {
    /// The result.
    pub code: ResultCode,
    /// `resultMsg`.
    pub message: Option<String>,
    /// Always there when the code is success or processing.
    pub instance_id: Option<String>,
}

impl NewInstanceAnswer {
    /// What to do next.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::of(Activity::NewInstance, &self.code)
    }
}

/// The answer to `queryInstance`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryInstanceAnswer {
    /// The result.
    pub code: ResultCode,
    /// `resultMsg`.
    pub message: Option<String>,
    /// The instances that the seller told about, user names and passwords in plaintext.
    pub info: Vec<InstanceInfo>,
}

impl QueryInstanceAnswer {
    /// What the seller told about one instance.
    #[must_use]
    pub fn instance(&self, instance_id: &str) -> Option<&InstanceInfo> {
        self.info
            .iter()
            .find(|info| info.instance_id == instance_id)
    }

    /// What to do next when one instance is waited for: a success that does not name it means that it
    /// is still being opened.
    #[must_use]
    pub fn verdict(&self, instance_id: &str) -> Verdict {
        match Verdict::of(Activity::QueryInstance, &self.code) {
            Verdict::Done if self.instance(instance_id).is_none() => Verdict::Poll,
            verdict => verdict,
        }
    }
}

/// The answer to every other activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainAnswer {
    /// What was asked.
    pub activity: Activity,
    /// The result.
    pub code: ResultCode,
    /// `resultMsg`.
    pub message: Option<String>,
}

impl PlainAnswer {
    /// What to do next.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::of(self.activity, &self.code)
    }
}

/// Checks and reads the answer to `newInstance`.
///
/// # Errors
/// The first check of section 1.6 that failed.
pub fn read_new_instance(
    answer: &Answer<'_>,
    checks: &Checks<'_>,
) -> Result<NewInstanceAnswer, CallError> {
    read::new_instance(answer, checks)
}

/// Checks and reads the answer to `queryInstance`, and decrypts what is encrypted in it.
///
/// # Errors
/// The first check of section 1.6 that failed.
pub fn read_query_instance(
    answer: &Answer<'_>,
    checks: &Checks<'_>,
) -> Result<QueryInstanceAnswer, CallError> {
    read::query_instance(answer, checks)
}

/// Checks and reads the answer to an activity that only answers result code and message.
///
/// # Errors
/// The first check of section 1.6 that failed.
pub fn read_plain(
    activity: Activity,
    answer: &Answer<'_>,
    checks: &Checks<'_>,
) -> Result<PlainAnswer, CallError> {
    read::plain(activity, answer, checks)
}
