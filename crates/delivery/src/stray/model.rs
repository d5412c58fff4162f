use kernel::Timestamp;
use kernel::id::{InstanceId, OrderLineId, OrganisationId};

use crate::instance::ExternalRef;

kernel::id!(/// A record of an instance id that can't be used.
    StrayId, "sty");

kernel::names! {
    /// Why the id can't be used.
    pub enum Why {
        /// A repeated call was answered with another id than the first.
        SecondAnswer = "second_answer",
        /// The answer came after the opening was given up.
        LateAnswer = "late_answer",
        /// The id is that of another instance of the market.
        BelongsToAnother = "belongs_to_another",
    }
}

/// A stray.
#[derive(Debug, Clone)]
pub struct Stray {
    pub(super) id: StrayId,
    pub(super) instance_id: InstanceId,
    pub(super) order_line_id: OrderLineId,
    pub(super) seller_id: OrganisationId,
    pub(super) external_ref: ExternalRef,
    pub(super) why: Why,
    pub(super) released_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
}

impl Stray {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> StrayId {
        self.id
    }
    /// The instance whose call brought it.
    #[must_use]
    pub fn instance_id(&self) -> InstanceId {
        self.instance_id
    }
    /// The line of that instance.
    #[must_use]
    pub fn order_line_id(&self) -> OrderLineId {
        self.order_line_id
    }
    /// Who answered.
    #[must_use]
    pub fn seller_id(&self) -> OrganisationId {
        self.seller_id
    }
    /// What was answered.
    #[must_use]
    pub fn external_ref(&self) -> &ExternalRef {
        &self.external_ref
    }
    /// Why it can't be used.
    #[must_use]
    pub fn why(&self) -> Why {
        self.why
    }
    /// When the seller confirmed its release.
    #[must_use]
    pub fn released_at(&self) -> Option<Timestamp> {
        self.released_at
    }
    /// When it was answered.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// Whether the seller is to be asked to release it.
    #[must_use]
    pub fn wants_release(&self) -> bool {
        match self.why {
            Why::SecondAnswer | Why::LateAnswer => self.released_at.is_none(),
            Why::BelongsToAnother => false,
        }
    }
}
