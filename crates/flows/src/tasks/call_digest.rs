//! Tells a seller about failed calls, once an hour at most.

use db::task::{self, Task};
use db::{Tx, timer};
use delivery::message;
use kernel::id::OrganisationId;
use kernel::prelude::*;

use crate::App;
use crate::facts::{Fact, announce};

/// Kind of the timer and of its task; the subject is the seller.
pub(crate) const KIND: &str = "call_digest";
/// Seconds that failures are gathered for.
const HOUR: i64 = 3_600;

/// Notes that a call failed: the seller hears of it at the end of the hour,
/// together with what else failed until then.
pub(crate) fn note_failure(
    tx: &Tx<'_>,
    seller: OrganisationId,
    realm: Realm,
    now: Timestamp,
) -> Result<(), Fail> {
    let end_of_hour = Timestamp::from_seconds((now.seconds().div_euclid(HOUR) + 1) * HOUR);
    timer::set(tx, KIND, seller.as_str(), realm, end_of_hour)
}

impl App {
    pub(crate) async fn digest_calls(&self, task: &Task) -> Result<(), Fail> {
        let seller = OrganisationId::parse(&task.payload)
            .ok_or_else(|| Fail::bug("the timer names no seller"))?;
        let (task, now) = (task.clone(), self.business_now(task.realm));
        self.step(move |tx| {
            let count = message::store::count_failed_calls(tx, seller, now.plus_seconds(-HOUR))?;
            if count > 0 {
                announce(tx, &Fact::CallsFailed { seller, count }, now)?;
            }
            task::finish(tx, &task)
        })
        .await
    }
}
