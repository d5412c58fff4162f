//! The bodies of answers.

use seller_wire::crypto::{EncryptType, Iv, encrypt};
use seller_wire::response::{Answer, Checks, InstanceInfo, ResultCode, read_query_instance};
use serde_json::{Value, json};

use crate::seller::{Created, Lookup, Refusal};

/// Longest `resultMsg`, in characters.
const MESSAGE: usize = 255;

pub(crate) fn success() -> Value {
    plain(&ResultCode::Success, "success")
}

pub(crate) fn plain(code: &ResultCode, message: &str) -> Value {
    json!({"resultCode": code.code(), "resultMsg": message.chars().take(MESSAGE).collect::<String>()})
}

pub(crate) fn refused(refusal: &Refusal) -> Value {
    plain(&refusal.code, &refusal.message)
}

pub(crate) fn created(created: &Created) -> Result<Value, Refusal> {
    let (code, message, id) = match created {
        Created::Ready { instance_id } => (ResultCode::Success, "success", instance_id),
        Created::Pending { instance_id } => (ResultCode::Processing, "accepted", instance_id),
    };
    if id.is_empty() || id.chars().count() > 64 {
        return Err(Refusal::internal(
            "The seller's server made an instanceId that is empty or over 64 characters.",
        ));
    }
    Ok(json!({"resultCode": code.code(), "resultMsg": message, "instanceId": id}))
}

/// The answer to a query: what is known of the instances; of none: processing or unknown.
pub(crate) fn found(
    lookups: Vec<Lookup>,
    access_key: &str,
    encryption: Option<EncryptType>,
) -> Result<Value, Refusal> {
    let pending = lookups.contains(&Lookup::Pending);
    let mut info: Vec<InstanceInfo> = Vec::new();
    for lookup in lookups {
        if let Lookup::Ready(instance) = lookup {
            info.push(instance);
        }
    }
    if info.is_empty() {
        let refusal = if pending {
            Refusal::new(ResultCode::Processing, "processing")
        } else {
            Refusal::no_such_instance()
        };
        return Err(refusal);
    }
    let mut body = success();
    if let (Some(encryption), Value::Object(members)) = (encryption, &mut body) {
        info.iter_mut()
            .try_for_each(|instance| encrypt_app_info(instance, access_key, encryption))?;
        members.insert("encryptType".into(), encryption.code().into());
    }
    if let Value::Object(members) = &mut body {
        let info = serde_json::to_value(info)
            .map_err(|_| Refusal::internal("The answer cannot be written."))?;
        members.insert("info".into(), info);
    }
    check(&body, access_key)?;
    Ok(body)
}

fn encrypt_app_info(
    instance: &mut InstanceInfo,
    access_key: &str,
    encryption: EncryptType,
) -> Result<(), Refusal> {
    let Some(app_info) = &mut instance.app_info else {
        return Ok(());
    };
    for value in [&mut app_info.user_name, &mut app_info.password]
        .into_iter()
        .flatten()
    {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| Refusal::internal("No randomness."))?;
        *value = encrypt(value, Iv::from_random(random), access_key, encryption);
    }
    Ok(())
}

/// Better the seller learns from a clear sentence that an answer breaks the contract (lengths count
/// after encryption) than the buyer from a missing password.
fn check(body: &Value, access_key: &str) -> Result<(), Refusal> {
    let text = ascii_json(body);
    let answer = Answer {
        status: 200,
        content_type: Some("application/json"),
        body_sign: None,
        body: text.as_bytes(),
    };
    match read_query_instance(&answer, &Checks::with_keys(&[access_key])) {
        Ok(_) => Ok(()),
        Err(error) => Err(Refusal::internal(format!(
            "The seller's server made an invalid answer. {error}"
        ))),
    }
}

/// Compact JSON in ASCII: the contract wants everything else as `\uXXXX`.
pub(crate) fn ascii_json(value: &Value) -> String {
    let mut out = String::new();
    // Characters outside ASCII can only stand inside strings, where the escape means the same.
    for character in value.to_string().chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}
