//! The operator's list of top-ups.

use billing::top_up::{TopUpId, TopUpState};
use db::{ReadTx, Row, sql};
use kernel::id::{OrganisationId, UserId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

/// A top-up with the names of those involved.
#[derive(Debug, Clone)]
pub struct TopUpRow {
    /// The top-up.
    pub top_up: TopUpId,
    /// Whose balance.
    pub buyer: OrganisationId,
    /// The buyer's name.
    pub buyer_name: String,
    /// How much.
    pub amount: Money,
    /// The bank's or receipt's number.
    pub reference: String,
    /// Where it stands.
    pub state: TopUpState,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// That operator's name.
    pub recorded_by_name: String,
    /// When.
    pub created_at: Timestamp,
}

sql! {
    LIST = "select t.id, t.buyer_id, b.name, t.currency, t.amount_minor, t.reference, t.state, t.recorded_by, u.name, t.created_at \
            from top_up t join organisation b on b.id = t.buyer_id join users u on u.id = t.recorded_by \
            where (t.created_at < $1 or (t.created_at = $1 and t.id < $2)) order by t.created_at desc, t.id desc limit $3";
    ONE = "select t.id, t.buyer_id, b.name, t.currency, t.amount_minor, t.reference, t.state, t.recorded_by, u.name, t.created_at \
           from top_up t join organisation b on b.id = t.buyer_id join users u on u.id = t.recorded_by where t.id = $1";
}

fn read(row: &Row<'_>) -> Result<TopUpRow, Fail> {
    let (top_up, buyer, buyer_name) = (row.take()?, row.take()?, row.take()?);
    let (currency, minor): (Currency, i64) = (row.take()?, row.take()?);
    Ok(TopUpRow {
        top_up,
        buyer,
        buyer_name,
        amount: Money::new(minor, currency),
        reference: row.take()?,
        state: row.take()?,
        recorded_by: row.take()?,
        recorded_by_name: row.take()?,
        created_at: row.take()?,
    })
}

/// All top-ups, newest first.
///
/// # Errors
/// The database's.
pub fn load(tx: &ReadTx<'_>, request: &PageRequest) -> Result<Page<TopUpRow>, Fail> {
    let rows = tx.many(
        &LIST,
        &[
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        read,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.created_at,
        id: row.top_up.to_string(),
    }))
}

/// One top-up.
///
/// # Errors
/// "Not found".
pub fn one(tx: &ReadTx<'_>, id: TopUpId) -> Result<TopUpRow, Fail> {
    tx.load(&ONE, &[&id], read)
}
