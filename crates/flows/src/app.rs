//! The application: everything a use case may need, handed in once at start.

use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

use db::{Db, ReadTx, Tx};
use documents::Documents;
use gateway::files::Files;
use gateway::live_gate::LiveGate;
use gateway::mail::{FolderMailer, Mailer};
use gateway::seller_http::SellerHttp;
use kernel::crypt::KeyRing;
use kernel::prelude::*;

use crate::catalogue::Catalogue;
use crate::policy_book::PolicyBook;
use crate::tasks::housekeeping::Periods;

/// The application. Cheap to clone; what web and API call.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an application is made of.
pub struct Parts {
    /// The store.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The key ring.
    pub keys: Keys,
    /// Calls to sellers.
    pub sellers: SellerHttp,
    /// Guard of live queries.
    pub live: LiveGate,
    /// Mail.
    pub mailer: Arc<dyn Mailer>,
    /// The folder that the mailer writes into, when it is one: operators of a
    /// demo read the mails there.
    pub written_mails: Option<FolderMailer>,
    /// Uploaded files.
    pub files: Files,
    /// Shop window: search index and content cache.
    pub catalogue: Catalogue,
    /// PDF documents.
    pub documents: Documents,
    /// This site.
    pub site: Site,
    /// The policy profile.
    pub policies: PolicyBook,
    /// Periods whose jobs this process has seen started.
    pub periods: Periods,
}

/// Facts about this deployment that texts and links need.
#[derive(Debug, Clone)]
pub struct Site {
    /// Name on pages and mails.
    pub brand: String,
    /// The address people use, without a slash at its end.
    pub public_url: String,
    /// Host names under which the open APIs are reached.
    pub public_hosts: Vec<String>,
    /// A demo: its operators need no second factor and may read written mails.
    pub demo: bool,
}

/// The key ring, exchangeable when a key was added.
pub struct Keys(RwLock<Arc<KeyRing>>);

impl Keys {
    /// Around a ring.
    #[must_use]
    pub fn new(ring: Arc<KeyRing>) -> Self {
        Self(RwLock::new(ring))
    }
    /// The ring in force.
    #[must_use]
    pub fn ring(&self) -> Arc<KeyRing> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
    /// Takes another ring into force.
    pub fn replace(&self, ring: KeyRing) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Puts an application together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The time now: for signatures, sessions, leases and limits.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The business time of a realm: for terms, timers and orders.
    #[must_use]
    pub fn business_now(&self, realm: Realm) -> Timestamp {
        match realm {
            // A sandbox gets an offset of its own when it can be moved.
            Realm::Live | Realm::Sandbox => self.clock.now(),
        }
    }

    /// Shows a screen: runs one of the `views` in one snapshot.
    ///
    /// # Errors
    /// The view's.
    pub async fn view<T, F>(&self, view: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        self.db.read(view).await
    }

    /// Runs a step in a transaction.
    pub(crate) async fn step<T, F>(&self, step: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&Tx<'_>) -> Result<T, Fail> + Send + 'static,
    {
        self.db.write(step).await
    }
}
