//! What a process does by itself: it claims tasks and does them, so many at
//! once, turns timers into tasks, and follows the catalogue into its index.
//!
//! Polling is the rule, once a second; a task that this process enqueued wakes
//! it at once. Nothing here is lost by stopping anywhere: leases run out, and
//! the index follows again.

use std::time::Duration;

use flows::App;
use futures::future::FutureExt as _;
use tokio::task::JoinSet;

use crate::health::Heartbeat;
use crate::serve::{Stop, Worker};

/// Longest time between two looks at the database.
const POLL: Duration = Duration::from_secs(1);

/// A worker that does up to `concurrency` tasks at once; none with 0, it then
/// only follows the catalogue.
#[must_use]
pub fn worker(app: App, concurrency: usize) -> Worker {
    Box::new(move |stop, heartbeat| {
        async move {
            let following = follow(app.clone(), stop.clone());
            tokio::join!(work(app, concurrency, stop, heartbeat), following);
        }
        .boxed()
    })
}

async fn work(app: App, concurrency: usize, mut stop: Stop, heartbeat: Heartbeat) {
    // Names the leases of this process in the database.
    let name = format!("worker-{}", kernel::random::upper_alnum(8));
    let mut running = JoinSet::new();
    while !stop.is_said() {
        heartbeat.beat();
        let mut claimed = 0;
        if concurrency > 0 {
            tick(&app).await;
            let free = concurrency.saturating_sub(running.len());
            claimed = claim(&app, &name, free, &mut running).await;
        }
        let full = running.len() >= concurrency;
        tokio::select! {
            () = stop.said() => break,
            () = app.db.task_enqueued(), if !full => {}
            Some(_) = running.join_next() => {}
            // More may be due than one claim took.
            () = std::future::ready(()), if claimed > 0 && !full => {}
            () = tokio::time::sleep(POLL) => {}
        }
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {
        heartbeat.beat();
    }
}

async fn tick(app: &App) {
    if let Err(error) = app.tick().await {
        tracing::warn!(%error, "timers couldn't be looked at; it is tried again in a second");
    }
}

async fn claim(app: &App, name: &str, free: usize, running: &mut JoinSet<()>) -> usize {
    if free == 0 {
        return 0;
    }
    match app.claim_tasks(name, free).await {
        Ok(tasks) => {
            let claimed = tasks.len();
            for task in tasks {
                let app = app.clone();
                running.spawn(async move { app.run_task(task).await });
            }
            claimed
        }
        Err(error) => {
            tracing::warn!(%error, "tasks couldn't be claimed; it is tried again in a second");
            0
        }
    }
}

/// Each process follows for itself; the index is its own.
async fn follow(app: App, mut stop: Stop) {
    while !stop.is_said() {
        if let Err(error) = app.follow_catalogue().await {
            tracing::warn!(%error, "the search index couldn't follow the catalogue; it is tried again in a second");
        }
        tokio::select! {
            () = stop.said() => break,
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
