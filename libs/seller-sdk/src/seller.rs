//! What a seller has to implement.

use std::future::{Future, ready};

use seller_wire::request::{
    ChangeInstanceCheck, NewInstance, OrderNotify, RefreshInstance, ReleaseInstance,
    UpdateInstanceStatus, UpgradeInstance,
};
use seller_wire::response::{InstanceInfo, ResultCode};

/// A seller's business. The calls that arrive here are verified, well formed and real (debugging calls
/// are answered by the server), and a repeated call whose first one succeeded does not arrive again.
///
/// Still, make each method safe to repeat: the memory of the [store](crate::Deduplicate) may be lost,
/// and a call that failed half-way comes again.
pub trait Seller: Send + Sync + 'static {
    /// Opens an instance for a paid order line. Query the order for product, quantity and term. The
    /// instance's id must be unique for ever; `call.business_id` is a good one.
    fn new_instance(
        &self,
        call: NewInstance,
    ) -> impl Future<Output = Result<Created, Refusal>> + Send;

    /// Tells about one instance. (A call that names several arrives once for each.)
    fn query_instance(
        &self,
        instance_id: String,
    ) -> impl Future<Output = Result<Lookup, Refusal>> + Send;

    /// Sets a new expiry.
    fn refresh_instance(
        &self,
        call: RefreshInstance,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Freezes or unfreezes. Data of a frozen instance must be kept.
    fn update_instance_status(
        &self,
        call: UpdateInstanceStatus,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Releases an instance; its data may be deleted. Releasing a released one must succeed.
    fn release_instance(
        &self,
        call: ReleaseInstance,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Upgrades or scales out. Query the order for the target. Needed only for products whose
    /// effective orders can be changed.
    fn upgrade_instance(
        &self,
        _call: UpgradeInstance,
    ) -> impl Future<Output = Result<(), Refusal>> + Send {
        ready(Err(Refusal::not_offered("upgradeInstance")))
    }

    /// Says whether an instance may become the target on renewal; a refusal's message is for the buyer.
    /// Needed only for products that can be changed on renewal.
    fn change_instance_check(
        &self,
        _call: ChangeInstanceCheck,
    ) -> impl Future<Output = Result<(), Refusal>> + Send {
        ready(Err(Refusal::not_offered("changeInstanceCheck")))
    }

    /// Notices a paid order. Needed only for sellers who have the general interface.
    fn order_notify(&self, _call: OrderNotify) -> impl Future<Output = Result<(), Refusal>> + Send {
        ready(Err(Refusal::not_offered("orderNotify")))
    }
}

/// How far a new instance is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// It can be used now.
    Ready {
        /// Its id, unique for ever.
        instance_id: String,
    },
    /// It will be soon; the marketplace asks `queryInstance` until it is.
    Pending {
        /// Its id, unique for ever.
        instance_id: String,
    },
}

/// What is known about an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// It is open; user name and password in plaintext.
    Ready(InstanceInfo),
    /// It is still being opened.
    Pending,
    /// There is none with this id.
    Unknown,
}

/// A call that was understood, but has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What the marketplace goes by.
    pub code: ResultCode,
    /// What people read, without secrets; cut after 255 characters.
    pub message: String,
}

impl Refusal {
    /// Any code with any message.
    #[must_use]
    pub fn new(code: ResultCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// 000005: something broke on the seller's side; the marketplace tries again.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ResultCode::InternalError, message)
    }

    /// 000003: there is no such instance.
    #[must_use]
    pub fn no_such_instance() -> Self {
        Self::new(
            ResultCode::NoSuchInstance,
            "There is no instance with this id.",
        )
    }

    fn not_offered(activity: &str) -> Self {
        Self::new(
            ResultCode::InvalidParameter,
            format!("This server does not offer {activity}."),
        )
    }
}
