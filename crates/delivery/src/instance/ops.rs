//! The rules of instances. Each step takes the row, decides, and hands back
//! the proof that [`super::store::save`] wants.

use kernel::fail::{self, Fail};
use kernel::id::InstanceId;
use kernel::state::Machine as _;
use kernel::{Timestamp, Transition, Who, Zone, codes};

use super::{Event, ExternalRef, Instance, InstanceMachine, Plan, State, Validity};

codes! {
    /// The id that the seller answered belongs to another instance (access guide 5.5).
    Conflict EXTERNAL_REF_TAKEN = "external-ref-taken";
    /// The seller answered another id than before for the same unit.
    Conflict EXTERNAL_REF_DIFFERS = "external-ref-differs";
    /// The term runs already.
    Conflict TERM_ALREADY_STARTED = "term-already-started";
    /// Nothing expires before its time.
    Conflict TERM_STILL_RUNS = "term-still-runs";
    /// An address in the seller's access data isn't a web address.
    Invalid APP_ADDRESS_UNUSABLE = "app-address-unusable";
}

/// A decided step of an instance.
pub type Step = Result<Transition<InstanceMachine>, Fail>;

/// The instance of a unit whose line is paid; the seller is to be asked.
#[must_use]
pub fn plan(plan: Plan, now: Timestamp) -> Instance {
    Instance {
        id: InstanceId::fresh(now),
        plan,
        external_ref: None,
        state: State::Provisioning,
        version: 1,
        opened_at: None,
        validity: None,
        info: None,
        info_at: None,
        created_at: now,
    }
}

/// The seller accepted the request and named an id, but isn't ready (000004).
///
/// # Errors
/// [`EXTERNAL_REF_DIFFERS`]; not in this state.
pub fn accept(
    instance: &mut Instance,
    external_ref: &ExternalRef,
    who: Who,
    now: Timestamp,
) -> Step {
    same_ref(instance, external_ref)?;
    let transition = step(instance, Event::Accepted, who, now)?;
    instance.external_ref = Some(external_ref.clone());
    Ok(transition)
}

/// The seller opened it. `validity` is `None` for a supervised delivery, whose
/// term starts at the acceptance.
///
/// # Errors
/// [`EXTERNAL_REF_DIFFERS`]; not in this state.
pub fn open(
    instance: &mut Instance,
    external_ref: &ExternalRef,
    validity: Option<Validity>,
    who: Who,
    now: Timestamp,
) -> Step {
    same_ref(instance, external_ref)?;
    let transition = step(instance, Event::Opened, who, now)?;
    instance.external_ref = Some(external_ref.clone());
    instance.opened_at = Some(now);
    instance.validity = validity;
    Ok(transition)
}

/// The opening was given up: its window is over, or the seller's answer can't
/// be used.
///
/// # Errors
/// Not in this state.
pub fn fail_opening(instance: &mut Instance, who: Who, now: Timestamp) -> Step {
    step(instance, Event::OpeningFailed, who, now)
}

/// A supervised delivery was accepted: its term runs.
///
/// # Errors
/// [`TERM_ALREADY_STARTED`]; not in this state.
pub fn start_term(instance: &mut Instance, validity: Validity, who: Who, now: Timestamp) -> Step {
    if instance.validity.is_some() {
        return Err(Fail::new(TERM_ALREADY_STARTED));
    }
    let transition = step(instance, Event::TermStarted, who, now)?;
    instance.validity = Some(validity);
    Ok(transition)
}

/// The term is over; the instance stays usable for a while.
///
/// # Errors
/// [`TERM_STILL_RUNS`] when it was renewed meanwhile or has no end; not in
/// this state.
pub fn expire(instance: &mut Instance, now: Timestamp) -> Step {
    let ends_at = instance.validity.and_then(|validity| validity.ends_at());
    if ends_at.is_none_or(|ends_at| now <= ends_at) {
        return Err(Fail::new(TERM_STILL_RUNS));
    }
    step(instance, Event::Expired, Who::SYSTEM, now)
}

/// The term was extended by so many months.
///
/// # Errors
/// Not in this state, or no term runs yet.
pub fn renew(instance: &mut Instance, months: u32, zone: &Zone, who: Who, now: Timestamp) -> Step {
    let Some(validity) = instance.validity else {
        return Err(Fail::new(fail::NOT_IN_THIS_STATE).with("state", instance.state));
    };
    let transition = step(instance, Event::Renewed, who, now)?;
    instance.validity = Some(validity.extended(months, zone));
    Ok(transition)
}

/// Blocked: not renewed in time, or a violation. The reason goes into the
/// transition.
///
/// # Errors
/// Not in this state.
pub fn freeze(instance: &mut Instance, who: Who, now: Timestamp) -> Step {
    step(instance, Event::Frozen, who, now)
}

/// The block was lifted.
///
/// # Errors
/// Not in this state.
pub fn unfreeze(instance: &mut Instance, who: Who, now: Timestamp) -> Step {
    step(instance, Event::Unfrozen, who, now)
}

/// The seller confirmed the release. Access data goes away with it.
///
/// # Errors
/// Not in this state.
pub fn release(instance: &mut Instance, who: Who, now: Timestamp) -> Step {
    step(instance, Event::Released, who, now)
}

/// The first id that a seller answers stays.
fn same_ref(instance: &Instance, answered: &ExternalRef) -> Result<(), Fail> {
    match &instance.external_ref {
        Some(known) if known != answered => Err(Fail::new(EXTERNAL_REF_DIFFERS)),
        Some(_) | None => Ok(()),
    }
}

fn step(instance: &Instance, event: Event, who: Who, now: Timestamp) -> Step {
    Ok(InstanceMachine::transition(
        instance.state,
        event,
        instance.version,
        now,
        who,
    )?)
}
