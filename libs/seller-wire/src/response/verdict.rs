//! What follows from an answer (the retry rule of section 5.2 of the contract).

use super::ResultCode;
use crate::request::Activity;

/// What to do after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The call had its effect.
    Done,
    /// The seller works on it: ask `queryInstance` until it tells about the instance.
    Poll,
    /// Repeat within the window.
    Retry,
    /// Repeat within the window, and show it to operations now: it needs somebody's hand.
    RetryShowNow,
    /// The seller does not know the instance that shall be released: for the buyer this counts as
    /// released once operations confirmed.
    NotThere,
    /// The seller does not allow the change; `resultMsg` is for the buyer. Not repeated.
    Refused,
}

impl Verdict {
    /// What to do after an answer with this code.
    #[must_use]
    pub fn of(activity: Activity, code: &ResultCode) -> Self {
        match (activity, code) {
            (_, ResultCode::Success) => Self::Done,
            (Activity::ChangeInstanceCheck, _) => Self::Refused,
            (Activity::NewInstance | Activity::QueryInstance, ResultCode::Processing) => Self::Poll,
            (Activity::ReleaseInstance, ResultCode::NoSuchInstance) => Self::NotThere,
            (
                _,
                ResultCode::InvalidParameter
                | ResultCode::NoSuchInstance
                | ResultCode::MobileUnusable
                | ResultCode::EmailUnusable
                | ResultCode::NotTwice
                | ResultCode::AlreadyEntitled
                | ResultCode::SoldOut
                | ResultCode::EmailDomainTaken,
            ) => Self::RetryShowNow,
            (
                _,
                ResultCode::AuthenticationFailed
                | ResultCode::Processing
                | ResultCode::InternalError
                | ResultCode::NoResource
                | ResultCode::ServiceError
                | ResultCode::Unknown(_),
            ) => Self::Retry,
        }
    }
}

/// What to do after a call without a usable answer: a change check refuses the change, all others are
/// repeated.
#[must_use]
pub fn verdict_without_answer(activity: Activity) -> Verdict {
    match activity {
        Activity::ChangeInstanceCheck => Verdict::Refused,
        _ => Verdict::Retry,
    }
}
