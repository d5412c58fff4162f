//! Too much: bodies, time, work at once, requests of one address.

use super::*;

#[tokio::test]
async fn a_body_over_its_limit_is_refused_announced_or_not() {
    let with_body = |length: usize, kind: &str| {
        let (parts, _) = with(request(Method::POST, "/form"), "content-type", kind).into_parts();
        Request::from_parts(parts, Body::from("x".repeat(length)))
    };
    assert_eq!(
        answer(with_body(10, "text/plain")).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        answer(with_body(11, "text/plain")).await.status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        answer(with_body(99, "multipart/form-data; boundary=x"))
            .await
            .status(),
        StatusCode::OK
    );
    assert_eq!(
        answer(with_body(101, "multipart/form-data; boundary=x"))
            .await
            .status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let (parts, _) =
        with(request(Method::POST, "/form"), "content-type", "text/plain").into_parts();
    let pieces = futures::stream::iter((0..11).map(|_| Ok::<_, std::io::Error>("x")));
    let unannounced = answer(Request::from_parts(parts, Body::from_stream(pieces))).await;
    assert_eq!(unannounced.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text(unannounced).await.contains("10 bytes"));
}

#[tokio::test]
async fn work_that_takes_too_long_is_given_up() {
    let times = TimeLimits {
        request: Duration::from_millis(10),
        ..shell().times
    };
    let response = site(&Shell { times, ..shell() })
        .oneshot(request(Method::GET, "/hangs"))
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers().get("retry-after").unwrap(), "1");
}

#[tokio::test]
async fn more_work_at_once_than_allowed_is_told_to_come_back() {
    let site = site(&shell());
    let hangs = tokio::spawn(site.clone().oneshot(request(Method::GET, "/hangs")));
    tokio::task::yield_now().await;
    let response = site
        .clone()
        .oneshot(request(Method::GET, "/"))
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key("retry-after"));
    hangs.abort();
    assert!(hangs.await.is_err());
    assert_eq!(
        site.oneshot(request(Method::GET, "/"))
            .await
            .unwrap()
            .status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_when_to_come_back() {
    let site = site(&Shell {
        rate: Some(Rate {
            per_second: 1,
            burst: 2,
        }),
        ..shell()
    });
    let mut last = StatusCode::OK;
    for _ in 0..4 {
        last = site
            .clone()
            .oneshot(request(Method::GET, "/"))
            .await
            .unwrap()
            .status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let health = site
        .oneshot(request(Method::GET, "/healthz"))
        .await
        .unwrap();
    assert_eq!(health.status(), StatusCode::OK);
}
