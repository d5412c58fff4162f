use catalog::release::FlowTemplate;
use kernel::id::{OrderId, OrderLineId, OrganisationId, ProductId, ServiceFlowId};
use kernel::{Realm, Timestamp};

use super::{State, waits_for};

/// What is known of a flow when its line is paid.
#[derive(Debug, Clone)]
pub struct NewFlow {
    /// Live or sandbox.
    pub realm: Realm,
    /// The paid line.
    pub order_line_id: OrderLineId,
    /// The order of the line.
    pub order_id: OrderId,
    /// Who is delivered to.
    pub buyer_id: OrganisationId,
    /// Who delivers.
    pub seller_id: OrganisationId,
    /// What is delivered.
    pub product_id: ProductId,
    /// Its path.
    pub template: FlowTemplate,
}

/// A service flow.
#[derive(Debug, Clone)]
pub struct ServiceFlow {
    pub(super) id: ServiceFlowId,
    pub(super) about: NewFlow,
    pub(super) state: State,
    pub(super) version: i64,
    pub(super) delivery_due_at: Option<Timestamp>,
    pub(super) request_rejections: u32,
    pub(super) delivery_rejections: u32,
    pub(super) enabled_at: Option<Timestamp>,
    pub(super) accepted_at: Option<Timestamp>,
    pub(super) reminded_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

impl ServiceFlow {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ServiceFlowId {
        self.id
    }
    /// Live or sandbox.
    #[must_use]
    pub fn realm(&self) -> Realm {
        self.about.realm
    }
    /// The supervised line.
    #[must_use]
    pub fn order_line_id(&self) -> OrderLineId {
        self.about.order_line_id
    }
    /// The order of the line.
    #[must_use]
    pub fn order_id(&self) -> OrderId {
        self.about.order_id
    }
    /// Who is delivered to.
    #[must_use]
    pub fn buyer_id(&self) -> OrganisationId {
        self.about.buyer_id
    }
    /// Who delivers.
    #[must_use]
    pub fn seller_id(&self) -> OrganisationId {
        self.about.seller_id
    }
    /// What is delivered.
    #[must_use]
    pub fn product_id(&self) -> ProductId {
        self.about.product_id
    }
    /// Its path.
    #[must_use]
    pub fn template(&self) -> FlowTemplate {
        self.about.template
    }
    /// The node that it stands at.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }
    /// Version of the row.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }
    /// Whether somebody can still act.
    #[must_use]
    pub fn is_open(&self) -> bool {
        waits_for(self.state).is_some()
    }
    /// Until when the seller promised to deliver, once the request is agreed.
    #[must_use]
    pub fn delivery_due_at(&self) -> Option<Timestamp> {
        self.delivery_due_at
    }
    /// How often the seller rejected a request.
    #[must_use]
    pub fn request_rejections(&self) -> u32 {
        self.request_rejections
    }
    /// How often the buyer rejected a delivery.
    #[must_use]
    pub fn delivery_rejections(&self) -> u32 {
        self.delivery_rejections
    }
    /// Actual service enabling time, when the seller gave one.
    #[must_use]
    pub fn enabled_at(&self) -> Option<Timestamp> {
        self.enabled_at
    }
    /// When the buyer accepted.
    #[must_use]
    pub fn accepted_at(&self) -> Option<Timestamp> {
        self.accepted_at
    }
    /// When somebody was last reminded.
    #[must_use]
    pub fn reminded_at(&self) -> Option<Timestamp> {
        self.reminded_at
    }
    /// When the line was paid.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// When the last step was.
    #[must_use]
    pub fn updated_at(&self) -> Timestamp {
        self.updated_at
    }
    /// When what was delivered becomes valid: at the enabling time, else at
    /// the acceptance; `None` before the acceptance (seller-business 1.4).
    #[must_use]
    pub fn valid_from(&self) -> Option<Timestamp> {
        self.accepted_at
            .map(|accepted_at| self.enabled_at.unwrap_or(accepted_at))
    }
}
