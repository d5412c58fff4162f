//! The sample seller as the marketplace sees it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{KEY, World, checks, config, new_instance, refresh, release, status};
use sample_seller::{Credentials, InstanceStatus, Step};
use seller_wire::crypto::EncryptType;
use seller_wire::request::{Activity, StatusChange};
use seller_wire::response::{ResultCode, Verdict, read_new_instance};

const ORDER: &str = "CS2601010000ABCDE";

#[tokio::test]
async fn an_instance_is_opened_under_the_first_business_id() {
    let world = World::start(config()).await;
    let first = world.create(ORDER, "first").await.unwrap().unwrap();
    let again = world.create(ORDER, "second").await.unwrap().unwrap();
    assert_eq!(
        (first.instance_id.as_deref(), first.code.clone()),
        (Some("first"), ResultCode::Success)
    );
    assert_eq!(first, again);
    assert_eq!(
        world.query("second").await.unwrap().code,
        ResultCode::NoSuchInstance
    );
}

#[tokio::test]
async fn access_data_differ_from_instance_to_instance() {
    let world = World::start(config()).await;
    world.create("CS1", "one").await;
    world.create("CS2", "two").await;
    let (one, two) = (
        world.query("one").await.unwrap(),
        world.query("two").await.unwrap(),
    );
    let (one, two) = (
        one.info[0].app_info.clone().unwrap(),
        two.info[0].app_info.clone().unwrap(),
    );
    assert!(
        one.front_end_url.ends_with("/app/one") && one.admin_url.unwrap().ends_with("/admin/one")
    );
    assert_ne!((one.user_name, one.password), (two.user_name, two.password));
}

#[tokio::test]
async fn an_instance_lives_and_ends() {
    let world = World::start(config()).await;
    world.open("i-1").await;
    assert_eq!(
        world.plain(status("i-1", StatusChange::Freeze)).await,
        ResultCode::Success
    );
    assert_eq!(
        world.seller.instance_status("i-1"),
        Some(InstanceStatus::Frozen)
    );
    assert_eq!(
        world.plain(refresh("i-1", common::NOW_S)).await,
        ResultCode::Success
    );
    assert_eq!(
        world.plain(status("i-1", StatusChange::Unfreeze)).await,
        ResultCode::Success
    );
    assert_eq!(world.plain(release("i-1")).await, ResultCode::Success);
    assert_eq!(world.plain(release("i-1")).await, ResultCode::Success);
    assert_eq!(
        world.seller.instance_status("i-1"),
        Some(InstanceStatus::Released)
    );
    assert_eq!(
        world.query("i-1").await.unwrap().code,
        ResultCode::NoSuchInstance
    );
    assert_eq!(
        world.plain(release("nobody")).await,
        ResultCode::NoSuchInstance
    );
}

#[tokio::test]
async fn the_slow_path_is_ready_after_some_queries() {
    let world = World::at("/slow", config()).await;
    assert_eq!(
        world.create(ORDER, "i").await.unwrap().unwrap().verdict(),
        Verdict::Poll
    );
    for _ in 0..3 {
        assert_eq!(world.query("i").await.unwrap().verdict("i"), Verdict::Poll);
    }
    assert_eq!(world.query("i").await.unwrap().verdict("i"), Verdict::Done);
}

#[tokio::test]
async fn the_other_paths_misbehave_as_their_names_say() {
    let refused = World::at("/refuse", config())
        .await
        .create(ORDER, "i")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(refused.code, ResultCode::NoResource);
    let garbage = World::at("/garbage", config())
        .await
        .create(ORDER, "i")
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!(garbage.code(), "body_sign_missing");
    assert!(
        World::at("/hang", config())
            .await
            .create(ORDER, "i")
            .await
            .is_none()
    );
    assert_eq!(
        World::at("/nowhere", config())
            .await
            .call(new_instance(ORDER, "i"))
            .await
            .unwrap()
            .status,
        404
    );
}

#[tokio::test]
async fn a_script_says_what_happens_with_which_call() {
    let world = World::start(config()).await;
    world
        .seller
        .script(Activity::NewInstance, 1, Step::Http(500));
    world
        .seller
        .script(Activity::NewInstance, 2, Step::Refuse("000106".into()));
    world
        .seller
        .script(Activity::NewInstance, 3, Step::Pending(1));
    assert_eq!(
        world.create(ORDER, "a").await.unwrap().unwrap_err().code(),
        "http_status"
    );
    assert_eq!(
        world.create(ORDER, "b").await.unwrap().unwrap().code,
        ResultCode::SoldOut
    );
    assert_eq!(
        world.create(ORDER, "c").await.unwrap().unwrap().code,
        ResultCode::Processing
    );
    assert_eq!(world.seller.calls(Activity::NewInstance), 3);
    assert_eq!(world.query("c").await.unwrap().verdict("c"), Verdict::Poll);
    assert_eq!(world.query("c").await.unwrap().verdict("c"), Verdict::Done);
    world
        .seller
        .script_always(Activity::QueryInstance, Step::Refuse("000005".into()));
    assert_eq!(
        world.query("c").await.unwrap().code,
        ResultCode::InternalError
    );
    world.seller.clear_script();
    assert_eq!(world.query("c").await.unwrap().code, ResultCode::Success);
}

#[tokio::test]
async fn each_kind_of_broken_answer_can_be_had() {
    let world = World::start(config()).await;
    for (call, step, code) in [
        (1, Step::Garbage, "body_sign_missing"),
        (2, Step::WrongContentType, "content_type"),
        (
            3,
            Step::Redirect("http://127.0.0.1:1/".into()),
            "http_status",
        ),
        (4, Step::WrongBodySign, "body_sign_wrong"),
    ] {
        world.seller.script(Activity::NewInstance, call, step);
        assert_eq!(
            world.create(ORDER, "i").await.unwrap().unwrap_err().code(),
            code
        );
    }
    world.seller.script(Activity::NewInstance, 5, Step::Huge);
    assert!(
        world
            .call(new_instance(ORDER, "i"))
            .await
            .unwrap()
            .body
            .len()
            > 2_000_000
    );
    world.seller.script(Activity::NewInstance, 6, Step::Hang);
    assert!(world.create(ORDER, "i").await.is_none());
}

#[tokio::test]
async fn an_answer_can_be_lost_after_the_effect() {
    let world = World::start(config()).await;
    world
        .seller
        .script(Activity::NewInstance, 1, Step::CutAfterReceive);
    assert!(world.create(ORDER, "first").await.is_none());
    let retried = world.create(ORDER, "second").await.unwrap().unwrap();
    assert_eq!(retried.instance_id.as_deref(), Some("first"));
}

#[tokio::test]
async fn a_retry_can_be_answered_with_another_instance() {
    let world = World::start(config()).await;
    world
        .seller
        .script(Activity::NewInstance, 2, Step::OtherInstanceId);
    world
        .seller
        .script(Activity::NewInstance, 3, Step::InstanceId("fixed".into()));
    world.create(ORDER, "first").await;
    let other = world
        .create(ORDER, "second")
        .await
        .unwrap()
        .unwrap()
        .instance_id
        .unwrap();
    assert_ne!(other, "first");
    let fixed = world
        .create(ORDER, "third")
        .await
        .unwrap()
        .unwrap()
        .instance_id
        .unwrap();
    assert_eq!(fixed, "fixed");
    for id in ["first", &other, "fixed"] {
        assert_eq!(
            world.seller.instance_status(id),
            Some(InstanceStatus::Normal)
        );
        assert_eq!(world.plain(release(id)).await, ResultCode::Success);
    }
}

#[tokio::test]
async fn requests_are_recorded_byte_for_byte() {
    let world = World::start(config()).await;
    world.create(ORDER, "i-1").await;
    let requests = world.seller.requests();
    let [recorded] = requests.as_slice() else {
        panic!("one request")
    };
    assert_eq!(
        (recorded.method.as_str(), recorded.activity),
        ("POST", Some(Activity::NewInstance))
    );
    assert!(
        recorded.target.starts_with("/produce?signature="),
        "{}",
        recorded.target
    );
    assert_eq!(
        recorded.body,
        br#"{"activity":"newInstance","businessId":"i-1","orderId":"CS2601010000ABCDE","orderLineId":"CS2601010000ABCDE-000001"}"#
    );
    let content_type = recorded
        .headers
        .iter()
        .find(|(name, _)| name == "content-type")
        .unwrap();
    assert_eq!(content_type.1, b"application/json;charset=utf8");
}

#[tokio::test]
async fn old_requests_are_forgotten() {
    let world = World::start(sample_seller::Config {
        record_limit: 2,
        ..config()
    })
    .await;
    for order in ["CS1", "CS2", "CS3"] {
        world.create(order, order).await;
    }
    let bodies: Vec<String> = world
        .seller
        .requests()
        .iter()
        .map(|one| String::from_utf8(one.body.clone()).unwrap())
        .collect();
    assert!(bodies.len() == 2 && bodies[0].contains("CS2") && bodies[1].contains("CS3"));
}

#[tokio::test]
async fn an_unsigned_call_opens_nothing() {
    let world = World::start(config()).await;
    let response = world
        .post(
            "/produce?timestamp=1767225600000&nonce=N",
            "",
            r#"{"activity":"newInstance","businessId":"i","orderId":"O","orderLineId":"L"}"#.into(),
        )
        .await;
    assert!(response.text().await.unwrap().contains("000001"));
    assert_eq!(world.seller.instance_status("i"), None);
}

#[tokio::test]
async fn access_data_can_be_encrypted() {
    let world = World::start(sample_seller::Config {
        encryption: Some(EncryptType::Aes128),
        ..config()
    })
    .await;
    let app = world.open("i-1").await;
    assert_eq!(app.password.unwrap().len(), 20);
}

#[tokio::test]
async fn a_seller_of_several_keys_answers_with_the_key_that_signed() {
    let world = World::start(config()).await;
    let keys = [
        Credentials::new("another seller's key"),
        Credentials::new(KEY),
    ];
    world.seller.set_credentials(&keys).unwrap();
    world
        .seller
        .script(Activity::NewInstance, 2, Step::Refuse("000005".into()));
    for (order, code) in [("CS1", "000000"), ("CS2", "000005")] {
        let received = world.call(new_instance(order, order)).await.unwrap();
        let answer = read_new_instance(&received.answer(), &checks()).unwrap();
        assert_eq!(answer.code.code(), code);
    }
    world
        .seller
        .set_credentials(&[Credentials::new("a new key")])
        .unwrap();
    let received = world.call(new_instance("CS3", "i")).await.unwrap();
    assert!(read_new_instance(&received.answer(), &checks()).is_err());
}

#[tokio::test]
async fn a_stopped_seller_cannot_be_reached() {
    let world = World::start(config()).await;
    let received = world.call(new_instance(ORDER, "i")).await.unwrap();
    assert!(read_new_instance(&received.answer(), &checks()).is_ok());
    let url = world.seller.produce_url();
    world.seller.shutdown().await.unwrap();
    assert!(world.http.post(url).send().await.is_err());
}
