//! An opening is given up: the line is unsubscribed and refunded, its service
//! flow closed, and what the seller may have opened released; all in one step.

use db::Tx;
use delivery::instance::{self, Instance};
use delivery::message::{self, Message, Status};
use kernel::prelude::*;
use ordering::order_line::{self, PaidLine};
use supervision::record::Statement;
use supervision::service_flow;

use crate::facts::{Fact, announce};
use crate::unsubscribe::refund_in_full;
use crate::{CurrentPolicy, release_instance};

pub(crate) fn fail(
    tx: &Tx<'_>,
    instance: &mut Instance,
    message: &mut Message,
    policy: &CurrentPolicy,
    reason: &str,
    now: Timestamp,
) -> Result<(), Fail> {
    if matches!(message.status(), Status::Polling | Status::Retrying) {
        let failed = message::ops::fail_order(message, now)?;
        message::store::save(tx, message, failed.because(reason))?;
    }
    let failed = instance::ops::fail_opening(instance, Who::SYSTEM, now)?;
    instance::store::save(tx, instance, failed.because(reason))?;

    let line = order_line::find_any(tx, instance.order_line_id())?;
    let ending = refund_in_full(
        tx,
        PaidLine::try_from(&line)?,
        reason,
        policy,
        Who::SYSTEM,
        now,
    )?;
    if let Some(mut flow) =
        service_flow::store::of_line(tx, line.id())?.filter(service_flow::ServiceFlow::is_open)
    {
        let closed = service_flow::ops::unsubscribe(&mut flow, now)?;
        service_flow::store::save(tx, &mut flow, closed, &Statement::default())?;
    }
    release_instance::release_failed(tx, instance, &ending, now)?;
    announce(tx, &Fact::OpeningFailed(&line), now)
}
