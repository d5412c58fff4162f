//! The audit trail: who did what, from where, with which outcome. Only added.

use kernel::id::OrganisationId;
use kernel::{Fail, Timestamp, Who};

use crate::{Tx, sql};

kernel::id!(/// A record of the audit trail.
    AuditId, "aud");

sql! {
    INSERT = "insert into audit (id, at, side, user_id, organisation_id, address, operation, subject, outcome, detail) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// What is kept. Names of operations are those of the manual's list
/// (`createOrder`, `querySaasResourceInstance`, …) where it has one.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: Who,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// From which network address; empty for the marketplace itself.
    pub address: &'a str,
    /// What.
    pub operation: &'a str,
    /// On which row, by id.
    pub subject: &'a str,
    /// `done` or the code of the refusal.
    pub outcome: &'a str,
    /// Facts that matter later, never a secret.
    pub detail: &'a str,
}

/// Adds a record, in the transaction of the act itself.
///
/// # Errors
/// The database's.
pub fn record(tx: &Tx<'_>, entry: &Entry<'_>) -> Result<(), Fail> {
    tx.exec(
        &INSERT,
        &[
            &AuditId::fresh(entry.at),
            &entry.at,
            &entry.who.side(),
            &entry.who.user(),
            &entry.organisation,
            &entry.address,
            &entry.operation,
            &entry.subject,
            &entry.outcome,
            &entry.detail,
        ],
    )?;
    Ok(())
}
