//! Who is believed.

use db::sql;
use dbtest::db_test;
use kernel::crypt::Place;
use kernel::prelude::*;

use crate::asking::{Ask, answered, ask, credential, foreign_credential, send, signed, target};
use crate::kit::{API_HOST, HOST, Market};

const MOCK: &str = "MOCKPERIODYEARNEW";
const REFUSED: (u16, &str) = (401, "APIGW.0301");

sql! {
    PUBLISHED = "insert into api_credential (access_key, organisation_id, secret, created_by, created_at, disabled_at) values ($1, $2, $3, null, $4, null)";
}

/// The request of vector S3 (access guide 9.5), as it was published.
async fn published_vector(market: &Market) -> Ask {
    let key = "EXAMPLEACCESSKEY0001";
    let place = Place {
        table: "api_credential",
        column: "secret",
        row: key,
    };
    let secret = Secret::from("exampleSecretKey0123456789abcdefghijkl");
    let sealed = market.app.keys.ring().seal_text(place, &secret).unwrap();
    let (seller, now) = (market.seller().organisation(), market.bed.now());
    let write = market
        .bed
        .db
        .write(move |tx| tx.exec_one(&PUBLISHED, &[&key, &seller, &sealed, &now]));
    write.await.unwrap();
    let at = Timestamp::parse_utc("%Y%m%d%H%M%S", "20260101000000").unwrap();
    market.bed.clock.set(at);
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Ask {
        target: target(MOCK, Some("MOCKPERIODYEARNEW-000001")),
        headers: vec![
            header("host", API_HOST),
            header("content-type", "application/json"),
            header("x-sdk-date", "20260101T000000Z"),
            header(
                "authorization",
                "SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, SignedHeaders=content-type;host;x-sdk-date, \
                 Signature=7fbb52fc9adbf015abade6d967c33d90040845573a828fa9830f292113aabff2",
            ),
        ],
        body: Vec::new(),
    }
}

db_test! {
    async fn the_published_vector_of_the_contract_is_believed(bed) {
        let market = Market::open(bed).await;
        let vector = published_vector(&market).await;
        let found = send(&market, vector).await;
        assert_eq!(found.code(), (200, "MKT.0000"), "{found:?}");
        assert_eq!(found.headers["content-type"], "application/json");
        assert_eq!(found.headers["cache-control"], "no-store");
    }

    async fn a_body_other_than_the_signed_one_is_not_believed(bed) {
        let market = Market::open(bed).await;
        let mut vector = published_vector(&market).await;
        vector.body = b"{}".to_vec();
        assert_eq!(send(&market, vector).await.code(), REFUSED);
    }

    async fn a_changed_order_number_a_wrong_secret_and_an_unknown_key_get_one_answer(bed) {
        let market = Market::open(bed).await;
        let good = credential(&market).await;
        let mut changed = signed(&market, &good, &target(MOCK, None), HOST, 0);
        changed.target = target("MOCKONETIMENEW", None);
        let other = foreign_credential(&market).await;
        let mut mixed = good.clone();
        mixed.secret_key = other.secret_key;
        let mut unknown = good.clone();
        unknown.access_key = "UNKNOWNACCESSKEY0001".to_owned();
        let mut told = Vec::new();
        for request in [
            changed,
            signed(&market, &mixed, &target(MOCK, None), HOST, 0),
            signed(&market, &unknown, &target(MOCK, None), HOST, 0),
        ] {
            let refused = send(&market, request).await;
            assert_eq!(refused.code(), REFUSED);
            told.push(refused.json["error_msg"].clone());
        }
        assert!(told.iter().all(|sentence| *sentence == told[0]));
    }

    async fn a_request_without_a_signature_is_refused_like_any_other(bed) {
        let market = Market::open(bed).await;
        let mut bare = signed(&market, &credential(&market).await, &target(MOCK, None), HOST, 0);
        bare.headers.retain(|(name, _)| name != "authorization");
        let refused = send(&market, bare).await;
        assert_eq!(refused.code(), REFUSED);
        assert!(refused.json["request_id"].as_str().is_some_and(|id| !id.is_empty()));
    }

    async fn a_request_holds_for_a_quarter_of_an_hour_in_both_directions(bed) {
        let market = Market::open(bed).await;
        let key = credential(&market).await;
        for (seconds, believed) in [(-900, true), (900, true), (-901, false), (901, false)] {
            let request = signed(&market, &key, &target(MOCK, None), HOST, seconds);
            let status = send(&market, request).await.status;
            assert_eq!(status == 200, believed, "{seconds}");
        }
    }

    async fn only_requests_for_the_sites_own_names_are_answered(bed) {
        let market = Market::open(bed).await;
        let key = credential(&market).await;
        for (host, believed) in [(HOST, true), (API_HOST, true), ("evil.example", false), ("koogallery.example:444", false)] {
            let request = signed(&market, &key, &target(MOCK, None), host, 0);
            assert_eq!(send(&market, request).await.status == 200, believed, "{host}");
        }
    }

    async fn a_disabled_credential_is_not_believed_any_more(bed) {
        let market = Market::open(bed).await;
        let key = credential(&market).await;
        assert_eq!(ask(&market, &key, MOCK, None).await.status, 200);
        market.app.disable_api_credential(&market.seller(), &key.access_key).await.unwrap();
        assert_eq!(ask(&market, &key, MOCK, None).await.code(), REFUSED);
    }

    async fn a_seller_who_asks_too_often_is_told_so_and_may_go_on_later(bed) {
        let market = Market::open(bed).await;
        let key = credential(&market).await;
        let router = api::router(market.app.clone());
        let request = || {
            let ask = signed(&market, &key, &target(MOCK, None), HOST, 0);
            let built = axum::http::Request::builder().uri(&ask.target);
            let built = ask.headers.iter().fold(built, |built, (name, value)| built.header(name, value));
            built.body(axum::body::Body::empty()).unwrap()
        };
        let (mut policy, now) = (kernel::policy::Policy::intl(), market.app.now());
        policy.opening.order_queries_per_minute = 20;
        let put = move |tx: &db::Tx<'_>| accounts::policy::put(tx, "default", &policy, now, None, now);
        market.app.db.write(put).await.unwrap();
        market.app.policies.forget();
        for _ in 0..20 {
            assert_eq!(answered(router.clone(), request()).await.status, 200);
        }
        assert_eq!(answered(router.clone(), request()).await.code(), (406, "MKT.0250"));
        market.bed.clock.advance_seconds(3);
        assert_eq!(answered(router.clone(), request()).await.status, 200);
    }
}
