use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::routing::get;
use tokio::sync::{Notify, oneshot};

use super::*;
use crate::backup::testing::{open, site};
use crate::opened::runtime;

fn metrics() -> PrometheusHandle {
    metrics_exporter_prometheus::PrometheusBuilder::new()
        .build_recorder()
        .handle()
}

/// Serves parts in a runtime; gives what the visitor said and how serving ended.
fn visited<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    tls: bool,
    parts: Parts,
    visit: impl FnOnce(String, oneshot::Sender<()>) -> F,
) -> (T, Result<(), CommandError>) {
    let mut site = site();
    if tls {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let (cert, key) = (
            site.folder.path().join("cert.pem"),
            site.folder.path().join("key.pem"),
        );
        std::fs::write(&cert, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        site.config.server.tls_cert = cert.to_str().unwrap().to_owned();
        site.config.server.tls_key = key.to_str().unwrap().to_owned();
    }
    let opened = open(&site.config);
    runtime().unwrap().block_on(async move {
        let bound = Bound::bind(&opened.config.server).await.unwrap();
        let scheme = if tls { "https" } else { "http" };
        let (say, said) = oneshot::channel();
        let visitor = tokio::spawn(visit(
            format!("{scheme}://localhost:{}", bound.address().port()),
            say,
        ));
        let ended = run(
            bound,
            opened,
            parts,
            metrics(),
            async move { drop(said.await) },
        )
        .await;
        (visitor.await.unwrap(), ended)
    })
}

fn parts(pages: Router) -> Parts {
    Parts {
        pages,
        api: Router::new(),
        render: None,
        worker: None,
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .tls_danger_accept_invalid_certs(true)
        .build()
        .unwrap()
}

#[test]
fn a_request_that_is_worked_on_is_finished_before_the_end() {
    let (began, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (entered, waits) = (Arc::clone(&began), Arc::clone(&go_on));
    let pages = Router::new().route(
        "/slow",
        get(async move || {
            entered.notify_one();
            waits.notified().await;
            "whole"
        }),
    );
    let (answer, ended) = visited(false, parts(pages), |url, stop| async move {
        let request = tokio::spawn(client().get(format!("{url}/slow")).send());
        began.notified().await;
        stop.send(()).unwrap();
        go_on.notify_one();
        request.await.unwrap().unwrap().text().await.unwrap()
    });
    assert_eq!(answer, "whole");
    assert!(ended.is_ok());
}

#[test]
fn the_worker_stops_after_the_requests_and_ends_its_task() {
    let finished = Arc::new(AtomicBool::new(false));
    let ends = Arc::clone(&finished);
    let worker: Worker = Box::new(move |mut stop, heartbeat| {
        Box::pin(async move {
            heartbeat.beat();
            stop.said().await;
            ends.store(true, Ordering::SeqCst);
        })
    });
    let parts = Parts {
        worker: Some(worker),
        ..parts(Router::new())
    };
    let (ready, ended) = visited(false, parts, |url, stop| async move {
        let ready = client()
            .get(format!("{url}/readyz"))
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        stop.send(()).unwrap();
        ready
    });
    assert_eq!(ready, "ready\n");
    assert!(ended.is_ok() && finished.load(Ordering::SeqCst));
}

#[test]
fn a_worker_that_ends_by_itself_ends_the_process_with_a_sentence() {
    let worker: Worker = Box::new(|_, _| Box::pin(async {}));
    let (_stop, ended) = visited(
        false,
        Parts {
            worker: Some(worker),
            ..parts(Router::new())
        },
        async |_, stop| stop,
    );
    assert!(ended.unwrap_err().to_string().contains("worker ended"));
}

#[test]
fn tls_is_spoken_with_http_2_and_a_silent_client_holds_up_nobody() {
    let pages = Router::new().route("/", get(async || "over tls"));
    let ((version, text), ended) = visited(true, parts(pages), |url, stop| async move {
        let silent = tokio::net::TcpStream::connect(url.strip_prefix("https://").unwrap())
            .await
            .unwrap();
        let response = client().get(&url).send().await.unwrap();
        let version = response.version();
        let text = response.text().await.unwrap();
        drop(silent);
        stop.send(()).unwrap();
        (version, text)
    });
    assert_eq!(
        (version, text.as_str()),
        (axum::http::Version::HTTP_2, "over tls")
    );
    assert!(ended.is_ok());
}

#[test]
fn an_address_that_is_taken_is_told() {
    let site = site();
    runtime().unwrap().block_on(async {
        let first = Bound::bind(&site.config.server).await.unwrap();
        let mut second = site.config.server.clone();
        second.listen = first.address().to_string();
        assert!(
            Bound::bind(&second)
                .await
                .unwrap_err()
                .to_string()
                .contains("server.listen")
        );
    });
}
