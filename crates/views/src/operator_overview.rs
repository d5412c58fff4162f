//! `Overview` of the Operator Console: accounts, orders and what waits for
//! somebody, as figures.

use accounts::organisation::Kind;
use db::{ReadTx, sql, task};
use kernel::names::Named as _;
use kernel::prelude::*;
use ordering::order::OrderType;
use ordering::order_line::LineState;
use ordering::status::OrderStatus;

/// The figures.
#[derive(Debug, Clone)]
pub struct OperatorOverview {
    /// Organisations by what they are.
    pub accounts: Vec<(Kind, i64)>,
    /// Orders by the status that people see, in the order of the statuses.
    pub orders: Vec<(OrderStatus, i64)>,
    /// Top-ups that wait for a second operator.
    pub top_ups: i64,
    /// Tasks that gave up.
    pub dead_tasks: i64,
    /// Tasks that wait or run.
    pub live_tasks: i64,
    /// Answers to help pages that nobody has ended.
    pub feedback: i64,
    /// Interface addresses to verify.
    pub addresses: i64,
}

sql! {
    ACCOUNTS = "select kind, cast(count(*) as bigint) from organisation group by kind order by kind";
    ORDERS = "select order_type, state, cast(count(*) as bigint) from order_line where realm = $1 group by order_type, state";
    TOP_UPS = "select cast(count(*) as bigint) from top_up where state = 'AWAITING_SECOND'";
    FEEDBACK = "select cast(count(*) as bigint) from feedback where state in ('SUBMITTED', 'PROCESSING')";
    ADDRESSES = "select cast(count(*) as bigint) from interface_address where state = 'UNVERIFIED'";
}

/// The figures of a realm; accounts, tasks and feedback are of all realms.
///
/// # Errors
/// The database's.
pub fn load(tx: &ReadTx<'_>, realm: Realm) -> Result<OperatorOverview, Fail> {
    let counted: Vec<(OrderType, LineState, i64)> = tx.many(&ORDERS, &[&realm], |row| {
        Ok((row.take()?, row.take()?, row.take()?))
    })?;
    let orders = OrderStatus::ALL.iter().map(|status| {
        let of_status = |(order_type, state, _): &&(OrderType, LineState, i64)| {
            OrderStatus::of(*order_type, *state) == *status
        };
        let count = counted.iter().filter(of_status).map(|(_, _, count)| count);
        (*status, count.sum())
    });
    let tasks = task::standing(tx)?;
    let in_state = |wanted: &str| {
        let found = tasks.iter().find(|(state, _, _)| state == wanted);
        found.map_or(0, |(_, count, _)| *count)
    };
    Ok(OperatorOverview {
        accounts: tx.many(&ACCOUNTS, &[], |row| Ok((row.take()?, row.take()?)))?,
        orders: orders.collect(),
        top_ups: tx.load(&TOP_UPS, &[], |row| row.take())?,
        dead_tasks: in_state("dead"),
        live_tasks: in_state("live"),
        feedback: tx.load(&FEEDBACK, &[], |row| row.take())?,
        addresses: tx.load(&ADDRESSES, &[], |row| row.take())?,
    })
}
