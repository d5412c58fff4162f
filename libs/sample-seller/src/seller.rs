//! The business: opens, tells about, freezes and releases applications.

use std::io;
use std::sync::Arc;

use seller_sdk::{Created, Lookup, OpenApiClient, Refusal, Seller};
use seller_wire::open_api::{OrderInfo, OrderQuery};
use seller_wire::request::{
    ChangeInstanceCheck, NewInstance, OrderNotify, RefreshInstance, ReleaseInstance, StatusChange,
    UpdateInstanceStatus, UpgradeInstance,
};
use seller_wire::response::{AppInfo, InstanceInfo, ResultCode};
use seller_wire::stamp::parse_digits;

use crate::instances::{Instance, InstanceStatus, Instances};
use crate::random;

pub(crate) struct Business {
    pub(crate) instances: Instances,
    pub(crate) public_url: String,
}

impl Business {
    /// Opens one more application, like another one but for its id.
    pub(crate) fn open_like(&self, other_id: &str, id: &str) -> io::Result<()> {
        match self.instances.get(other_id) {
            Some(other) if self.instances.get(id).is_none() => self.instances.add(Instance {
                id: id.to_owned(),
                ..other
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// Asks the marketplace what was ordered. A marketplace that cannot answer now is asked again with
    /// the next query of the instance, which stays pending until then.
    async fn learn_details(
        &self,
        orders: Option<&OpenApiClient>,
        instance: Instance,
    ) -> io::Result<Instance> {
        let Some(orders) = orders else {
            return Ok(instance);
        };
        let line = Some(instance.order_line_id.clone());
        let query = OrderQuery {
            order_id: instance.order_id.clone(),
            order_line_id: line,
        };
        let Ok(order) = orders.query_order(&query).await else {
            return Ok(instance);
        };
        let changed = self
            .instances
            .change(&instance.id, |instance| learn(instance, &order))?;
        Ok(changed.unwrap_or(instance))
    }
}

/// Takes product, quantity and expiry from an order.
fn learn(instance: &mut Instance, order: &OrderInfo) {
    let mut lines = order.order_line.iter();
    if let Some(line) = lines.find(|line| line.order_line_id == instance.order_line_id) {
        if let Some(product) = line.product_info.first() {
            instance.product_name = Some(product.product_name.clone());
            instance.quantity = product.linear_value;
        }
        if let Some(expires_at_ms) = line.expire_time.as_deref().and_then(parse_digits) {
            instance.expires_at_s = Some(expires_at_ms.div_euclid(1000));
        }
    }
    instance.details_wanted = false;
}

fn broken(error: io::Error) -> Refusal {
    Refusal::internal(format!("The sample seller cannot keep its state: {error}"))
}

/// The business with what the script has in mind for one call.
pub(crate) struct SampleBusiness {
    pub(crate) business: Arc<Business>,
    /// Where the orders of the seller who is called are queried.
    pub(crate) orders: Option<OpenApiClient>,
    /// How often a new instance is still pending when it is asked for.
    pub(crate) pending_polls: u32,
}

impl SampleBusiness {
    fn change(&self, id: &str, act: impl FnOnce(&mut Instance)) -> Result<Instance, Refusal> {
        let changed = self.business.instances.change(id, act).map_err(broken)?;
        changed.ok_or_else(Refusal::no_such_instance)
    }

    /// Changes an instance that is not released.
    fn change_living(&self, id: &str, act: impl FnOnce(&mut Instance)) -> Result<(), Refusal> {
        match self.business.instances.get(id) {
            Some(living) if living.status != InstanceStatus::Released => {
                self.change(id, act).map(|_| ())
            }
            Some(_) | None => Err(Refusal::no_such_instance()),
        }
    }
}

impl Seller for SampleBusiness {
    async fn new_instance(&self, call: NewInstance) -> Result<Created, Refusal> {
        let known = self
            .business
            .instances
            .of_line(&call.order_id, &call.order_line_id);
        let instance = match known {
            Some(instance) => instance,
            None => {
                if self.business.instances.get(&call.business_id).is_some() {
                    return Err(Refusal::new(
                        ResultCode::InvalidParameter,
                        "This businessId was used before.",
                    ));
                }
                let instance = Instance {
                    id: call.business_id,
                    order_id: call.order_id,
                    order_line_id: call.order_line_id,
                    user_name: format!(
                        "admin-{}",
                        random::text::<6>().map_err(broken)?.to_ascii_lowercase()
                    ),
                    password: random::text::<20>().map_err(broken)?,
                    status: InstanceStatus::Normal,
                    polls_left: self.pending_polls,
                    details_wanted: self.orders.is_some(),
                    product_name: None,
                    quantity: None,
                    expires_at_s: None,
                };
                self.business
                    .instances
                    .add(instance.clone())
                    .map_err(broken)?;
                self.business
                    .learn_details(self.orders.as_ref(), instance)
                    .await
                    .map_err(broken)?
            }
        };
        let instance_id = instance.id.clone();
        Ok(if instance.ready() {
            Created::Ready { instance_id }
        } else {
            Created::Pending { instance_id }
        })
    }

    async fn query_instance(&self, instance_id: String) -> Result<Lookup, Refusal> {
        let Some(mut instance) = self.business.instances.get(&instance_id) else {
            return Ok(Lookup::Unknown);
        };
        if instance.status == InstanceStatus::Released {
            return Ok(Lookup::Unknown);
        }
        if instance.polls_left > 0 {
            self.change(&instance_id, |instance| {
                instance.polls_left = instance.polls_left.saturating_sub(1)
            })?;
            return Ok(Lookup::Pending);
        }
        if instance.details_wanted {
            instance = self
                .business
                .learn_details(self.orders.as_ref(), instance)
                .await
                .map_err(broken)?;
        }
        if !instance.ready() {
            return Ok(Lookup::Pending);
        }
        let base = &self.business.public_url;
        Ok(Lookup::Ready(InstanceInfo {
            app_info: Some(AppInfo {
                front_end_url: format!("{base}/app/{instance_id}"),
                admin_url: Some(format!("{base}/admin/{instance_id}")),
                user_name: Some(instance.user_name),
                password: Some(instance.password),
                memo: Some(
                    "The same user name and password open the application and its management page."
                        .into(),
                ),
            }),
            usage_info: Vec::new(),
            instance_id,
        }))
    }

    async fn refresh_instance(&self, call: RefreshInstance) -> Result<(), Refusal> {
        self.change_living(&call.instance_id, |instance| {
            instance.expires_at_s = Some(call.expires_at_s)
        })
    }

    async fn update_instance_status(&self, call: UpdateInstanceStatus) -> Result<(), Refusal> {
        let status = match call.status {
            StatusChange::Freeze => InstanceStatus::Frozen,
            StatusChange::Unfreeze => InstanceStatus::Normal,
        };
        self.change_living(&call.instance_id, |instance| instance.status = status)
    }

    async fn release_instance(&self, call: ReleaseInstance) -> Result<(), Refusal> {
        self.change(&call.instance_id, |instance| {
            instance.status = InstanceStatus::Released
        })
        .map(|_| ())
    }

    async fn upgrade_instance(&self, call: UpgradeInstance) -> Result<(), Refusal> {
        self.change_living(&call.instance_id, |_| ())?;
        let Some(orders) = &self.orders else {
            return Ok(());
        };
        let query = OrderQuery {
            order_id: call.order_id,
            order_line_id: Some(call.order_line_id.clone()),
        };
        let order = orders
            .query_order(&query)
            .await
            .map_err(|error| Refusal::internal(error.to_string()))?;
        let target = order
            .order_line
            .into_iter()
            .find(|line| line.order_line_id == call.order_line_id);
        let product = target.and_then(|line| line.product_info.into_iter().next());
        let product =
            product.ok_or_else(|| Refusal::internal("The change order names no product."))?;
        self.change_living(&call.instance_id, |instance| {
            instance.product_name = Some(product.product_name);
            instance.quantity = product.linear_value;
        })
    }

    async fn change_instance_check(&self, call: ChangeInstanceCheck) -> Result<(), Refusal> {
        self.change_living(&call.instance_id, |_| ())
    }

    async fn order_notify(&self, _call: OrderNotify) -> Result<(), Refusal> {
        Ok(())
    }
}
