//! The program without threads of its own: a test says when tasks run and how
//! late it is.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use dbtest::{Bed, Engine};
use documents::Documents;
use flows::{App, Catalogue, Keys, Parts, Periods, PolicyBook, Site};
use gateway::files::Files;
use gateway::live_gate::{BreakerSettings, LiveGate};
use gateway::network::AllowedNetworks;
use gateway::seller_http::{NetworkSettings, SellerHttp, Wire};
use kernel::clock::{ManualClock, TimeSource as _};
use kernel::crypt::KeyRing;
use kernel::policy::Policy;
use kernel::{Clock, Fail, Timestamp};
use sample_seller::{Config, SampleSeller};
use search::Index;

use crate::faults::Points;
use crate::mails::Mails;
use crate::store;

/// Rounds of tasks after which a test is told that they never end.
const ROUNDS: usize = 500;
/// Tasks claimed at once.
const CLAIM: usize = 32;
/// Looks at the database while a long time passes, beside those at which
/// something is due.
const LOOKS: i64 = 12;

/// The program, a seller's server and the time. It reads as the [`App`].
pub struct TestApp {
    app: App,
    /// The seller's server that opens all products of [`Goods`](crate::Goods).
    pub seller: sample_seller::Handle,
    /// What was mailed.
    pub mails: Mails,
    /// The time.
    pub clock: Arc<ManualClock>,
    pub(crate) points: Arc<Points>,
    wire: Option<Arc<dyn Wire>>,
    ring: Arc<KeyRing>,
    files: Files,
    // Last: the database goes after everything that uses it.
    bed: Bed,
}

impl Deref for TestApp {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

/// The test's time, for the seller's server too.
struct SellerClock(Arc<ManualClock>);

impl seller_sdk::Clock for SellerClock {
    fn now_ms(&self) -> i64 {
        self.0.now().millis()
    }
}

impl TestApp {
    /// On the embedded database, with the international profile.
    pub async fn new() -> Self {
        Self::on(Bed::new(Engine::Sqlite).unwrap()).await
    }

    /// On a database of choice: `db_test! { async fn promise(bed) { … } }`.
    pub async fn on(bed: Bed) -> Self {
        Self::with_policy(bed, |_| {}).await
    }

    /// With numbers of its own. Operators need no second factor here.
    pub async fn with_policy(bed: Bed, change: impl FnOnce(&mut Policy)) -> Self {
        let clock = Arc::clone(&bed.clock);
        let mut config = Config::new("not known yet");
        config.clock = Arc::new(SellerClock(Arc::clone(&clock)));
        let seller = SampleSeller::bind(([127, 0, 0, 1], 0).into(), config)
            .await
            .unwrap();
        let (ring, files, mails) = (
            Arc::new(KeyRing::generate()),
            Files::memory(),
            Mails::default(),
        );
        let points = Points::idle();
        let app = build(&bed, &ring, &files, &mails, &points, None);
        let canary = Arc::clone(&ring);
        app.db
            .write(move |tx| accounts::canary::check_or_create(tx, &canary))
            .await
            .unwrap();
        let mut policy = Policy::intl();
        policy.accounts.operators_need_totp = false;
        change(&mut policy);
        app.ensure_policy(policy).await.unwrap();
        Self {
            app,
            seller,
            mails,
            clock,
            points,
            wire: None,
            ring,
            files,
            bed,
        }
    }

    /// Asks `wire` before each call to a seller and after each answer.
    pub fn tap(&mut self, wire: Arc<dyn Wire>) {
        self.wire = Some(wire);
        self.restart();
    }

    /// The process ends and starts again on the same database; nothing fails
    /// any more, whatever was planned.
    pub fn restart(&mut self) {
        self.points = Points::idle();
        let wire = self.wire.clone();
        self.app = build(
            &self.bed,
            &self.ring,
            &self.files,
            &self.mails,
            &self.points,
            wire,
        );
    }

    /// The time now.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        self.clock.now()
    }

    /// Does everything that is due.
    pub async fn drain(&self) {
        self.try_drain().await.expect("tasks can be looked at");
    }

    /// As [`TestApp::drain`], for a program that may be killed meanwhile.
    pub async fn try_drain(&self) -> Result<(), Fail> {
        for _ in 0..ROUNDS {
            let fired = self.app.tick().await?;
            let tasks = self.app.claim_tasks("test", CLAIM).await?;
            if fired == 0 && tasks.is_empty() {
                return Ok(());
            }
            // One after the other, so that a scenario always takes the same way.
            for task in tasks {
                self.app.run_task(task).await;
            }
        }
        panic!("tasks are due again and again, and time stands still");
    }

    /// Lets time pass, doing what is due when it is due.
    pub async fn advance(&self, time: Duration) {
        let total = i64::try_from(time.as_micros()).unwrap();
        let end = Timestamp::from_micros(self.time().micros() + total);
        let longest = (total / LOOKS).max(1);
        self.drain().await;
        loop {
            let now = self.time();
            let look = Timestamp::from_micros(now.micros() + longest);
            let due = self
                .app
                .db
                .read(move |tx| store::next_due(tx, now))
                .await
                .unwrap();
            let next = due.unwrap_or(look).min(look);
            if next >= end {
                break;
            }
            self.clock.set(next);
            self.drain().await;
        }
        self.clock.set(end);
        self.drain().await;
    }

    /// As [`TestApp::advance`], in minutes.
    pub async fn advance_minutes(&self, minutes: u64) {
        self.advance(Duration::from_secs(minutes * 60)).await;
    }

    /// As [`TestApp::advance`], in hours.
    pub async fn advance_hours(&self, hours: u64) {
        self.advance_minutes(hours * 60).await;
    }

    /// As [`TestApp::advance`], in days.
    pub async fn advance_days(&self, days: u64) {
        self.advance_hours(days * 24).await;
    }

    /// Stops unless the world is whole; see [`invariants`](crate::invariants).
    pub async fn check(&self) {
        let broken = self.broken().await;
        assert!(
            broken.is_empty(),
            "the world is broken:\n{}",
            broken.join("\n")
        );
    }
}

fn build(
    bed: &Bed,
    ring: &Arc<KeyRing>,
    files: &Files,
    mails: &Mails,
    points: &Arc<Points>,
    wire: Option<Arc<dyn Wire>>,
) -> App {
    let power = points.power();
    let clock = Clock::new(bed.clock.clone());
    let network = NetworkSettings {
        allowed: AllowedNetworks::parse(&["127.0.0.0/8"]).unwrap(),
        extra_ca_file: None,
    };
    let wire = wire.unwrap_or_else(|| points.clone());
    App::new(Parts {
        db: bed.open_with(|options| options.power = power),
        clock: clock.clone(),
        keys: Keys::new(Arc::clone(ring)),
        sellers: SellerHttp::new(network, Some(wire)).unwrap(),
        live: LiveGate::new(
            BreakerSettings {
                failures: 5,
                open_s: 30,
            },
            clock,
        ),
        mailer: Arc::new(mails.clone()),
        written_mails: None,
        files: files.clone(),
        catalogue: Catalogue::new(Index::in_memory().unwrap()),
        documents: Documents::new(None).unwrap(),
        site: Site {
            brand: "KooGallery".to_owned(),
            public_url: "http://koogallery.localhost:8080".to_owned(),
            public_hosts: vec!["koogallery.localhost".to_owned()],
            demo: false,
        },
        policies: PolicyBook::default(),
        periods: Periods::default(),
    })
}
