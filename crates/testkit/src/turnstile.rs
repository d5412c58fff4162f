//! Holds an answer of a seller until the test lets it go: for those that come
//! when nobody waits for them any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

use gateway::seller_http::{Wire, WireMoment};
use tokio::sync::Notify;

/// Stands behind the calls; nobody dies here.
pub struct Turnstile {
    /// Answers that are still to be held.
    to_hold: AtomicUsize,
    waits: Notify,
    open: Mutex<bool>,
    opened: Condvar,
}

impl Turnstile {
    /// Holds so many answers, the first ones; later ones pass.
    #[must_use]
    pub fn holding(answers: usize) -> Arc<Self> {
        Arc::new(Self {
            to_hold: AtomicUsize::new(answers),
            waits: Notify::new(),
            open: Mutex::new(false),
            opened: Condvar::new(),
        })
    }

    /// Resolves when an answer is held.
    pub async fn somebody_waits(&self) {
        self.waits.notified().await;
    }

    /// Lets go whoever is held.
    pub fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

impl Wire for Turnstile {
    fn dies_at(&self, moment: WireMoment) -> bool {
        let answered = moment == WireMoment::AfterReceive;
        let take = |left: usize| left.checked_sub(1);
        let held = answered
            && self
                .to_hold
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, take)
                .is_ok();
        if held {
            self.waits.notify_one();
            tokio::task::block_in_place(|| {
                let open = self.open.lock().unwrap();
                drop(self.opened.wait_while(open, |open| !*open).unwrap());
            });
        }
        false
    }
}
