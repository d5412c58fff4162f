//! A seller's server as the marketplace sees it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use seller_sdk::wire::body_sign::{self, Policy};
use seller_sdk::wire::crypto::EncryptType;
use seller_sdk::wire::request::{
    Call, NewInstance, QueryInstance, RefreshInstance, ReleaseInstance, Request, SignedRequest,
    StatusChange, UpdateInstanceStatus, UpgradeInstance,
};
use seller_sdk::wire::response::{
    Answer, AppInfo, Checks, InstanceInfo, ResultCode, read_new_instance, read_query_instance,
};
use seller_sdk::{Clock, Created, Keys, Lookup, MemoryStore, Refusal, Reply, Seller, SellerServer};

const KEY: &str = "2f1a7c9e-5b1d-4c0f-9a55-0d6f3b8e1c42";
const NOW_MS: i64 = 1_767_225_600_000;

struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Counts what reaches the business; its first creation can be told to fail.
#[derive(Default)]
struct Counts {
    created: AtomicU32,
    changed: AtomicU32,
    failures: AtomicU32,
    long_url: bool,
}

#[derive(Clone)]
struct Counting(Arc<Counts>);

impl std::ops::Deref for Counting {
    type Target = Counts;

    fn deref(&self) -> &Counts {
        &self.0
    }
}

impl Seller for Counting {
    async fn new_instance(&self, call: NewInstance) -> Result<Created, Refusal> {
        tokio::task::yield_now().await;
        if self.failures.load(Ordering::SeqCst) > 0 {
            self.failures.fetch_sub(1, Ordering::SeqCst);
            return Err(Refusal::new(ResultCode::NoResource, "full"));
        }
        self.created.fetch_add(1, Ordering::SeqCst);
        Ok(Created::Pending {
            instance_id: call.business_id,
        })
    }

    async fn query_instance(&self, instance_id: String) -> Result<Lookup, Refusal> {
        if instance_id == "pending" {
            return Ok(Lookup::Pending);
        }
        if instance_id == "unknown" {
            return Ok(Lookup::Unknown);
        }
        let app = AppInfo {
            front_end_url: format!(
                "https://app.example.com/{}",
                if self.long_url {
                    "x".repeat(600)
                } else {
                    String::new()
                }
            ),
            user_name: Some("admin".into()),
            password: Some("Init-2026".into()),
            memo: Some("中文😀".into()),
            ..AppInfo::default()
        };
        Ok(Lookup::Ready(InstanceInfo {
            instance_id,
            app_info: Some(app),
            usage_info: Vec::new(),
        }))
    }

    async fn refresh_instance(&self, _call: RefreshInstance) -> Result<(), Refusal> {
        self.changed.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    async fn update_instance_status(&self, _call: UpdateInstanceStatus) -> Result<(), Refusal> {
        self.changed.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    async fn release_instance(&self, _call: ReleaseInstance) -> Result<(), Refusal> {
        self.changed.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

struct Marketplace {
    seller: Counting,
    clock: Arc<TestClock>,
    server: SellerServer<Counting>,
    nonce: AtomicU32,
}

impl Marketplace {
    fn new() -> Self {
        Self::with(Counts::default())
    }

    fn with(counts: Counts) -> Self {
        let seller = Counting(Arc::new(counts));
        let clock = Arc::new(TestClock(AtomicI64::new(NOW_MS)));
        let keys = Keys::new("newer key").also_accept(KEY);
        let server = SellerServer::new(seller.clone(), keys, clock.clone(), MemoryStore::default());
        Self {
            seller,
            clock,
            server,
            nonce: AtomicU32::new(0),
        }
    }

    async fn call(&self, call: Call) -> Reply {
        self.send(&Request::production(call)).await
    }

    async fn send(&self, request: &Request) -> Reply {
        let nonce = format!("N{}", self.nonce.fetch_add(1, Ordering::SeqCst));
        let signed = SignedRequest::new(request, KEY, NOW_MS, &nonce).unwrap();
        self.server.answer(&query_of(&signed), signed.body()).await
    }

    fn created(&self) -> u32 {
        self.seller.created.load(Ordering::SeqCst)
    }

    fn changed(&self) -> u32 {
        self.seller.changed.load(Ordering::SeqCst)
    }
}

fn query_of(signed: &SignedRequest) -> String {
    signed.url("").trim_start_matches('?').to_owned()
}

fn new_instance(order: &str, business: &str) -> Call {
    Call::NewInstance(NewInstance {
        order_id: order.into(),
        order_line_id: format!("{order}-000001"),
        business_id: business.into(),
    })
}

fn query(ids: &[&str]) -> Call {
    Call::QueryInstance(QueryInstance {
        instance_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
    })
}

fn release() -> Call {
    Call::ReleaseInstance(ReleaseInstance {
        instance_id: "i-1".into(),
        unsubscription: None,
    })
}

fn status(status: StatusChange) -> Call {
    Call::UpdateInstanceStatus(UpdateInstanceStatus {
        instance_id: "i-1".into(),
        status,
    })
}

fn code(reply: &Reply) -> String {
    serde_json::from_str::<serde_json::Value>(&reply.body).unwrap()["resultCode"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn answer(reply: &Reply) -> Answer<'_> {
    Answer {
        status: 200,
        content_type: Some("application/json"),
        body_sign: reply.body_sign.as_deref(),
        body: reply.body.as_bytes(),
    }
}

#[tokio::test]
async fn a_repeated_creation_names_the_first_instance() {
    let marketplace = Marketplace::new();
    let first = marketplace.call(new_instance("O", "first")).await;
    let second = marketplace.call(new_instance("O", "second")).await;
    assert_eq!(first, second);
    let read = read_new_instance(&answer(&second), &Checks::with_keys(&[KEY])).unwrap();
    assert_eq!(
        (read.instance_id.as_deref(), read.code),
        (Some("first"), ResultCode::Processing)
    );
    marketplace.call(new_instance("P", "third")).await;
    assert_eq!(marketplace.created(), 2);
}

#[tokio::test]
async fn two_creations_at_once_make_one_instance() {
    let marketplace = Marketplace::new();
    let (first, second) = tokio::join!(
        marketplace.call(new_instance("O", "first")),
        marketplace.call(new_instance("O", "second"))
    );
    assert_eq!((first, marketplace.created()), (second, 1));
}

#[tokio::test]
async fn a_refused_creation_is_tried_again() {
    let marketplace = Marketplace::with(Counts {
        failures: AtomicU32::new(1),
        ..Counts::default()
    });
    assert_eq!(
        code(&marketplace.call(new_instance("O", "first")).await),
        "000100"
    );
    assert_eq!(
        code(&marketplace.call(new_instance("O", "second")).await),
        "000004"
    );
}

#[tokio::test]
async fn a_repeated_release_succeeds_without_a_second_effect() {
    let marketplace = Marketplace::new();
    for _ in 0..3 {
        assert_eq!(code(&marketplace.call(release()).await), "000000");
    }
    assert_eq!(marketplace.changed(), 1);
}

#[tokio::test]
async fn an_instance_can_be_frozen_again_after_it_was_unfrozen() {
    let marketplace = Marketplace::new();
    for change in [
        StatusChange::Freeze,
        StatusChange::Freeze,
        StatusChange::Unfreeze,
        StatusChange::Freeze,
    ] {
        assert_eq!(code(&marketplace.call(status(change)).await), "000000");
    }
    assert_eq!(marketplace.changed(), 3);
}

#[tokio::test]
async fn a_debugging_call_succeeds_and_leaves_nothing() {
    let marketplace = Marketplace::new();
    let created = marketplace
        .send(&Request::debugging(new_instance("O", "b")))
        .await;
    let read = read_new_instance(&answer(&created), &Checks::with_keys(&[KEY])).unwrap();
    assert_eq!(read.instance_id.as_deref(), Some("b"));
    let queried = marketplace.send(&Request::debugging(query(&["x"]))).await;
    assert!(
        read_query_instance(&answer(&queried), &Checks::with_keys(&[KEY]))
            .unwrap()
            .instance("x")
            .is_some()
    );
    assert_eq!(
        code(&marketplace.send(&Request::debugging(release())).await),
        "000000"
    );
    assert_eq!((marketplace.created(), marketplace.changed()), (0, 0));
}

#[tokio::test]
async fn a_call_that_is_wrong_or_old_or_repeated_does_nothing() {
    let marketplace = Marketplace::new();
    let request = Request::production(release());
    let send = async |key: &str, nonce: &str, at_ms: i64| {
        let signed = SignedRequest::new(&request, key, at_ms, nonce).unwrap();
        code(
            &marketplace
                .server
                .answer(&query_of(&signed), signed.body())
                .await,
        )
    };
    assert_eq!(send("wrong key", "A", NOW_MS).await, "000001");
    assert_eq!(send(KEY, "A", NOW_MS - 60_001).await, "000002");
    assert_eq!(code(&marketplace.server.answer("", b"{}").await), "000002");
    assert_eq!(marketplace.changed(), 0);
    assert_eq!(send(KEY, "A", NOW_MS).await, "000000");
    assert_eq!(
        send(KEY, "A", NOW_MS).await,
        "000001",
        "a nonce counts once"
    );
    assert_eq!(send("newer key", "B", NOW_MS).await, "000000");
}

#[tokio::test]
async fn a_nonce_may_come_again_when_its_call_would_be_too_old_anyway() {
    let marketplace = Marketplace::new();
    let request = Request::production(release());
    for step in 0..3_i64 {
        let now_ms = NOW_MS + step * 120_001;
        marketplace.clock.0.store(now_ms, Ordering::SeqCst);
        let signed = SignedRequest::new(&request, KEY, now_ms, "same").unwrap();
        assert_eq!(
            code(
                &marketplace
                    .server
                    .answer(&query_of(&signed), signed.body())
                    .await
            ),
            "000000"
        );
    }
}

#[tokio::test]
async fn a_query_tells_what_is_known() {
    let marketplace = Marketplace::new();
    let reply = marketplace.call(query(&["a", "unknown", "pending"])).await;
    assert!(reply.body.is_ascii(), "{}", reply.body);
    let read = read_query_instance(&answer(&reply), &Checks::with_keys(&[KEY])).unwrap();
    assert_eq!(read.info.len(), 1);
    assert_eq!(
        read.info[0].app_info.as_ref().unwrap().memo.as_deref(),
        Some("中文😀")
    );
    assert_eq!(
        code(&marketplace.call(query(&["unknown", "pending"])).await),
        "000004"
    );
    assert_eq!(code(&marketplace.call(query(&["unknown"])).await), "000003");
}

#[tokio::test]
async fn answers_can_be_signed_and_encrypted() {
    let marketplace = Marketplace::new();
    for encryption in [EncryptType::Aes256, EncryptType::Aes128] {
        let server = marketplace
            .server
            .clone()
            .signing_answers()
            .encrypting(encryption);
        let nonce = format!("E{}", encryption.code());
        let signed =
            SignedRequest::new(&Request::production(query(&["a"])), KEY, NOW_MS, &nonce).unwrap();
        let reply = server.answer(&query_of(&signed), signed.body()).await;
        assert!(!reply.body.contains("Init-2026"));
        let checks = Checks {
            access_keys: &[KEY],
            body_sign: Policy::Required,
        };
        let read = read_query_instance(&answer(&reply), &checks).unwrap();
        assert_eq!(
            read.info[0].app_info.as_ref().unwrap().password.as_deref(),
            Some("Init-2026")
        );
    }
}

#[tokio::test]
async fn an_answer_that_breaks_the_contract_does_not_leave() {
    let marketplace = Marketplace::with(Counts {
        long_url: true,
        ..Counts::default()
    });
    let reply = marketplace.call(query(&["a"])).await;
    assert_eq!(code(&reply), "000005");
    assert!(
        reply.body.contains("info[0].appInfo.frontEndUrl"),
        "{}",
        reply.body
    );
}

#[tokio::test]
async fn what_a_seller_does_not_offer_is_said_so() {
    let marketplace = Marketplace::new();
    let upgrade = UpgradeInstance {
        instance_id: "i".into(),
        order_id: "O".into(),
        order_line_id: "L".into(),
    };
    let reply = marketplace.call(Call::UpgradeInstance(upgrade)).await;
    assert!(code(&reply) == "000002" && reply.body.contains("upgradeInstance"));
}

#[tokio::test]
async fn the_router_answers_over_http() {
    let marketplace = Marketplace::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = marketplace
        .server
        .clone()
        .signing_answers()
        .router("/produce");
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let signed = SignedRequest::new(&Request::production(release()), KEY, NOW_MS, "H").unwrap();
    let url = signed.url(&format!("http://{address}/produce"));
    let response = reqwest::Client::new()
        .post(url)
        .body(signed.body().to_vec())
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    let header = response.headers()["body-sign"].to_str().unwrap().to_owned();
    let body = response.bytes().await.unwrap();
    assert_eq!(
        body_sign::check(Policy::Required, &[KEY], Some(&header), &body),
        Ok(())
    );
    server.abort();
}
