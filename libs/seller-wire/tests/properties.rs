//! What holds for all inputs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use proptest::prelude::*;
use seller_wire::crypto::{DecryptError, EncryptType, Iv, decrypt, encrypt};
use seller_wire::open_api::{OrderQuery, query_pairs};
use seller_wire::signature::{Received, sign, verify};
use seller_wire::{canonical_json, redact};
use serde_json::{Map, Value, json};

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_object() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map(any::<String>(), any_json(), 0..6)
        .prop_map(|members| members.into_iter().collect())
}

/// The same object written in another order, with a null and with blanks.
fn rewritten(object: &Map<String, Value>) -> String {
    let members: Vec<String> = object
        .iter()
        .rev()
        .map(|(name, value)| format!(" {} :\t{value}", Value::from(name.as_str())))
        .collect();
    let null = if object.contains_key("nothing") {
        None
    } else {
        Some("\n\"nothing\": null".to_owned())
    };
    format!(
        "{{{}}}",
        null.into_iter()
            .chain(members)
            .collect::<Vec<_>>()
            .join(",")
    )
}

proptest! {
    #[test]
    fn the_canonical_form_means_the_same_and_is_final(object in any_object()) {
        let canonical = canonical_json(Value::Object(object.clone()).to_string().as_bytes()).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&canonical).unwrap(), Value::Object(object));
        prop_assert_eq!(canonical_json(canonical.as_bytes()).unwrap(), canonical);
    }

    #[test]
    fn order_blanks_and_nulls_leave_no_trace(object in any_object()) {
        let canonical = canonical_json(Value::Object(object.clone()).to_string().as_bytes()).unwrap();
        prop_assert_eq!(canonical_json(rewritten(&object).as_bytes()).unwrap(), canonical);
    }

    #[test]
    fn what_was_signed_verifies_and_nothing_else(object in any_object(), key in "[!-~]{1,80}", nonce in "[A-Z0-9]{1,64}", at in 0..4_000_000_000_000_i64) {
        let canonical = canonical_json(Value::Object(object.clone()).to_string().as_bytes()).unwrap();
        let signature = sign(&key, &canonical, at, &nonce);
        let timestamp = at.to_string();
        let received = Received { signature: Some(&signature), timestamp: Some(&timestamp), nonce: Some(&nonce) };
        prop_assert!(verify(&key, received, rewritten(&object).as_bytes(), at).is_ok());
        let other_key = [key.as_str(), "x"].concat();
        prop_assert!(verify(&other_key, received, canonical.as_bytes(), at).is_err());
        let mut other = object;
        other.insert("one more".into(), json!(1));
        prop_assert!(verify(&key, received, Value::Object(other).to_string().as_bytes(), at).is_err());
    }

    #[test]
    fn what_was_encrypted_comes_back(text in any::<String>(), random in any::<[u8; 16]>(), key in "[!-~]{1,64}", long in any::<bool>()) {
        let encrypt_type = if long { EncryptType::Aes256 } else { EncryptType::Aes128 };
        let value = encrypt(&text, Iv::from_random(random), &key, encrypt_type);
        prop_assert!(Iv::parse(&value[..16]).is_some());
        prop_assert_eq!(decrypt(&value, &key, encrypt_type), Ok(text));
    }

    #[test]
    fn no_text_breaks_decryption(text in any::<String>()) {
        let result = decrypt(&text, "key", EncryptType::Aes256);
        prop_assert!(matches!(result, Ok(_) | Err(DecryptError::NotEncrypted | DecryptError::WrongKey)));
    }

    #[test]
    fn a_query_survives_its_encoding(order_id in "\\PC{1,64}", line in proptest::option::of("\\PC{1,64}")) {
        let query = OrderQuery { order_id, order_line_id: line };
        prop_assert_eq!(OrderQuery::from_pairs(&query_pairs(&query.target())).unwrap(), query);
    }

    #[test]
    fn no_planted_secret_survives(
        noise in any_object(),
        place in prop::sample::select(vec!["userName", "password", "mobilePhone", "email", "memo", "clientSecret", "passwd", "unheard-of", "frontEndUrl", "resultMsg"]),
        depth in 0..4_usize,
    ) {
        const SECRET: &str = "pl4nted-Secret@example.com";
        let planted = match place {
            "frontEndUrl" => format!("https://user:{SECRET}@app.example.com/path?token={SECRET}#{SECRET}"),
            "resultMsg" => format!("password is {SECRET}, remember"),
            _ => SECRET.to_owned(),
        };
        let mut body = Value::Object(noise);
        body[place] = Value::from(planted);
        for _ in 0..depth {
            body = json!({"info": [body], "resultMsg": format!("log in with {SECRET}")});
        }
        let recorded = redact::body(body.to_string().as_bytes());
        prop_assert!(!recorded.contains("pl4nted"), "{}", recorded);
        prop_assert!(serde_json::from_str::<Value>(&recorded).is_ok());
    }

    #[test]
    fn of_garbage_nothing_is_quoted(noise in "[^{\\[\"0-9a-z]{0,40}", cut in 1..20_usize) {
        let secret = "pl4nted-Secret";
        let garbage = format!("{noise}{{\"password\":\"{secret}\"");
        let recorded = redact::body(garbage.as_bytes());
        prop_assert!(!recorded.contains(secret));
        let cut = &garbage.as_bytes()[..garbage.len() - cut];
        prop_assert!(!redact::body(cut).contains("pl4"));
    }
}
