//! What must be done now and then: rows that nobody needs any more go, and
//! timers or tasks that got lost come back.

use std::sync::{Mutex, PoisonError};

use accounts::{attempt, one_time_link, session};
use catalog::search_change;
use db::task::{self, NewTask, Task};
use db::{Lane, Tx, idempotency, timer};
use delivery::{instance, message};
use gateway::files::ContentHash;
use kernel::prelude::*;
use kernel::random;
use support::file;

use crate::settle_payment::enqueue_opening;
use crate::{App, cancel_order};

/// Kind of the task; its payload is the job.
pub(crate) const KIND: &str = "housekeeping";
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// Rows that one transaction looks at.
const PAGE: u32 = 500;

kernel::names! {
    /// A periodic job.
    pub enum Job {
        /// Expired sessions, links, attempts, keys of forms.
        Expired = "expired",
        /// Recorded calls beyond their retention.
        Calls = "calls",
        /// Uploads that nothing refers to.
        Files = "files",
        /// Lost timers and tasks.
        Lost = "lost",
    }
}

/// The periods that this process has seen started, so that it asks the database
/// once per period and not every second.
#[derive(Debug, Default)]
pub struct Periods(Mutex<Vec<(Job, String)>>);

impl Periods {
    fn known(&self, periods: &[(Job, String)]) -> bool {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) == periods
    }

    fn remember(&self, periods: Vec<(Job, String)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = periods;
    }
}

impl Job {
    fn every_seconds(self) -> i64 {
        match self {
            Self::Expired | Self::Calls => HOUR,
            Self::Files => DAY,
            Self::Lost => 300,
        }
    }
}

/// Starts the jobs whose period has begun; one process wins each.
pub(crate) async fn start(app: &App) -> Result<usize, Fail> {
    use kernel::names::Named as _;
    let now = app.now();
    let periods: Vec<(Job, String)> = Job::ALL
        .iter()
        .map(|job| {
            (
                *job,
                now.seconds().div_euclid(job.every_seconds()).to_string(),
            )
        })
        .collect();
    if app.periods.known(&periods) {
        return Ok(0);
    }
    let wanted = periods.clone();
    let started = app
        .db
        .write_in(Lane::Background, move |tx| {
            let mut started = 0;
            for (job, period) in &wanted {
                if task::start_period(tx, job.name(), period, now)? {
                    let task = NewTask {
                        kind: KIND,
                        realm: Realm::Live,
                        lane: KIND,
                        payload: job.name(),
                        due_at: now,
                        unique_key: Some(&format!("{KIND}:{job}")),
                    };
                    task::enqueue(tx, &task, now)?;
                    started += 1;
                }
            }
            Ok(started)
        })
        .await?;
    app.periods.remember(periods);
    Ok(started)
}

impl App {
    pub(crate) async fn keep_house(&self, task: &Task) -> Result<(), Fail> {
        let job =
            Job::from_name(&task.payload).ok_or_else(|| Fail::bug("the task names no job"))?;
        match job {
            Job::Expired => self.sweep_expired().await?,
            Job::Calls => self.sweep_calls().await?,
            Job::Files => self.sweep_files().await?,
            Job::Lost => self.find_lost().await?,
        }
        let task = task.clone();
        self.step(move |tx| task::finish(tx, &task)).await
    }

    async fn sweep_expired(&self) -> Result<(), Fail> {
        let (policy, now) = (self.policy().await?, self.now());
        self.background(move |tx| {
            session::sweep(tx, now)?;
            one_time_link::sweep(tx, now)?;
            attempt::sweep(tx, &policy.accounts, now)?;
            idempotency::sweep(tx, now.plus_seconds(-30 * DAY))?;
            task::sweep_periods(tx, now.plus_seconds(-7 * DAY))?;
            search_change::prune(tx, now.plus_seconds(-7 * DAY), PAGE).map(|_| ())
        })
        .await
    }

    async fn sweep_calls(&self) -> Result<(), Fail> {
        let policy = self.policy().await?;
        let before = self
            .now()
            .plus_seconds(-DAY * i64::from(policy.opening.keep_calls_days));
        while self
            .background(move |tx| message::store::sweep_calls(tx, before, PAGE))
            .await?
            == u64::from(PAGE)
        {}
        Ok(())
    }

    /// Rows that nothing refers to go first, then blobs that no row names.
    async fn sweep_files(&self) -> Result<(), Fail> {
        let before = self.now().plus_seconds(-DAY);
        let mut after = String::new();
        loop {
            let from = after.clone();
            let rows = self
                .db
                .read_bulk(move |tx| file::store::unreferenced(tx, before, &from, PAGE))
                .await?;
            let Some(last) = rows.last() else { break };
            after = last.id.to_string();
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            self.background(move |tx| {
                ids.iter()
                    .try_for_each(|id| file::store::remove_unreferenced(tx, *id).map(|_| ()))
            })
            .await?;
        }
        // One of 256 shards per run keeps each run short.
        let shard = u8::try_from(random::below(256)).unwrap_or(0);
        for hash in self.files.older_than(shard, before).await? {
            let name = hash.as_str().to_owned();
            if !self
                .db
                .read_bulk(move |tx| file::store::is_content_used(tx, &name))
                .await?
            {
                self.remove_blob(&hash, before).await?;
            }
        }
        Ok(())
    }

    async fn remove_blob(&self, hash: &ContentHash, before: Timestamp) -> Result<(), Fail> {
        self.files.remove_if_older(hash, before).await?;
        Ok(())
    }

    /// A lost wake-up only delays: what should be waiting for something and has
    /// neither task nor timer gets it again.
    async fn find_lost(&self) -> Result<(), Fail> {
        let now = self.business_now(Realm::Live);
        let expired = self
            .db
            .read_bulk(move |tx| ordering::order_line::unpaid_expired(tx, now, PAGE))
            .await?;
        for order in expired {
            self.background(move |tx| cancel_order::expire(tx, order, now))
                .await?;
        }
        let mut after = String::new();
        loop {
            let from = after.clone();
            let rows = self
                .db
                .read_bulk(move |tx| {
                    instance::store::in_state(
                        tx,
                        Realm::Live,
                        instance::State::Provisioning,
                        &from,
                        PAGE,
                    )
                })
                .await?;
            let Some(last) = rows.last() else { break };
            after = last.id().to_string();
            self.background(move |tx| {
                rows.iter()
                    .try_for_each(|planned| reopen_lost(tx, planned, now))
            })
            .await?;
        }
        let accepted = self
            .db
            .read_bulk(move |tx| supervision::service_flow::store::accepted_unfinished(tx, PAGE))
            .await?;
        let policy = self.policy().await?;
        self.background(move |tx| {
            for (line, realm, accepted_at) in &accepted {
                let due =
                    accepted_at.plus_seconds(policy.supervision.complete_after_seconds.into());
                timer::set(
                    tx,
                    crate::complete_line::COMPLETION,
                    line.as_str(),
                    *realm,
                    due,
                )?;
            }
            Ok(())
        })
        .await
    }

    async fn background<T, F>(&self, step: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&Tx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        self.db.write_in(Lane::Background, step).await
    }
}

/// The task's unique key makes this harmless while the task is there. A
/// supervised line that opens at delivery has no task on purpose.
fn reopen_lost(tx: &Tx<'_>, planned: &instance::Instance, now: Timestamp) -> Result<(), Fail> {
    if now.seconds_since(planned.created_at()) < HOUR && planned.external_ref().is_none() {
        return Ok(());
    }
    if task::find(tx, &crate::tasks::open::key(planned.id()))?.is_none() {
        enqueue_opening(tx, planned, now)?;
    }
    Ok(())
}
