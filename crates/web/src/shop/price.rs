//! What a price is made of, line by line.

use catalog::release::{PricingMode, Quantity, Tier};
use kernel::money::RATE_ONE;
use kernel::prelude::*;
use kernel::term::{Period, PeriodType};
use pricing::Quote;
use texts::{Arg, Lang};

use super::words;
use crate::labels;
use crate::ui::{Amount, PriceLines};

/// Lines, discounts, taxes and total of a quote for `what`.
pub(crate) fn lines(lang: Lang, what: &str, quote: &Quote, period: Period) -> PriceLines {
    let amount = |minor| words::amount(Money::new(minor, quote.currency));
    let mut lines = PriceLines::new(lang.get("shop-price"));
    for line in &quote.price_lines {
        let unit = words::money(Money::new(line.unit_minor, quote.currency));
        let mut reckoning = format!("{} × {unit}", line.quantity);
        if period.unit != PeriodType::Once {
            reckoning = format!("{reckoning} × {}", labels::period(lang, period));
        }
        lines = lines.noted(what, reckoning, amount(line.amount_minor));
    }
    for discount in &quote.discounts {
        lines = lines.noted(
            lang.get("shop-price-discount"),
            discount.code.as_str(),
            amount(discount.amount_minor.saturating_neg()),
        );
    }
    let tax_key = if quote.prices_include_tax {
        "shop-price-tax-included"
    } else {
        "shop-price-tax"
    };
    for tax in &quote.taxes {
        let rate = percent(tax.rate_e8);
        let label = lang.format(
            tax_key,
            &[("code", Arg::Text(&tax.code)), ("rate", Arg::Text(&rate))],
        );
        lines = lines.line(label, amount(tax.amount_minor));
    }
    lines.total(lang.get("shop-price-total"), amount(quote.gross_minor))
}

/// The unit prices by quantity, when there is more than one.
pub(super) fn tiers(
    lang: Lang,
    tiers: &[Tier],
    quantity: &Quantity,
    currency: Currency,
) -> Option<PriceLines> {
    if tiers.len() < 2 || quantity.pricing == PricingMode::Linear {
        return None;
    }
    let mut lines = PriceLines::new(lang.get("shop-tiers"));
    for (index, tier) in tiers.iter().enumerate() {
        // The first tier also counts for the units below its own start.
        let from = if index == 0 { quantity.min } else { tier.from };
        let upto = tiers
            .get(index.saturating_add(1))
            .map_or(quantity.max, |next| next.from.saturating_sub(1));
        let unit: Amount = words::amount(Money::new(tier.unit_minor, currency));
        let label = if from == upto {
            from.to_string()
        } else {
            format!("{from} – {upto}")
        };
        lines = lines.line(format!("{label} ({})", quantity.unit), unit);
    }
    Some(lines)
}

/// A rate at 10^-8 as a percentage without zeros at its end.
fn percent(rate_e8: i64) -> String {
    let hundredth = RATE_ONE / 100;
    let (whole, rest) = (rate_e8 / hundredth, rate_e8 % hundredth);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = format!("{rest:06}");
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_as_a_percentage() {
        assert_eq!(percent(8_000_000), "8");
        assert_eq!(percent(7_750_000), "7.75");
        assert_eq!(percent(50_000), "0.05");
    }

    #[test]
    fn a_price_of_one_tier_needs_no_table() {
        let quantity = Quantity {
            code: "users".to_owned(),
            name: catalog::Bilingual::new("Users", ""),
            unit: "user".to_owned(),
            min: 5,
            max: 100,
            step: 5,
            pricing: PricingMode::Tiered,
        };
        let tier = |from, unit_minor| Tier { from, unit_minor };
        assert!(tiers(Lang::En, &[tier(1, 900)], &quantity, Currency::USD).is_none());
        let shown = tiers(
            Lang::En,
            &[tier(1, 900), tier(20, 800)],
            &quantity,
            Currency::USD,
        )
        .map(|it| it.to_string())
        .unwrap_or_default();
        assert!(
            shown.contains("5 – 19 (user)") && shown.contains("20 – 100 (user)"),
            "{shown}"
        );
    }
}
