//! How the shop says things: amounts, prices from, cards, addresses.

use std::fmt::Write as _;

use catalog::category::Category;
use flows::Card;
use kernel::names::Named;
use kernel::prelude::*;
use kernel::term::{Period, PeriodType};
use texts::{Arg, Lang};

use crate::page::encoded;
use crate::ui::{Amount, Logo, ProductCard};
use crate::visitor::Visitor;
use crate::{labels, ui};

/// An amount in the site's one currency: sign and grouped number.
pub(super) fn money(amount: Money) -> String {
    format!("{} {}", amount.currency.symbol(), amount.grouped())
}

/// The same, for a place where figures stand under each other.
pub(super) fn amount(amount: Money) -> Amount {
    Amount::new(money(amount))
}

/// A product as the lists of the shop show it.
pub(super) fn card(lang: Lang, card: &Card, categories: &[Category]) -> ProductCard {
    let name = lang.pick(&card.name.en, &card.name.zh);
    let mut shown = ProductCard::new(
        name,
        format!("/products/{}", card.slug),
        lang.pick(&card.seller, &card.seller_zh),
        lang.pick(&card.overview.en, &card.overview.zh),
        Logo::new(&card.name.en, None),
    );
    if let Some(category) = category_name(lang, categories, &card.category) {
        shown = shown.tag(category);
    }
    if card.supervised {
        shown = shown.tag(lang.get("shop-supervised"));
    }
    if let Some(from) = &card.from {
        let (before, after) = around_price(lang, from.selection.period);
        shown = shown.price(before, amount(from.amount), Some(after));
    }
    shown
}

/// The words before and after the lowest price of a product.
pub(super) fn around_price(lang: Lang, period: Period) -> (Option<String>, String) {
    let after = match (period.unit, period.count) {
        (PeriodType::Once, _) => lang.get("shop-once").to_owned(),
        (PeriodType::Month, 1) => lang.get("shop-per-month").to_owned(),
        (PeriodType::Year, 1) => lang.get("shop-per-year").to_owned(),
        _ => lang.format(
            "shop-for-period",
            &[("period", Arg::Text(&labels::period(lang, period)))],
        ),
    };
    (Some(lang.get("shop-from").to_owned()), after)
}

/// A category's name by its key.
pub(super) fn category_name(lang: Lang, categories: &[Category], key: &str) -> Option<String> {
    let found = categories.iter().find(|category| category.key() == key)?;
    Some(lang.pick(&found.name().en, &found.name().zh).to_owned())
}

/// The name of a billing mode, a pricing mode, …: `shop-GROUP-NAME`.
pub(super) fn named(lang: Lang, group: &str, value: &impl Named) -> &'static str {
    lang.get(&format!("shop-{group}-{}", value.name()))
}

/// An address with its query.
pub(super) fn address<'n, 'v>(
    path: &str,
    pairs: impl IntoIterator<Item = (&'n str, &'v str)>,
) -> String {
    let mut address = String::from(path);
    let mut joint = '?';
    for (name, value) in pairs {
        // Writing to a string can't fail.
        let _ = write!(address, "{joint}{name}={}", encoded(value));
        joint = '&';
    }
    address
}

/// The country of a signed-in buyer: what isn't sold there isn't shown.
pub(super) fn region(visitor: &Visitor) -> Option<String> {
    let buyer = visitor.person()?.buyer().ok()?;
    Some(buyer.country().code().to_owned())
}

/// The steps of a purchase; `at` counts from 0.
pub(super) fn purchase_steps(lang: Lang, at: usize) -> ui::Steps {
    let keys = [
        "shop-step-choose",
        "shop-step-confirm",
        "shop-step-pay",
        "shop-step-done",
    ];
    let steps = keys.iter().enumerate().map(|(index, key)| {
        let state = match index.cmp(&at) {
            std::cmp::Ordering::Less => ui::StepState::Done,
            std::cmp::Ordering::Equal => ui::StepState::Current,
            std::cmp::Ordering::Greater => ui::StepState::Pending,
        };
        ui::Step::new(lang.get(key), state)
    });
    ui::Steps::new(lang, lang.get("shop-steps"), steps.collect())
}
