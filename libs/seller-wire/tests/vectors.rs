//! The vectors of section 9 of the contract: 9.1 (requests), 9.3 (Body-Sign), 9.6 (encryption).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use seller_wire::body_sign;
use seller_wire::crypto::{self, EncryptType, Iv};
use seller_wire::open_api::ProductInfo;
use seller_wire::request::{
    Call, ChangeInstanceCheck, NewInstance, OrderRef, QueryInstance, RefreshInstance, RefreshScene,
    ReleaseInstance, Request, StatusChange, UpdateInstanceStatus, UpgradeInstance,
};
use seller_wire::signature::{Received, Refusal, payload_hash, sign, verify};
use sha2::{Digest, Sha256};

const K: &str = "2f1a7c9e-5b1d-4c0f-9a55-0d6f3b8e1c42";
const BUSINESS: &str = "6b1d7c52-0c1e-4c1f-8f0a-3a9d2f7e1b10";
const N32: &str = "0123456789ABCDEF0123456789ABCDEF";
const R1_SIGNATURE: &str = "0AF9267FA603D57346D390932E4965C1369389567565A8D5D41DBE3517AB9116";

struct Vector {
    request: Request,
    body: &'static str,
    timestamp_ms: i64,
    nonce: &'static str,
    hash: &'static str,
    signature: &'static str,
}

fn new_instance(order: &str) -> Call {
    Call::NewInstance(NewInstance {
        order_id: order.into(),
        order_line_id: format!("{order}-000001"),
        business_id: BUSINESS.into(),
    })
}

fn r1() -> Vector {
    Vector {
        request: Request::production(new_instance("CS2601010000ABCDE")),
        body: r#"{"activity":"newInstance","businessId":"6b1d7c52-0c1e-4c1f-8f0a-3a9d2f7e1b10","orderId":"CS2601010000ABCDE","orderLineId":"CS2601010000ABCDE-000001"}"#,
        timestamp_ms: 1_767_225_600_000,
        nonce: N32,
        hash: "3e8f86da425de1ff67c065da703b838da38cad940f90dccbd1c681959c0509c8",
        signature: R1_SIGNATURE,
    }
}

fn r2_r3_r5() -> Vec<Vector> {
    vec![
        Vector {
            request: Request::debugging(new_instance("MOCKPERIODYEARNEW")),
            body: r#"{"activity":"newInstance","businessId":"6b1d7c52-0c1e-4c1f-8f0a-3a9d2f7e1b10","orderId":"MOCKPERIODYEARNEW","orderLineId":"MOCKPERIODYEARNEW-000001","testFlag":"1"}"#,
            timestamp_ms: 1_767_225_600_000,
            nonce: N32,
            hash: "20752dc245740e80583bd7b3a49af2c656efc3e6720a78946032c8d973261e2c",
            signature: "69DE1C381746AB3CD0DB48DB2C99FE50338C65C526E62011AA6BAADB4B031989",
        },
        Vector {
            request: Request::production(Call::QueryInstance(QueryInstance {
                instance_ids: vec!["i-1".into(), "i-2".into()],
            })),
            body: r#"{"activity":"queryInstance","instanceId":"i-1,i-2"}"#,
            timestamp_ms: 1_767_225_601_000,
            nonce: "RLLUammMSInlrNWb",
            hash: "aa127584f09fcda549c855320281e31fcc25c05572180035fdc0fda13c4c2664",
            signature: "36F225222D2079738D3D8FE8A196F4ABDDA6D600FCC537A4419A42B36A621995",
        },
        Vector {
            request: Request::production(Call::UpgradeInstance(UpgradeInstance {
                instance_id: "i-1".into(),
                order_id: "O-1".into(),
                order_line_id: "L-1".into(),
            })),
            body: r#"{"activity":"upgradeInstance","instanceId":"i-1","orderId":"O-1","orderLineId":"L-1"}"#,
            timestamp_ms: 1_767_225_603_000,
            nonce: R5_NONCE,
            hash: "090ef4867491ed041c4534de922f74187b432171153cd3481f8be08a7170d4ba",
            signature: R5_SIGNATURE,
        },
    ]
}

const R5_NONCE: &str = "50D83FDECAED6CCD8EF597F2A577950527928BA287D04E6036E92B2806FD17DA";
const R5_SIGNATURE: &str = "10FBA0A905D03F5B84C73C2AC0A803E7C8A314ACCA4F76E490735B8995F131FD";
const R5_RECEIVED: &str = r#"{"testFlag":null,"orderLineId":"L-1","orderId":"O-1","activity":"upgradeInstance","instanceId":"i-1"}"#;

fn r6_to_r9() -> Vec<Vector> {
    let release = |order: Option<OrderRef>| {
        Request::production(Call::ReleaseInstance(ReleaseInstance {
            instance_id: "i-1".into(),
            unsubscription: order,
        }))
    };
    let short = |request, body, hash, signature| Vector {
        request,
        body,
        timestamp_ms: 1_767_225_604_000,
        nonce: "0123456789ABCDEF",
        hash,
        signature,
    };
    vec![
        short(
            Request::production(Call::RefreshInstance(RefreshInstance {
                scene: RefreshScene::Renewal,
                order_id: "CS2601010001RENEW".into(),
                order_line_id: "CS2601010001RENEW-000001".into(),
                instance_id: "i-1".into(),
                product_id: None,
                expires_at_s: 1_798_761_600,
            })),
            r#"{"activity":"refreshInstance","expireTime":"20270101000000","instanceId":"i-1","orderId":"CS2601010001RENEW","orderLineId":"CS2601010001RENEW-000001","scene":"RENEWAL"}"#,
            "5d8aea9f7545ec21e3ab33f8af7f97ded50f7eba08a8d01da2dbe8b7af99c922",
            "EBA32E9A68BC822A12E05DF5CE566719B4B0BF0EC414BB5B6759B3A2448294AF",
        ),
        short(
            Request::production(Call::UpdateInstanceStatus(UpdateInstanceStatus {
                instance_id: "i-1".into(),
                status: StatusChange::Freeze,
            })),
            r#"{"activity":"updateInstanceStatus","instanceId":"i-1","status":"FREEZE"}"#,
            "6125c24fb4f2a0c4cf7dc62a10c7a10a19afb01b142327cea23000b0bc056515",
            "9754ADE0F43F40440AAA7DAEA394D39582BB39913BE647AF7CB5E0314C98EB8C",
        ),
        short(
            release(None),
            r#"{"activity":"releaseInstance","instanceId":"i-1"}"#,
            "6b6e9e43826da3221469331cad077c2ddae4a412f56be4cffb14b4829e2743d1",
            "5BE4940F764171797CE0FEB110B119EBC955EED6E0B141EE6688D342DAB15A5D",
        ),
        short(
            release(Some(OrderRef {
                order_id: "CS2601010002UNSUB".into(),
                order_line_id: "CS2601010002UNSUB-000001".into(),
            })),
            r#"{"activity":"releaseInstance","instanceId":"i-1","orderId":"CS2601010002UNSUB","orderLineId":"CS2601010002UNSUB-000001"}"#,
            "94a75c72d79b001cc847a48dd2a830869f48af4f60a6a365591c7bc97da94c05",
            "BC33614DAF6631C672CB25FDC0BDB7576BD9FD68DC7E0108A319DE808968DDB7",
        ),
    ]
}

#[test]
fn every_request_of_the_contract_has_its_bytes_and_its_signature() {
    for vector in std::iter::once(r1()).chain(r2_r3_r5()).chain(r6_to_r9()) {
        let body = vector.request.to_body().unwrap();
        assert_eq!(body, vector.body);
        assert_eq!(payload_hash(K, &body), vector.hash);
        assert_eq!(
            sign(K, &body, vector.timestamp_ms, vector.nonce),
            vector.signature
        );
        assert_eq!(Request::from_body(body.as_bytes()).unwrap(), vector.request);
    }
}

#[test]
fn a_plain_hash_of_the_body_is_another_signature() {
    let hash = hex::encode(Sha256::digest(r1().body));
    assert_eq!(
        hash,
        "ed68cd3c3481b44254eb88c03aa1e67bd31749fcc29f68161885d37808c05a50"
    );
    assert_ne!(hash, r1().hash);
    let variant = "8F9135391B286BEDA84863E7FA968D5BE6B774E6861F213A4393764FF0846CF1";
    assert_eq!(check_r1(Some(variant), 0), Err(Refusal::WrongSignature));
}

const R4_BODY: &str = r#"{"activity":"changeInstanceCheck","instanceId":"i-1","productInfo":{"linearValue":5,"productId":"OFFI1","skuCode":"sku-1","productName":"云商店,Basic"}}"#;
const R4_SIGNATURE: &str = "F24C5A864408C100BC185E9ECACCF7CD4D9F48FF203455FB049441495814D833";

fn check_r4(signature: &str, body: &str) -> Result<(), Refusal> {
    let nonce = Some("RLLUammMSInlrNWb");
    let received = Received {
        signature: Some(signature),
        timestamp: Some("1767225602000"),
        nonce,
    };
    verify(K, received, body.as_bytes(), 1_767_225_602_000)
}

#[test]
fn a_sender_who_keeps_the_order_of_inner_members_is_believed() {
    assert_eq!(
        payload_hash(K, R4_BODY),
        "2e7c5b4595e12a3bacfffdd1a3f859d93c4e33b166f6cbc5f3d92b76d3991f2e"
    );
    assert_eq!(check_r4(R4_SIGNATURE, R4_BODY), Ok(()));
    let outside_unsorted = r#"{"productInfo":{"linearValue":5,"productId":"OFFI1","skuCode":"sku-1","productName":"云商店,Basic"}, "instanceId":"i-1","activity":"changeInstanceCheck"}"#;
    assert_eq!(check_r4(R4_SIGNATURE, outside_unsorted), Ok(()));
    let other = R4_BODY.replace("\"linearValue\":5", "\"linearValue\":6");
    assert_eq!(check_r4(R4_SIGNATURE, &other), Err(Refusal::WrongSignature));
}

#[test]
fn what_we_send_is_sorted_at_every_level_so_that_all_receivers_agree() {
    let request = Request::production(Call::ChangeInstanceCheck(ChangeInstanceCheck {
        instance_id: "i-1".into(),
        product_info: ProductInfo {
            product_id: "OFFI1".into(),
            sku_code: "sku-1".into(),
            linear_value: Some(5),
            product_name: "云商店,Basic".into(),
        },
    }));
    let body = request.to_body().unwrap();
    assert_eq!(
        body,
        r#"{"activity":"changeInstanceCheck","instanceId":"i-1","productInfo":{"linearValue":5,"productId":"OFFI1","productName":"云商店,Basic","skuCode":"sku-1"}}"#
    );
    assert_eq!(Request::from_body(R4_BODY.as_bytes()).unwrap(), request);
    let signature = sign(K, &body, 1_767_225_602_000, "RLLUammMSInlrNWb");
    assert_eq!(check_r4(&signature, &body), Ok(()));
    assert_eq!(
        check_r4(&signature, R4_BODY),
        Ok(()),
        "a receiver may sort inner members too"
    );
}

#[test]
fn escaped_letters_are_another_signature() {
    let escaped = R4_BODY.replace("云商店", "\\u4e91\\u5546\\u5e97");
    assert_eq!(
        payload_hash(K, &escaped),
        "8d0b0024fd91f587dbbe800df3543295ea5ad590cd21ea02b755eb6c911b2f6a"
    );
    // A receiver reads both the same, so the right signature fits the escaped body too.
    assert_eq!(check_r4(R4_SIGNATURE, &escaped), Ok(()));
    let of_escaped = sign(K, &escaped, 1_767_225_602_000, "RLLUammMSInlrNWb");
    assert_eq!(
        check_r4(&of_escaped, &escaped),
        Err(Refusal::WrongSignature)
    );
}

#[test]
fn the_order_and_the_nulls_of_a_received_body_do_not_matter() {
    let received = |signature| Received {
        signature: Some(signature),
        timestamp: Some("1767225603000"),
        nonce: Some(R5_NONCE),
    };
    let check = |signature| {
        verify(
            K,
            received(signature),
            R5_RECEIVED.as_bytes(),
            1_767_225_603_000,
        )
    };
    assert_eq!(check(R5_SIGNATURE), Ok(()));
    assert_eq!(
        payload_hash(K, R5_RECEIVED),
        "9250ea5e4da665d78c303a55c831e4653e0e1bcd49d7c425e40894f902ad8d96"
    );
    let unsorted = "C4783588928EC6CCC5BBFB6446FFCD187AEBDA1467C733BF2DA66CEEC75BC2F4";
    assert_eq!(sign(K, R5_RECEIVED, 1_767_225_603_000, R5_NONCE), unsorted);
    assert_eq!(check(unsorted), Err(Refusal::WrongSignature));
}

fn check_r1(signature: Option<&str>, later_ms: i64) -> Result<(), Refusal> {
    let received = Received {
        signature,
        timestamp: Some("1767225600000"),
        nonce: Some(N32),
    };
    verify(
        K,
        received,
        r1().body.as_bytes(),
        1_767_225_600_000 + later_ms,
    )
}

#[test]
fn a_call_is_good_for_a_minute_and_not_a_millisecond_longer() {
    assert_eq!(check_r1(Some(R1_SIGNATURE), 60_000), Ok(()));
    let late = check_r1(Some(R1_SIGNATURE), 60_001).unwrap_err();
    assert_eq!(late, Refusal::TooOld { age_ms: 60_001 });
    assert_eq!(late.result_code(), "000002");
    assert_eq!(
        check_r1(Some(R1_SIGNATURE), -3_600_000),
        Ok(()),
        "a time in the future passes"
    );
}

#[test]
fn the_case_of_a_signature_does_not_matter_but_each_digit_does() {
    assert_eq!(check_r1(Some(&R1_SIGNATURE.to_lowercase()), 0), Ok(()));
    for changed in [
        R1_SIGNATURE.replacen('0', "1", 1),
        R1_SIGNATURE[1..].to_owned(),
        format!("{R1_SIGNATURE}0"),
    ] {
        assert_eq!(
            check_r1(Some(&changed), 0).unwrap_err().result_code(),
            "000001"
        );
    }
}

#[test]
fn what_is_missing_has_its_code() {
    assert_eq!(check_r1(None, 0).unwrap_err().result_code(), "000001");
    let good = Received {
        signature: Some(R1_SIGNATURE),
        timestamp: Some("1767225600000"),
        nonce: Some(N32),
    };
    let code = |received, body: &str| {
        verify(K, received, body.as_bytes(), 1_767_225_600_000)
            .unwrap_err()
            .result_code()
    };
    assert_eq!(
        code(
            Received {
                timestamp: None,
                ..good
            },
            r1().body
        ),
        "000002"
    );
    assert_eq!(
        code(
            Received {
                timestamp: Some("soon"),
                ..good
            },
            r1().body
        ),
        "000002"
    );
    assert_eq!(
        code(
            Received {
                nonce: Some(""),
                ..good
            },
            r1().body
        ),
        "000002"
    );
    assert_eq!(code(good, "[]"), "000002");
    assert_eq!(
        code(
            Received {
                nonce: Some("other"),
                ..good
            },
            r1().body
        ),
        "000001"
    );
}

#[test]
fn body_sign_has_its_three_vectors() {
    let bodies = [
        (
            r#"{"resultCode":"000000","resultMsg":"success","instanceId":"6b1d7c52-0c1e-4c1f-8f0a-3a9d2f7e1b10"}"#,
            "l7eqeL7OHXz7E4viiFM89IpoyiD48Vq6ZY0tcs/x/Ak=",
        ),
        (
            r#"{"resultCode":"000004","resultMsg":"processing","instanceId":"6b1d7c52-0c1e-4c1f-8f0a-3a9d2f7e1b10"}"#,
            "61u5/E6ltH0kZ00/6N9B9HhpOFdg7Ig9ZQ/wRS1ZRDI=",
        ),
        (
            " {\"resultCode\":\"000000\"}\n",
            "dPvVxs2LqNlFG8/fCjFQ0xYvNaXNUK/7GULENzfbAlo=",
        ),
    ];
    for (body, signature) in bodies {
        let header = body_sign::create(K, body.as_bytes());
        assert_eq!(
            header,
            format!("sign_type=\"HMAC-SHA256\", signature= \"{signature}\"")
        );
        let check = |body: &str| {
            body_sign::check(
                body_sign::Policy::Required,
                &[K],
                Some(&header),
                body.as_bytes(),
            )
        };
        assert_eq!(check(body), Ok(()));
        assert_eq!(
            check(&format!("{body} ")),
            Err(body_sign::BodySignError::Wrong)
        );
    }
}

#[test]
fn keys_are_derived_as_java_does() {
    let derived = |seed| hex::encode(crypto::derive_key(seed));
    assert_eq!(
        derived(K),
        "2101872233fe26940c160e0f2c1df7b8ce354898cfca5c112f049d080668ad68"
    );
    assert_eq!(
        derived("abc"),
        "0d3ced9bec10a777aec23ccc353a8c08a633045e09554bc3702aec7d7b6e0f28"
    );
}

#[test]
fn values_are_encrypted_as_java_does() {
    let iv = Iv::parse("A1b2C3d4E5f6G7h8").unwrap();
    for (encrypt_type, plaintext, value) in [
        (
            EncryptType::Aes256,
            "admin",
            "A1b2C3d4E5f6G7h83gvbtq/ywxYdnDR+pVU5Ew==",
        ),
        (
            EncryptType::Aes256,
            "P@ssw0rd!2026",
            "A1b2C3d4E5f6G7h8niav1bCCOy5bdRE7+WDmRw==",
        ),
        (
            EncryptType::Aes256,
            "管理员",
            "A1b2C3d4E5f6G7h85RdF7AKvTqFvn+KkvP4BTA==",
        ),
        (
            EncryptType::Aes128,
            "admin",
            "A1b2C3d4E5f6G7h8qINPKlvt0DFbx8Eb9wta2A==",
        ),
        (
            EncryptType::Aes128,
            "P@ssw0rd!2026",
            "A1b2C3d4E5f6G7h8CBQ61f7N7P+5JZz6+lD1eA==",
        ),
        (
            EncryptType::Aes128,
            "管理员",
            "A1b2C3d4E5f6G7h80S0AUy3ko+7JAmi7TEvDIg==",
        ),
    ] {
        assert_eq!(crypto::encrypt(plaintext, iv, K, encrypt_type), value);
        assert_eq!(
            crypto::decrypt(value, K, encrypt_type).as_deref(),
            Ok(plaintext)
        );
    }
}
