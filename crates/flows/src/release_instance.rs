//! releaseInstance (access guide 5.9): what was unsubscribed, and ids that the
//! market can't use, are released at the seller.

use db::task::{self, NewTask, Task};
use db::{ReadTx, Tx};
use delivery::instance::{self, ExternalRef, Instance, State};
use delivery::message::{self, NewMessage, Outcome, schedule};
use delivery::stray::{self, Stray, StrayId};
use kernel::crypt::KeyRing;
use kernel::id::{InstanceId, OrderLineId};
use kernel::prelude::*;
use ordering::order_line::{self, OrderLine};
use seller_wire::request::{Activity, Call, OrderRef, ReleaseInstance, Request};
use seller_wire::response::{self, PlainAnswer, Verdict};
use serde::{Deserialize, Serialize};

use crate::seller_call::{Endpoint, Reading, endpoint};
use crate::{App, CurrentPolicy, finish_opening::Brought};

/// What a task is to release.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Payload {
    instance: InstanceId,
    external_ref: String,
    /// Line of the unsubscription that ends it, named in the call.
    ending: Option<OrderLineId>,
    /// The stray that it is, when it isn't the instance's own id.
    stray: Option<StrayId>,
}

/// Releases the id that the seller named before the opening failed. Without
/// one there is nothing to call: the message shows a possible orphan.
pub(crate) fn release_failed(
    tx: &Tx<'_>,
    instance: &Instance,
    ending: &OrderLine,
    now: Timestamp,
) -> Result<(), Fail> {
    let Some(external_ref) = instance.external_ref() else {
        return Ok(());
    };
    let payload = Payload {
        instance: instance.id(),
        external_ref: external_ref.as_str().to_owned(),
        ending: Some(ending.id()),
        stray: None,
    };
    enqueue(tx, instance, &payload, now)
}

/// Releases an id that the market can't use, unless it is somebody's.
pub(crate) fn release_stray(
    tx: &Tx<'_>,
    instance: &Instance,
    stray: &Stray,
    now: Timestamp,
) -> Result<(), Fail> {
    if !stray.wants_release() {
        return Ok(());
    }
    let payload = Payload {
        instance: instance.id(),
        external_ref: stray.external_ref().as_str().to_owned(),
        ending: None,
        stray: Some(stray.id()),
    };
    enqueue(tx, instance, &payload, now)
}

fn enqueue(
    tx: &Tx<'_>,
    instance: &Instance,
    payload: &Payload,
    now: Timestamp,
) -> Result<(), Fail> {
    let seller = instance.seller_id();
    let stored = serde_json::to_string(payload).map_err(Fail::bug)?;
    let task = NewTask {
        kind: crate::tasks::release::KIND,
        realm: instance.realm(),
        lane: seller.as_str(),
        payload: &stored,
        due_at: now,
        unique_key: Some(&key(&payload.external_ref)),
    };
    task::enqueue(tx, &task, now)?;
    Ok(())
}

/// Key of the task and of its message: an id is released once.
fn key(external_ref: &str) -> String {
    format!("release:{external_ref}")
}

struct Situation {
    instance: Instance,
    line: OrderLine,
    ending: Option<OrderLine>,
    policy_version: i64,
    endpoint: Result<Endpoint, Fail>,
}

fn look(tx: &ReadTx<'_>, ring: &KeyRing, payload: &Payload) -> Result<Situation, Fail> {
    let instance = instance::store::find_any(tx, payload.instance)?;
    let line = order_line::find_any(tx, instance.order_line_id())?;
    let ending = payload
        .ending
        .map(|id| order_line::find_any(tx, id))
        .transpose()?;
    let policy_version = ordering::order::find_any(tx, line.order())?.policy_version();
    let endpoint = endpoint(tx, ring, instance.seller_id(), &line.frozen().interface);
    Ok(Situation {
        instance,
        line,
        ending,
        policy_version,
        endpoint,
    })
}

impl App {
    /// One attempt at releasing.
    ///
    /// # Errors
    /// The database's; the task is then tried again.
    pub(crate) async fn release_instance(&self, task: &Task) -> Result<(), Fail> {
        let payload: Payload = serde_json::from_str(&task.payload).map_err(Fail::bug)?;
        let ring = self.keys.ring();
        let wanted = payload.clone();
        let situation = self.db.read(move |tx| look(tx, &ring, &wanted)).await?;
        let policy = self.policy_version(situation.policy_version).await?;
        let brought = match &situation.endpoint {
            Ok(endpoint) => {
                let call = Call::ReleaseInstance(ReleaseInstance {
                    instance_id: payload.external_ref.clone(),
                    unsubscription: situation.ending.as_ref().map(|ending| OrderRef {
                        order_id: ending.order_number().to_owned(),
                        order_line_id: ending.number().to_owned(),
                    }),
                });
                let reading = Reading {
                    read: |answer, checks| {
                        response::read_plain(Activity::ReleaseInstance, answer, checks)
                    },
                    code: |answer: &PlainAnswer| &answer.code,
                };
                let opening = &policy.opening;
                let called = self
                    .call_seller(
                        endpoint,
                        &Request::production(call),
                        opening.call_timeout_ms,
                        opening,
                        reading,
                    )
                    .await?;
                let verdict = called
                    .answer
                    .as_ref()
                    .map_or(Verdict::Retry, PlainAnswer::verdict);
                Brought {
                    attempt: called.attempt,
                    verdict,
                    external_ref: None,
                    info: None,
                }
            }
            Err(fail) => Brought::unusable(self.now(), fail),
        };
        let now = self.business_now(situation.instance.realm());
        let about = about(&situation, &payload);
        let task = task.clone();
        self.step(move |tx| finish(tx, &task, &payload, &about, &brought, &policy, now))
            .await
    }
}

fn about(situation: &Situation, payload: &Payload) -> NewMessage {
    let named = situation.ending.as_ref().unwrap_or(&situation.line);
    NewMessage {
        effect_key: key(&payload.external_ref),
        realm: situation.instance.realm(),
        seller_id: situation.instance.seller_id(),
        product_id: situation.instance.product_id(),
        order_number: named.order_number().to_owned(),
        line_number: named.number().to_owned(),
        external_ref: ExternalRef::parse(&payload.external_ref),
        activity: Activity::ReleaseInstance.name().to_owned(),
        url: situation
            .endpoint
            .as_ref()
            .map_or_else(|_| String::new(), |endpoint| endpoint.url.clone()),
        window_ends_at: None,
    }
}

fn finish(
    tx: &Tx<'_>,
    task: &Task,
    payload: &Payload,
    about: &NewMessage,
    brought: &Brought,
    policy: &CurrentPolicy,
    now: Timestamp,
) -> Result<(), Fail> {
    let mut message = message::store::begin(tx, about.clone(), now)?;
    if matches!(
        message.status(),
        message::Status::Retrying | message::Status::Stopped
    ) {
        let again = message::ops::retry(&mut message, now)?;
        message::store::save(tx, &mut message, again)?;
    }
    if matches!(brought.verdict, Verdict::Done | Verdict::NotThere) {
        let done =
            message::ops::attempted(&mut message, &brought.attempt, Outcome::Succeeded, None)?;
        message::store::save_attempt(tx, &mut message, &brought.attempt, done)?;
        mark_released(tx, payload, now)?;
        return task::finish(tx, task);
    }
    let next = schedule::next_repeat(&policy.opening, message.first_call_at(), now);
    let failed = message::ops::attempted(&mut message, &brought.attempt, Outcome::Failed, next)?;
    message::store::save_attempt(tx, &mut message, &brought.attempt, failed)?;
    crate::tasks::call_digest::note_failure(tx, about.seller_id, about.realm, now)?;
    let why = message.exception().to_owned();
    match next {
        Some(next) => task::retry(tx, task, next, &why),
        None => {
            let stopped = message::ops::give_up(&mut message, now)?;
            message::store::save(tx, &mut message, stopped)?;
            task::bury(tx, task, &why)
        }
    }
}

fn mark_released(tx: &Tx<'_>, payload: &Payload, now: Timestamp) -> Result<(), Fail> {
    if let Some(stray) = payload.stray {
        return stray::store::mark_released(tx, stray, now);
    }
    let mut instance = instance::store::find_any(tx, payload.instance)?;
    if instance.state() == State::Released {
        return Ok(());
    }
    let released = instance::ops::release(&mut instance, Who::SELLER_SYSTEM, now)?;
    instance::store::save(tx, &mut instance, released)
}
