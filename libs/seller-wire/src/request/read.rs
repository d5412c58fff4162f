//! From a received body to a typed request.

use std::fmt;

use serde_json::{Map, Value};

use super::body::ID;
use super::{
    Activity, Call, ChangeInstanceCheck, MAX_QUERIED_INSTANCES, NewInstance, OrderNotify, OrderRef,
    QueryInstance, RefreshInstance, RefreshScene, ReleaseInstance, Request, StatusChange,
    UpdateInstanceStatus, UpgradeInstance,
};
use crate::field::{FieldError, Problem, check_length};
use crate::open_api::ProductInfo;
use crate::stamp::parse_digits;

/// Why a received body is no request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestError {
    /// Not a JSON object in UTF-8.
    NotJson,
    /// An activity that this contract does not have.
    UnknownActivity(String),
    /// A member breaks the contract.
    Field(FieldError),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson => f.write_str("The request body is not a JSON object in UTF-8."),
            Self::UnknownActivity(name) => write!(f, "The activity {name} is unknown."),
            Self::Field(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RequestError {}

impl From<FieldError> for RequestError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}

struct Members(Map<String, Value>);

impl Members {
    fn optional(&self, field: &str, max: usize) -> Result<Option<String>, FieldError> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => {
                check_length(field, text, max).map(|()| Some(text.clone()))
            }
            Some(_) => Err(FieldError::wrong_type(field, "a string")),
        }
    }

    fn text(&self, field: &str, max: usize) -> Result<String, FieldError> {
        self.optional(field, max)?
            .ok_or_else(|| FieldError::missing(field))
    }

    fn id(&self, field: &str) -> Result<String, FieldError> {
        self.text(field, ID)
    }
}

pub(super) fn read(body: &[u8]) -> Result<Request, RequestError> {
    let members: Map<String, Value> =
        serde_json::from_slice(body).map_err(|_| RequestError::NotJson)?;
    let members = Members(members);
    let name = members.text("activity", 32)?;
    let activity = Activity::from_name(&name).ok_or(RequestError::UnknownActivity(name))?;
    let debugging = members.optional("testFlag", 2)?.as_deref() == Some("1");
    Ok(Request {
        call: read_call(activity, &members)?,
        debugging,
    })
}

fn read_call(activity: Activity, members: &Members) -> Result<Call, FieldError> {
    Ok(match activity {
        Activity::NewInstance => Call::NewInstance(NewInstance {
            order_id: members.id("orderId")?,
            order_line_id: members.id("orderLineId")?,
            business_id: members.id("businessId")?,
        }),
        Activity::QueryInstance => Call::QueryInstance(QueryInstance {
            instance_ids: read_instance_ids(members)?,
        }),
        Activity::RefreshInstance => Call::RefreshInstance(read_refresh(members)?),
        Activity::UpdateInstanceStatus => {
            let name = members.text("status", 32)?;
            let status = StatusChange::ALL
                .into_iter()
                .find(|status| status.name() == name);
            let status =
                status.ok_or_else(|| FieldError::invalid("status", "FREEZE or UNFREEZE"))?;
            Call::UpdateInstanceStatus(UpdateInstanceStatus {
                instance_id: members.id("instanceId")?,
                status,
            })
        }
        Activity::ReleaseInstance => {
            let order_id = members.optional("orderId", ID)?;
            let order_line_id = members.optional("orderLineId", ID)?;
            let unsubscription = order_id
                .zip(order_line_id)
                .map(|(order_id, order_line_id)| OrderRef {
                    order_id,
                    order_line_id,
                });
            Call::ReleaseInstance(ReleaseInstance {
                instance_id: members.id("instanceId")?,
                unsubscription,
            })
        }
        Activity::UpgradeInstance => Call::UpgradeInstance(UpgradeInstance {
            instance_id: members.id("instanceId")?,
            order_id: members.id("orderId")?,
            order_line_id: members.id("orderLineId")?,
        }),
        Activity::ChangeInstanceCheck => Call::ChangeInstanceCheck(ChangeInstanceCheck {
            instance_id: members.id("instanceId")?,
            product_info: read_product(members)?,
        }),
        Activity::OrderNotify => Call::OrderNotify(OrderNotify {
            order_id: members.id("orderId")?,
            order_line_id: members.id("orderLineId")?,
        }),
    })
}

fn read_instance_ids(members: &Members) -> Result<Vec<String>, FieldError> {
    let joined = members.text("instanceId", MAX_QUERIED_INSTANCES * (ID + 1))?;
    let ids: Vec<String> = joined.split(',').map(|id| id.trim().to_owned()).collect();
    if ids.len() > MAX_QUERIED_INSTANCES {
        return Err(FieldError::new(
            "instanceId",
            Problem::TooLong {
                max: MAX_QUERIED_INSTANCES,
                actual: ids.len(),
            },
        ));
    }
    for id in &ids {
        crate::field::check_text("instanceId", id, ID)?;
    }
    Ok(ids)
}

fn read_refresh(members: &Members) -> Result<RefreshInstance, FieldError> {
    let name = members.text("scene", ID)?;
    let scene = RefreshScene::ALL
        .into_iter()
        .find(|scene| scene.name() == name);
    let expire_time = members.text("expireTime", 20)?;
    let expires_at_ms = parse_digits(&expire_time);
    Ok(RefreshInstance {
        scene: scene.ok_or_else(|| {
            FieldError::invalid("scene", "one of the four scenes of the contract")
        })?,
        order_id: members.id("orderId")?,
        order_line_id: members.id("orderLineId")?,
        instance_id: members.id("instanceId")?,
        product_id: members.optional("productId", ID)?,
        expires_at_s: expires_at_ms
            .ok_or_else(|| {
                FieldError::invalid("expireTime", "a UTC time of the form yyyyMMddHHmmss")
            })?
            .div_euclid(1000),
    })
}

/// An object; or, as some senders had it at some time, the same as a JSON text.
fn read_product(members: &Members) -> Result<ProductInfo, FieldError> {
    const FIELD: &str = "productInfo";
    let product = match members.0.get(FIELD) {
        None | Some(Value::Null) => return Err(FieldError::missing(FIELD)),
        Some(Value::String(text)) => serde_json::from_str(text),
        Some(value) => serde_json::from_value(value.clone()),
    };
    let product: ProductInfo =
        product.map_err(|_| FieldError::wrong_type(FIELD, "a ProductInfo object"))?;
    product.check(FIELD)?;
    Ok(product)
}
