//! Rows of the ledger.

use db::{ReadTx, Tx, sql};
use kernel::id::{OrderLineId, OrganisationId};
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

use super::{Account, BALANCE_TOO_LOW, Group, GroupId, Kind};

sql! {
    EXISTS = "select id from posting_group where business_key = $1";
    INSERT_GROUP = "insert into posting_group (id, business_key, realm, kind, reference, side, user_id, at) \
                    values ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT = "insert into posting (group_id, position, account, currency, amount_minor, sequence, balance_minor, at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8)";
    LAST = "select sequence, balance_minor from posting where account = $1 and currency = $2 and sequence is not null \
            order by sequence desc limit 1";
    ACCOUNT_SUM = "select cast(coalesce(sum(amount_minor), 0) as bigint) from posting where account = $1 and currency = $2";
    SUMS = "select currency, cast(sum(amount_minor) as bigint) from posting group by currency order by currency";
    TOTALS = "select account, currency, cast(sum(amount_minor) as bigint) from posting \
              where account >= $1 and account < $2 group by account, currency order by account, currency";
    STATEMENT = "select g.id, g.kind, g.reference, p.currency, p.amount_minor, p.balance_minor, p.at \
                 from posting p join posting_group g on g.id = p.group_id \
                 where p.account = $1 and (p.at < $2 or (p.at = $2 and g.id < $3)) \
                 order by p.at desc, g.id desc limit $4";
}

/// Whether a group was booked now or had been before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Booking {
    /// Booked by this call.
    Booked,
    /// The same fact had been booked before; nothing moved.
    AlreadyBooked,
}

/// Books a group.
///
/// # Errors
/// [`BALANCE_TOO_LOW`] when a buyer's balance would fall below zero.
pub fn post(tx: &Tx<'_>, group: &Group, at: Timestamp, who: Who) -> Result<Booking, Fail> {
    let known: Option<GroupId> = tx.one(&EXISTS, &[&group.business_key], |row| row.take())?;
    if known.is_some() {
        return Ok(Booking::AlreadyBooked);
    }
    let id = GroupId::fresh(at);
    tx.exec(
        &INSERT_GROUP,
        &[
            &id,
            &group.business_key,
            &group.realm,
            &group.kind,
            &group.reference,
            &who.side(),
            &who.user(),
            &at,
        ],
    )?;
    for (position, posting) in (0_i64..).zip(&group.postings) {
        let account = posting.account.stored();
        let currency = posting.amount.currency;
        let running = if posting.account.keeps_balance() {
            let (sequence, before) = last(tx, &account, currency)?;
            let after = before.plus(posting.amount)?;
            if after.minor < 0 {
                return Err(Fail::new(BALANCE_TOO_LOW)
                    .with("balance", before)
                    .with("needed", Money::new(-posting.amount.minor, currency)));
            }
            Some((sequence + 1, after.minor))
        } else {
            None
        };
        let (sequence, balance) = (
            running.map(|(sequence, _)| sequence),
            running.map(|(_, balance)| balance),
        );
        tx.exec(
            &INSERT,
            &[
                &id,
                &position,
                &account,
                &currency,
                &posting.amount.minor,
                &sequence,
                &balance,
                &at,
            ],
        )?;
    }
    Ok(Booking::Booked)
}

fn last(tx: &ReadTx<'_>, account: &str, currency: Currency) -> Result<(i64, Money), Fail> {
    let last: Option<(i64, i64)> = tx.one(&LAST, &[&account, &currency], |row| {
        Ok((row.take()?, row.take()?))
    })?;
    let (sequence, minor) = last.unwrap_or((0, 0));
    Ok((sequence, Money::new(minor, currency)))
}

/// What a buyer may spend.
///
/// # Errors
/// The database's.
pub fn balance(tx: &ReadTx<'_>, buyer: OrganisationId, currency: Currency) -> Result<Money, Fail> {
    Ok(last(tx, &Account::BuyerBalance(buyer).stored(), currency)?.1)
}

/// What stands in escrow for a line.
///
/// # Errors
/// The database's.
pub fn escrow(tx: &ReadTx<'_>, line: OrderLineId, currency: Currency) -> Result<Money, Fail> {
    let account = Account::Escrow(line).stored();
    let minor: i64 = tx.load(&ACCOUNT_SUM, &[&account, &currency], |row| row.take())?;
    Ok(Money::new(minor, currency))
}

/// One movement on a buyer's balance.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The group.
    pub id: GroupId,
    /// Why.
    pub kind: Kind,
    /// What people know it by: order number or bank reference.
    pub reference: String,
    /// How much; negative for spending.
    pub amount: Money,
    /// The balance after it.
    pub balance: Money,
    /// When.
    pub at: Timestamp,
}

/// Movements on a buyer's balance, newest first.
///
/// # Errors
/// The database's.
pub fn statement(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    request: &PageRequest,
) -> Result<Page<Statement>, Fail> {
    let account = Account::BuyerBalance(buyer).stored();
    let rows = tx.many(
        &STATEMENT,
        &[
            &account,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        |row| {
            let (id, kind, reference, currency) =
                (row.take()?, row.take()?, row.take()?, row.take()?);
            let (amount, balance): (i64, Option<i64>) = (row.take()?, row.take()?);
            let (amount, balance) = (
                Money::new(amount, currency),
                Money::new(balance.unwrap_or(0), currency),
            );
            Ok(Statement {
                id,
                kind,
                reference,
                amount,
                balance,
                at: row.take()?,
            })
        },
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.at,
        id: row.id.to_string(),
    }))
}

/// The sum of all postings per currency; zero, or the ledger is broken.
///
/// # Errors
/// The database's.
pub fn sums(tx: &ReadTx<'_>) -> Result<Vec<(Currency, i64)>, Fail> {
    tx.many(&SUMS, &[], |row| Ok((row.take()?, row.take()?)))
}

/// Totals of all accounts whose stored form starts with `prefix`, for checks.
///
/// # Errors
/// The database's.
pub fn totals_by_prefix(tx: &ReadTx<'_>, prefix: &str) -> Result<Vec<(String, Money)>, Fail> {
    let end = format!("{prefix}\u{7f}");
    tx.many(&TOTALS, &[&prefix, &end], |row| {
        let (account, currency, minor) = (row.take()?, row.take()?, row.take()?);
        Ok((account, Money::new(minor, currency)))
    })
}
