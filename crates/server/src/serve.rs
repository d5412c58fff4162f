//! A serving process from its first connection to its last: bind, answer,
//! work, and stop in order: no new connections, requests finished, worker
//! after its tasks, database closed.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use axum::Router;
use futures::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Server;
use crate::error::CommandError;
use crate::health::{self, Check, Health, Heartbeat};
use crate::http::{self, Render, Routers, Shell};
use crate::listener::{Listener, Peer};
use crate::opened::Opened;
use crate::tls::Tls;

/// Longest wait for requests, and then for the worker.
const GRACE: Duration = Duration::from_secs(30);
/// Metrics keep what they hold in bounds by being tidied this often.
const TIDY_METRICS: Duration = Duration::from_secs(5);
/// Added to the longest work on a request: after that a silent connection is closed.
const IDLE: Duration = Duration::from_secs(60);

/// What the wiring gives to serve.
pub struct Parts {
    /// Pages, with the fallback that says "not found".
    pub pages: Router,
    /// Open APIs, without a fallback.
    pub api: Router,
    /// How a refusal of the shell looks.
    pub render: Option<Render>,
    /// The worker; none when this process runs no tasks.
    pub worker: Option<Worker>,
}

/// Runs tasks until it is told to stop, beating at each turn, and returns when
/// the tasks that it had begun are done.
pub type Worker = Box<dyn FnOnce(Stop, Heartbeat) -> BoxFuture<'static, ()> + Send>;

/// How a part learns that it shall end. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// With the sender that says it, by sending `true` or by being dropped.
    #[must_use]
    pub fn pair() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Whether it was said.
    #[must_use]
    pub fn is_said(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Resolves when it is said.
    pub async fn said(&mut self) {
        // Ends also when nobody is left who could say it.
        let _ = self.0.wait_for(|said| *said).await;
    }
}

/// A bound socket.
#[derive(Debug)]
pub struct Bound {
    tcp: TcpListener,
    tls: Option<Tls>,
    address: SocketAddr,
}

impl Bound {
    /// Binds; port 0 takes a free one.
    ///
    /// # Errors
    /// A sentence when the address is taken or the certificate can't be read.
    pub async fn bind(server: &Server) -> Result<Self, CommandError> {
        let tls = match server.tls_cert.as_str() {
            "" => None,
            cert => Some(Tls::load(Path::new(cert), Path::new(&server.tls_key))?),
        };
        let failed = |error| {
            CommandError::because(
                format!("server.listen: {} can't be listened on", server.listen),
                error,
            )
        };
        let tcp = TcpListener::bind(&server.listen).await.map_err(failed)?;
        let address = tcp.local_addr().map_err(failed)?;
        Ok(Self { tcp, tls, address })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Serves until `stop` resolves, then ends in order.
///
/// # Errors
/// A sentence when a part ends by itself, or a setting can't be used.
pub async fn run(
    bound: Bound,
    opened: Opened,
    parts: Parts,
    metrics: PrometheusHandle,
    stop: impl Future<Output = ()>,
) -> Result<(), CommandError> {
    let server = &opened.config.server;
    let shell = Shell::of(server)?;
    let heartbeat = Heartbeat::start();
    let health = health_of(&opened, &heartbeat, parts.worker.is_some(), metrics.clone())?;
    let routers = Routers {
        pages: parts.pages,
        api: parts.api,
        operations: health::router(health),
        render: parts.render,
    };
    let router = http::assemble(&shell, routers)?;

    let housekeeping = [
        tokio::spawn(tidy(metrics)),
        tokio::spawn(reload(bound.tls.clone())),
    ];
    let (stop_worker, worker_stop) = Stop::pair();
    let (stop_http, mut http_stop) = Stop::pair();
    let mut worker = parts
        .worker
        .map(|worker| tokio::spawn(worker(worker_stop, heartbeat)));
    let listener = Listener::new(
        bound.tcp,
        bound.tls,
        shell.times.request.saturating_add(IDLE),
    );
    let service = router.into_make_service_with_connect_info::<Peer>();
    let mut answering = tokio::spawn(async move {
        axum::serve(listener, service)
            .with_graceful_shutdown(async move { http_stop.said().await })
            .await
    });
    tracing::info!(address = %bound.address, "serving");

    let ended = tokio::select! {
        () = stop => Ok(()),
        _ = &mut answering => Err(CommandError::new("the server ended by itself; the log says why")),
        () = ended(&mut worker) => Err(CommandError::new("the worker ended by itself; the log says why")),
    };
    tracing::info!("stopping: open requests are finished");
    stop_http.send_replace(true);
    finish("requests", answering).await;
    stop_worker.send_replace(true);
    if let Some(worker) = worker {
        finish("tasks", worker).await;
    }
    housekeeping.iter().for_each(JoinHandle::abort);
    // Closing waits for the database's threads.
    let _ = tokio::task::spawn_blocking(move || drop(opened)).await;
    tracing::info!("stopped");
    ended
}

fn health_of(
    opened: &Opened,
    heartbeat: &Heartbeat,
    works: bool,
    metrics: PrometheusHandle,
) -> Result<Health, CommandError> {
    let server = &opened.config.server;
    let mut checks = vec![
        Check::database(&opened.db),
        Check::schema(&opened.config.target()),
        Check::files(&opened.files),
    ];
    if works {
        checks.push(Check::worker(heartbeat));
    }
    Ok(Health {
        checks,
        metrics,
        readers: server.metrics_readers()?,
        has_proxies: !server.trusted_proxies.is_empty(),
    })
}

/// Resolves when the worker is gone; never when there is none.
async fn ended(worker: &mut Option<JoinHandle<()>>) {
    match worker {
        Some(handle) => {
            let _ = handle.await;
            *worker = None;
        }
        None => std::future::pending().await,
    }
}

async fn finish<T>(what: &str, mut task: JoinHandle<T>) {
    if task.is_finished() {
        return;
    }
    if tokio::time::timeout(GRACE, &mut task).await.is_err() {
        tracing::warn!(
            what,
            seconds = GRACE.as_secs(),
            "not finished in time; what was begun is taken up again after the next start"
        );
        task.abort();
    }
}

async fn tidy(metrics: PrometheusHandle) {
    let mut turns = tokio::time::interval(TIDY_METRICS);
    loop {
        turns.tick().await;
        metrics.run_upkeep();
    }
}

/// Reads the certificate again on SIGHUP.
async fn reload(tls: Option<Tls>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut asked) = signal(SignalKind::hangup()) else {
        return;
    };
    while asked.recv().await.is_some() {
        match tls.as_ref().map(Tls::reload) {
            None => tracing::info!("SIGHUP: there is no certificate to read again"),
            Some(Ok(())) => tracing::info!("SIGHUP: the certificate was read again"),
            Some(Err(error)) => tracing::error!(%error, "SIGHUP: the old certificate stays in use"),
        }
    }
}

/// Resolves on SIGTERM or SIGINT.
///
/// # Errors
/// When the system doesn't let us listen to signals.
pub fn asked_to_stop() -> Result<impl Future<Output = ()>, CommandError> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| {
        signal(kind).map_err(|error| CommandError::because("signals can't be received", error))
    };
    let (mut terminate, mut interrupt) = (
        listen(SignalKind::terminate())?,
        listen(SignalKind::interrupt())?,
    );
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests;
