//! Whether this process lives (`/healthz`), whether it should get work
//! (`/readyz`), and its numbers (`/metrics`).

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use db::{Db, Target};
use futures::future::{BoxFuture, FutureExt as _};
use gateway::files::Files;
use gateway::network::AllowedNetworks;
use kernel::Stopwatch;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Mutex;

use crate::http::is_forwarded;

/// An answer of `/readyz` stands so long: anybody may ask, and each look costs.
const STANDS: Duration = Duration::from_secs(2);
/// A check that doesn't answer in this time has failed.
const PATIENCE: Duration = Duration::from_secs(5);
/// A worker that didn't show itself for so long hangs.
const SILENCE: Duration = Duration::from_secs(60);

/// One thing that must hold for this process to get work. The sentence of a
/// failure is shown to anybody: no addresses, no paths.
pub struct Check {
    name: &'static str,
    look: Box<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>,
}

impl Check {
    /// A check of one's own.
    pub fn new(
        name: &'static str,
        look: impl Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            look: Box::new(look),
        }
    }

    /// The database reads, and takes writes.
    #[must_use]
    pub fn database(db: &Db) -> Self {
        let db = db.clone();
        Self::new("database", move || {
            let db = db.clone();
            async move {
                db.read(|_| Ok(()))
                    .await
                    .map_err(|_| "it doesn't answer".to_owned())?;
                if db.healthy() {
                    Ok(())
                } else {
                    Err("it doesn't take writes".to_owned())
                }
            }
            .boxed()
        })
    }

    /// The schema is the one that this program knows.
    #[must_use]
    pub fn schema(target: &Target) -> Self {
        let target = target.clone();
        Self::new("schema", move || {
            let target = target.clone();
            async move {
                let looked = tokio::task::spawn_blocking(move || db::migrate::check(&target)).await;
                match looked {
                    Ok(Ok(())) => Ok(()),
                    _ => Err(
                        "it isn't the one of this program; see the log, or run `koogallery doctor`"
                            .to_owned(),
                    ),
                }
            }
            .boxed()
        })
    }

    /// Files can be stored.
    #[must_use]
    pub fn files(files: &Files) -> Self {
        let files = files.clone();
        Self::new("files", move || {
            let files = files.clone();
            async move {
                files
                    .check_writable()
                    .await
                    .map_err(|_| "none can be stored".to_owned())
            }
            .boxed()
        })
    }

    /// The worker goes on.
    #[must_use]
    pub fn worker(heartbeat: &Heartbeat) -> Self {
        let heartbeat = heartbeat.clone();
        Self::new("worker", move || {
            let silent = heartbeat.silent_for() > SILENCE;
            std::future::ready(if silent {
                Err("it hangs".to_owned())
            } else {
                Ok(())
            })
            .boxed()
        })
    }
}

/// How a worker shows that it goes on. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Heartbeat(Arc<Beats>);

#[derive(Debug)]
struct Beats {
    watch: Stopwatch,
    last_ms: AtomicU64,
}

impl Heartbeat {
    /// Beats once now.
    #[must_use]
    pub fn start() -> Self {
        Self(Arc::new(Beats {
            watch: Stopwatch::start(),
            last_ms: AtomicU64::new(0),
        }))
    }

    /// Call it at each turn of the worker, at least every half minute.
    pub fn beat(&self) {
        self.0
            .last_ms
            .store(self.0.watch.elapsed_ms(), Ordering::Relaxed);
    }

    fn silent_for(&self) -> Duration {
        let last_ms = self.0.last_ms.load(Ordering::Relaxed);
        Duration::from_millis(self.0.watch.elapsed_ms().saturating_sub(last_ms))
    }
}

/// What the routes need.
pub struct Health {
    /// All that must hold.
    pub checks: Vec<Check>,
    /// The numbers.
    pub metrics: PrometheusHandle,
    /// From where the numbers may be read.
    pub readers: AllowedNetworks,
    /// Whether addresses of proxies are looked behind.
    pub has_proxies: bool,
}

/// The routes.
pub fn router(health: Health) -> Router {
    let state = Arc::new(Looked {
        health,
        last: Mutex::new(None),
    });
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(numbers))
        .with_state(state)
}

struct Looked {
    health: Health,
    last: Mutex<Option<(Stopwatch, Vec<String>)>>,
}

async fn ready(State(looked): State<Arc<Looked>>) -> Response {
    // Whoever comes while somebody looks waits for that look.
    let mut last = looked.last.lock().await;
    let missing = match last.as_ref() {
        Some((watch, missing)) if watch.elapsed() < STANDS => missing.clone(),
        _ => {
            let missing = look(&looked.health.checks, PATIENCE).await;
            *last = Some((Stopwatch::start(), missing.clone()));
            missing
        }
    };
    drop(last);
    if missing.is_empty() {
        return "ready\n".into_response();
    }
    (
        StatusCode::SERVICE_UNAVAILABLE,
        format!("not ready\n{}\n", missing.join("\n")),
    )
        .into_response()
}

async fn look(checks: &[Check], patience: Duration) -> Vec<String> {
    let looks = checks.iter().map(async |check| {
        let looked = tokio::time::timeout(patience, (check.look)()).await;
        let trouble = match looked {
            Ok(Ok(())) => return None,
            Ok(Err(trouble)) => trouble,
            Err(_) => "it doesn't answer".to_owned(),
        };
        tracing::warn!(part = check.name, trouble, "not ready");
        Some(format!("{}: {trouble}", check.name))
    });
    futures::future::join_all(looks)
        .await
        .into_iter()
        .flatten()
        .collect()
}

async fn numbers(
    State(looked): State<Arc<Looked>>,
    ConnectInfo(address): ConnectInfo<IpAddr>,
    headers: HeaderMap,
) -> Response {
    let health = &looked.health;
    // A proxy that isn't configured looks like a neighbour; behind it stands the world.
    let hidden = is_forwarded(&headers) && !health.has_proxies;
    if hidden || !health.readers.contains(address) {
        return (
            StatusCode::FORBIDDEN,
            "Metrics are answered to server.metrics_networks alone.\n",
        )
            .into_response();
    }
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4")],
        health.metrics.render(),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt as _;

    use super::*;

    fn routes(checks: Vec<Check>) -> Router {
        let metrics = metrics_exporter_prometheus::PrometheusBuilder::new()
            .build_recorder()
            .handle();
        let readers = AllowedNetworks::parse(&["127.0.0.0/8"]).unwrap();
        router(Health {
            checks,
            metrics,
            readers,
            has_proxies: false,
        })
    }

    async fn answer(
        routes: Router,
        path: &str,
        from: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, String) {
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo::<IpAddr>(from.parse().unwrap()));
        for (name, value) in headers {
            request.headers_mut().insert(
                axum::http::HeaderName::try_from(*name).unwrap(),
                value.parse().unwrap(),
            );
        }
        let response = routes.oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_process_that_lacks_nothing_is_ready() {
        let fine = Check::new("database", || std::future::ready(Ok(())).boxed());
        let (status, text) = answer(routes(vec![fine]), "/readyz", "203.0.113.1", &[]).await;
        assert_eq!((status, text.as_str()), (StatusCode::OK, "ready\n"));
    }

    #[tokio::test]
    async fn what_is_missing_is_listed_and_the_process_still_lives() {
        let broken = |name| {
            Check::new(name, || {
                std::future::ready(Err("it is gone".to_owned())).boxed()
            })
        };
        let routes = routes(vec![broken("database"), broken("files")]);
        let (status, text) = answer(routes.clone(), "/readyz", "203.0.113.1", &[]).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(text, "not ready\ndatabase: it is gone\nfiles: it is gone\n");
        assert_eq!(
            answer(routes, "/healthz", "203.0.113.1", &[]).await.0,
            StatusCode::OK
        );
    }

    #[tokio::test]
    async fn a_check_that_hangs_has_failed() {
        let hangs = Check::new("database", || std::future::pending().boxed());
        assert_eq!(
            look(&[hangs], Duration::from_millis(10)).await,
            ["database: it doesn't answer"]
        );
    }

    #[tokio::test]
    async fn metrics_are_for_the_named_networks_alone() {
        assert_eq!(
            answer(routes(Vec::new()), "/metrics", "127.0.0.1", &[])
                .await
                .0,
            StatusCode::OK
        );
        assert_eq!(
            answer(routes(Vec::new()), "/metrics", "203.0.113.1", &[])
                .await
                .0,
            StatusCode::FORBIDDEN
        );
        let through_a_proxy = [("x-forwarded-for", "203.0.113.1")];
        assert_eq!(
            answer(
                routes(Vec::new()),
                "/metrics",
                "127.0.0.1",
                &through_a_proxy
            )
            .await
            .0,
            StatusCode::FORBIDDEN
        );
    }
}
