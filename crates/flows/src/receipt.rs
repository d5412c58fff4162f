//! The printable receipt of a paid order, and the confirmation of a refund.

use accounts::actor::BuyerActor;
use accounts::organisation::{self, Right};
use documents::{Fact, Party, Receipt, ReceiptColumns, ReceiptLine, TotalRow};
use kernel::id::OrderId;
use kernel::money::RATE_ONE;
use kernel::prelude::*;
use kernel::term::{Period, PeriodType};
use ordering::order::{self, Order, OrderType};
use ordering::order_line::{self, LineState, OrderLine};
use ordering::status::OrderStatus;
use texts::{Arg, Lang};
use tokio::sync::Semaphore;

use crate::{App, CurrentPolicy};

kernel::codes! {
    /// Nothing was paid for the order, so there is nothing to confirm.
    Conflict RECEIPT_NOT_PAID = "receipt-not-paid";
}

/// Documents that are set at once: each takes a core while it lasts.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// What a receipt tells.
struct Facts {
    order: Order,
    lines: Vec<OrderLine>,
    buyer_name: String,
    country: String,
    paid_at: Option<Timestamp>,
    /// Number of the purchase that a refund belongs to.
    refunded_number: Option<String>,
}

impl App {
    /// The receipt of a buyer's paid order as PDF; for an unsubscription the
    /// confirmation of its refund. Printed in English where the installed
    /// fonts lack the letters of `lang`.
    ///
    /// # Errors
    /// Forbidden; not found; [`RECEIPT_NOT_PAID`].
    pub async fn receipt_pdf(
        &self,
        buyer: &BuyerActor,
        id: OrderId,
        lang: Lang,
    ) -> Result<Vec<u8>, Fail> {
        buyer.require(Right::BuyerRead)?;
        let organisation = buyer.organisation();
        let facts = self
            .db
            .read(move |tx| {
                let order = order::find_for_buyer(tx, organisation, id)?;
                let lines = order_line::of_order(tx, id)?;
                if lines.is_empty() || !lines.iter().all(|line| is_paid(line.state())) {
                    return Err(Fail::new(RECEIPT_NOT_PAID));
                }
                let buyer = organisation::find_any(tx, organisation)?;
                let ended = order.refers_to();
                let ended = ended
                    .map(|line| order_line::find_any(tx, line))
                    .transpose()?;
                Ok(Facts {
                    paid_at: order::payment_of(tx, id)?,
                    buyer_name: buyer.name().to_owned(),
                    country: buyer.country().code().to_owned(),
                    refunded_number: ended.map(|line| line.order_number().to_owned()),
                    order,
                    lines,
                })
            })
            .await?;
        let policy = self.policy_version(facts.order.policy_version()).await?;
        let _press = PRESSES.acquire().await.map_err(Fail::bug)?;
        let app = self.clone();
        tokio::task::spawn_blocking(move || {
            let readable = app.documents.can_print(lang.get("receipt-title"));
            let lang = if readable { lang } else { Lang::En };
            let receipt = Writer::new(lang, &facts, &policy).receipt(&app.site.brand);
            app.documents.receipt(&receipt).map_err(Fail::bug)
        })
        .await
        .map_err(Fail::bug)?
    }
}

fn is_paid(state: LineState) -> bool {
    match state {
        LineState::Paid | LineState::Completed | LineState::Refunded => true,
        LineState::PendingPayment | LineState::Cancelled => false,
    }
}

/// Puts the facts into words.
struct Writer<'f> {
    lang: Lang,
    facts: &'f Facts,
    policy: &'f CurrentPolicy,
}

impl<'f> Writer<'f> {
    fn new(lang: Lang, facts: &'f Facts, policy: &'f CurrentPolicy) -> Self {
        Self {
            lang,
            facts,
            policy,
        }
    }

    fn receipt(&self, brand: &str) -> Receipt {
        let refund = self.is_refund();
        let word = |receipt, confirmation| self.word(if refund { confirmation } else { receipt });
        Receipt {
            language: self.lang.name().to_owned(),
            brand: brand.to_owned(),
            title: word("receipt-title", "receipt-refund-title"),
            status: self.status(),
            facts: self.order_facts(),
            issuer: self.issuer(),
            buyer: Party {
                label: self.word("receipt-buyer"),
                name: self.facts.buyer_name.clone(),
                details: vec![self.facts.country.clone()],
            },
            columns: ReceiptColumns {
                description: self.word("receipt-description"),
                quantity: self.word("receipt-quantity"),
                period: self.word("receipt-period"),
                amount: self.word("receipt-amount"),
            },
            lines: self
                .facts
                .lines
                .iter()
                .map(|line| self.line(line))
                .collect(),
            totals: self.totals(),
            payment_heading: word("receipt-payment", "receipt-refund"),
            payment: self.payment(),
            notes_heading: self.word("receipt-notes"),
            notes: vec![
                self.word("receipt-no-invoice"),
                self.text("receipt-zone", "zone", &self.policy.site.zone),
            ],
            footer: self.text("receipt-footer", "number", self.facts.order.number()),
            page_label: self.lang.format(
                "receipt-page",
                &[
                    ("page", Arg::Text("{page}")),
                    ("pages", Arg::Text("{pages}")),
                ],
            ),
        }
    }

    fn is_refund(&self) -> bool {
        self.facts.order.order_type() == OrderType::Unsubscribe
    }

    /// A purchase whose money went back is no longer "paid".
    fn status(&self) -> String {
        let gone = |line: &OrderLine| line.state() == LineState::Refunded;
        let done = |line: &OrderLine| line.status() == OrderStatus::Completed;
        let lines = &self.facts.lines;
        let key = match self.facts.order.order_type() {
            OrderType::Unsubscribe if lines.iter().all(done) => "receipt-status-refunded",
            OrderType::Unsubscribe => "receipt-status-refunding",
            OrderType::New if lines.iter().any(gone) => "receipt-status-refunded",
            OrderType::New => "receipt-status-paid",
        };
        self.word(key)
    }

    fn order_facts(&self) -> Vec<Fact> {
        let order = &self.facts.order;
        let mut facts = vec![
            self.fact("receipt-order-number", order.number()),
            self.fact("receipt-ordered", &self.time(order.created_at())),
        ];
        if let Some(number) = &self.facts.refunded_number {
            facts.push(self.fact("receipt-original-order", number));
        }
        facts
    }

    fn issuer(&self) -> Party {
        let site = &self.policy.site;
        let address = site.contracting_address.lines().map(str::to_owned);
        Party {
            label: self.word("receipt-issuer"),
            name: site.contracting_party.clone(),
            details: address.collect(),
        }
    }

    fn line(&self, line: &OrderLine) -> ReceiptLine {
        let (terms, frozen) = (line.terms(), line.frozen());
        let pick = |english, chinese| self.lang.pick(english, chinese);
        let mut detail = vec![pick(&frozen.specification, &frozen.specification_zh).to_owned()];
        detail.extend(frozen.options.iter().map(|option| {
            let name = pick(&option.name, &option.name_zh);
            format!("{name}: {}", pick(&option.value, &option.value_zh))
        }));
        let seller = pick(&frozen.seller.name, &frozen.seller.name_zh);
        detail.push(self.text("receipt-sold-by", "seller", seller));
        let quantity = format!("{} {}", terms.quantity, frozen.quantity_unit);
        ReceiptLine {
            description: pick(&frozen.product_name, &frozen.product_name_zh).to_owned(),
            detail: detail.join(" · "),
            quantity: quantity.trim_end().to_owned(),
            period: self.period(terms.period),
            amount: terms.list.to_string(),
        }
    }

    fn totals(&self) -> Vec<TotalRow> {
        let row = |label, amount: Money, strong| TotalRow {
            label,
            amount: amount.to_string(),
            strong,
        };
        let mut rows = Vec::new();
        for line in &self.facts.lines {
            let quote = &line.frozen().amounts;
            let money = |minor| Money::new(minor, quote.currency);
            rows.push(row(
                self.word("receipt-subtotal"),
                money(quote.list_minor),
                false,
            ));
            for discount in &quote.discounts {
                let label = self.text("receipt-discount", "code", &discount.code);
                rows.push(row(label, money(-discount.amount_minor), false));
            }
            // Included taxes are told below the total that holds them.
            if !quote.prices_include_tax {
                rows.extend(self.taxes(line, "receipt-tax"));
            }
            rows.push(row(self.word("receipt-total"), quote.gross(), true));
            if quote.prices_include_tax {
                rows.extend(self.taxes(line, "receipt-tax-included"));
            }
        }
        rows
    }

    fn taxes(&self, line: &OrderLine, key: &'static str) -> Vec<TotalRow> {
        let quote = &line.frozen().amounts;
        let told = quote.taxes.iter().map(|tax| TotalRow {
            label: self.lang.format(
                key,
                &[
                    ("code", Arg::Text(&tax.code)),
                    ("rate", Arg::Text(&percent(tax.rate_e8))),
                ],
            ),
            amount: Money::new(tax.amount_minor, quote.currency).to_string(),
            strong: false,
        });
        told.collect()
    }

    fn payment(&self) -> Vec<Fact> {
        let mut facts = vec![
            self.fact("receipt-method", self.lang.get("receipt-method-balance")),
            self.fact("receipt-amount", &self.facts.order.total().to_string()),
        ];
        let refunded = self
            .facts
            .lines
            .iter()
            .filter_map(OrderLine::completed_at)
            .max();
        let (label, at) = if self.is_refund() {
            ("receipt-refunded", refunded)
        } else {
            ("receipt-paid", self.facts.paid_at)
        };
        facts.extend(at.map(|at| self.fact(label, &self.time(at))));
        facts
    }

    fn period(&self, period: Period) -> String {
        let key = match period.unit {
            PeriodType::Once => return self.word("receipt-once"),
            PeriodType::Month => "receipt-months",
            PeriodType::Year => "receipt-years",
        };
        self.lang
            .format(key, &[("count", Arg::Number(period.count.into()))])
    }

    fn time(&self, at: Timestamp) -> String {
        self.policy.zone.format(at, "%Y-%m-%d %H:%M")
    }

    fn fact(&self, label: &str, value: &str) -> Fact {
        Fact {
            label: self.word(label),
            value: value.to_owned(),
        }
    }

    fn word(&self, key: &str) -> String {
        self.lang.get(key).to_owned()
    }

    fn text(&self, key: &str, name: &str, value: &str) -> String {
        self.lang.format(key, &[(name, Arg::Text(value))])
    }
}

/// A rate at 10^-8 in per cent, without zeros at its end.
fn percent(rate_e8: i64) -> String {
    let one_percent = RATE_ONE / 100;
    let decimals = format!("{:06}", rate_e8.rem_euclid(one_percent));
    let text = format!("{}.{decimals}", rate_e8.div_euclid(one_percent));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_in_per_cent_without_idle_zeros() {
        assert_eq!(percent(19_000_000), "19");
        assert_eq!(percent(7_250_000), "7.25");
        assert_eq!(percent(0), "0");
        assert_eq!(percent(100_000_000), "100");
    }
}
