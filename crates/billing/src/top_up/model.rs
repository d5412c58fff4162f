//! A top-up.

use kernel::id::{OrganisationId, UserId};
use kernel::prelude::*;
use kernel::state::Machine;

use super::{SECOND_OPERATOR_NEEDED, TopUpEvent, TopUpMachine, TopUpState};

kernel::id!(/// A top-up.
    TopUpId, "top");

/// Money that came in from outside for a buyer.
#[derive(Debug, Clone)]
pub struct TopUp {
    pub(super) id: TopUpId,
    pub(super) realm: Realm,
    pub(super) buyer: OrganisationId,
    pub(super) amount: Money,
    pub(super) reference: String,
    pub(super) state: TopUpState,
    pub(super) version: i64,
    pub(super) recorded_by: UserId,
    pub(super) decided_by: Option<UserId>,
    pub(super) created_at: Timestamp,
    pub(super) decided_at: Option<Timestamp>,
}

impl TopUp {
    /// Records a top-up. Up to `limit_minor` it counts at once, above it a
    /// second operator must agree.
    ///
    /// # Errors
    /// Trouble at the fields `amount` and `reference`.
    pub fn record(
        realm: Realm,
        buyer: OrganisationId,
        amount: Option<Money>,
        reference: &str,
        recorded_by: UserId,
        limit_minor: i64,
        now: Timestamp,
    ) -> Result<Self, Fail> {
        let mut fields = Fields::new();
        let reference = fields.required("reference", reference, 80);
        let amount = amount.filter(|amount| amount.minor > 0);
        if amount.is_none() {
            fields.reject("amount", kernel::fail::FIELD_NOT_AN_AMOUNT);
        }
        fields.check()?;
        let amount =
            amount.ok_or_else(|| Fail::field("amount", kernel::fail::FIELD_NOT_AN_AMOUNT))?;
        let alone = amount.minor <= limit_minor;
        Ok(Self {
            id: TopUpId::fresh(now),
            realm,
            buyer,
            amount,
            reference,
            state: if alone {
                TopUpState::Booked
            } else {
                TopUpState::AwaitingSecond
            },
            version: 1,
            recorded_by,
            decided_by: None,
            created_at: now,
            decided_at: alone.then_some(now),
        })
    }

    /// The second operator's decision.
    ///
    /// # Errors
    /// [`SECOND_OPERATOR_NEEDED`] when it is the one who recorded it; illegal
    /// when it was decided before.
    pub fn decide(
        &self,
        event: TopUpEvent,
        by: UserId,
        now: Timestamp,
        who: Who,
    ) -> Result<Transition<TopUpMachine>, Fail> {
        if by == self.recorded_by {
            return Err(Fail::new(SECOND_OPERATOR_NEEDED));
        }
        Ok(TopUpMachine::transition(
            self.state,
            event,
            self.version,
            now,
            who,
        )?)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> TopUpId {
        self.id
    }
    /// Its world.
    #[must_use]
    pub fn realm(&self) -> Realm {
        self.realm
    }
    /// Whose balance.
    #[must_use]
    pub fn buyer(&self) -> OrganisationId {
        self.buyer
    }
    /// How much.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.amount
    }
    /// The bank's or receipt's number.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> TopUpState {
        self.state
    }
    /// Who recorded it.
    #[must_use]
    pub fn recorded_by(&self) -> UserId {
        self.recorded_by
    }
    /// Who decided on it, when a second operator had to.
    #[must_use]
    pub fn decided_by(&self) -> Option<UserId> {
        self.decided_by
    }
    /// When it was recorded.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }
}
