//! The rules of service flows. Each step takes the row and what its author
//! says, decides, and hands back the proof that [`super::store::save`] wants.

use jiff::ToSpan as _;
use kernel::fail::{self, Fail};
use kernel::field::Fields;
use kernel::id::ServiceFlowId;
use kernel::state::Machine as _;
use kernel::who::Side;
use kernel::{Timestamp, Transition, Who, Zone, codes};

use super::{Event, NewFlow, ServiceFlow, ServiceFlowMachine, first_state, may, waits_for};
use crate::record::{FileKind, Statement};

codes! {
    /// Nothing can be delivered before the instance is open.
    Conflict INSTANCE_NOT_OPEN = "instance-not-open";
    /// The enabling time lies before the payment or in the future.
    Invalid ENABLING_TIME_OUT_OF_RANGE = "enabling-time-out-of-range";
    /// A paper that a delivery must have is missing.
    Invalid PROOF_MISSING = "proof-missing";
    /// The flow doesn't wait for the other side.
    Conflict REMINDER_NOT_NEEDED = "reminder-not-needed";
    /// The other side was reminded a short while ago.
    TooMany REMINDER_TOO_SOON = "reminder-too-soon";
}

/// A decided step of a flow.
pub type Step = Result<Transition<ServiceFlowMachine>, Fail>;

/// What a seller hands over with a delivery.
#[derive(Debug, Clone, Copy)]
pub struct Delivery {
    /// Actual service enabling time; empty means the acceptance time.
    pub enabled_at: Option<Timestamp>,
    /// Whether the instance is open, or the delivery needs none.
    pub instance_open: bool,
}

/// A reminder that may be sent; [`super::store::save_reminder`] takes it.
#[derive(Debug)]
#[must_use = "a reminder that is not stored was not sent"]
pub struct Reminder {
    pub(super) who: Who,
    pub(super) at: Timestamp,
    to: Side,
}

impl Reminder {
    /// The side that is reminded.
    #[must_use]
    pub fn to(&self) -> Side {
        self.to
    }
}

/// The flow of a line that was paid at `paid_at`.
#[must_use]
pub fn open(about: NewFlow, paid_at: Timestamp) -> ServiceFlow {
    ServiceFlow {
        id: ServiceFlowId::fresh(paid_at),
        state: first_state(about.template),
        about,
        version: 1,
        delivery_due_at: None,
        request_rejections: 0,
        delivery_rejections: 0,
        enabled_at: None,
        accepted_at: None,
        reminded_at: None,
        created_at: paid_at,
        updated_at: paid_at,
    }
}

/// `Submit Request`.
///
/// # Errors
/// No text; forbidden for this side; not in this state.
pub fn submit_request(flow: &mut ServiceFlow, said: &Statement, who: Who, now: Timestamp) -> Step {
    said.require_text()?;
    step(flow, Event::RequestSubmitted, who, now)
}

/// `Accept request`. The promised delivery period counts from here, in
/// calendar days of the site's zone.
///
/// # Errors
/// Forbidden for this side; not in this state.
pub fn accept_request(
    flow: &mut ServiceFlow,
    delivery_days: u32,
    zone: &Zone,
    who: Who,
    now: Timestamp,
) -> Step {
    let transition = step(flow, Event::RequestAccepted, who, now)?;
    flow.delivery_due_at = Some(delivery_due(delivery_days, zone, now));
    Ok(transition)
}

/// The seller wants another request; the reason is what was said.
///
/// # Errors
/// No reason; forbidden for this side; not in this state.
pub fn reject_request(flow: &mut ServiceFlow, said: &Statement, who: Who, now: Timestamp) -> Step {
    said.require_text()?;
    let transition = step(flow, Event::RequestRejected, who, now)?;
    flow.request_rejections = flow.request_rejections.saturating_add(1);
    Ok(transition.because(said.text()))
}

/// `Deliver Service`: a result in words, the statement of work and the
/// acceptance document (seller-business 1.4).
///
/// # Errors
/// [`INSTANCE_NOT_OPEN`]; no text, [`PROOF_MISSING`] or
/// [`ENABLING_TIME_OUT_OF_RANGE`] at their fields; forbidden for this side;
/// not in this state.
pub fn deliver(
    flow: &mut ServiceFlow,
    delivery: Delivery,
    said: &Statement,
    who: Who,
    now: Timestamp,
) -> Step {
    let transition = step(flow, Event::Delivered, who, now)?;
    if !delivery.instance_open {
        return Err(Fail::new(INSTANCE_NOT_OPEN));
    }
    let mut fields = Fields::new();
    fields.absorb(said.require_text());
    for paper in FileKind::REQUIRED_WITH_DELIVERY {
        if !said.has(paper) {
            fields.reject(paper.name(), PROOF_MISSING);
        }
    }
    if delivery
        .enabled_at
        .is_some_and(|at| at < flow.created_at || at > now)
    {
        fields.reject("enabled_at", ENABLING_TIME_OUT_OF_RANGE);
    }
    fields.check()?;
    flow.enabled_at = delivery.enabled_at;
    Ok(transition)
}

/// `Accept service` or `Confirm Acceptance`.
///
/// # Errors
/// Forbidden for this side; not in this state.
pub fn accept(flow: &mut ServiceFlow, who: Who, now: Timestamp) -> Step {
    let transition = step(flow, Event::Accepted, who, now)?;
    flow.accepted_at = Some(now);
    Ok(transition)
}

/// The buyer wants another delivery; the reason is what was said.
///
/// # Errors
/// No reason; forbidden for this side; not in this state.
pub fn reject_delivery(flow: &mut ServiceFlow, said: &Statement, who: Who, now: Timestamp) -> Step {
    said.require_text()?;
    let transition = step(flow, Event::DeliveryRejected, who, now)?;
    flow.delivery_rejections = flow.delivery_rejections.saturating_add(1);
    Ok(transition.because(said.text()))
}

/// The line was refunded, for example because its opening failed.
///
/// # Errors
/// Not in this state.
pub fn unsubscribe(flow: &mut ServiceFlow, now: Timestamp) -> Step {
    step(flow, Event::Unsubscribed, Who::SYSTEM, now)
}

/// The operator ends the flow.
///
/// # Errors
/// No reason; forbidden for this side; not in this state.
pub fn close(flow: &mut ServiceFlow, said: &Statement, who: Who, now: Timestamp) -> Step {
    said.require_text()?;
    let transition = step(flow, Event::ClosedByOperator, who, now)?;
    Ok(transition.because(said.text()))
}

/// Buyer or seller remind the other side, which is the one to act.
///
/// # Errors
/// [`REMINDER_NOT_NEEDED`]; [`REMINDER_TOO_SOON`], with the minutes to wait.
pub fn remind(
    flow: &ServiceFlow,
    interval_seconds: u32,
    who: Who,
    now: Timestamp,
) -> Result<Reminder, Fail> {
    let to = match who.side() {
        Side::Buyer => Side::Seller,
        Side::Seller => Side::Buyer,
        Side::Operator | Side::System | Side::SellerSystem => {
            return Err(Fail::new(fail::FORBIDDEN));
        }
    };
    if waits_for(flow.state) != Some(to) {
        return Err(Fail::new(REMINDER_NOT_NEEDED));
    }
    let wait = flow.reminded_at.map_or(0, |reminded_at| {
        i64::from(interval_seconds) - now.seconds_since(reminded_at)
    });
    if wait > 0 {
        let minutes = wait.saturating_add(59) / 60;
        return Err(Fail::new(REMINDER_TOO_SOON).with("minutes", minutes));
    }
    Ok(Reminder { who, at: now, to })
}

/// Whether a side sees the button of an event.
#[must_use]
pub fn offers(flow: &ServiceFlow, event: Event, side: Side) -> bool {
    may(event, side) && ServiceFlowMachine::next(flow.state, event).is_some()
}

/// The last second of the n-th calendar day after the day of `from`.
fn delivery_due(days: u32, zone: &Zone, from: Timestamp) -> Timestamp {
    let after = zone
        .date(from)
        .saturating_add(i64::from(days).saturating_add(1).min(100_000).days());
    zone.start_of(after).plus_seconds(-1)
}

fn step(flow: &mut ServiceFlow, event: Event, who: Who, now: Timestamp) -> Step {
    if !may(event, who.side()) {
        return Err(Fail::new(fail::FORBIDDEN));
    }
    let transition = ServiceFlowMachine::transition(flow.state, event, flow.version, now, who)?;
    flow.updated_at = now;
    Ok(transition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service_flow::State;
    use catalog::release::FlowTemplate;
    use kernel::Realm;
    use kernel::id::{FileId, OrderId, OrderLineId, OrganisationId, ProductId, UserId};
    use kernel::policy::Policy;

    const NOW: Timestamp = Timestamp::from_seconds(1_772_442_000);

    fn at(state: State) -> ServiceFlow {
        let about = NewFlow {
            realm: Realm::Live,
            order_line_id: OrderLineId::fresh(NOW),
            order_id: OrderId::fresh(NOW),
            buyer_id: OrganisationId::fresh(NOW),
            seller_id: OrganisationId::fresh(NOW),
            product_id: ProductId::fresh(NOW),
            template: FlowTemplate::Request,
        };
        ServiceFlow {
            state,
            ..open(about, NOW)
        }
    }

    fn person(side: Side) -> Who {
        Who::person(side, UserId::fresh(NOW))
    }

    fn said(text: &str) -> Statement {
        Statement::parse(text, Vec::new(), &Policy::intl().supervision).unwrap()
    }

    fn with_papers() -> Statement {
        let papers = FileKind::REQUIRED_WITH_DELIVERY
            .map(|kind| (FileId::fresh(NOW), kind))
            .to_vec();
        Statement::parse("done", papers, &Policy::intl().supervision).unwrap()
    }

    fn delivered(
        enabled_at: Option<Timestamp>,
        instance_open: bool,
        now: Timestamp,
    ) -> Result<ServiceFlow, Fail> {
        let mut flow = at(State::WaitDelivery);
        let delivery = Delivery {
            enabled_at,
            instance_open,
        };
        let step = deliver(
            &mut flow,
            delivery,
            &with_papers(),
            person(Side::Seller),
            now,
        )?;
        assert_eq!(step.to(), State::WaitAcceptance);
        Ok(flow)
    }

    #[test]
    fn a_seller_cant_accept_its_own_delivery() {
        let fail = accept(&mut at(State::WaitAcceptance), person(Side::Seller), NOW)
            .err()
            .unwrap();
        assert!(fail.is(fail::FORBIDDEN));
    }

    #[test]
    fn the_delivery_is_due_at_the_end_of_the_last_promised_day() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let late = zone.parse_local("2026-03-02T23:30").unwrap();
        let mut flow = at(State::WaitRequestConfirm);
        let step = accept_request(&mut flow, 5, &zone, person(Side::Seller), late).unwrap();
        assert_eq!(step.to(), State::WaitDelivery);
        let due = zone.format(flow.delivery_due_at().unwrap(), "%Y-%m-%d %H:%M:%S");
        assert_eq!(due, "2026-03-07 23:59:59");
    }

    #[test]
    fn nothing_is_delivered_before_the_instance_is_open() {
        assert!(
            delivered(None, false, NOW)
                .unwrap_err()
                .is(INSTANCE_NOT_OPEN)
        );
        assert!(delivered(None, true, NOW).is_ok());
    }

    #[test]
    fn the_enabling_time_lies_between_payment_and_now() {
        let now = NOW.plus_seconds(100);
        for good in [NOW, now] {
            assert!(delivered(Some(good), true, now).is_ok());
        }
        for bad in [NOW.plus_seconds(-1), now.plus_seconds(1)] {
            let fail = delivered(Some(bad), true, now).unwrap_err();
            assert_eq!(fail.field_errors()[0].code, ENABLING_TIME_OUT_OF_RANGE);
        }
    }

    #[test]
    fn a_delivery_without_text_and_papers_names_every_field_at_once() {
        let delivery = Delivery {
            enabled_at: Some(NOW.plus_seconds(9)),
            instance_open: true,
        };
        let fail = deliver(
            &mut at(State::WaitDelivery),
            delivery,
            &said(" "),
            person(Side::Seller),
            NOW,
        )
        .err()
        .unwrap();
        let fields: Vec<_> = fail
            .field_errors()
            .iter()
            .map(|error| error.field.as_str())
            .collect();
        assert_eq!(
            fields,
            [
                "text",
                "statement_of_work",
                "acceptance_document",
                "enabled_at"
            ]
        );
    }

    #[test]
    fn what_was_delivered_is_valid_from_the_enabling_time_else_from_the_acceptance() {
        let later = NOW.plus_seconds(3_600);
        for (enabled_at, expected) in [(Some(NOW), NOW), (None, later)] {
            let mut flow = ServiceFlow {
                state: State::WaitAcceptance,
                enabled_at,
                ..at(State::WaitAcceptance)
            };
            assert_eq!(flow.valid_from(), None);
            assert!(accept(&mut flow, person(Side::Buyer), later).is_ok());
            assert_eq!(flow.valid_from(), Some(expected));
        }
    }

    #[test]
    fn rejections_are_counted_and_keep_their_reason() {
        let mut flow = at(State::WaitRequestConfirm);
        let step =
            reject_request(&mut flow, &said("too vague"), person(Side::Seller), NOW).unwrap();
        assert_eq!(
            (flow.request_rejections(), step.reason()),
            (1, Some("too vague"))
        );
        assert!(reject_request(&mut flow, &said(""), person(Side::Seller), NOW).is_err());
    }

    #[test]
    fn only_the_side_that_waits_can_remind_and_not_too_often() {
        let mut flow = at(State::WaitDelivery);
        assert_eq!(
            remind(&flow, 3_600, person(Side::Buyer), NOW).unwrap().to(),
            Side::Seller
        );
        let own = remind(&flow, 3_600, person(Side::Seller), NOW).unwrap_err();
        assert!(own.is(REMINDER_NOT_NEEDED));
        flow.reminded_at = Some(NOW);
        let soon = remind(&flow, 3_600, person(Side::Buyer), NOW.plus_seconds(1_801)).unwrap_err();
        assert_eq!(
            (soon.code(), soon.args()[0].1.as_str()),
            (REMINDER_TOO_SOON, "30")
        );
        assert!(remind(&flow, 3_600, person(Side::Buyer), NOW.plus_seconds(3_600)).is_ok());
    }
}
