//! A group of postings that belong together.

use kernel::prelude::*;

use super::Account;

kernel::id!(/// A group of postings.
    GroupId, "pst");

kernel::names! {
    /// Why money moved.
    pub enum Kind {
        /// Money came in from outside.
        TopUp = "top_up",
        /// A buyer paid an order.
        Payment = "payment",
        /// A line was completed: the seller has earned it.
        Completion = "completion",
        /// A line was refunded.
        Refund = "refund",
    }
}

/// One side of a movement; positive adds to the account.
#[derive(Debug, Clone)]
pub struct Posting {
    /// Where.
    pub account: Account,
    /// How much.
    pub amount: Money,
}

/// Postings that sum to zero.
#[derive(Debug)]
pub struct Group {
    pub(super) business_key: String,
    pub(super) realm: Realm,
    pub(super) kind: Kind,
    pub(super) reference: String,
    pub(super) postings: Vec<Posting>,
}

impl Group {
    /// A movement of money. `business_key` names the fact, so that it can
    /// happen once only; `reference` is what people know it by.
    ///
    /// # Errors
    /// A bug when the postings don't sum to zero per currency.
    pub fn new(
        kind: Kind,
        realm: Realm,
        business_key: String,
        reference: &str,
        postings: Vec<Posting>,
    ) -> Result<Self, Fail> {
        let postings: Vec<Posting> = postings
            .into_iter()
            .filter(|posting| !posting.amount.is_zero())
            .collect();
        for posting in &postings {
            let currency = posting.amount.currency;
            let sum: i128 = postings
                .iter()
                .filter(|other| other.amount.currency == currency)
                .map(|other| i128::from(other.amount.minor))
                .sum();
            if sum != 0 {
                return Err(Fail::bug(format!(
                    "{business_key}: postings in {} sum to {sum}",
                    currency.code()
                )));
            }
        }
        Ok(Self {
            business_key,
            realm,
            kind,
            reference: reference.to_owned(),
            postings,
        })
    }
}
