//! The operator's view of the audit trail: who did what, when, from where.

use db::audit::AuditId;
use db::{ReadTx, Row, sql};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;
use kernel::who::Side;

/// A record with the names of those involved.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// The record.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// The side that acted.
    pub side: Side,
    /// E-mail address of the person; empty when nobody or when gone.
    pub email: String,
    /// Name of the organisation acted for; empty for none.
    pub organisation: String,
    /// Network address; empty for the marketplace itself.
    pub address: String,
    /// What was done.
    pub operation: String,
    /// On which row.
    pub subject: String,
    /// `done` or the code of the refusal.
    pub outcome: String,
    /// Facts that were kept with it.
    pub detail: String,
}

/// What the list is narrowed to; empty texts want all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Exactly this operation.
    pub operation: String,
    /// Exactly this row.
    pub subject: String,
    /// E-mail address of the person.
    pub email: String,
}

/// After every id of a record: ids sort by time.
const AFTER_ALL: &str = "aue";

// By id and not by time: the id begins with the time and is the table's key.
sql! {
    LIST = "select a.id, a.at, a.side, coalesce(u.email, ''), coalesce(o.name, ''), a.address, a.operation, a.subject, a.outcome, a.detail \
            from audit a left join users u on u.id = a.user_id left join organisation o on o.id = a.organisation_id \
            where a.id < $1 and ($2 = '' or a.operation = $2) and ($3 = '' or a.subject = $3) and ($4 = '' or u.email_lower = $4) \
            order by a.id desc limit $5";
}

/// The trail, newest first.
///
/// # Errors
/// The database's.
pub fn load(
    tx: &ReadTx<'_>,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<AuditRow>, Fail> {
    let before = match request.before_id() {
        "" => AFTER_ALL,
        id => id,
    };
    let email = filter.email.trim().to_lowercase();
    let rows = tx.many(
        &LIST,
        &[
            &before,
            &filter.operation.trim(),
            &filter.subject.trim(),
            &email,
            &request.fetch(),
        ],
        read,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.at,
        id: row.id.to_string(),
    }))
}

fn read(row: &Row<'_>) -> Result<AuditRow, Fail> {
    Ok(AuditRow {
        id: row.take()?,
        at: row.take()?,
        side: row.take()?,
        email: row.take()?,
        organisation: row.take()?,
        address: row.take()?,
        operation: row.take()?,
        subject: row.take()?,
        outcome: row.take()?,
        detail: row.take()?,
    })
}
