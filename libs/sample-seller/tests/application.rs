//! The sample seller as the buyer sees it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod common;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::routing::get;
use common::{NOW_S, World, config, refresh, release, status};
use sample_seller::{Config, Credentials, OpenApi};
use seller_wire::open_api::{
    Authorization, HttpRequest, ORDER_QUERY_PATH, OrderAnswer, OrderQuery, mock_order, query_pairs,
    verify,
};
use seller_wire::request::StatusChange;
use seller_wire::response::{AppInfo, Verdict};
use tokio::sync::watch;

fn form(app: &AppInfo, password: &str) -> String {
    format!(
        "user_name={}&password={password}",
        app.user_name.clone().unwrap()
    )
}

/// Logs in and gives the cookie.
async fn log_in(world: &World, path: &str, app: &AppInfo) -> String {
    let response = world
        .post(path, "", form(app, app.password.as_deref().unwrap()))
        .await;
    assert_eq!(
        (
            response.status().as_u16(),
            response.headers()["location"].to_str().unwrap()
        ),
        (303, path)
    );
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    cookie.split(';').next().unwrap().to_owned()
}

async fn page(world: &World, path: &str, cookie: &str) -> String {
    world.get(path, cookie).await.text().await.unwrap()
}

#[tokio::test]
async fn the_right_password_opens_the_application() {
    let world = World::start(config()).await;
    let app = world.open("i-1").await;
    let form = page(&world, "/app/i-1", "").await;
    assert!(
        form.contains(">User name</label>")
            && form.contains(">Password</label>")
            && form.contains(">Log in</button>")
    );
    let cookie = log_in(&world, "/app/i-1", &app).await;
    let home = page(&world, "/app/i-1", &cookie).await;
    assert!(
        home.contains("You are logged in.") && home.contains(">Log out</button>"),
        "{home}"
    );
    assert!(!home.contains(app.password.as_deref().unwrap()));
    assert!(
        page(&world, "/admin/i-1", &cookie)
            .await
            .contains("Management of")
    );
}

#[tokio::test]
async fn a_wrong_password_is_said_and_the_name_stays_in_the_field() {
    let world = World::start(config()).await;
    let app = world.open("i-1").await;
    for wrong in ["wrong", "", "%00"] {
        let response = world.post("/app/i-1", "", form(&app, wrong)).await;
        assert!(response.headers().get("set-cookie").is_none());
        let page = response.text().await.unwrap();
        assert!(
            page.contains("role=\"alert\"") && page.contains("user name or the password is wrong")
        );
        assert!(page.contains(&format!("value=\"{}\"", app.user_name.clone().unwrap())));
    }
}

#[tokio::test]
async fn logging_out_ends_the_session() {
    let world = World::start(config()).await;
    let app = world.open("i-1").await;
    let cookie = log_in(&world, "/app/i-1", &app).await;
    let response = world.post("/app/i-1/log-out", &cookie, String::new()).await;
    assert!(
        response.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    assert_eq!(response.headers()["location"], "/app/i-1");
}

#[tokio::test]
async fn a_session_opens_only_its_own_instance() {
    let world = World::start(config()).await;
    let app = world.open("i-1").await;
    world.create("CS2", "i-2").await;
    let cookie = log_in(&world, "/app/i-1", &app).await;
    assert!(page(&world, "/app/i-2", &cookie).await.contains("Log in"));
    let forged = format!("{}0", cookie.get(..cookie.len() - 1).unwrap());
    assert!(page(&world, "/app/i-1", &forged).await.contains("Log in") || cookie == forged);
}

#[tokio::test]
async fn a_frozen_application_says_so_and_comes_back() {
    let world = World::start(config()).await;
    let app = world.open("i-1").await;
    let cookie = log_in(&world, "/app/i-1", &app).await;
    world.plain(status("i-1", StatusChange::Freeze)).await;
    let frozen = page(&world, "/app/i-1", &cookie).await;
    assert!(frozen.contains("This application is frozen.") && !frozen.contains("<form"));
    world.plain(status("i-1", StatusChange::Unfreeze)).await;
    assert!(
        page(&world, "/app/i-1", &cookie)
            .await
            .contains("You are logged in.")
    );
}

#[tokio::test]
async fn a_released_application_is_gone() {
    let world = World::start(config()).await;
    let app = world.open("i-1").await;
    world.plain(release("i-1")).await;
    let response = world
        .post("/app/i-1", "", form(&app, app.password.as_deref().unwrap()))
        .await;
    assert_eq!(response.status(), 410);
    assert!(response.text().await.unwrap().contains("was released"));
}

#[tokio::test]
async fn other_addresses_have_a_page_too() {
    let world = World::start(config()).await;
    for path in ["/app/nobody", "/else/nobody", "/app/a/b/c"] {
        let response = world.get(path, "").await;
        assert_eq!(response.status(), 404);
        assert!(response.text().await.unwrap().contains("<h1>"));
    }
    assert_eq!(world.get("/", "").await.status(), 200);
    assert_eq!(
        world.get("/style.css", "").await.headers()["content-type"],
        "text/css"
    );
}

#[tokio::test]
async fn pages_allow_nothing_from_elsewhere() {
    let world = World::start(config()).await;
    world.open("i-1").await;
    let response = world.get("/app/i-1", "").await;
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(response.headers()["cache-control"], "no-store");
    let page = response.text().await.unwrap();
    assert!(
        !page.contains("<script") && !page.contains("style=") && !page.contains("//"),
        "{page}"
    );
}

#[tokio::test]
async fn what_a_stranger_types_is_not_markup() {
    let world = World::start(config()).await;
    world.open("i-1").await;
    let response = world
        .post(
            "/app/i-1",
            "",
            "user_name=%22%3E%3Cscript%3E&password=x".into(),
        )
        .await;
    let page = response.text().await.unwrap();
    assert!(page.contains("&quot;&gt;&lt;script&gt;") && !page.contains("<script>"));
}

#[tokio::test]
async fn instances_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = || Config {
        state_file: Some(folder.path().join("state.jsonl")),
        ..config()
    };
    let world = World::start(config()).await;
    let app = world.open("i-1").await;
    world.plain(refresh("i-1", NOW_S + 86_400)).await;
    world.seller.shutdown().await.unwrap();
    let torn = std::fs::OpenOptions::new()
        .append(true)
        .open(folder.path().join("state.jsonl"))
        .unwrap();
    std::io::Write::write_all(&mut &torn, b"{\"id\":\"half").unwrap();
    let world = World::start(config()).await;
    let again = world
        .create("CS2601010000ABCDE", "i-2")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.instance_id.as_deref(), Some("i-1"));
    let cookie = log_in(&world, "/app/i-1", &app).await;
    assert!(
        page(&world, "/app/i-1", &cookie)
            .await
            .contains("2026-01-02 00:00:00 UTC")
    );
}

/// A marketplace's order query, which can be switched off.
async fn order_query(available: watch::Receiver<bool>) -> OpenApi {
    let handler = move |request: Request| {
        let available = *available.borrow();
        async move {
            let headers: Vec<(&str, &str)> = request
                .headers()
                .iter()
                .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
                .collect();
            let target = request.uri().path_and_query().unwrap().as_str();
            let received = HttpRequest {
                method: "GET",
                target,
                headers: &headers,
                body: b"",
            };
            let authorization =
                Authorization::parse(request.headers()["authorization"].to_str().unwrap()).unwrap();
            verify(&received, &authorization, "SK", NOW_S, 900).unwrap();
            let order_id = OrderQuery::from_pairs(&query_pairs(target))
                .unwrap()
                .order_id;
            let order = mock_order(&order_id, NOW_S).filter(|_| available);
            order.map_or_else(String::new, |order| {
                serde_json::to_string(&OrderAnswer::found(order)).unwrap()
            })
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route(ORDER_QUERY_PATH, get(handler));
    tokio::spawn(async { axum::serve(listener, router).await });
    OpenApi {
        base_url,
        access_key_id: "AK".into(),
        secret_key: "SK".into(),
    }
}

#[tokio::test]
async fn the_application_shows_what_was_ordered() {
    let (_available, receiver) = watch::channel(true);
    let world = World::start(Config {
        credentials: vec![Credentials::new(common::KEY).querying(order_query(receiver).await)],
        ..config()
    })
    .await;
    assert_eq!(
        world
            .create("MOCKPERIODYEARNEW", "i-1")
            .await
            .unwrap()
            .unwrap()
            .verdict(),
        Verdict::Done
    );
    let app = world.query("i-1").await.unwrap().info[0]
        .app_info
        .clone()
        .unwrap();
    let cookie = log_in(&world, "/app/i-1", &app).await;
    let home = page(&world, "/app/i-1", &cookie).await;
    for shown in [
        "<h1>Mock product</h1>",
        "<dd>Basic</dd>",
        "<dd>10</dd>",
        "2026-12-31 23:00:00 UTC",
    ] {
        assert!(home.contains(shown), "{shown}: {home}");
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_queried_yet_keeps_the_instance_pending() {
    let (available, receiver) = watch::channel(false);
    let world = World::start(config()).await;
    world
        .seller
        .set_credentials(&[Credentials::new(common::KEY).querying(order_query(receiver).await)])
        .unwrap();
    let world = Arc::new(world);
    assert_eq!(
        world
            .create("MOCKONETIMENEW", "i-1")
            .await
            .unwrap()
            .unwrap()
            .verdict(),
        Verdict::Poll
    );
    assert_eq!(
        world.query("i-1").await.unwrap().verdict("i-1"),
        Verdict::Poll
    );
    assert_eq!(world.get("/app/i-1", "").await.status(), 404);
    available.send(true).unwrap();
    assert_eq!(
        world.query("i-1").await.unwrap().verdict("i-1"),
        Verdict::Done
    );
}
