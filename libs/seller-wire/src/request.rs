//! What the marketplace sends to a seller's server (sections 2.5 and 5.4 to 5.12 of the contract).

use std::fmt;

use crate::field::{FieldError, Problem, check_text};
use crate::open_api::ProductInfo;
use crate::signature::sign;

mod body;
mod read;

pub use read::RequestError;

/// Most instances that one [`QueryInstance`] may name.
pub const MAX_QUERIED_INSTANCES: usize = 100;

/// The kinds of calls, by the `activity` member of their body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Activity {
    /// `newInstance`
    NewInstance,
    /// `queryInstance`
    QueryInstance,
    /// `refreshInstance`
    RefreshInstance,
    /// `updateInstanceStatus`
    UpdateInstanceStatus,
    /// `releaseInstance`
    ReleaseInstance,
    /// `upgradeInstance`
    UpgradeInstance,
    /// `changeInstanceCheck`
    ChangeInstanceCheck,
    /// `orderNotify`
    OrderNotify,
}

impl Activity {
    /// All of them, in the order of the manual.
    pub const ALL: [Self; 8] = [
        Self::NewInstance,
        Self::QueryInstance,
        Self::RefreshInstance,
        Self::UpdateInstanceStatus,
        Self::ReleaseInstance,
        Self::UpgradeInstance,
        Self::ChangeInstanceCheck,
        Self::OrderNotify,
    ];

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NewInstance => "newInstance",
            Self::QueryInstance => "queryInstance",
            Self::RefreshInstance => "refreshInstance",
            Self::UpdateInstanceStatus => "updateInstanceStatus",
            Self::ReleaseInstance => "releaseInstance",
            Self::UpgradeInstance => "upgradeInstance",
            Self::ChangeInstanceCheck => "changeInstanceCheck",
            Self::OrderNotify => "orderNotify",
        }
    }

    /// Reads the name on the wire.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|activity| activity.name() == name)
    }
}

impl fmt::Display for Activity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One call with its mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is asked for.
    pub call: Call,
    /// A debugging call or dial test (`testFlag` = 1) instead of a real one.
    pub debugging: bool,
}

impl Request {
    /// A real call.
    #[must_use]
    pub fn production(call: Call) -> Self {
        Self {
            call,
            debugging: false,
        }
    }

    /// A debugging call or dial test.
    #[must_use]
    pub fn debugging(call: Call) -> Self {
        Self {
            call,
            debugging: true,
        }
    }

    /// The bytes to sign and to send.
    ///
    /// # Errors
    /// When a member breaks a limit of the contract; the error names it.
    pub fn to_body(&self) -> Result<String, FieldError> {
        body::write(self)
    }

    /// Reads a received body, as a seller does. Unknown members are ignored.
    ///
    /// # Errors
    /// When the body is no JSON object, its activity is unknown, or a member breaks the contract.
    pub fn from_body(body: &[u8]) -> Result<Self, RequestError> {
        read::read(body)
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Open an instance (5.5).
    NewInstance(NewInstance),
    /// Tell how to use one or more instances (5.6).
    QueryInstance(QueryInstance),
    /// Set a new expiry (5.7).
    RefreshInstance(RefreshInstance),
    /// Freeze or unfreeze (5.8).
    UpdateInstanceStatus(UpdateInstanceStatus),
    /// Release (5.9).
    ReleaseInstance(ReleaseInstance),
    /// Upgrade or scale out (5.10).
    UpgradeInstance(UpgradeInstance),
    /// May the instance be changed on renewal? (5.11)
    ChangeInstanceCheck(ChangeInstanceCheck),
    /// An order was paid (5.12).
    OrderNotify(OrderNotify),
}

impl Call {
    /// The kind of this call.
    #[must_use]
    pub fn activity(&self) -> Activity {
        match self {
            Self::NewInstance(_) => Activity::NewInstance,
            Self::QueryInstance(_) => Activity::QueryInstance,
            Self::RefreshInstance(_) => Activity::RefreshInstance,
            Self::UpdateInstanceStatus(_) => Activity::UpdateInstanceStatus,
            Self::ReleaseInstance(_) => Activity::ReleaseInstance,
            Self::UpgradeInstance(_) => Activity::UpgradeInstance,
            Self::ChangeInstanceCheck(_) => Activity::ChangeInstanceCheck,
            Self::OrderNotify(_) => Activity::OrderNotify,
        }
    }
}

/// Members of `newInstance`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInstance {
    /// The paid order.
    pub order_id: String,
    /// Its line.
    pub order_line_id: String,
    /// Differs in every request, retries included.
    pub business_id: String,
}

/// Members of `queryInstance`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryInstance {
    /// 1 to [`MAX_QUERIED_INSTANCES`] ids, without commas; sent as one text separated by commas.
    pub instance_ids: Vec<String>,
}

/// Members of `refreshInstance`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshInstance {
    /// Why the expiry changes.
    pub scene: RefreshScene,
    /// The order that causes it.
    pub order_id: String,
    /// Its line.
    pub order_line_id: String,
    /// The instance.
    pub instance_id: String,
    /// Only when the period type changes.
    pub product_id: Option<String>,
    /// New end of the term, Unix seconds; sent as 14 digits in UTC.
    pub expires_at_s: i64,
}

/// Why an expiry changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshScene {
    /// `TRIAL_TO_FORMAL`
    TrialToFormal,
    /// `RENEWAL`
    Renewal,
    /// `UNSUBSCRIBE_RENEWAL_PERIOD`
    UnsubscribeRenewalPeriod,
    /// `RENEWAL_CHANGE`
    RenewalChange,
}

impl RefreshScene {
    const ALL: [Self; 4] = [
        Self::TrialToFormal,
        Self::Renewal,
        Self::UnsubscribeRenewalPeriod,
        Self::RenewalChange,
    ];

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TrialToFormal => "TRIAL_TO_FORMAL",
            Self::Renewal => "RENEWAL",
            Self::UnsubscribeRenewalPeriod => "UNSUBSCRIBE_RENEWAL_PERIOD",
            Self::RenewalChange => "RENEWAL_CHANGE",
        }
    }
}

/// Members of `updateInstanceStatus`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateInstanceStatus {
    /// The instance.
    pub instance_id: String,
    /// What it becomes.
    pub status: StatusChange,
}

/// What an instance becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusChange {
    /// `FREEZE`: unusable, its data is kept.
    Freeze,
    /// `UNFREEZE`: usable again.
    Unfreeze,
}

impl StatusChange {
    const ALL: [Self; 2] = [Self::Freeze, Self::Unfreeze];

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Freeze => "FREEZE",
            Self::Unfreeze => "UNFREEZE",
        }
    }
}

/// Members of `releaseInstance`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseInstance {
    /// The instance.
    pub instance_id: String,
    /// The unsubscription order and its line; `None` when the retention period ended.
    pub unsubscription: Option<OrderRef>,
}

/// An order and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRef {
    /// The order.
    pub order_id: String,
    /// Its line.
    pub order_line_id: String,
}

/// Members of `upgradeInstance`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpgradeInstance {
    /// The instance; the upgrade does not change its id.
    pub instance_id: String,
    /// The change order, which says the target.
    pub order_id: String,
    /// Its line.
    pub order_line_id: String,
}

/// Members of `changeInstanceCheck`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeInstanceCheck {
    /// The instance.
    pub instance_id: String,
    /// The target.
    pub product_info: ProductInfo,
}

/// Members of `orderNotify`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderNotify {
    /// The paid order.
    pub order_id: String,
    /// Its line.
    pub order_line_id: String,
}

/// A request with its signature: everything that goes over the wire. Sign anew for every attempt.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRequest {
    signature: String,
    timestamp: String,
    nonce: String,
    body: String,
}

impl SignedRequest {
    /// The headers, exactly as the contract has them (2.5).
    pub const HEADERS: [(&'static str, &'static str); 2] = [
        ("Accept", "application/json"),
        ("Content-Type", "application/json;charset=utf8"),
    ];

    /// Serialises once and signs the very bytes that are sent. `timestamp_ms` is Unix time; the nonce
    /// is 1 to 64 letters or digits, see [`nonce_from_random`](crate::signature::nonce_from_random).
    ///
    /// # Errors
    /// When a member of the request or the nonce breaks a limit of the contract.
    pub fn new(
        request: &Request,
        access_key: &str,
        timestamp_ms: i64,
        nonce: &str,
    ) -> Result<Self, FieldError> {
        check_text("nonce", nonce, 64)?;
        if !nonce.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(FieldError::invalid("nonce", "letters and digits only"));
        }
        if access_key.is_empty() {
            return Err(FieldError::new("accessKey", Problem::Missing));
        }
        let body = request.to_body()?;
        Ok(Self {
            signature: sign(access_key, &body, timestamp_ms, nonce),
            timestamp: timestamp_ms.to_string(),
            nonce: nonce.to_owned(),
            body,
        })
    }

    /// The query parameters, in the order in which they are sent.
    #[must_use]
    pub fn query(&self) -> [(&'static str, &str); 3] {
        [
            ("signature", &self.signature),
            ("timestamp", &self.timestamp),
            ("nonce", &self.nonce),
        ]
    }

    /// The address to call: `base` with the query parameters, appended with `&` if it has a query.
    #[must_use]
    pub fn url(&self, base: &str) -> String {
        let base = base.split_once('#').map_or(base, |(before, _)| before);
        let separator = match base.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        let query = self
            .query()
            .map(|(name, value)| format!("{name}={value}"))
            .join("&");
        format!("{base}{separator}{query}")
    }

    /// The bytes to send.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body.as_bytes()
    }
}

impl fmt::Debug for SignedRequest {
    /// Without the signature, so that no log has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedRequest")
            .field("timestamp", &self.timestamp)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
