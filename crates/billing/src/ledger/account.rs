//! The accounts of the ledger (rulings, "Prices, money, tax").

use kernel::id::{OrderLineId, OrganisationId};

/// Where money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// Money of the outside world: banks, payment providers.
    CashClearing,
    /// What a buyer may spend.
    BuyerBalance(OrganisationId),
    /// What was paid for a line that is neither completed nor refunded.
    Escrow(OrderLineId),
    /// What a seller is owed.
    SellerPayable(OrganisationId),
    /// The marketplace's share.
    FeeIncome,
    /// Tax that was collected.
    TaxPayable,
    /// Refunds that must leave by another way than the balance.
    RefundsDue,
    /// What rounding leaves over.
    Rounding,
}

impl Account {
    /// The stored form.
    #[must_use]
    pub fn stored(&self) -> String {
        match self {
            Self::CashClearing => "cash_clearing".to_owned(),
            Self::BuyerBalance(buyer) => format!("buyer_balance:{buyer}"),
            Self::Escrow(line) => format!("escrow:{line}"),
            Self::SellerPayable(seller) => format!("seller_payable:{seller}"),
            Self::FeeIncome => "fee_income".to_owned(),
            Self::TaxPayable => "tax_payable".to_owned(),
            Self::RefundsDue => "refunds_due".to_owned(),
            Self::Rounding => "rounding".to_owned(),
        }
    }

    /// Whether postings of this account are numbered and carry a balance.
    #[must_use]
    pub fn keeps_balance(&self) -> bool {
        matches!(self, Self::BuyerBalance(_))
    }
}
