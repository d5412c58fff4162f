//! The link as the database holds it.

use kernel::id::{OrganisationId, UserId};
use kernel::{Timestamp, codes};

use crate::organisation::Role;
use crate::token::TokenHash;
use crate::user::{Email, User};

codes! {
    /// The link is unknown, used, past its end or made for something else.
    Conflict LINK_NOT_VALID = "link-not-valid";
}

kernel::names! {
    /// What a link is for.
    pub enum Purpose {
        /// Confirm an address.
        VerifyEmail = "verify_email",
        /// Set a new password.
        ResetPassword = "reset_password",
        /// Join an organisation.
        Invite = "invite",
        /// Become the operator's staff; the link also makes the account.
        CreateOperator = "create_operator",
    }
}

/// A link to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewLink<'a> {
    /// What for.
    pub purpose: Purpose,
    /// To which address it is mailed.
    pub email: &'a Email,
    /// For whom, when they have an account.
    pub user: Option<UserId>,
    /// Which organisation to join, with which role.
    pub seat: Option<(OrganisationId, Role)>,
}

/// A link that works, or worked until just now.
#[derive(Debug, Clone)]
pub struct Link {
    pub(super) token_hash: TokenHash,
    pub(super) purpose: Purpose,
    pub(super) email: String,
    pub(super) user: Option<UserId>,
    pub(super) organisation: Option<OrganisationId>,
    pub(super) role: Option<Role>,
    pub(super) created_at: Timestamp,
    pub(super) expires_at: Timestamp,
}

impl Link {
    /// Names the link in a list without opening it.
    #[must_use]
    pub const fn token_hash(&self) -> &TokenHash {
        &self.token_hash
    }
    /// What for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }
    /// The address that it was mailed to, as written by whoever made it.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.email
    }
    /// For whom.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        self.user
    }
    /// Which organisation to join, with which role.
    #[must_use]
    pub fn seat(&self) -> Option<(OrganisationId, Role)> {
        self.organisation.zip(self.role)
    }
    /// When it was made.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// When it ends.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
    /// Whether it was mailed to this person: an invitation that was forwarded
    /// must not let somebody else in.
    #[must_use]
    pub fn is_for(&self, user: &User) -> bool {
        self.email.to_ascii_lowercase() == user.email().lower()
    }
}
