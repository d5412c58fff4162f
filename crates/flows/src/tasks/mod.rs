//! What is done in the background, one file per kind of task. A handler reads,
//! acts outside without a transaction, and ends its task in the transaction of
//! its result.

pub(crate) mod call_digest;
pub(crate) mod fetch_info;
pub(crate) mod housekeeping;
pub(crate) mod link_mail;
pub mod mail;
pub(crate) mod open;
pub(crate) mod release;

use db::task::{self, Task};
use db::{Lane, timer};
use kernel::id::{OrderId, OrderLineId};
use kernel::names::Named as _;
use kernel::prelude::*;

use crate::complete_line::COMPLETION;
use crate::{App, accept_service, cancel_order, place_order};

/// Seconds for which a claimed task belongs to its worker: longer than the
/// longest call to a seller.
const LEASE_SECONDS: i64 = 120;
/// Attempts before a task that fails for reasons of our own is given up.
const ATTEMPTS: u32 = 12;
/// Timers fired at once.
const TIMERS: u32 = 100;

impl App {
    /// Turns timers that are due into tasks and starts periodic jobs; how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn tick(&self) -> Result<usize, Fail> {
        let mut fired = housekeeping::start(self).await?;
        for realm in Realm::ALL {
            let (business, wall) = (self.business_now(*realm), self.now());
            fired += self
                .db
                .write_in(Lane::Background, move |tx| {
                    timer::fire_due(tx, *realm, business, wall, TIMERS)
                })
                .await?;
        }
        Ok(fired)
    }

    /// Claims tasks that are due.
    ///
    /// # Errors
    /// The database's.
    pub async fn claim_tasks(&self, worker: &str, most: usize) -> Result<Vec<Task>, Fail> {
        task::claim(&self.db, worker, most, LEASE_SECONDS).await
    }

    /// Does a claimed task. What goes wrong is kept with the task.
    pub async fn run_task(&self, task: Task) {
        let Err(fail) = self.handle(&task).await else {
            return;
        };
        if fail.is(task::LEASE_LOST) {
            return;
        }
        tracing::warn!(kind = task.kind, task = %task.id, attempts = task.attempts, error = %fail, "a task failed");
        let now = self.now();
        let put_back = self
            .step(move |tx| {
                let why = fail.to_string();
                if task.attempts >= ATTEMPTS {
                    task::bury(tx, &task, &why)
                } else {
                    task::retry(tx, &task, now.plus_millis(backoff_ms(task.attempts)), &why)
                }
            })
            .await;
        // Without it the lease runs out and the task is claimed again.
        if let Err(fail) = put_back {
            tracing::warn!(error = %fail, "a failed task couldn't be put back");
        }
    }

    async fn handle(&self, task: &Task) -> Result<(), Fail> {
        match task.kind.as_str() {
            open::KIND => self.open_instance(task).await,
            release::KIND => self.release_instance(task).await,
            fetch_info::KIND => self.fetch_info(task).await,
            mail::KIND => self.send_mail(task).await,
            link_mail::KIND => self.send_link_mail(task).await,
            call_digest::KIND => self.digest_calls(task).await,
            housekeeping::KIND => self.keep_house(task).await,
            place_order::EXPIRY => {
                let order = OrderId::parse(&task.payload)
                    .ok_or_else(|| Fail::bug("the timer names no order"))?;
                let (task, now) = (task.clone(), self.business_now(task.realm));
                self.step(move |tx| {
                    cancel_order::expire(tx, order, now)?;
                    task::finish(tx, &task)
                })
                .await
            }
            COMPLETION => {
                let line = OrderLineId::parse(&task.payload)
                    .ok_or_else(|| Fail::bug("the timer names no line"))?;
                let (task, now) = (task.clone(), self.business_now(task.realm));
                self.step(move |tx| {
                    accept_service::complete_accepted(tx, line, now)?;
                    task::finish(tx, &task)
                })
                .await
            }
            unknown => Err(Fail::bug(format!(
                "there is no handler for tasks of the kind {unknown}"
            ))),
        }
    }
}

/// Whether a kind of task has a handler; for the invariants.
#[must_use]
pub fn has_handler(kind: &str) -> bool {
    [
        open::KIND,
        release::KIND,
        fetch_info::KIND,
        mail::KIND,
        link_mail::KIND,
        call_digest::KIND,
        housekeeping::KIND,
        place_order::EXPIRY,
        COMPLETION,
    ]
    .contains(&kind)
}

/// Doubling from one second to ten minutes, with jitter so that tasks that
/// failed together don't come back together.
fn backoff_ms(attempts: u32) -> i64 {
    let base = 1_000_i64
        .saturating_mul(1_i64 << attempts.min(10))
        .min(600_000);
    base + i64::try_from(kernel::random::below(1_000)).unwrap_or(0)
}
