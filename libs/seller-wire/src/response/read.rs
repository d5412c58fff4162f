//! The checks of an answer, in the order of section 1.6 of the contract.

use serde_json::{Map, Value};

use super::{
    Answer, AppInfo, CallError, Checks, InstanceInfo, NewInstanceAnswer, PlainAnswer,
    QueryInstanceAnswer, ResultCode, UsageInfo,
};
use crate::body_sign;
use crate::crypto::reveal_app_info;
use crate::field::{FieldError, check_length};
use crate::request::Activity;
use crate::stamp::parse_digits;

const ID: usize = 64;
const URL: usize = 512;

pub(super) fn new_instance(
    answer: &Answer<'_>,
    checks: &Checks<'_>,
) -> Result<NewInstanceAnswer, CallError> {
    let (members, code, message) = envelope(answer, checks)?;
    let accepted = matches!(code, ResultCode::Success | ResultCode::Processing);
    let instance_id = if accepted {
        Some(members.text("instanceId", ID)?)
    } else {
        // A refusal is a refusal, whatever else it carries.
        members.optional("instanceId", ID).unwrap_or_default()
    };
    Ok(NewInstanceAnswer {
        code,
        message,
        instance_id,
    })
}

pub(super) fn query_instance(
    answer: &Answer<'_>,
    checks: &Checks<'_>,
) -> Result<QueryInstanceAnswer, CallError> {
    let (members, code, message) = envelope(answer, checks)?;
    let mut info = Vec::new();
    if code == ResultCode::Success {
        let encrypt_type = members.optional("encryptType", 3)?;
        for entry in members.list("info")? {
            let mut instance = read_instance(&entry)?;
            if let Some(app_info) = instance.app_info.take() {
                instance.app_info = Some(reveal_app_info(
                    app_info,
                    encrypt_type.as_deref(),
                    checks.access_keys,
                )?);
            }
            info.push(instance);
        }
    }
    Ok(QueryInstanceAnswer {
        code,
        message,
        info,
    })
}

pub(super) fn plain(
    activity: Activity,
    answer: &Answer<'_>,
    checks: &Checks<'_>,
) -> Result<PlainAnswer, CallError> {
    let (_, code, message) = envelope(answer, checks)?;
    Ok(PlainAnswer {
        activity,
        code,
        message,
    })
}

type Envelope = (Members, ResultCode, Option<String>);

fn envelope(answer: &Answer<'_>, checks: &Checks<'_>) -> Result<Envelope, CallError> {
    if answer.status != 200 {
        return Err(CallError::HttpStatus(answer.status));
    }
    let media_type = answer
        .content_type
        .and_then(|value| value.split(';').next())
        .map(str::trim);
    if !media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json")) {
        let shown = answer
            .content_type
            .map(|value| value.chars().take(100).collect());
        return Err(CallError::ContentType(shown));
    }
    body_sign::check(
        checks.body_sign,
        checks.access_keys,
        answer.body_sign,
        answer.body,
    )?;
    let map: Map<String, Value> =
        serde_json::from_slice(answer.body).map_err(|_| CallError::NotJson)?;
    let members = Members {
        map,
        path: String::new(),
    };
    let code = ResultCode::from_code(&members.text("resultCode", 6)?);
    let message = members.optional("resultMsg", 255)?;
    Ok((members, code, message))
}

fn read_instance(entry: &Members) -> Result<InstanceInfo, FieldError> {
    let app_info = match entry.object("appInfo")? {
        Some(app_info) => Some(AppInfo {
            front_end_url: app_info
                .address("frontEndUrl")?
                .ok_or_else(|| app_info.missing("frontEndUrl"))?,
            admin_url: app_info.address("adminUrl")?,
            user_name: app_info.optional("userName", 128)?,
            password: app_info.optional("password", 128)?,
            memo: app_info.optional("memo", 1024)?,
        }),
        None => None,
    };
    let usage_info = entry
        .list("usageInfo")?
        .iter()
        .map(read_usage)
        .collect::<Result<_, _>>()?;
    Ok(InstanceInfo {
        instance_id: entry.text("instanceId", ID)?,
        app_info,
        usage_info,
    })
}

fn read_usage(entry: &Members) -> Result<UsageInfo, FieldError> {
    let amount = entry
        .number("usageValue", 20)?
        .ok_or_else(|| entry.missing("usageValue"))?;
    let amount = amount.parse().map_err(|()| {
        entry.invalid(
            "usageValue",
            "a number of at most 12 digits, at most 4 of them after the point, not negative",
        )
    })?;
    let counted_at = parse_digits(&entry.text("statisticalTime", 20)?);
    Ok(UsageInfo {
        related_instance_id: entry.optional("relatedInstanceId", ID)?,
        usage_value: amount,
        counted_at_ms: counted_at.ok_or_else(|| {
            entry.invalid(
                "statisticalTime",
                "a UTC time of the form yyyyMMddHHmmssSSS",
            )
        })?,
        dashboard_url: entry.address("dashboardUrl")?,
    })
}

/// Members of one object of the answer, with the path that leads to it.
struct Members {
    map: Map<String, Value>,
    path: String,
}

impl Members {
    fn at(&self, field: &str) -> String {
        if self.path.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.path)
        }
    }

    fn missing(&self, field: &str) -> FieldError {
        FieldError::missing(self.at(field))
    }

    fn invalid(&self, field: &str, expected: &'static str) -> FieldError {
        FieldError::invalid(self.at(field), expected)
    }

    /// Absent, null and empty are the same.
    fn optional(&self, field: &str, max: usize) -> Result<Option<String>, FieldError> {
        match self.map.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => {
                check_length(&self.at(field), text, max).map(|()| Some(text.clone()))
            }
            Some(_) => Err(FieldError::wrong_type(self.at(field), "a string")),
        }
    }

    fn text(&self, field: &str, max: usize) -> Result<String, FieldError> {
        self.optional(field, max)?
            .ok_or_else(|| self.missing(field))
    }

    /// A number, as JSON number or as text.
    fn number(&self, field: &str, max: usize) -> Result<Option<String>, FieldError> {
        match self.map.get(field) {
            Some(Value::Number(number)) => {
                // 12.0 and 12 are the same amount.
                let text = number.to_string();
                check_length(&self.at(field), &text, max).map(|()| Some(text))
            }
            _ => self.optional(field, max),
        }
    }

    /// Addresses become links on a buyer's page, so nothing but the web's two schemes may pass.
    /// Deviation: the contract only limits their length.
    fn address(&self, field: &str) -> Result<Option<String>, FieldError> {
        let Some(address) = self.optional(field, URL)? else {
            return Ok(None);
        };
        let lower = address.to_ascii_lowercase();
        let web = lower.starts_with("https://") || lower.starts_with("http://");
        if !web
            || address
                .chars()
                .any(|character| character.is_whitespace() || character.is_control())
        {
            return Err(self.invalid(
                field,
                "an address that begins with https:// or http://, without blanks",
            ));
        }
        Ok(Some(address))
    }

    fn object(&self, field: &str) -> Result<Option<Self>, FieldError> {
        match self.map.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(map)) => Ok(Some(Self {
                map: map.clone(),
                path: self.at(field),
            })),
            Some(_) => Err(FieldError::wrong_type(self.at(field), "an object")),
        }
    }

    fn list(&self, field: &str) -> Result<Vec<Self>, FieldError> {
        let items = match self.map.get(field) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(items)) => items,
            Some(_) => return Err(FieldError::wrong_type(self.at(field), "a list")),
        };
        let objects = items.iter().enumerate().map(|(position, item)| {
            let path = format!("{}[{position}]", self.at(field));
            match item {
                Value::Object(map) => Ok(Self {
                    map: map.clone(),
                    path,
                }),
                _ => Err(FieldError::wrong_type(path, "an object")),
            }
        });
        objects.collect()
    }
}
