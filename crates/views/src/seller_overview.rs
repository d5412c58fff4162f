//! `Overview` of the Seller Console: what waits for the seller, as figures.

use db::{ReadTx, sql};
use kernel::id::OrganisationId;
use kernel::prelude::*;

/// The figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SellerOverview {
    /// Requests to accept or to reject.
    pub requests: i64,
    /// Services to deliver.
    pub deliveries: i64,
    /// Those of them that should have been delivered by now.
    pub overdue: i64,
    /// Deliveries that the buyer looks at.
    pub in_acceptance: i64,
    /// Interface messages that failed and can be restarted.
    pub failed_messages: i64,
    /// Orders that are paid and not completed.
    pub processing: i64,
    /// Interface addresses that nobody has verified yet.
    pub unverified_addresses: i64,
}

sql! {
    FLOWS = "select cast(coalesce(sum(case when state = 'WAIT_REQUEST_CONFIRM' then 1 else 0 end), 0) as bigint), \
             cast(coalesce(sum(case when state = 'WAIT_DELIVERY' then 1 else 0 end), 0) as bigint), \
             cast(coalesce(sum(case when state = 'WAIT_DELIVERY' and delivery_due_at < $2 then 1 else 0 end), 0) as bigint), \
             cast(coalesce(sum(case when state = 'WAIT_ACCEPTANCE' then 1 else 0 end), 0) as bigint) \
             from service_flow where seller_id = $1";
    FAILED = "select cast(count(*) as bigint) from interface_message where seller_id = $1 and status in ('RETRYING', 'STOPPED')";
    PROCESSING = "select cast(count(*) as bigint) from order_line where seller_id = $1 and state = 'PAID' and order_type = 'NEW'";
    UNVERIFIED = "select cast(count(*) as bigint) from interface_address where seller_id = $1 and state = 'UNVERIFIED'";
}

/// A seller's figures at a moment.
///
/// # Errors
/// The database's.
pub fn load(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    now: Timestamp,
) -> Result<SellerOverview, Fail> {
    let (requests, deliveries, overdue, in_acceptance) =
        tx.load(&FLOWS, &[&seller, &now], |row| {
            Ok((row.take()?, row.take()?, row.take()?, row.take()?))
        })?;
    Ok(SellerOverview {
        requests,
        deliveries,
        overdue,
        in_acceptance,
        failed_messages: tx.load(&FAILED, &[&seller], |row| row.take())?,
        processing: tx.load(&PROCESSING, &[&seller], |row| row.take())?,
        unverified_addresses: tx.load(&UNVERIFIED, &[&seller], |row| row.take())?,
    })
}
