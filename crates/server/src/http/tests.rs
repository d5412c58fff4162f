mod limits;

use std::net::{IpAddr, SocketAddr};

use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderName, Method, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use tower::ServiceExt as _;

use super::*;
use crate::listener::Peer;

fn shell() -> Shell {
    Shell {
        public_origin: "https://market.example".to_owned(),
        public_host: "market.example".to_owned(),
        api_hosts: vec!["api.market.example".to_owned()],
        trusted_proxies: AllowedNetworks::parse(&["10.0.0.0/8"]).unwrap(),
        limits: BodyLimits {
            upload_bytes: 100,
            form_bytes: 10,
        },
        times: TimeLimits {
            upload: Duration::from_secs(600),
            request: Duration::from_secs(30),
        },
        requests_at_once: 1,
        rate: None,
    }
}

fn site(shell: &Shell) -> Router {
    let pages = Router::new()
        .route("/", get(async || "home"))
        .route("/whoami", get(whoami))
        .route("/form", post(async |body: String| body))
        .route(
            "/panics",
            get(async || if true { panic!("a defect") } else { "" }),
        )
        .route(
            "/hangs",
            get(async || std::future::pending::<String>().await),
        )
        .route(
            "/strict",
            get(async || ([("content-security-policy", "sandbox")], "file")),
        )
        .route("/products/{id}", get(async || "product"))
        .fallback(async || (StatusCode::NOT_FOUND, "no such page"));
    let api = Router::new().route("/api/orders", post(async || "order"));
    let operations = Router::new().route("/healthz", get(async || "ok"));
    assemble(
        shell,
        Routers {
            pages,
            api,
            operations,
            render: None,
        },
    )
    .unwrap()
}

/// Both forms in which handlers learn the address say the same.
async fn whoami(
    ConnectInfo(address): ConnectInfo<IpAddr>,
    Extension(for_pages): Extension<web::ClientAddress>,
    Extension(reference): Extension<web::Reference>,
) -> String {
    assert_eq!(for_pages.0, address.to_string());
    assert_eq!(reference.0.len(), 12);
    for_pages.0
}

fn request(method: Method, path: &str) -> Request {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method;
    *request.uri_mut() = path.parse().unwrap();
    request
        .headers_mut()
        .insert("host", "market.example".parse().unwrap());
    let peer: SocketAddr = "203.0.113.7:5000".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(Peer(peer)));
    request
}

fn with(mut request: Request, name: &str, value: &str) -> Request {
    request
        .headers_mut()
        .insert(HeaderName::try_from(name).unwrap(), value.parse().unwrap());
    request
}

async fn answer(request: Request) -> Response {
    site(&shell()).oneshot(request).await.unwrap()
}

async fn text(response: Response) -> String {
    String::from_utf8(
        to_bytes(response.into_body(), 10_000)
            .await
            .unwrap()
            .to_vec(),
    )
    .unwrap()
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_and_a_number() {
    for path in ["/", "/nowhere", "/panics", "/healthz"] {
        let response = answer(request(Method::GET, path)).await;
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .unwrap_or_else(|| panic!("{path}: {name}"))
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert!(
            header("content-security-policy").starts_with("default-src 'none'; script-src 'self'")
        );
        assert!(header("content-security-policy").ends_with("upgrade-insecure-requests"));
        assert_eq!(header("strict-transport-security"), "max-age=31536000");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-request-id").len(), 12);
    }
}

#[tokio::test]
async fn a_site_without_https_does_not_promise_it() {
    let plain = Shell {
        public_origin: "http://market.example".to_owned(),
        ..shell()
    };
    let response = site(&plain)
        .oneshot(request(Method::GET, "/"))
        .await
        .unwrap();
    assert!(!response.headers().contains_key("strict-transport-security"));
    assert!(
        !response
            .headers()
            .get("content-security-policy")
            .unwrap()
            .to_str()
            .unwrap()
            .contains("upgrade")
    );
}

#[tokio::test]
async fn a_pages_own_stricter_policy_stands() {
    let response = answer(request(Method::GET, "/strict")).await;
    assert_eq!(
        response.headers().get("content-security-policy").unwrap(),
        "sandbox"
    );
}

#[tokio::test]
async fn a_number_that_the_client_sends_is_not_taken_over() {
    let response = answer(with(request(Method::GET, "/"), "x-request-id", "MINE")).await;
    assert_ne!(response.headers().get("x-request-id").unwrap(), "MINE");
}

#[tokio::test]
async fn a_panic_is_answered_with_its_reference() {
    let response = answer(request(Method::GET, "/panics")).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let number = response
        .headers()
        .get("x-request-id")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    assert!(text(response).await.contains(&number));
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_and_one_from_here_is_taken() {
    let cross = with(
        request(Method::POST, "/form"),
        "sec-fetch-site",
        "cross-site",
    );
    assert_eq!(answer(cross).await.status(), StatusCode::FORBIDDEN);
    let old_browser = with(
        request(Method::POST, "/form"),
        "origin",
        "https://evil.example",
    );
    assert_eq!(answer(old_browser).await.status(), StatusCode::FORBIDDEN);
    let same = with(
        request(Method::POST, "/form"),
        "sec-fetch-site",
        "same-origin",
    );
    assert_eq!(answer(same).await.status(), StatusCode::OK);
    let api = with(
        request(Method::POST, "/api/orders"),
        "sec-fetch-site",
        "cross-site",
    );
    assert_eq!(answer(api).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn other_host_names_are_not_answered_and_health_is() {
    let status = async |path: &str, method, host: &str| {
        answer(with(request(method, path), "host", host))
            .await
            .status()
    };
    assert_eq!(
        status("/", Method::GET, "evil.example").await,
        StatusCode::MISDIRECTED_REQUEST
    );
    assert_eq!(
        status("/", Method::GET, "api.market.example").await,
        StatusCode::MISDIRECTED_REQUEST
    );
    assert_eq!(
        status("/api/orders", Method::POST, "api.market.example").await,
        StatusCode::OK
    );
    assert_eq!(
        status("/healthz", Method::GET, "10.1.2.3").await,
        StatusCode::OK
    );
}

#[tokio::test]
async fn only_a_trusted_proxy_says_who_asks() {
    let direct = with(
        request(Method::GET, "/whoami"),
        "x-forwarded-for",
        "198.51.100.1",
    );
    assert_eq!(text(answer(direct).await).await, "203.0.113.7");
    let mut proxied = with(
        request(Method::GET, "/whoami"),
        "x-forwarded-for",
        "198.51.100.1",
    );
    proxied
        .extensions_mut()
        .insert(ConnectInfo(Peer("10.0.0.1:1".parse().unwrap())));
    assert_eq!(text(answer(proxied).await).await, "198.51.100.1");
}

#[tokio::test]
async fn refusals_look_as_the_site_wants_and_keep_their_status() {
    let render: Render = std::sync::Arc::new(|refusal, asked| {
        Response::new(Body::from(format!(
            "{refusal:?} {} {}",
            asked.uri.path(),
            asked.reference.len()
        )))
    });
    let pages = Router::new().route("/form", post(async || "done"));
    let routers = Routers {
        pages,
        api: Router::new(),
        operations: Router::new(),
        render: Some(render),
    };
    let cross = with(
        request(Method::POST, "/form"),
        "sec-fetch-site",
        "cross-site",
    );
    let response = assemble(&shell(), routers)
        .unwrap()
        .oneshot(cross)
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert_eq!(text(response).await, "CrossSite /form 12");
}

#[test]
fn log_and_metrics_hold_the_template_of_a_route_and_no_query() {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let log = Lines::default();
    let sink = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || sink.clone())
        .with_max_level(tracing::Level::TRACE)
        .finish();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    // For all tests of this process: one of a thread's own misses places that
    // another thread came by first.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let asked = request(Method::GET, "/products/prd_1?token=hush-hush");
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(answer(with(asked, "cookie", "hush-too")))
    });
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("method=\"GET\" route=\"/products/{id}\" status=200"),
        "{log}"
    );
    assert!(
        handle.render().contains("route=\"/products/{id}\""),
        "{}",
        handle.render()
    );
    assert!(
        !log.contains("hush") && !handle.render().contains("hush"),
        "{log}"
    );
}

#[derive(Clone, Default)]
struct Lines(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
