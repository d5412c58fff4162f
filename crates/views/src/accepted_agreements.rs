//! The buyer's list of signed agreements (B-26).

use accounts::agreement::{self, AcceptanceId, Agreement};
use db::{ReadTx, sql};
use kernel::id::{OrderId, OrganisationId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

/// An acceptance with the document it was about.
#[derive(Debug, Clone)]
pub struct AcceptanceRow {
    /// Id of the acceptance.
    pub id: String,
    /// Id of the document version.
    pub agreement: String,
    /// Title.
    pub title: String,
    /// Chinese title.
    pub title_zh: String,
    /// Version of the document.
    pub version: i64,
    /// The order it was accepted with.
    pub order: OrderId,
    /// That order's number.
    pub order_number: String,
    /// Who accepted.
    pub user: String,
    /// When.
    pub accepted_at: Timestamp,
}

sql! {
    LIST = "select x.id, a.id, a.title, a.title_zh, a.version, o.id, o.number, u.name, x.accepted_at \
            from agreement_acceptance x join agreement a on a.id = x.agreement_id join orders o on o.id = x.order_id \
            join users u on u.id = x.user_id where x.organisation_id = $1 \
            and (x.accepted_at < $2 or (x.accepted_at = $2 and x.id < $3)) order by x.accepted_at desc, x.id desc limit $4";
    NAMES = "select o.number, u.name from orders o, users u where o.id = $1 and u.id = $2";
}

/// What an organisation has signed, newest first.
///
/// # Errors
/// The database's.
pub fn load(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    request: &PageRequest,
) -> Result<Page<AcceptanceRow>, Fail> {
    let rows = tx.many(
        &LIST,
        &[
            &organisation,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        |row| {
            Ok(AcceptanceRow {
                id: row.take()?,
                agreement: row.take()?,
                title: row.take()?,
                title_zh: row.take()?,
                version: row.take()?,
                order: row.take()?,
                order_number: row.take()?,
                user: row.take()?,
                accepted_at: row.take()?,
            })
        },
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.accepted_at,
        id: row.id.clone(),
    }))
}

/// What was signed: the acceptance with the text of its version.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The text that was accepted.
    pub agreement: Agreement,
    /// The order it was accepted with.
    pub order: OrderId,
    /// That order's number.
    pub order_number: String,
    /// Who accepted.
    pub user: String,
    /// When.
    pub accepted_at: Timestamp,
}

/// One acceptance of an organisation with its text.
///
/// # Errors
/// "Not found", also for another organisation's.
pub fn find(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    id: AcceptanceId,
) -> Result<Signed, Fail> {
    let (acceptance, agreement) = agreement::read_accepted(tx, organisation, id)?;
    let (order_number, user) = tx.load(&NAMES, &[&acceptance.order, &acceptance.user], |row| {
        Ok((row.take()?, row.take()?))
    })?;
    Ok(Signed {
        agreement,
        order: acceptance.order,
        order_number,
        user,
        accepted_at: acceptance.at,
    })
}
