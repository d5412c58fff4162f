//! From a typed request to the canonical body.

use serde_json::{Map, Value};

use super::{Call, MAX_QUERIED_INSTANCES, Request};
use crate::canonical::canonical;
use crate::field::{FieldError, Problem, check_text};
use crate::stamp::digits14;

/// Longest id of an order, a line, an instance or a product, in characters.
pub(super) const ID: usize = 64;

struct Members(Map<String, Value>);

impl Members {
    fn text(&mut self, field: &str, value: &str, max: usize) -> Result<(), FieldError> {
        check_text(field, value, max)?;
        self.0
            .insert(field.to_owned(), Value::String(value.to_owned()));
        Ok(())
    }

    fn id(&mut self, field: &str, value: &str) -> Result<(), FieldError> {
        self.text(field, value, ID)
    }
}

pub(super) fn write(request: &Request) -> Result<String, FieldError> {
    let mut members = Members(Map::new());
    members.text("activity", request.call.activity().name(), 32)?;
    match (request.debugging, &request.call) {
        (true, _) => members.text("testFlag", "1", 2)?,
        // The only activity whose testFlag is mandatory.
        (false, Call::OrderNotify(_)) => members.text("testFlag", "0", 2)?,
        (false, _) => {}
    }
    write_call(&request.call, &mut members)?;
    Ok(canonical(&Value::Object(members.0)))
}

fn write_call(call: &Call, members: &mut Members) -> Result<(), FieldError> {
    match call {
        Call::NewInstance(call) => {
            members.id("orderId", &call.order_id)?;
            members.id("orderLineId", &call.order_line_id)?;
            members.id("businessId", &call.business_id)
        }
        Call::QueryInstance(call) => write_instance_ids(&call.instance_ids, members),
        Call::RefreshInstance(call) => {
            members.text("scene", call.scene.name(), ID)?;
            members.id("orderId", &call.order_id)?;
            members.id("orderLineId", &call.order_line_id)?;
            members.id("instanceId", &call.instance_id)?;
            if let Some(product_id) = &call.product_id {
                members.id("productId", product_id)?;
            }
            members.text("expireTime", &digits14(call.expires_at_s), 20)
        }
        Call::UpdateInstanceStatus(call) => {
            members.id("instanceId", &call.instance_id)?;
            members.text("status", call.status.name(), 32)
        }
        Call::ReleaseInstance(call) => {
            members.id("instanceId", &call.instance_id)?;
            if let Some(order) = &call.unsubscription {
                members.id("orderId", &order.order_id)?;
                members.id("orderLineId", &order.order_line_id)?;
            }
            Ok(())
        }
        Call::UpgradeInstance(call) => {
            members.id("instanceId", &call.instance_id)?;
            members.id("orderId", &call.order_id)?;
            members.id("orderLineId", &call.order_line_id)
        }
        Call::ChangeInstanceCheck(call) => {
            members.id("instanceId", &call.instance_id)?;
            let product = &call.product_info;
            product.check("productInfo")?;
            let mut target = Map::new();
            target.insert("productId".into(), product.product_id.clone().into());
            target.insert("skuCode".into(), product.sku_code.clone().into());
            target.insert("productName".into(), product.product_name.clone().into());
            if let Some(quantity) = product.linear_value {
                target.insert("linearValue".into(), quantity.into());
            }
            members
                .0
                .insert("productInfo".into(), Value::Object(target));
            Ok(())
        }
        Call::OrderNotify(call) => {
            members.id("orderId", &call.order_id)?;
            members.id("orderLineId", &call.order_line_id)
        }
    }
}

fn write_instance_ids(ids: &[String], members: &mut Members) -> Result<(), FieldError> {
    const FIELD: &str = "instanceId";
    if ids.is_empty() {
        return Err(FieldError::missing(FIELD));
    }
    if ids.len() > MAX_QUERIED_INSTANCES {
        return Err(FieldError::new(
            FIELD,
            Problem::TooLong {
                max: MAX_QUERIED_INSTANCES,
                actual: ids.len(),
            },
        ));
    }
    for id in ids {
        check_text(FIELD, id, ID)?;
        if id.contains(',') {
            return Err(FieldError::invalid(FIELD, "ids without commas"));
        }
    }
    members
        .0
        .insert(FIELD.to_owned(), Value::String(ids.join(",")));
    Ok(())
}
