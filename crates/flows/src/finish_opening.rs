//! What an attempt at opening brought becomes rows: message and call always;
//! instance, line and timers when it opened; a refund when the window is over.

use std::sync::Arc;

use db::task::{self, NewTask, Task};
use db::{Lane, Tx};
use delivery::instance::{self, AppInfo, ExternalRef, Instance, InstanceMachine, State, Validity};
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
pub(crate) struct Answered {
    pub(crate) task: Task,
    pub(crate) id: InstanceId,
    pub(crate) about: NewMessage,
    pub(crate) brought: Brought,
    pub(crate) policy: Arc<CurrentPolicy>,
}

impl App {
    pub(crate) async fn finish_opening(&self, answered: Answered) -> Result<(), Fail> {
        let ring = self.keys.ring();
        let now = self.business_now(answered.about.realm);
        let (id, external_ref) = (answered.id, answered.brought.external_ref.clone());
        let finished = self
            .db
            .write_in(Lane::Interactive, move |tx| {
                finish(tx, &ring, &answered, now)
            })
            .await;
        match (finished, external_ref) {
            // Somebody else has the task by now; an id that came all the same
            // must not stay open at the seller.
            (Err(fail), Some(external_ref)) if fail.is(task::LEASE_LOST) => {
                self.step(move |tx| note_late(tx, id, &external_ref, now))
                    .await
            }
            (finished, _) => {
                if matches!(finished?, Ended::Opened) {
                    metrics::counter!("orders_opened_total").increment(1);
                }
                Ok(())
            }
        }
    }
}

/// What became of it.
enum Ended {
    /// The instance is open.
    Opened,
    /// It is asked for again, given up, or wasn't wanted any more.
    NotOpened,
}

fn finish(tx: &Tx<'_>, ring: &KeyRing, answered: &Answered, now: Timestamp) -> Result<Ended, Fail> {
    let instance = instance::store::find_any(tx, answered.id)?;
    if instance.state() != State::Provisioning {
        task::finish(tx, &answered.task)?;
        if let Some(external_ref) = &answered.brought.external_ref {
            late(tx, &instance, external_ref, now)?;
        }
        return Ok(Ended::NotOpened);
    }
    let mut message = message::store::begin(tx, answered.about.clone(), now)?;
    if matches!(
        message.status(),
        message::Status::Retrying | message::Status::Stopped
    ) {
        let again = message::ops::retry(&mut message, now)?;
        message::store::save(tx, &mut message, again)?;
    }
    let brought = first_id_wins(tx, &instance, &answered.brought, now)?;
    let finishing = Finishing {
        tx,
        ring,
        task: &answered.task,
        policy: &answered.policy,
        brought,
        instance,
        message,
        now,
    };
    match (
        finishing.brought.verdict,
        finishing.brought.external_ref.clone(),
    ) {
        (Verdict::Done, Some(external_ref)) => finishing.opened(&external_ref),
        (Verdict::Poll, Some(external_ref)) => finishing.pending(&external_ref),
        _ => finishing.failed(),
    }
}

/// The rows that an attempt changes, while they are changed.
struct Finishing<'a, 't> {
    tx: &'a Tx<'t>,
    ring: &'a KeyRing,
    task: &'a Task,
    policy: &'a CurrentPolicy,
    brought: Brought,
    instance: Instance,
    message: Message,
    now: Timestamp,
}

impl Finishing<'_, '_> {
    /// 000000, or the poll told about the instance.
    fn opened(mut self, external_ref: &ExternalRef) -> Result<Ended, Fail> {
        let validity = validity(self.tx, &self.instance, self.policy, self.now)?;
        let who = Who::SELLER_SYSTEM;
        let opened =
            instance::ops::open(&mut self.instance, external_ref, validity, who, self.now)?;
        if !self.keep_id(opened, external_ref)? {
            return self.id_taken();
        }
        self.record(Outcome::Succeeded, None)?;
        let info = self.brought.info.as_ref();
        opened_follows(self.tx, self.ring, &self.instance, info, self.now)?;
        task::finish(self.tx, self.task)?;
        Ok(Ended::Opened)
    }

    /// 000004: the seller named an id and works on it.
    fn pending(mut self, external_ref: &ExternalRef) -> Result<Ended, Fail> {
        if self.instance.external_ref().is_none() {
            let who = Who::SELLER_SYSTEM;
            let accepted = instance::ops::accept(&mut self.instance, external_ref, who, self.now)?;
            if !self.keep_id(accepted, external_ref)? {
                return self.id_taken();
            }
        }
        let asked = self.message.attempts().saturating_sub(1);
        let window = self.instance.window_ends_at();
        let next = schedule::next_poll(&self.policy.opening, asked, window, self.now);
        self.record(Outcome::Pending, next)?;
        self.again_or_give_up(next)
    }

    /// No answer, or one that doesn't help.
    fn failed(mut self) -> Result<Ended, Fail> {
        let window = self.instance.window_ends_at();
        let next = schedule::next_create(&self.policy.opening, window, self.now);
        self.record(Outcome::Failed, next)?;
        let (seller, realm) = (self.instance.seller_id(), self.instance.realm());
        crate::tasks::call_digest::note_failure(self.tx, seller, realm, self.now)?;
        self.again_or_give_up(next)
    }

    /// Stores the step that brought the seller's id; false when the id is that
    /// of another instance of the market.
    fn keep_id(
        &mut self,
        step: Transition<InstanceMachine>,
        external_ref: &ExternalRef,
    ) -> Result<bool, Fail> {
        match instance::store::save(self.tx, &mut self.instance, step) {
            Ok(()) => {
                message::ops::note_instance(&mut self.message, external_ref);
                Ok(true)
            }
            Err(fail) if fail.is(instance::ops::EXTERNAL_REF_TAKEN) => Ok(false),
            Err(fail) => Err(fail),
        }
    }

    /// A duplicate id makes the order fail (access guide 5.5).
    fn id_taken(mut self) -> Result<Ended, Fail> {
        self.record(Outcome::Failed, None)?;
        self.give_up("the seller answered the id of another instance")
    }

    fn record(&mut self, outcome: Outcome, next: Option<Timestamp>) -> Result<(), Fail> {
        let attempt = &self.brought.attempt;
        let step = message::ops::attempted(&mut self.message, attempt, outcome, next)?;
        message::store::save_attempt(self.tx, &mut self.message, attempt, step)
    }

    fn again_or_give_up(self, next: Option<Timestamp>) -> Result<Ended, Fail> {
        match next {
            Some(next) => {
                task::retry(self.tx, self.task, next, self.message.exception())?;
                Ok(Ended::NotOpened)
            }
            None => self.give_up("the seller didn't open it in time"),
        }
    }

    fn give_up(mut self, reason: &str) -> Result<Ended, Fail> {
        let (instance, message) = (&mut self.instance, &mut self.message);
        fail_opening::fail(self.tx, instance, message, self.policy, reason, self.now)?;
        task::finish(self.tx, self.task)?;
        Ok(Ended::NotOpened)
    }
}

/// A retry that is answered with another id: the first wins, the second is
/// recorded and released.
fn first_id_wins(
    tx: &Tx<'_>,
    instance: &Instance,
    brought: &Brought,
    now: Timestamp,
) -> Result<Brought, Fail> {
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

/// The term of an unsupervised line starts with the opening; a supervised one
/// starts at the acceptance.
fn validity(
    tx: &Tx<'_>,
    instance: &Instance,
    policy: &CurrentPolicy,
    now: Timestamp,
) -> Result<Option<Validity>, Fail> {
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
) -> Result<(), Fail> {
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
fn enqueue_info(tx: &Tx<'_>, instance: &Instance, now: Timestamp) -> Result<(), Fail> {
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
) -> Result<(), Fail> {
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
) -> Result<(), Fail> {
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
