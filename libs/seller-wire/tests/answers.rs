//! Answers: each check of section 1.6 has its own error, and each code its consequence.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use seller_wire::body_sign::{self, Policy};
use seller_wire::crypto::{EncryptType, Iv, encrypt};
use seller_wire::request::Activity;
use seller_wire::response::{
    Answer, CallError, Checks, NewInstanceAnswer, QueryInstanceAnswer, ResultCode, Verdict,
    read_new_instance, read_plain, read_query_instance, verdict_without_answer,
};

const K: &str = "2f1a7c9e-5b1d-4c0f-9a55-0d6f3b8e1c42";

fn json(body: &str) -> Answer<'_> {
    Answer {
        status: 200,
        content_type: Some("application/json"),
        body_sign: None,
        body: body.as_bytes(),
    }
}

fn created(body: &str) -> Result<NewInstanceAnswer, CallError> {
    read_new_instance(&json(body), &Checks::with_keys(&[K]))
}

fn queried(body: &str) -> Result<QueryInstanceAnswer, CallError> {
    read_query_instance(&json(body), &Checks::with_keys(&[K]))
}

#[test]
fn a_good_answer_names_its_instance() {
    let answer =
        created(r#"{"resultCode":"000000","instanceId":"i-1","unknown":{"a":1}}"#).unwrap();
    assert_eq!(
        (answer.instance_id.as_deref(), answer.verdict()),
        (Some("i-1"), Verdict::Done)
    );
}

#[test]
fn each_failed_check_has_its_own_code() {
    let good = json(r#"{"resultCode":"000000","instanceId":"i"}"#);
    let code = |answer: Answer<'_>| {
        read_new_instance(&answer, &Checks::with_keys(&[K]))
            .unwrap_err()
            .code()
    };
    assert_eq!(
        code(Answer {
            status: 302,
            ..good
        }),
        "http_status"
    );
    assert_eq!(
        code(Answer {
            content_type: Some("text/html"),
            ..good
        }),
        "content_type"
    );
    assert_eq!(
        code(Answer {
            content_type: Some("application/jsonp"),
            ..good
        }),
        "content_type"
    );
    assert_eq!(
        code(Answer {
            content_type: None,
            ..good
        }),
        "content_type"
    );
    assert_eq!(
        code(Answer {
            body_sign: Some("x"),
            ..good
        }),
        "body_sign_malformed"
    );
    for garbage in [
        "",
        "<html>",
        "[]",
        "\"000000\"",
        "{\"resultCode\":\"000000\"",
        "{}x",
    ] {
        assert_eq!(code(json(garbage)), "not_json", "{garbage}");
    }
    assert_eq!(code(json("{}")), "field_missing");
    assert_eq!(code(json(r#"{"resultCode":0}"#)), "field_wrong_type");
    assert_eq!(code(json(r#"{"resultCode":"0000000"}"#)), "field_too_long");
}

#[test]
fn the_media_type_may_have_parameters_and_any_case() {
    for content_type in [
        "application/json;charset=utf8",
        "Application/JSON ; charset=UTF-8",
    ] {
        let answer = Answer {
            content_type: Some(content_type),
            ..json(r#"{"resultCode":"000000"}"#)
        };
        assert!(read_plain(Activity::ReleaseInstance, &answer, &Checks::with_keys(&[K])).is_ok());
    }
}

#[test]
fn creation_needs_an_instance_id_also_while_processing() {
    for code in ["000000", "000004"] {
        let error = created(&format!(r#"{{"resultCode":"{code}","instanceId":""}}"#)).unwrap_err();
        assert!(
            error.to_string().contains("instanceId is missing"),
            "{error}"
        );
        let long = format!(
            r#"{{"resultCode":"{code}","instanceId":"{}"}}"#,
            "i".repeat(65)
        );
        assert_eq!(created(&long).unwrap_err().code(), "field_too_long");
    }
    assert_eq!(
        created(r#"{"resultCode":"000100"}"#).unwrap().verdict(),
        Verdict::Retry
    );
}

#[test]
fn an_error_inside_a_list_names_its_path() {
    let field = |info: &str| {
        let body = format!(r#"{{"resultCode":"000000","info":[{{"instanceId":"i-0"}},{info}]}}"#);
        let CallError::Field(error) = queried(&body).unwrap_err() else {
            panic!("{body}")
        };
        error.field
    };
    assert_eq!(field("{}"), "info[1].instanceId");
    assert_eq!(field("5"), "info[1]");
    assert_eq!(
        field(r#"{"instanceId":"i","appInfo":{}}"#),
        "info[1].appInfo.frontEndUrl"
    );
    let long = format!(
        r#"{{"instanceId":"i","appInfo":{{"frontEndUrl":"https://{}"}}}}"#,
        "a".repeat(505)
    );
    assert_eq!(field(&long), "info[1].appInfo.frontEndUrl");
    assert_eq!(
        field(r#"{"instanceId":"i","usageInfo":[{"statisticalTime":"20260101000000000"}]}"#),
        "info[1].usageInfo[0].usageValue"
    );
    assert_eq!(
        field(r#"{"instanceId":"i","usageInfo":[{"usageValue":1,"statisticalTime":"now"}]}"#),
        "info[1].usageInfo[0].statisticalTime"
    );
    assert_eq!(
        field(
            r#"{"instanceId":"i","usageInfo":[{"usageValue":1.23456,"statisticalTime":"20260101000000000"}]}"#
        ),
        "info[1].usageInfo[0].usageValue"
    );
}

#[test]
fn an_address_that_is_no_link_is_refused() {
    for address in [
        "javascript:alert(1)",
        "app.example.com",
        "https://a b",
        "data:text/html,x",
    ] {
        let body = format!(
            r#"{{"resultCode":"000000","info":[{{"instanceId":"i","appInfo":{{"frontEndUrl":"{address}"}}}}]}}"#
        );
        assert_eq!(
            queried(&body).unwrap_err().code(),
            "field_invalid",
            "{address}"
        );
    }
}

#[test]
fn the_answer_of_the_manual_is_read_whole() {
    let answer = queried(r#"{"resultCode":"000000","resultMsg":"success","info":[{"instanceId":"i-1","appInfo":{"frontEndUrl":"https://app.example.com","adminUrl":"https://app.example.com/admin","userName":"admin","password":"Init-2026","memo":"\u4e2d\u6587"}},{"instanceId":"i-2","usageInfo":[{"relatedInstanceId":"i-9","usageValue":12.5,"statisticalTime":"20260101000000000","dashboardUrl":"https://app.example.com/usage"}]}]}"#).unwrap();
    let app = answer.instance("i-1").unwrap().app_info.as_ref().unwrap();
    assert_eq!(
        (app.user_name.as_deref(), app.password.as_deref()),
        (Some("admin"), Some("Init-2026"))
    );
    assert_eq!(app.memo.as_deref(), Some("中文"));
    let usage = &answer.instance("i-2").unwrap().usage_info[0];
    assert_eq!(
        (usage.usage_value.ten_thousandths(), usage.counted_at_ms),
        (125_000, 1_767_225_600_000)
    );
    assert_eq!(
        serde_json::to_value(&answer.info[1]).unwrap()["usageInfo"][0]["usageValue"],
        12.5
    );
}

#[test]
fn an_amount_is_read_as_number_and_as_text() {
    for (written, read) in [
        ("12", 120_000),
        ("12.0", 120_000),
        ("\"12.5000\"", 125_000),
        ("99999999.9999", 999_999_999_999),
    ] {
        let body = format!(
            r#"{{"resultCode":"000000","info":[{{"instanceId":"i","usageInfo":[{{"usageValue":{written},"statisticalTime":"20260101000000000"}}]}}]}}"#
        );
        assert_eq!(
            queried(&body).unwrap().info[0].usage_info[0]
                .usage_value
                .ten_thousandths(),
            read
        );
    }
}

#[test]
fn waiting_goes_on_until_the_instance_is_told() {
    let verdict = |body: &str| queried(body).unwrap().verdict("i-1");
    assert_eq!(verdict(r#"{"resultCode":"000004"}"#), Verdict::Poll);
    assert_eq!(verdict(r#"{"resultCode":"000000"}"#), Verdict::Poll);
    assert_eq!(
        verdict(r#"{"resultCode":"000000","info":[{"instanceId":"i-2"}]}"#),
        Verdict::Poll
    );
    assert_eq!(
        verdict(r#"{"resultCode":"000000","info":[{"instanceId":"i-1"}]}"#),
        Verdict::Done
    );
    assert_eq!(verdict(r#"{"resultCode":"000003"}"#), Verdict::RetryShowNow);
}

#[test]
fn each_code_has_its_consequence() {
    let of = |activity, code: &str| Verdict::of(activity, &ResultCode::from_code(code));
    for code in ["000001", "000005", "000100", "000104", "000999", "x"] {
        assert_eq!(of(Activity::NewInstance, code), Verdict::Retry, "{code}");
    }
    for code in [
        "000002", "000003", "000101", "000102", "000103", "000105", "000106", "000107",
    ] {
        assert_eq!(
            of(Activity::NewInstance, code),
            Verdict::RetryShowNow,
            "{code}"
        );
    }
    assert_eq!(of(Activity::NewInstance, "000004"), Verdict::Poll);
    assert_eq!(of(Activity::ReleaseInstance, "000004"), Verdict::Retry);
    assert_eq!(of(Activity::ReleaseInstance, "000003"), Verdict::NotThere);
    assert_eq!(
        of(Activity::ChangeInstanceCheck, "000005"),
        Verdict::Refused
    );
    assert_eq!(of(Activity::ChangeInstanceCheck, "000000"), Verdict::Done);
    assert_eq!(
        verdict_without_answer(Activity::NewInstance),
        Verdict::Retry
    );
    assert_eq!(
        verdict_without_answer(Activity::ChangeInstanceCheck),
        Verdict::Refused
    );
}

#[test]
fn every_known_code_comes_back() {
    for number in (0..=5).chain(100..=107) {
        let code = format!("{number:06}");
        let read = ResultCode::from_code(&code);
        assert!(!matches!(read, ResultCode::Unknown(_)), "{code}");
        assert_eq!(read.code(), code);
    }
}

#[test]
fn a_signature_is_looked_at_as_the_policy_says() {
    let body = r#"{"resultCode":"000000"}"#;
    let good = body_sign::create(K, body.as_bytes());
    let wrong = body_sign::create("another key", body.as_bytes());
    let check = |body_sign, header: Option<&str>, keys: &[&str]| {
        let answer = Answer {
            body_sign: header,
            ..json(body)
        };
        let checks = Checks {
            access_keys: keys,
            body_sign,
        };
        read_plain(Activity::ReleaseInstance, &answer, &checks)
            .map_err(|error| error.code())
            .map(|_| ())
    };
    assert_eq!(check(Policy::Off, Some(&wrong), &[K]), Ok(()));
    assert_eq!(check(Policy::VerifyIfPresent, None, &[K]), Ok(()));
    assert_eq!(
        check(Policy::VerifyIfPresent, Some(&wrong), &[K]),
        Err("body_sign_wrong")
    );
    assert_eq!(
        check(Policy::Required, None, &[K]),
        Err("body_sign_missing")
    );
    assert_eq!(
        check(Policy::Required, Some(&good), &["newer key", K]),
        Ok(())
    );
}

#[test]
fn the_form_of_a_signature_may_vary_in_blanks_and_order_only() {
    let body = b"{}";
    let signature = body_sign::create(K, body)
        .rsplit('"')
        .nth(1)
        .unwrap()
        .to_owned();
    let check = |header: String| {
        body_sign::check(Policy::Required, &[K], Some(&header), body).map_err(|error| error.code())
    };
    for good in [
        format!("sign_type=\"HMAC-SHA256\",signature=\"{signature}\""),
        format!(" sign_type = \"HMAC-SHA256\" , signature =  \"{signature}\" "),
        format!("signature=\"{signature}\", sign_type=\"HMAC-SHA256\""),
    ] {
        assert_eq!(check(good.clone()), Ok(()), "{good}");
    }
    for bad in [
        format!("sign_type=HMAC-SHA256, signature=\"{signature}\""),
        format!("sign_type=\"HMAC-SHA1\", signature=\"{signature}\""),
        format!("signature=\"{signature}\""),
        format!("sign_type=\"HMAC-SHA256\", signature=\"{signature}\", signature=\"{signature}\""),
        "sign_type=\"HMAC-SHA256\", signature=\"%%%\"".to_owned(),
        String::new(),
    ] {
        assert_eq!(check(bad.clone()), Err("body_sign_malformed"), "{bad}");
    }
}

fn app_answer(encrypt_type: &str, user_name: &str, password: &str) -> String {
    format!(
        r#"{{"resultCode":"000000"{encrypt_type},"info":[{{"instanceId":"i","appInfo":{{"frontEndUrl":"https://a.example.com","userName":"{user_name}","password":"{password}"}}}}]}}"#
    )
}

#[test]
fn encrypted_and_plain_access_data_are_both_revealed() {
    let iv = Iv::parse("A1b2C3d4E5f6G7h8").unwrap();
    let secret = |encrypt_type| encrypt("Init-2026", iv, K, encrypt_type);
    let reveal = |body: String| {
        queried(&body).unwrap().info[0]
            .app_info
            .clone()
            .unwrap()
            .password
            .unwrap()
    };
    assert_eq!(reveal(app_answer("", "admin", "Init-2026")), "Init-2026");
    assert_eq!(
        reveal(app_answer("", "admin", &secret(EncryptType::Aes256))),
        "Init-2026"
    );
    assert_eq!(
        reveal(app_answer("", "admin", &secret(EncryptType::Aes128))),
        "Init-2026"
    );
    assert_eq!(
        reveal(app_answer(
            r#","encryptType":"2""#,
            "admin",
            &secret(EncryptType::Aes128)
        )),
        "Init-2026"
    );
    assert_eq!(
        reveal(app_answer(r#","encryptType":"1""#, "admin", "Init-2026")),
        "Init-2026"
    );
}

#[test]
fn a_value_that_must_decrypt_but_does_not_is_named() {
    let iv = Iv::parse("A1b2C3d4E5f6G7h8").unwrap();
    let foreign = encrypt("Init-2026", iv, "another key", EncryptType::Aes256);
    let error = queried(&app_answer(r#","encryptType":"1""#, "admin", &foreign)).unwrap_err();
    assert_eq!(error.code(), "undecryptable");
    assert!(error.to_string().contains("password") && !error.to_string().contains(&foreign));
    let kept = queried(&app_answer("", "admin", &foreign)).unwrap();
    assert_eq!(
        kept.info[0].app_info.clone().unwrap().password,
        Some(foreign),
        "without the member it is plaintext"
    );
}

#[test]
fn a_log_of_access_data_has_no_password() {
    let answer = queried(&app_answer("", "admin-7", "Init-2026")).unwrap();
    let logged = format!("{answer:?}");
    assert!(
        !logged.contains("Init-2026") && !logged.contains("admin-7"),
        "{logged}"
    );
}
