//! A line is completed: the seller has earned its money.

use billing::ledger::recipe::Shares;
use billing::ledger::{self, recipe};
use db::Tx;
use kernel::prelude::*;
use ordering::order_line::{self, LineEvent, OrderLine};

use crate::facts::{Fact, announce};

/// Timer that completes an accepted line some hours later; its subject is the line.
pub(crate) const COMPLETION: &str = "complete_line";

/// Moves the line to completed and its escrow to seller, fee and tax.
pub(crate) fn complete_line(
    tx: &Tx<'_>,
    line: &OrderLine,
    who: Who,
    now: Timestamp,
) -> Result<OrderLine, Fail> {
    let completed = line.apply(LineEvent::Complete, now, who)?;
    let line = order_line::save(tx, line, &completed)?;
    let amounts = &line.frozen().amounts;
    let shares = Shares {
        paid: line.terms().gross,
        tax: line.terms().tax,
        // To whole minor units here; the bill sums the precise shares.
        fee: Money::new(amounts.fee.base_minor, amounts.currency).share(amounts.fee.rate_e8),
    };
    let group = recipe::completion(
        line.id(),
        line.realm(),
        line.number(),
        line.terms().seller,
        shares,
    )?;
    ledger::post(tx, &group, now, who)?;
    announce(tx, &Fact::LineCompleted(&line), now)?;
    Ok(line)
}
