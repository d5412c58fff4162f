//! How each business fact moves money.

use kernel::id::{OrderId, OrderLineId, OrganisationId};
use kernel::prelude::*;

use super::{Account, Group, Kind, Posting};
use crate::top_up::TopUpId;

fn minus(money: Money) -> Money {
    Money::new(-money.minor, money.currency)
}

/// Money came in from outside and stands to the buyer's credit.
///
/// # Errors
/// A bug when the postings don't balance.
pub fn top_up(
    id: TopUpId,
    realm: Realm,
    buyer: OrganisationId,
    amount: Money,
    reference: &str,
) -> Result<Group, Fail> {
    let postings = vec![
        Posting {
            account: Account::CashClearing,
            amount: minus(amount),
        },
        Posting {
            account: Account::BuyerBalance(buyer),
            amount,
        },
    ];
    Group::new(
        Kind::TopUp,
        realm,
        format!("top_up:{id}"),
        reference,
        postings,
    )
}

/// A buyer pays an order from the balance: each line's amount goes to escrow.
///
/// # Errors
/// A bug when the lines are of several currencies.
pub fn payment(
    order: OrderId,
    realm: Realm,
    number: &str,
    buyer: OrganisationId,
    lines: &[(OrderLineId, Money)],
) -> Result<Group, Fail> {
    let mut postings = Vec::new();
    for (line, amount) in lines {
        postings.push(Posting {
            account: Account::BuyerBalance(buyer),
            amount: minus(*amount),
        });
        postings.push(Posting {
            account: Account::Escrow(*line),
            amount: *amount,
        });
    }
    Group::new(
        Kind::Payment,
        realm,
        format!("payment:{order}"),
        number,
        merged(postings)?,
    )
}

/// What becomes of a completed line's escrow. `paid` = seller's share + fee + tax.
#[derive(Debug, Clone, Copy)]
pub struct Shares {
    /// What stands in escrow.
    pub paid: Money,
    /// Tax that was collected on top of, or within, the price.
    pub tax: Money,
    /// The marketplace's fee, rounded to minor units.
    pub fee: Money,
}

/// A line is completed: its escrow becomes the seller's claim, fee and tax.
///
/// # Errors
/// A bug when amounts are of several currencies.
pub fn completion(
    line: OrderLineId,
    realm: Realm,
    number: &str,
    seller: OrganisationId,
    shares: Shares,
) -> Result<Group, Fail> {
    let earned = shares.paid.minus(shares.tax)?.minus(shares.fee)?;
    let postings = vec![
        Posting {
            account: Account::Escrow(line),
            amount: minus(shares.paid),
        },
        Posting {
            account: Account::SellerPayable(seller),
            amount: earned,
        },
        Posting {
            account: Account::FeeIncome,
            amount: shares.fee,
        },
        Posting {
            account: Account::TaxPayable,
            amount: shares.tax,
        },
    ];
    Group::new(
        Kind::Completion,
        realm,
        format!("completion:{line}"),
        number,
        postings,
    )
}

/// A line that isn't completed is refunded in full to the buyer's balance.
///
/// # Errors
/// A bug when the postings don't balance.
pub fn refund(
    line: OrderLineId,
    realm: Realm,
    number: &str,
    buyer: OrganisationId,
    amount: Money,
) -> Result<Group, Fail> {
    let postings = vec![
        Posting {
            account: Account::Escrow(line),
            amount: minus(amount),
        },
        Posting {
            account: Account::BuyerBalance(buyer),
            amount,
        },
    ];
    Group::new(
        Kind::Refund,
        realm,
        format!("refund:{line}"),
        number,
        postings,
    )
}

/// One posting per account: the balance's sequence counts groups, not lines.
fn merged(postings: Vec<Posting>) -> Result<Vec<Posting>, Fail> {
    let mut merged: Vec<Posting> = Vec::new();
    for posting in postings {
        let same = merged.iter_mut().find(|other| {
            other.account == posting.account && other.amount.currency == posting.amount.currency
        });
        match same {
            Some(other) => other.amount = other.amount.plus(posting.amount)?,
            None => merged.push(posting),
        }
    }
    Ok(merged)
}
