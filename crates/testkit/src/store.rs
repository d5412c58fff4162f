//! What the invariants and the passing of time ask the database.

use db::{ReadTx, sql};
use kernel::{Fail, Timestamp};

sql! {
    NEXT_DUE = "select cast(coalesce(min(due_at), 0) as bigint) from (\
                select due_at from task where state = 'live' and due_at > $1 union all \
                select due_at from timer where due_at > $1) as due";
    LINES = "select l.id, l.state, l.supervised, l.gross_minor, \
             (select cast(coalesce(sum(p.amount_minor), 0) as bigint) from posting p where p.account = 'escrow:' || l.id), \
             (select cast(coalesce(sum(p.amount_minor), 0) as bigint) from posting p where p.account = 'escrow:' || l.id and p.amount_minor > 0), \
             (select cast(count(*) as bigint) from posting_group g where g.business_key = 'completion:' || l.id), \
             (select cast(count(*) as bigint) from posting_group g where g.business_key = 'refund:' || l.id), \
             (select cast(count(*) as bigint) from timer t where t.kind = 'complete_line' and t.subject = l.id), \
             (select cast(count(*) as bigint) from task t where t.unique_key = 'complete_line:' || l.id), \
             f.state from order_line l left join service_flow f on f.order_line_id = l.id \
             where l.order_type <> 'UNSUBSCRIBE' order by l.id";
    UNITS = "select i.order_line_id, i.id, i.state, i.external_ref, \
             (select cast(count(*) as bigint) from task t where t.unique_key = 'open:' || i.id) \
             from instance i order by i.id";
    STATES = "select 'order_line', t.id, t.state, (select x.to_state from transition x where x.subject = t.id order by x.version desc limit 1) from order_line t \
              union all select 'instance', t.id, t.state, (select x.to_state from transition x where x.subject = t.id order by x.version desc limit 1) from instance t \
              union all select 'service_flow', t.id, t.state, (select x.to_state from transition x where x.subject = t.id order by x.version desc limit 1) from service_flow t \
              union all select 'interface_message', t.id, t.status, (select x.to_state from transition x where x.subject = t.id order by x.version desc limit 1) from interface_message t \
              union all select 'interface_address', t.id, t.state, (select x.to_state from transition x where x.subject = t.id order by x.version desc limit 1) from interface_address t \
              union all select 'product', t.id, t.state, (select x.to_state from transition x where x.subject = t.id order by x.version desc limit 1) from product t \
              union all select 'top_up', t.id, t.state, (select x.to_state from transition x where x.subject = t.id order by x.version desc limit 1) from top_up t \
              union all select 'feedback', t.id, t.state, (select x.to_state from transition x where x.subject = t.id order by x.version desc limit 1) from feedback t";
    BALANCES = "select p.account, p.balance_minor, \
                (select cast(sum(q.amount_minor) as bigint) from posting q where q.account = p.account and q.currency = p.currency and q.sequence <= p.sequence) \
                from posting p where p.sequence is not null order by p.account, p.sequence";
    KINDS = "select kind from task union select kind from timer order by 1";
    DEAD_TASKS = "select cast(count(*) as bigint) from task where state = 'dead'";
}

/// When something is due next, after a moment.
pub(crate) fn next_due(tx: &ReadTx<'_>, now: Timestamp) -> Result<Option<Timestamp>, Fail> {
    let next: Timestamp = tx.load(&NEXT_DUE, &[&now], |row| row.take())?;
    Ok((next > Timestamp::ZERO).then_some(next))
}

/// A line that was bought, with its money.
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) state: String,
    pub(crate) supervised: bool,
    pub(crate) gross: i64,
    pub(crate) escrow: i64,
    pub(crate) paid: i64,
    pub(crate) completions: i64,
    pub(crate) refunds: i64,
    pub(crate) completing: i64,
    pub(crate) flow: Option<String>,
}

pub(crate) fn lines(tx: &ReadTx<'_>) -> Result<Vec<Line>, Fail> {
    tx.many(&LINES, &[], |row| {
        let (id, state, supervised, gross) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let (escrow, paid) = (row.take()?, row.take()?);
        let (completions, refunds) = (row.take()?, row.take()?);
        let (timers, tasks): (i64, i64) = (row.take()?, row.take()?);
        Ok(Line {
            id,
            state,
            supervised,
            gross,
            escrow,
            paid,
            completions,
            refunds,
            completing: timers + tasks,
            flow: row.take()?,
        })
    })
}

/// A planned unit of a line.
pub(crate) struct Unit {
    pub(crate) line: String,
    pub(crate) id: String,
    pub(crate) state: String,
    pub(crate) external_ref: Option<String>,
    pub(crate) opening_tasks: i64,
}

pub(crate) fn units(tx: &ReadTx<'_>) -> Result<Vec<Unit>, Fail> {
    tx.many(&UNITS, &[], |row| {
        Ok(Unit {
            line: row.take()?,
            id: row.take()?,
            state: row.take()?,
            external_ref: row.take()?,
            opening_tasks: row.take()?,
        })
    })
}

/// A row with a state, and the last state that its history tells.
pub(crate) struct Standing {
    pub(crate) machine: String,
    pub(crate) id: String,
    pub(crate) state: String,
    pub(crate) last: Option<String>,
}

pub(crate) fn standings(tx: &ReadTx<'_>) -> Result<Vec<Standing>, Fail> {
    tx.many(&STATES, &[], |row| {
        Ok(Standing {
            machine: row.take()?,
            id: row.take()?,
            state: row.take()?,
            last: row.take()?,
        })
    })
}

/// Each posting of an account with a balance: account, balance, sum so far.
pub(crate) fn balances(tx: &ReadTx<'_>) -> Result<Vec<(String, i64, i64)>, Fail> {
    tx.many(&BALANCES, &[], |row| {
        Ok((row.take()?, row.take()?, row.take()?))
    })
}

/// Kinds of all tasks and timers.
pub(crate) fn kinds(tx: &ReadTx<'_>) -> Result<Vec<String>, Fail> {
    tx.many(&KINDS, &[], |row| row.take())
}

/// Tasks that were given up.
pub(crate) fn dead_tasks(tx: &ReadTx<'_>) -> Result<i64, Fail> {
    tx.load(&DEAD_TASKS, &[], |row| row.take())
}
