//! Killing the program at every point at which its world could tear: before
//! and after each commit, before each call to a seller and after each answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use db::fault::{Moment, Power, PowerSupply};
use dbtest::{Bed, Engine};
use gateway::seller_http::{Wire, WireMoment};
use kernel::Fail;

use crate::TestApp;

/// Minutes after which every lease of a dead process has run out.
const LEASES_MINUTES: u64 = 5;
/// Hours in which everything that was begun comes to its end.
const END_HOURS: u64 = 4;

/// The points that a process passed, and the one at which it dies.
pub(crate) struct Points {
    passed: AtomicUsize,
    last: AtomicUsize,
}

impl Points {
    /// Nobody dies.
    pub(crate) fn idle() -> Arc<Self> {
        Arc::new(Self {
            passed: AtomicUsize::new(0),
            last: AtomicUsize::new(usize::MAX),
        })
    }

    pub(crate) fn power(self: &Arc<Self>) -> PowerSupply {
        let power: Arc<dyn Power> = self.clone();
        PowerSupply::controlled(power)
    }

    /// Counts from here; the process dies at the given point, and stays dead.
    fn arm(&self, last: usize) {
        self.passed.store(0, Ordering::SeqCst);
        self.last.store(last, Ordering::SeqCst);
    }

    fn passed(&self) -> usize {
        self.passed.load(Ordering::SeqCst)
    }

    fn dies(&self) -> bool {
        let passed = self.passed.fetch_add(1, Ordering::SeqCst) + 1;
        passed >= self.last.load(Ordering::SeqCst)
    }
}

impl Power for Points {
    fn fails_at(&self, _moment: Moment) -> bool {
        self.dies()
    }
}

impl Wire for Points {
    fn dies_at(&self, _moment: WireMoment) -> bool {
        self.dies()
    }
}

/// Runs a scenario once to number its points, then once per point: the process
/// dies there, starts again, and the people of the scenario do again what they
/// may have done before. After each, the world must be whole and `end` content.
///
/// A scenario takes no notice of what was done already: the same form keys,
/// [`once`](crate::once) around the steps of a machine.
pub async fn every_point<S>(
    engine: Engine,
    prepare: impl AsyncFn(&TestApp) -> S,
    scenario: impl AsyncFn(&TestApp, &S) -> Result<(), Fail>,
    end: impl AsyncFn(&TestApp, &S),
) {
    let Some(bed) = Bed::new(engine) else { return };
    let app = TestApp::on(bed).await;
    let cast = prepare(&app).await;
    app.points.arm(usize::MAX);
    scenario(&app, &cast)
        .await
        .expect("the scenario works when nobody dies");
    let points = app.points.passed();
    finish(&app, &cast, &end, "nobody died").await;

    for point in 1..=points {
        let mut app = TestApp::on(Bed::new(engine).unwrap()).await;
        let cast = prepare(&app).await;
        app.points.arm(point);
        let outcome = scenario(&app, &cast).await;
        let story = format!("killed at point {point} of {points}");
        if app.points.passed() < point {
            // PostgreSQL repeats a transaction when it must, so one run may
            // have a commit less than the other; SQLite never does.
            assert!(
                engine == Engine::Postgres && outcome.is_ok(),
                "{story}: it took another way: {outcome:?}"
            );
            app.points.arm(usize::MAX);
            finish(&app, &cast, &end, &story).await;
            continue;
        }
        app.restart();
        app.advance_minutes(LEASES_MINUTES).await;
        let broken = app.broken().await;
        assert!(broken.is_empty(), "{story}:\n{}", broken.join("\n"));
        if let Err(fail) = scenario(&app, &cast).await {
            panic!("{story}: the scenario can't go on: {fail}");
        }
        finish(&app, &cast, &end, &story).await;
    }
}

async fn finish<S>(app: &TestApp, cast: &S, end: &impl AsyncFn(&TestApp, &S), story: &str) {
    app.advance_hours(END_HOURS).await;
    let broken = app.broken().await;
    assert!(broken.is_empty(), "{story}:\n{}", broken.join("\n"));
    let orphans = app.orphans().await;
    assert!(
        orphans.is_empty(),
        "{story}: open at the seller for nobody: {orphans:?}"
    );
    assert_eq!(app.dead_tasks().await, 0, "{story}: tasks were given up");
    end(app, cast).await;
}
