//! Asks the seller for the access data of a freshly opened instance, so that
//! pages have last known values from the start.

use db::task::{self, Task};
use delivery::instance;
use kernel::id::InstanceId;
use kernel::prelude::*;
use ordering::order_line;

use crate::App;
use crate::open_instance::app_info;
use crate::seller_call::endpoint;

/// Kind of the task; its payload is the instance.
pub(crate) const KIND: &str = "fetch_info";
/// Attempts; after them the buyer's page asks by itself.
const ATTEMPTS: u32 = 5;
/// Seconds between attempts.
const INTERVAL_SECONDS: i64 = 30;

impl App {
    pub(crate) async fn fetch_info(&self, task: &Task) -> Result<(), Fail> {
        let id = InstanceId::parse(&task.payload)
            .ok_or_else(|| Fail::bug("the task names no instance"))?;
        let ring = self.keys.ring();
        let (sealing, policy) = (ring.clone(), self.policy().await?);
        let (instance, endpoint) = self
            .db
            .read(move |tx| {
                let instance = instance::store::find_any(tx, id)?;
                let line = order_line::find_any(tx, instance.order_line_id())?;
                let endpoint = endpoint(tx, &ring, instance.seller_id(), &line.frozen().interface);
                Ok((instance, endpoint))
            })
            .await?;
        let mut told = None;
        if let (Some(external_ref), Ok(endpoint), true) =
            (instance.external_ref(), &endpoint, instance.is_usable())
        {
            let called = self
                .query(
                    endpoint,
                    external_ref,
                    policy.opening.call_timeout_ms,
                    &policy.opening,
                )
                .await?;
            told = called
                .answer
                .and_then(|answer| app_info(&answer, external_ref))
                .filter(|info| info.check().is_ok());
        }
        let sealed = told.map(|info| info.seal(&sealing, id)).transpose()?;
        let (task, now, business) = (
            task.clone(),
            self.now(),
            self.business_now(instance.realm()),
        );
        self.step(move |tx| match &sealed {
            Some(sealed) => {
                instance::store::save_info(tx, id, sealed, business)?;
                task::finish(tx, &task)
            }
            None if task.attempts < ATTEMPTS => task::retry(
                tx,
                &task,
                now.plus_seconds(INTERVAL_SECONDS),
                "the seller told no access data",
            ),
            None => task::finish(tx, &task),
        })
        .await
    }
}
