//! Binds, serves, stops.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::routing::any;
use seller_sdk::{Clock, Keys, MemoryStore, SellerServer};
use seller_wire::request::Activity;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::{self, Applications, Sessions};
use crate::config::{Config, Credentials};
use crate::instances::{InstanceStatus, Instances};
use crate::produce::{self, Known, Production};
use crate::record::{Recorded, Records};
use crate::script::{Script, Step};
use crate::seller::{Business, SampleBusiness};

/// A whole seller's server.
pub struct SampleSeller;

impl SampleSeller {
    /// Starts it. Must run inside a tokio runtime; port 0 chooses a free one.
    ///
    /// # Errors
    /// When the address cannot be bound, the state file cannot be used, or the open API's address is
    /// none.
    pub async fn bind(addr: SocketAddr, config: Config) -> io::Result<Handle> {
        let listener = TcpListener::bind(addr).await?;
        let local_addr = listener.local_addr()?;
        let instances = Instances::open(config.state_file.as_deref())?;
        let public_url = config
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{local_addr}"));
        let business = Arc::new(Business {
            instances,
            public_url: public_url.trim_end_matches('/').to_owned(),
        });
        let (stop, stopping) = watch::channel(false);
        let known = Known::all(&config.credentials, &config.clock)?;
        let production = production(&config, known, Arc::clone(&business), stopping.clone());
        let production = Arc::new(production);
        let sessions = Sessions::new()?;
        let applications = Arc::new(Applications {
            business: Arc::clone(&business),
            sessions,
        });
        let interface = Router::new()
            .route("/produce", any(produce::handle))
            .route("/produce/{scenario}", any(produce::handle))
            .with_state(Arc::clone(&production));
        let router = interface.merge(app::router(applications));
        let mut stopped = stopping;
        let stopped = async move {
            // The sender lives as long as the handle; a dropped handle stops the server as well.
            let _ = stopped.wait_for(|stopping| *stopping).await;
        };
        let serving = tokio::spawn(async {
            axum::serve(listener, router)
                .with_graceful_shutdown(stopped)
                .await
        });
        Ok(Handle {
            local_addr,
            production,
            clock: config.clock,
            stop,
            serving,
        })
    }
}

fn production(
    config: &Config,
    known: Arc<Vec<Known>>,
    business: Arc<Business>,
    stopping: watch::Receiver<bool>,
) -> Production {
    let seller = SampleBusiness {
        business: Arc::clone(&business),
        orders: None,
        pending_polls: 0,
    };
    let mut server = SellerServer::new(
        seller,
        // Each call is answered with the keys of its moment.
        Keys::new(""),
        Arc::clone(&config.clock),
        MemoryStore::default(),
    );
    if config.sign_answers {
        server = server.signing_answers();
    }
    if let Some(encryption) = config.encryption {
        server = server.encrypting(encryption);
    }
    Production {
        server,
        known: RwLock::new(known),
        business,
        script: Script::default(),
        records: Records::new(config.record_limit),
        slow_polls: config.slow_polls,
        hang: config.hang,
        sign_answers: config.sign_answers,
        stopping,
    }
}

/// A running sample seller. Dropping it stops the server, too, but waits for nothing.
pub struct Handle {
    local_addr: SocketAddr,
    production: Arc<Production>,
    clock: Arc<dyn Clock>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<io::Result<()>>,
}

impl Handle {
    /// Where it listens.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.local_addr
    }

    /// The interface address without a scenario: `http://ADDRESS/produce`.
    #[must_use]
    pub fn produce_url(&self) -> String {
        format!("http://{}/produce", self.local_addr)
    }

    /// Takes other keys from the next call on: for a marketplace that makes them only when it knows the
    /// address.
    ///
    /// # Errors
    /// When the address of the open APIs is none.
    pub fn set_credentials(&self, credentials: &[Credentials]) -> io::Result<()> {
        let known = Known::all(credentials, &self.clock)?;
        let kept = &self.production.known;
        *kept.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// What to do with the given call of an activity; the first one since the start is 1. Debugging
    /// calls count, too.
    pub fn script(&self, activity: Activity, call: u32, step: Step) {
        self.production.script.set(activity, call, step);
    }

    /// What to do with all calls of an activity that have no step of their own.
    pub fn script_always(&self, activity: Activity, step: Step) {
        self.production.script.set_always(activity, step);
    }

    /// Forgets the script; the count of calls goes on.
    pub fn clear_script(&self) {
        self.production.script.clear();
    }

    /// How many calls of an activity came since the start.
    #[must_use]
    pub fn calls(&self, activity: Activity) -> u32 {
        self.production.script.calls(activity)
    }

    /// The last requests to the interface paths, oldest first, byte for byte.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.production.records.all()
    }

    /// What became of an instance; `None` if there is none with this id.
    #[must_use]
    pub fn instance_status(&self, instance_id: &str) -> Option<InstanceStatus> {
        self.production
            .business
            .instances
            .get(instance_id)
            .map(|instance| instance.status)
    }

    /// All instances that were ever opened, by id.
    #[must_use]
    pub fn instances(&self) -> Vec<(String, InstanceStatus)> {
        self.production.business.instances.all()
    }

    /// Stops: takes no more connections, ends idle and hanging ones, finishes the others.
    ///
    /// # Errors
    /// When the server had broken down before.
    pub async fn shutdown(self) -> io::Result<()> {
        // Without a receiver the server has ended already.
        let _ = self.stop.send(true);
        self.serving.await.map_err(io::Error::other)?
    }
}
