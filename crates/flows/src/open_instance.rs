//! Opening at the seller (access guide 5.5, 5.6): newInstance, and after 000004
//! queryInstance until the seller tells about the instance.

use db::ReadTx;
use db::task::Task;
use delivery::instance::{self, AppInfo, ExternalRef, Instance, State};
use delivery::message::{self, Message, NewMessage, Status};
use kernel::crypt::KeyRing;
use kernel::id::InstanceId;
use kernel::prelude::*;
use ordering::order_line::{self, OrderLine};
use seller_wire::request::{Call, NewInstance, QueryInstance, Request};
use seller_wire::response::{self, QueryInstanceAnswer, Verdict};

use crate::finish_opening::Brought;
use crate::seller_call::{Called, Endpoint, Reading, endpoint};
use crate::{App, finish_opening};

/// How answers to queryInstance are read.
pub(crate) const QUERY: Reading<QueryInstanceAnswer> = Reading {
    read: response::read_query_instance,
    code: |answer| &answer.code,
};

/// Key of the effect that opens an instance: one message however often it is called.
pub(crate) fn effect_key(instance: InstanceId) -> String {
    format!("open:{instance}")
}

/// Everything that an attempt needs to know.
struct Situation {
    line: OrderLine,
    policy_version: i64,
    message: Option<Message>,
    endpoint: Result<Endpoint, Fail>,
    instance: Instance,
}

fn look(tx: &ReadTx<'_>, ring: &KeyRing, id: InstanceId) -> Result<Situation, Fail> {
    let instance = instance::store::find_any(tx, id)?;
    let line = order_line::find_any(tx, instance.order_line_id())?;
    let policy_version = ordering::order::find_any(tx, line.order())?.policy_version();
    let message = message::store::find_by_effect(tx, &effect_key(id))?;
    let endpoint = endpoint(tx, ring, instance.seller_id(), &line.frozen().interface);
    Ok(Situation {
        line,
        policy_version,
        message,
        endpoint,
        instance,
    })
}

impl App {
    /// One attempt at opening; the task is ended or put back with its result.
    ///
    /// # Errors
    /// The database's; the task is then tried again.
    pub(crate) async fn open_instance(&self, task: &Task) -> Result<(), Fail> {
        let id = InstanceId::parse(&task.payload)
            .ok_or_else(|| Fail::bug("the task names no instance"))?;
        let ring = self.keys.ring();
        let situation = self.db.read(move |tx| look(tx, &ring, id)).await?;
        if situation.instance.state() != State::Provisioning {
            let task = task.clone();
            return self.step(move |tx| db::task::finish(tx, &task)).await;
        }
        let policy = self.policy_version(situation.policy_version).await?;
        let about = about(&situation, policy.opening.window_seconds, task);
        let brought = match &situation.endpoint {
            Ok(endpoint) => self.ask(endpoint, &situation, &policy.opening).await?,
            Err(fail) => Brought::unusable(self.now(), fail),
        };
        self.finish_opening(finish_opening::Answered {
            task: task.clone(),
            id,
            about,
            brought,
            policy,
        })
        .await
    }

    async fn ask(
        &self,
        endpoint: &Endpoint,
        situation: &Situation,
        opening: &kernel::policy::Opening,
    ) -> Result<Brought, Fail> {
        let known = situation
            .instance
            .external_ref()
            .filter(|_| asks_for_result(situation.message.as_ref()));
        match known {
            Some(external_ref) => {
                let called = self
                    .query(endpoint, external_ref, opening.call_timeout_ms, opening)
                    .await?;
                Ok(from_query(called, external_ref))
            }
            None => {
                let call = Call::NewInstance(NewInstance {
                    order_id: situation.line.order_number().to_owned(),
                    order_line_id: situation.line.number().to_owned(),
                    business_id: kernel::random::uuid(),
                });
                let reading = Reading {
                    read: response::read_new_instance,
                    code: |answer: &response::NewInstanceAnswer| &answer.code,
                };
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
                    .map_or(Verdict::Retry, response::NewInstanceAnswer::verdict);
                let external_ref = called
                    .answer
                    .and_then(|answer| answer.instance_id)
                    .and_then(|id| ExternalRef::parse(&id));
                Ok(Brought {
                    attempt: called.attempt,
                    verdict,
                    external_ref,
                    info: None,
                })
            }
        }
    }

    /// Asks a seller about one instance.
    pub(crate) async fn query(
        &self,
        endpoint: &Endpoint,
        external_ref: &ExternalRef,
        timeout_ms: u32,
        opening: &kernel::policy::Opening,
    ) -> Result<Called<QueryInstanceAnswer>, Fail> {
        let call = Call::QueryInstance(QueryInstance {
            instance_ids: vec![external_ref.as_str().to_owned()],
        });
        self.call_seller(
            endpoint,
            &Request::production(call),
            timeout_ms,
            opening,
            QUERY,
        )
        .await
    }
}

/// Once the seller has named an id, the result is asked for by it; unless the
/// last answer was that there is no such instance, then the order is sent again.
fn asks_for_result(message: Option<&Message>) -> bool {
    message.is_some_and(|message| {
        message.status() == Status::Polling || message.result_code() != "000003"
    })
}

fn from_query(called: Called<QueryInstanceAnswer>, external_ref: &ExternalRef) -> Brought {
    let verdict = called.answer.as_ref().map_or(Verdict::Retry, |answer| {
        answer.verdict(external_ref.as_str())
    });
    let info = called
        .answer
        .as_ref()
        .and_then(|answer| app_info(answer, external_ref));
    Brought {
        attempt: called.attempt,
        verdict,
        external_ref: Some(external_ref.clone()),
        info,
    }
}

/// The access data that an answer holds about an instance.
pub(crate) fn app_info(
    answer: &QueryInstanceAnswer,
    external_ref: &ExternalRef,
) -> Option<AppInfo> {
    let told = answer.instance(external_ref.as_str())?.app_info.as_ref()?;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Some(AppInfo {
        front_end_url: told.front_end_url.clone(),
        admin_url: text(&told.admin_url),
        user_name: text(&told.user_name),
        password: Secret::new(text(&told.password)),
        memo: text(&told.memo),
        guide: None,
    })
}

fn about(situation: &Situation, window_seconds: u32, task: &Task) -> NewMessage {
    let instance = &situation.instance;
    let window_ends_at = instance
        .window_ends_at()
        .max(task.created_at.plus_seconds(window_seconds.into()));
    NewMessage {
        effect_key: effect_key(instance.id()),
        realm: instance.realm(),
        seller_id: instance.seller_id(),
        product_id: instance.product_id(),
        order_number: situation.line.order_number().to_owned(),
        line_number: situation.line.number().to_owned(),
        external_ref: instance.external_ref().cloned(),
        activity: seller_wire::request::Activity::NewInstance
            .name()
            .to_owned(),
        url: situation
            .endpoint
            .as_ref()
            .map_or_else(|_| String::new(), |endpoint| endpoint.url.clone()),
        window_ends_at: Some(window_ends_at),
    }
}
