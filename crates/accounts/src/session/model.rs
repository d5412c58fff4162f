//! The session as the database holds it.

use kernel::Timestamp;
use kernel::id::{OrganisationId, UserId};
use kernel::policy::Accounts;

use crate::token::TokenHash;

/// Minutes in which the second step of a sign-in must come.
pub(super) const PENDING_MINUTES: i64 = 15;
/// Seconds between two notes of the last use.
const TOUCH_SECONDS: i64 = 60;
/// Characters of the browser's name that are kept.
const MAX_AGENT: usize = 200;
/// Characters of an address that are kept.
const MAX_ADDRESS: usize = 64;

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Visitor<'a> {
    /// Network address, as the trusted proxies tell it.
    pub address: &'a str,
    /// What the browser calls itself.
    pub agent: &'a str,
}

impl Visitor<'_> {
    pub(super) fn kept_address(&self) -> String {
        self.address.chars().take(MAX_ADDRESS).collect()
    }
    pub(super) fn kept_agent(&self) -> String {
        let printable = self.agent.chars().filter(|c| !c.is_control());
        printable.take(MAX_AGENT).collect()
    }
}

/// A session.
#[derive(Debug, Clone)]
pub struct Session {
    pub(crate) token_hash: TokenHash,
    pub(crate) user: UserId,
    pub(crate) buyer: Option<OrganisationId>,
    pub(crate) seller: Option<OrganisationId>,
    pub(crate) created_at: Timestamp,
    pub(crate) last_seen_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) step_up_at: Option<Timestamp>,
    pub(crate) totp_pending: bool,
    pub(crate) address: String,
    pub(crate) agent: String,
}

impl Session {
    /// Names the session in a list without opening it.
    #[must_use]
    pub const fn token_hash(&self) -> &TokenHash {
        &self.token_hash
    }
    /// When it was opened.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// When it was last used, give or take a minute.
    #[must_use]
    pub const fn last_seen_at(&self) -> Timestamp {
        self.last_seen_at
    }
    /// From where it was opened.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
    /// What the browser calls itself.
    #[must_use]
    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// Whether it still holds: not past its end and not idle for too long.
    #[must_use]
    pub fn lives(&self, now: Timestamp, policy: &Accounts) -> bool {
        let idle_seconds = i64::from(policy.session_idle_hours) * 3_600;
        now < self.expires_at && now.seconds_since(self.last_seen_at) < idle_seconds
    }

    /// Whether its use is worth a write: at most one a minute, or one when the
    /// clock was set back.
    #[must_use]
    pub fn wants_touch(&self, now: Timestamp) -> bool {
        !(0..TOUCH_SECONDS).contains(&now.seconds_since(self.last_seen_at))
    }
}
