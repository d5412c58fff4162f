//! Money comes in: an operator records a top-up, above a limit another one
//! agrees, and it stands to the buyer's credit.

use accounts::actor::OperatorActor;
use accounts::organisation::{self, Kind, Right};
use billing::ledger::{self, recipe};
use billing::top_up::{self, TopUp, TopUpEvent, TopUpId, TopUpState};
use db::idempotency::{self, Key};
use db::{Tx, audit};
use kernel::id::OrganisationId;
use kernel::prelude::*;

use crate::App;
use crate::facts::{Fact, announce};

/// What the form sends.
#[derive(Debug, Clone)]
pub struct TopUpForm {
    /// Idempotency key of the form.
    pub key: String,
    /// Whose balance.
    pub buyer: OrganisationId,
    /// Amount as it was typed.
    pub amount: String,
    /// The bank's or receipt's number.
    pub reference: String,
}

impl App {
    /// Records a top-up; where it stands then.
    ///
    /// # Errors
    /// Trouble at `amount` and `reference`; not found.
    pub async fn record_top_up(
        &self,
        operator: &OperatorActor,
        form: TopUpForm,
    ) -> Result<TopUpState, Fail> {
        operator.require(Right::RecordTopUp)?;
        let policy = self.policy().await?;
        let (operator, now) = (operator.clone(), self.now());
        self.step(move |tx| {
            let key = Key {
                scope: operator.user().to_string(),
                key: form.key.clone(),
                operation: "record_top_up",
            };
            if let Some(first) = idempotency::first_result(tx, &key)? {
                let id = TopUpId::parse(&first)
                    .ok_or_else(|| Fail::bug("an idempotency row holds no top-up id"))?;
                return Ok(top_up::find(tx, id)?.state());
            }
            let buyer = organisation::find_any(tx, form.buyer)?;
            if buyer.kind() != Kind::Buyer {
                return Err(Fail::not_found());
            }
            let amount = Money::parse(&form.amount, policy.site.listing_currency);
            let limit = policy.ordering.top_up_second_operator_above_minor;
            let recorded = TopUp::record(
                buyer.realm(),
                buyer.id(),
                amount,
                &form.reference,
                operator.user(),
                limit,
                now,
            )?;
            top_up::insert(tx, &recorded)?;
            idempotency::remember(tx, &key, recorded.id().as_str(), now)?;
            audit::record(
                tx,
                &crate::app_audit(&operator, "recordTopUp", recorded.id().as_str(), now),
            )?;
            if recorded.state() == TopUpState::Booked {
                book(tx, &recorded, operator.who(), now)?;
            }
            Ok(recorded.state())
        })
        .await
    }

    /// The second operator's decision on a large top-up.
    ///
    /// # Errors
    /// Not found; the recorder can't decide; decided before.
    pub async fn decide_top_up(
        &self,
        operator: &OperatorActor,
        id: TopUpId,
        event: TopUpEvent,
    ) -> Result<(), Fail> {
        operator.require(Right::ApproveTopUp)?;
        let (operator, now) = (operator.clone(), self.now());
        self.step(move |tx| {
            let recorded = top_up::find(tx, id)?;
            let decision = recorded.decide(event, operator.user(), now, operator.who())?;
            top_up::save(tx, &recorded, &decision)?;
            audit::record(
                tx,
                &crate::app_audit(&operator, "decideTopUp", id.as_str(), now),
            )?;
            if decision.to() == TopUpState::Booked {
                book(tx, &recorded, operator.who(), now)?;
            }
            Ok(())
        })
        .await
    }
}

fn book(tx: &Tx<'_>, top_up: &TopUp, who: Who, now: Timestamp) -> Result<(), Fail> {
    let group = recipe::top_up(
        top_up.id(),
        top_up.realm(),
        top_up.buyer(),
        top_up.amount(),
        top_up.reference(),
    )?;
    ledger::post(tx, &group, now, who)?;
    announce(
        tx,
        &Fact::TopUpBooked {
            buyer: top_up.buyer(),
            amount: top_up.amount(),
            reference: top_up.reference(),
        },
        now,
    )
}
