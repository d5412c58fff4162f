//! Rows of top-ups.

use db::{ReadTx, Row, Tx, sql, unique_violation};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

use super::{REFERENCE_USED, TopUp, TopUpId, TopUpMachine};

sql! {
    INSERT = "insert into top_up (id, realm, buyer_id, currency, amount_minor, reference, state, version, recorded_by, decided_by, created_at, decided_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    SAVE = "update top_up set state = $4, version = version + 1, decided_by = $5, decided_at = $6 where id = $1 and state = $2 and version = $3";
    FIND = "select id, realm, buyer_id, currency, amount_minor, reference, state, version, recorded_by, decided_by, created_at, decided_at from top_up where id = $1";
    LIST = "select id, realm, buyer_id, currency, amount_minor, reference, state, version, recorded_by, decided_by, created_at, decided_at from top_up \
            where (created_at < $1 or (created_at = $1 and id < $2)) order by created_at desc, id desc limit $3";
}

fn read(row: &Row<'_>) -> Result<TopUp, Fail> {
    let (id, realm, buyer, currency, minor): (_, _, _, Currency, i64) = (
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
    );
    Ok(TopUp {
        id,
        realm,
        buyer,
        amount: Money::new(minor, currency),
        reference: row.take()?,
        state: row.take()?,
        version: row.take()?,
        recorded_by: row.take()?,
        decided_by: row.take()?,
        created_at: row.take()?,
        decided_at: row.take()?,
    })
}

/// Adds a top-up.
///
/// # Errors
/// [`REFERENCE_USED`] at the field `reference`.
pub fn insert(tx: &Tx<'_>, top_up: &TopUp) -> Result<(), Fail> {
    let added = tx.exec(
        &INSERT,
        &[
            &top_up.id,
            &top_up.realm,
            &top_up.buyer,
            &top_up.amount.currency,
            &top_up.amount.minor,
            &top_up.reference,
            &top_up.state,
            &top_up.version,
            &top_up.recorded_by,
            &top_up.decided_by,
            &top_up.created_at,
            &top_up.decided_at,
        ],
    );
    match added {
        Ok(_) => Ok(()),
        Err(fail) if unique_violation(&fail) == Some("top_up__reference") => {
            Err(Fail::field("reference", REFERENCE_USED))
        }
        Err(fail) => Err(fail),
    }
}

/// Stores a decision.
///
/// # Errors
/// Conflict when somebody decided meanwhile.
pub fn save(
    tx: &Tx<'_>,
    top_up: &TopUp,
    transition: &Transition<TopUpMachine>,
) -> Result<(), Fail> {
    tx.exec_one(
        &SAVE,
        &[
            &top_up.id,
            &transition.from(),
            &transition.version(),
            &transition.to(),
            &transition.who().user(),
            &transition.at(),
        ],
    )?;
    db::history::append(tx, top_up.id.as_str(), transition)
}

/// A top-up, for an operator.
///
/// # Errors
/// "Not found".
pub fn find(tx: &ReadTx<'_>, id: TopUpId) -> Result<TopUp, Fail> {
    tx.load(&FIND, &[&id], read)
}

/// All top-ups, newest first, for operators.
///
/// # Errors
/// The database's.
pub fn list(tx: &ReadTx<'_>, request: &PageRequest) -> Result<Page<TopUp>, Fail> {
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
        id: row.id.to_string(),
    }))
}
