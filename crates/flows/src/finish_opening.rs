//! What an attempt at opening brought becomes rows: message and call always;
//! instance, line and timers when it opened; a refund when the window is over.

use std::sync::Arc;

use db::task::{self, NewTask, Task};
use db::{Lane, Tx};
use delivery::instance::{self, AppInfo, ExternalRef, Instance, State, Validity};
use delivery::message::{self, Attempt, Message, NewMessage, Outcome, schedule};
use delivery::stray::{self, Why};
use kernel::crypt::KeyRing;
use kernel::id::InstanceId;
use kernel::prelude::*;
use ordering::order_line::{self, PaidLine};
use seller_wire::response::Verdict;

use crate::complete_line::complete_line;
use crate::facts::{Fact, announce};
use crate::{App, CurrentPolicy, fail_opening, release_instance};

/// What an attempt brought.
#[derive(Clone)]
pub(crate) struct Brought {
    pub(crate) attempt: Attempt,
    pub(crate) verdict: Verdict,
    pub(crate) external_ref: Option<ExternalRef>,
    pub(crate) info: Option<AppInfo>,
}

impl Brought {
    /// No call could be made: address or key of the seller can't be used.
    pub(crate) fn unusable(at: Timestamp, why: &Fail) -> Self {
        let attempt = Attempt {
            at,
            duration_ms: 0,
            request: String::new(),
            response: String::new(),
            http_status: None,
            result_code: String::new(),
            exception: texts::Lang::En.fail(why),
        };
        Self {
            attempt,
            verdict: Verdict::Retry,
            external_ref: None,
            info: None,
        }
    }
}

/// An attempt with all that its result needs.
pub(crate) struct Result {
    pub(crate) task: Task,
    pub(crate) id: InstanceId,
    pub(crate) about: NewMessage,
    pub(crate) brought: Brought,
    pub(crate) policy: Arc<CurrentPolicy>,
}

impl App {
    pub(crate) async fn finish_opening(&self, result: Result) -> std::result::Result<(), Fail> {
        let ring = self.keys.ring();
        let now = self.business_now(result.about.realm);
        let (id, answered) = (result.id, result.brought.external_ref.clone());
        let finished = self
            .db
            .write_in(Lane::Interactive, move |tx| finish(tx, &ring, &result, now))
            .await;
        match (finished, answered) {
            // Somebody else has the task by now; an id that came all the same
            // must not stay open at the seller.
            (Err(fail), Some(answered)) if fail.is(task::LEASE_LOST) => {
                self.step(move |tx| note_late(tx, id, &answered, now)).await
            }
            (finished, _) => finished,
        }
    }
}

fn finish(
    tx: &Tx<'_>,
    ring: &KeyRing,
    result: &Result,
    now: Timestamp,
) -> std::result::Result<(), Fail> {
    let Result {
        task,
        id,
        about,
        brought,
        policy,
    } = result;
    let mut instance = instance::store::find_any(tx, *id)?;
    if instance.state() != State::Provisioning {
        task::finish(tx, task)?;
        return match &brought.external_ref {
            Some(answered) => late(tx, &instance, answered, now),
            None => Ok(()),
        };
    }
    let mut message = message::store::begin(tx, about.clone(), now)?;
    if matches!(
        message.status(),
        message::Status::Retrying | message::Status::Stopped
    ) {
        let again = message::ops::retry(&mut message, now)?;
        message::store::save(tx, &mut message, again)?;
    }
    let brought = &first_id_wins(tx, &instance, brought, now)?;
    match (brought.verdict, &brought.external_ref) {
        (Verdict::Done, Some(external_ref)) => {
            let validity = validity(tx, &instance, policy, now)?;
            let opened = instance::ops::open(
                &mut instance,
                external_ref,
                validity,
                Who::SELLER_SYSTEM,
                now,
            )?;
            match instance::store::save(tx, &mut instance, opened) {
                Ok(()) => {}
                Err(fail) if fail.is(instance::ops::EXTERNAL_REF_TAKEN) => {
                    record(tx, &mut message, brought, Outcome::Failed, None)?;
                    return fail_opening::fail(
                        tx,
                        task,
                        &mut instance,
                        &mut message,
                        policy,
                        "the seller answered the id of another instance",
                        now,
                    );
                }
                Err(fail) => return Err(fail),
            }
            message::ops::note_instance(&mut message, external_ref);
            record(tx, &mut message, brought, Outcome::Succeeded, None)?;
            opened_follows(tx, ring, &instance, brought.info.as_ref(), now)?;
            task::finish(tx, task)
        }
        (Verdict::Poll, Some(external_ref)) => {
            if instance.external_ref().is_none() {
                let accepted =
                    instance::ops::accept(&mut instance, external_ref, Who::SELLER_SYSTEM, now)?;
                match instance::store::save(tx, &mut instance, accepted) {
                    Ok(()) => message::ops::note_instance(&mut message, external_ref),
                    Err(fail) if fail.is(instance::ops::EXTERNAL_REF_TAKEN) => {
                        record(tx, &mut message, brought, Outcome::Failed, None)?;
                        return fail_opening::fail(
                            tx,
                            task,
                            &mut instance,
                            &mut message,
                            policy,
                            "the seller answered the id of another instance",
                            now,
                        );
                    }
                    Err(fail) => return Err(fail),
                }
            }
            let asked = message.attempts().saturating_sub(1);
            let next = schedule::next_poll(&policy.opening, asked, instance.window_ends_at(), now);
            record(tx, &mut message, brought, Outcome::Pending, next)?;
            again_or_fail(tx, task, &mut instance, &mut message, policy, next, now)
        }
        _ => {
            let next = schedule::next_create(&policy.opening, instance.window_ends_at(), now);
            record(tx, &mut message, brought, Outcome::Failed, next)?;
            crate::tasks::call_digest::note_failure(
                tx,
                instance.seller_id(),
                instance.realm(),
                now,
            )?;
            again_or_fail(tx, task, &mut instance, &mut message, policy, next, now)
        }
    }
}

/// A retry that is answered with another id: the first wins, the second is
/// recorded and released.
fn first_id_wins(
    tx: &Tx<'_>,
    instance: &Instance,
    brought: &Brought,
    now: Timestamp,
) -> std::result::Result<Brought, Fail> {
    let mut kept = brought.clone();
    if let (Some(first), Some(answered)) = (instance.external_ref(), &brought.external_ref)
        && first != answered
    {
        let stray = stray::store::record(tx, instance, answered, Why::SecondAnswer, now)?;
        release_instance::release_stray(tx, instance, &stray, now)?;
        kept.external_ref = Some(first.clone());
    }
    Ok(kept)
}

fn record(
    tx: &Tx<'_>,
    message: &mut Message,
    brought: &Brought,
    outcome: Outcome,
    next: Option<Timestamp>,
) -> std::result::Result<(), Fail> {
    let step = message::ops::attempted(message, &brought.attempt, outcome, next)?;
    message::store::save_attempt(tx, message, &brought.attempt, step)
}

fn again_or_fail(
    tx: &Tx<'_>,
    task: &Task,
    instance: &mut Instance,
    message: &mut Message,
    policy: &CurrentPolicy,
    next: Option<Timestamp>,
    now: Timestamp,
) -> std::result::Result<(), Fail> {
    match next {
        Some(next) => {
            let why = message.exception().to_owned();
            task::retry(tx, task, next, &why)
        }
        None => fail_opening::fail(
            tx,
            task,
            instance,
            message,
            policy,
            "the seller didn't open it in time",
            now,
        ),
    }
}

/// The term of an unsupervised line starts with the opening; a supervised one
/// starts at the acceptance.
fn validity(
    tx: &Tx<'_>,
    instance: &Instance,
    policy: &CurrentPolicy,
    now: Timestamp,
) -> std::result::Result<Option<Validity>, Fail> {
    let line = order_line::find_any(tx, instance.order_line_id())?;
    Ok((!line.terms().supervised)
        .then(|| Validity::starting(now, line.terms().period, &policy.zone)))
}

fn opened_follows(
    tx: &Tx<'_>,
    ring: &KeyRing,
    instance: &Instance,
    info: Option<&AppInfo>,
    now: Timestamp,
) -> std::result::Result<(), Fail> {
    let line = order_line::find_any(tx, instance.order_line_id())?;
    PaidLine::try_from(&line)?;
    match info {
        Some(info) if info.check().is_ok() => {
            instance::store::save_info(tx, instance.id(), &info.seal(ring, instance.id())?, now)?;
        }
        Some(_) | None => enqueue_info(tx, instance, now)?,
    }
    announce(tx, &Fact::InstanceOpened(&line), now)?;
    if !line.terms().supervised {
        complete_line(tx, &line, Who::SYSTEM, now)?;
    }
    Ok(())
}

/// Asks the seller for the access data soon, so that a page shows it even when
/// the seller is down later.
fn enqueue_info(tx: &Tx<'_>, instance: &Instance, now: Timestamp) -> std::result::Result<(), Fail> {
    let (id, seller) = (instance.id(), instance.seller_id());
    let task = NewTask {
        kind: crate::tasks::fetch_info::KIND,
        realm: instance.realm(),
        lane: seller.as_str(),
        payload: id.as_str(),
        due_at: now,
        unique_key: Some(&format!("{}:{id}", crate::tasks::fetch_info::KIND)),
    };
    task::enqueue(tx, &task, now)?;
    Ok(())
}

fn note_late(
    tx: &Tx<'_>,
    id: InstanceId,
    answered: &ExternalRef,
    now: Timestamp,
) -> std::result::Result<(), Fail> {
    let instance = instance::store::find_any(tx, id)?;
    late(tx, &instance, answered, now)
}

/// An id that came after the unit got another one, or was given up: it never
/// reopens anything, it is released.
fn late(
    tx: &Tx<'_>,
    instance: &Instance,
    answered: &ExternalRef,
    now: Timestamp,
) -> std::result::Result<(), Fail> {
    // While it is still being opened, whoever holds the task will hear of the
    // same id again.
    if instance.external_ref() == Some(answered) || instance.state() == State::Provisioning {
        return Ok(());
    }
    let why = if instance.state() == State::Failed {
        Why::LateAnswer
    } else {
        Why::SecondAnswer
    };
    let stray = stray::store::record(tx, instance, answered, why, now)?;
    release_instance::release_stray(tx, instance, &stray, now)
}
