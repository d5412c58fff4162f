use std::collections::BTreeMap;

use kernel::id::UserId;
use kernel::who::Side;
use kernel::{Fail, Timestamp};

kernel::id!(/// A notice.
    NoticeId, "ntc");

kernel::names! {
    /// What a notice tells; `notice-` and the name are the key of its text.
    /// The values that the text names stand behind each.
    pub enum Kind {
        /// An order was paid: `order`, `product`.
        Paid = "paid",
        /// The seller opened the application: `order`, `product`.
        Opened = "opened",
        /// Opening failed and the money came back: `order`, `product`, `amount`.
        OpeningFailed = "opening-failed",
        /// The buyer submitted a request: `order`, `product`.
        RequestSubmitted = "request-submitted",
        /// The seller accepted the request: `order`, `product`.
        RequestAccepted = "request-accepted",
        /// The seller rejected the request: `order`, `product`, `reason`.
        RequestRejected = "request-rejected",
        /// The seller delivered: `order`, `product`.
        Delivered = "delivered",
        /// The buyer rejected the delivery: `order`, `product`, `reason`.
        DeliveryRejected = "delivery-rejected",
        /// The buyer accepted the delivery: `order`, `product`.
        Accepted = "accepted",
        /// The other side waits: `order`, `product`.
        Reminder = "reminder",
        /// The order is complete: `order`, `product`.
        Completed = "completed",
        /// Calls to the seller's server failed within an hour: `count`.
        CallsFailed = "calls-failed",
        /// An order wasn't paid in time and was cancelled: `order`, `product`.
        OrderExpired = "order-expired",
        /// Money was credited to the account balance: `amount`, `reference`.
        TopUpBooked = "top-up-booked",
        /// A question about a help page was answered: `page`.
        FeedbackReplied = "feedback-replied",
    }
}

/// A notice that is to be added.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// Who reads it.
    pub user_id: UserId,
    /// As what: the console that its link leads to.
    pub side: Side,
    /// What it tells.
    pub kind: Kind,
    /// The values that its text names, never a secret.
    pub args: BTreeMap<String, String>,
    /// Path on this site; empty for none.
    pub link: String,
}

/// A notice.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// What it tells, to whom.
    pub about: NewNotice,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

impl NewNotice {
    /// A link that left the site would be a defect of whoever made it.
    pub(super) fn check(&self) -> Result<(), Fail> {
        let on_site = self.link.starts_with('/') && !self.link.starts_with("//");
        if self.link.is_empty() || on_site {
            Ok(())
        } else {
            Err(Fail::bug("the link of a notice leaves the site"))
        }
    }
}
