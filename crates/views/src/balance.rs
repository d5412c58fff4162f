//! `Billing Center > Balance`: what a buyer may spend, how it came about, and
//! whether orders wait for it (B-100).

use billing::ledger::{self, Statement};
use db::{ReadTx, sql};
use kernel::id::OrganisationId;
use kernel::page::{Page, PageRequest};
use kernel::prelude::*;

/// The balance with its statement.
#[derive(Debug, Clone)]
pub struct Balance {
    /// What may be spent.
    pub balance: Money,
    /// Movements, newest first.
    pub statement: Page<Statement>,
    /// Orders that wait for payment.
    pub unpaid: i64,
    /// What they cost together.
    pub unpaid_total: Money,
}

sql! {
    UNPAID = "select cast(count(*) as bigint), cast(coalesce(sum(gross_minor), 0) as bigint) from order_line \
              where buyer_id = $1 and currency = $2 and state = 'PENDING_PAYMENT'";
}

/// A buyer's balance in the site's currency.
///
/// # Errors
/// The database's.
pub fn load(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    currency: Currency,
    request: &PageRequest,
) -> Result<Balance, Fail> {
    let (unpaid, minor) = tx.load(&UNPAID, &[&buyer, &currency], |row| {
        Ok((row.take()?, row.take()?))
    })?;
    Ok(Balance {
        balance: ledger::balance(tx, buyer, currency)?,
        statement: ledger::statement(tx, buyer, request)?,
        unpaid,
        unpaid_total: Money::new(minor, currency),
    })
}
