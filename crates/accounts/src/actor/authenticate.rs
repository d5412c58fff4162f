//! From a token to somebody who may act.

use db::{ReadTx, Tx};
use kernel::id::{OrganisationId, UserId};
use kernel::policy::Accounts;
use kernel::{Fail, Timestamp, codes, fail};

use super::model::{Seat, check_step_up};
use super::{BuyerActor, OperatorActor, SellerActor};
use crate::Country;
use crate::organisation::{Kind, Membership, memberships_of};
use crate::session::{self, Session, SessionUser};
use crate::token::TokenHash;
use crate::user::Language;

codes! {
    /// The code of two-step verification is still owed.
    Unauthenticated TOTP_FIRST = "totp-first";
    /// Operators must turn two-step verification on.
    Forbidden OPERATOR_NEEDS_TOTP = "operator-needs-totp";
}

/// Who sends a request.
#[derive(Debug)]
pub enum Caller {
    /// Nobody that we know: no session, or one that ended.
    Nobody,
    /// A person whose password was right and whose code is still owed. May
    /// enter the code or sign out, nothing else.
    TotpPending(Waiting),
    /// A signed-in person.
    Signed(Box<Signed>),
}

impl Caller {
    /// The signed-in person.
    ///
    /// # Errors
    /// [`SIGN_IN_FIRST`](fail::SIGN_IN_FIRST) or [`TOTP_FIRST`].
    pub fn signed(self) -> Result<Signed, Fail> {
        match self {
            Self::Nobody => Err(Fail::new(fail::SIGN_IN_FIRST)),
            Self::TotpPending(_) => Err(Fail::new(TOTP_FIRST)),
            Self::Signed(signed) => Ok(*signed),
        }
    }

    /// The person whose code is still owed.
    ///
    /// # Errors
    /// [`SIGN_IN_FIRST`](fail::SIGN_IN_FIRST) for anybody else.
    pub fn waiting(self) -> Result<Waiting, Fail> {
        match self {
            Self::TotpPending(waiting) => Ok(waiting),
            Self::Nobody | Self::Signed(_) => Err(Fail::new(fail::SIGN_IN_FIRST)),
        }
    }
}

/// A session that waits for the code of two-step verification.
#[derive(Debug, Clone)]
pub struct Waiting {
    user: UserId,
    session: TokenHash,
}

impl Waiting {
    /// The person.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }
    /// The session, for [`complete_totp`](crate::session::complete_totp).
    #[must_use]
    pub const fn session(&self) -> &TokenHash {
        &self.session
    }
}

/// A signed-in person, their organisations and their session.
pub struct Signed {
    session: Session,
    user: SessionUser,
    memberships: Vec<Membership>,
    address: String,
    operators_need_totp: bool,
}

impl std::fmt::Debug for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signed({})", self.session.user)
    }
}

/// Finds out who presents a token. `address` is where the request comes from;
/// the actors carry it into the audit trail. Two statements for a signed-in
/// person, one for anybody else.
///
/// # Errors
/// The database's. A token that opens nothing is no error: [`Caller::Nobody`].
pub fn authenticate(
    tx: &ReadTx<'_>,
    presented: &TokenHash,
    address: &str,
    now: Timestamp,
    policy: &Accounts,
) -> Result<Caller, Fail> {
    let Some((session, user)) = session::find_with_user(tx, presented)? else {
        return Ok(Caller::Nobody);
    };
    if !session.lives(now, policy) {
        return Ok(Caller::Nobody);
    }
    if session.totp_pending {
        return Ok(Caller::TotpPending(Waiting {
            user: session.user,
            session: session.token_hash,
        }));
    }
    let memberships = memberships_of(tx, session.user)?;
    Ok(Caller::Signed(Box::new(Signed {
        session,
        user,
        memberships,
        address: address.to_owned(),
        operators_need_totp: policy.operators_need_totp,
    })))
}

/// Remembers in the session which of several buyers or sellers the person acts
/// for. There is one operator, so nothing to choose there.
///
/// # Errors
/// "Not found" when the person is no member of it.
pub fn choose_organisation(
    tx: &Tx<'_>,
    signed: &Signed,
    organisation: OrganisationId,
) -> Result<(), Fail> {
    let chosen = signed
        .memberships
        .iter()
        .find(|membership| membership.organisation() == organisation)
        .ok_or_else(Fail::not_found)?;
    let session = &signed.session.token_hash;
    match chosen.kind() {
        Kind::Buyer => session::choose_buyer(tx, signed.user(), session, organisation),
        Kind::Seller => session::choose_seller(tx, signed.user(), session, organisation),
        Kind::Operator => Ok(()),
    }
}

impl Signed {
    /// The person.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.session.user
    }
    /// Their e-mail address.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.user.email
    }
    /// Their name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.user.name
    }
    /// Their country.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.user.country
    }
    /// Their language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.user.language
    }
    /// Whether they use two-step verification.
    #[must_use]
    pub const fn has_totp(&self) -> bool {
        self.user.has_totp
    }
    /// Whether their address is confirmed.
    #[must_use]
    pub const fn email_verified(&self) -> bool {
        self.user.email_verified
    }
    /// All their organisations, oldest membership first.
    #[must_use]
    pub fn memberships(&self) -> &[Membership] {
        &self.memberships
    }
    /// Their session.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }
    /// Network address of the request.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Refuses when the last proof of identity is too long ago.
    ///
    /// # Errors
    /// [`STEP_UP_NEEDED`](super::STEP_UP_NEEDED).
    pub fn fresh_step_up(&self, now: Timestamp, policy: &Accounts) -> Result<(), Fail> {
        check_step_up(self.session.step_up_at, now, policy)
    }

    /// The person as a member of a buyer: the one chosen, else the oldest.
    ///
    /// # Errors
    /// [`FORBIDDEN`](fail::FORBIDDEN) without such a membership.
    pub fn buyer(&self) -> Result<BuyerActor, Fail> {
        self.seat(Kind::Buyer, self.session.buyer).map(BuyerActor)
    }

    /// The person as a member of a seller: the one chosen, else the oldest.
    ///
    /// # Errors
    /// [`FORBIDDEN`](fail::FORBIDDEN) without such a membership.
    pub fn seller(&self) -> Result<SellerActor, Fail> {
        self.seat(Kind::Seller, self.session.seller)
            .map(SellerActor)
    }

    /// The person as one of the operator's staff.
    ///
    /// # Errors
    /// [`FORBIDDEN`](fail::FORBIDDEN) without such a membership;
    /// [`OPERATOR_NEEDS_TOTP`] when the policy asks for two-step verification
    /// and the person doesn't use it.
    pub fn operator(&self) -> Result<OperatorActor, Fail> {
        let seat = self.seat(Kind::Operator, None)?;
        if self.operators_need_totp && !self.user.has_totp {
            return Err(Fail::new(OPERATOR_NEEDS_TOTP));
        }
        Ok(OperatorActor(seat))
    }

    fn seat(&self, kind: Kind, chosen: Option<OrganisationId>) -> Result<Seat, Fail> {
        let of_kind = || self.memberships.iter().filter(|one| one.kind() == kind);
        let membership = of_kind()
            .find(|one| Some(one.organisation()) == chosen)
            .or_else(|| of_kind().next())
            .ok_or(fail::FORBIDDEN)?;
        Ok(Seat {
            user: self.session.user,
            membership: membership.clone(),
            address: self.address.clone(),
            step_up_at: self.session.step_up_at,
        })
    }
}
