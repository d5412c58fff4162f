//! The worked examples of the decision record, and what holds for every price.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a broken example must stop the test"
)]

use catalog::offer::OfferPrice;
use catalog::release::{PricingMode, Tier};
use kernel::money::RATE_ONE;
use kernel::policy::{Charges, Rate};
use kernel::term::{Period, PeriodType};
use kernel::{Currency, Money};
use pricing::{AMOUNT_TOO_LARGE, DiscountLine, Quote, list_price, quote};
use proptest::prelude::*;

const RECORD: &str = include_str!("../../../docs/adr/0002-prices.md");

fn charges(include: bool, taxes: &[(&str, i64)], fee_rate_e8: i64) -> Charges {
    Charges {
        prices_include_tax: include,
        taxes: taxes
            .iter()
            .map(|(code, rate_e8)| Rate {
                code: (*code).to_owned(),
                rate_e8: *rate_e8,
            })
            .collect(),
        buyer_withholding_rate_e8: 0,
        fee_rate_e8,
    }
}

fn price(mode: PricingMode, tiers: &[(i64, i64)], quantity: i64, count: u32) -> OfferPrice {
    OfferPrice {
        currency: Currency::USD,
        mode,
        tiers: tiers
            .iter()
            .map(|(from, unit_minor)| Tier {
                from: *from,
                unit_minor: *unit_minor,
            })
            .collect(),
        quantity,
        period: Period {
            unit: PeriodType::Month,
            count,
        },
    }
}

fn quoted(price: &OfferPrice, charges: &Charges, discounts: &[i64]) -> Quote {
    let discounts: Vec<DiscountLine> = discounts
        .iter()
        .map(|minor| DiscountLine {
            code: "test".to_owned(),
            amount_minor: *minor,
        })
        .collect();
    quote(price, &discounts, charges).unwrap()
}

/// A decimal number as an integer at 10^-`places`.
fn scaled(text: &str, places: usize) -> i64 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{decimals:0<places$}").parse().unwrap()
}

fn percent(text: &str) -> i64 {
    scaled(text.trim().strip_suffix(" %").unwrap(), 6)
}

fn list(cell: &str) -> Vec<&str> {
    cell.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .collect()
}

/// A row of the record's table: what goes in and what must come out.
fn example(cells: &[&str]) -> (Vec<String>, Vec<String>) {
    let currency = Currency::from_code(cells[1]).unwrap();
    let minor = |text: &str| Money::parse(text, currency).unwrap().minor;
    let taxes: Vec<(&str, i64)> = list(cells[7])
        .iter()
        .map(|tax| {
            let (code, rest) = tax.split_once(' ').unwrap();
            (
                code,
                percent(rest.trim_end_matches(" on top").trim_end_matches(" within")),
            )
        })
        .collect();
    let tiers: Vec<(i64, i64)> = list(cells[3])
        .iter()
        .map(|tier| {
            tier.split_once(": ")
                .map(|(from, unit)| (from.parse().unwrap(), minor(unit)))
                .unwrap()
        })
        .collect();
    let mode = PricingMode::from_name(cells[2]).unwrap();
    let mut price = price(
        mode,
        &tiers,
        cells[4].parse().unwrap(),
        cells[5].parse().unwrap(),
    );
    price.currency = currency;
    let discounts: Vec<i64> = list(cells[6]).into_iter().map(minor).collect();
    let quote = quoted(
        &price,
        &charges(cells[7].contains("within"), &taxes, percent(cells[8])),
        &discounts,
    );
    let plain = |minor: i64| Money::new(minor, currency).plain();
    let tax_lines: Vec<String> = quote
        .taxes
        .iter()
        .map(|tax| format!("{} {}", tax.code, plain(tax.amount_minor)))
        .collect();
    let places = usize::try_from(currency.digits()).unwrap() + 8;
    let got = vec![
        plain(quote.list_minor),
        plain(quote.net_minor),
        tax_lines.join(", "),
        plain(quote.gross_minor),
        quote.fee.precise.e8().to_string(),
    ];
    let mut wanted: Vec<String> = cells[9..13].iter().map(|cell| (*cell).to_owned()).collect();
    wanted.push(scaled(cells[13], places).to_string());
    (got, wanted)
}

fn examples() -> Vec<Vec<&'static str>> {
    RECORD
        .lines()
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(str::trim)
                .collect::<Vec<_>>()
        })
        .filter(|cells| cells.len() == 14 && cells[0].parse::<u32>().is_ok())
        .collect()
}

#[test]
fn the_ten_examples_of_the_decision_record_hold() {
    let rows = examples();
    assert_eq!(rows.len(), 10);
    for cells in rows {
        let (got, wanted) = example(&cells);
        assert_eq!(got, wanted, "example {}", cells[0]);
    }
}

#[test]
fn withholding_leaves_the_buyers_price_alone() {
    let mut charges = charges(false, &[("VAT", RATE_ONE / 100 * 6)], RATE_ONE / 100 * 15);
    charges.buyer_withholding_rate_e8 = RATE_ONE / 8;
    let quote = quoted(
        &price(PricingMode::Linear, &[(1, 100_000)], 1, 1),
        &charges,
        &[15_000, 5_000],
    );
    assert_eq!(quote.gross_minor, 84_800);
    assert_eq!(
        quote.withholding.precise.e8(),
        10_000 * i128::from(RATE_ONE)
    );
    assert_eq!(quote.fee.precise.e8(), 12_000 * i128::from(RATE_ONE));
}

#[test]
fn units_below_the_first_tiers_start_count_at_its_price() {
    let tiers = [(5, 100), (10, 50)];
    let amount = |quantity| {
        list_price(&price(PricingMode::Tiered, &tiers, quantity, 1))
            .unwrap()
            .minor
    };
    assert_eq!(amount(5), 500);
    assert_eq!(amount(10), 950);
}

#[test]
fn an_amount_without_a_place_in_64_bits_is_an_error() {
    for (unit, quantity, count) in [
        (i64::MAX, 2, 1),
        (i64::MAX, 1, 2),
        (i64::MAX / 9_999_999, 9_999_999, 99),
    ] {
        let price = price(PricingMode::Linear, &[(1, unit)], quantity, count);
        assert!(list_price(&price).unwrap_err().is(AMOUNT_TOO_LARGE));
    }
    let most = price(PricingMode::Linear, &[(1, i64::MAX)], 1, 1);
    let charges = charges(false, &[("VAT", RATE_ONE)], RATE_ONE);
    let fail = quote(&most, &[], &charges).unwrap_err();
    assert!(fail.is(AMOUNT_TOO_LARGE));
}

#[test]
fn discounts_never_exceed_the_price() {
    let price = price(PricingMode::Linear, &[(1, 100)], 1, 1);
    let discounts = [DiscountLine {
        code: "test".to_owned(),
        amount_minor: 101,
    }];
    let charges = charges(false, &[], 0);
    assert!(quote(&price, &discounts, &charges).is_err());
    assert_eq!(quoted(&price, &charges, &[100]).gross_minor, 0);
}

#[test]
fn a_frozen_quote_reads_back_as_it_was_written() {
    let charges = charges(
        true,
        &[("GST", 5_000_000), ("PST", 7_000_000)],
        RATE_ONE / 3,
    );
    let before = quoted(
        &price(PricingMode::Tiered, &[(1, i64::MAX / 1_000), (3, 7)], 9, 2),
        &charges,
        &[1],
    );
    let json = serde_json::to_string(&before).unwrap();
    assert_eq!(serde_json::from_str::<Quote>(&json).unwrap(), before);
}

#[test]
fn the_digest_tells_a_changed_price_tax_or_fee() {
    let unit = |minor| price(PricingMode::Linear, &[(1, minor)], 3, 1);
    let free = charges(false, &[], 0);
    let before = quoted(&unit(100), &free, &[]).digest();
    assert_eq!(quoted(&unit(100), &free, &[]).digest(), before);
    for other in [
        quoted(&unit(101), &free, &[]),
        quoted(&unit(100), &charges(false, &[("VAT", 0)], 0), &[]),
        quoted(&unit(100), &charges(false, &[], 1), &[]),
    ] {
        assert_ne!(other.digest(), before);
    }
}

prop_compose! {
    /// Tiers that start at 1 and ascend, with any prices.
    fn any_tiers()(
        prices in prop::collection::vec(0_i64..1_000_000, 1..6),
        widths in prop::collection::vec(1_i64..50, 6),
    ) -> Vec<(i64, i64)> {
        let mut from = 1;
        prices.iter().zip(widths).map(|(price, width)| {
            let tier = (from, *price);
            from += width;
            tier
        }).collect()
    }
}

fn any_mode() -> impl Strategy<Value = PricingMode> {
    prop_oneof![
        Just(PricingMode::Linear),
        Just(PricingMode::Tiered),
        Just(PricingMode::Volume)
    ]
}

proptest! {
    #[test]
    fn the_lines_of_a_quote_add_up(
        tiers in any_tiers(), mode in any_mode(), quantity in 1_i64..400, count in 1_u32..99,
        include: bool, rates in prop::collection::vec(0..=RATE_ONE, 0..4), fee in 0..=RATE_ONE, off in 0_i64..100,
    ) {
        let taxes: Vec<(&str, i64)> = rates.iter().map(|rate| ("T", *rate)).collect();
        let price = price(mode, &tiers, quantity, count);
        let list = list_price(&price).unwrap().minor;
        let quote = quoted(&price, &charges(include, &taxes, fee), &[list * off / 100]);
        prop_assert_eq!(quote.price_lines.iter().map(|line| line.amount_minor).sum::<i64>(), list);
        if mode == PricingMode::Tiered {
            prop_assert_eq!(quote.price_lines.iter().map(|line| line.quantity).sum::<i64>(), quantity);
        }
        let to_pay = list - quote.discounts.iter().map(|line| line.amount_minor).sum::<i64>();
        prop_assert_eq!(if include { quote.gross_minor } else { quote.net_minor }, to_pay);
        prop_assert_eq!(quote.taxes.iter().map(|tax| tax.amount_minor).sum::<i64>(), quote.tax_minor);
        prop_assert_eq!(quote.net_minor + quote.tax_minor, quote.gross_minor);
        prop_assert!(quote.net_minor >= 0 && quote.taxes.iter().all(|tax| tax.amount_minor >= 0));
    }

    #[test]
    fn a_graduated_price_never_falls_and_grows_by_one_units_price(tiers in any_tiers(), quantity in 1_i64..400) {
        let at = |quantity| list_price(&price(PricingMode::Tiered, &tiers, quantity, 1)).unwrap().minor;
        let reached = tiers.iter().rev().find(|(from, _)| *from <= quantity + 1).unwrap().1;
        prop_assert_eq!(at(quantity + 1) - at(quantity), reached);
    }

    #[test]
    fn all_modes_agree_within_the_first_tier(tiers in any_tiers(), quantity in 1_i64..50) {
        prop_assume!(tiers.len() == 1 || quantity < tiers[1].0);
        let at = |mode| list_price(&price(mode, &tiers, quantity, 1)).unwrap();
        prop_assert_eq!(at(PricingMode::Linear), at(PricingMode::Tiered));
        prop_assert_eq!(at(PricingMode::Linear), at(PricingMode::Volume));
    }

    #[test]
    fn tax_taken_out_and_put_on_again_differs_by_a_rounding_at_most(
        unit in 0_i64..1_000_000_000_000, rates in prop::collection::vec(0..=RATE_ONE, 1..4),
    ) {
        let taxes: Vec<(&str, i64)> = rates.iter().map(|rate| ("T", *rate)).collect();
        let within = quoted(&price(PricingMode::Linear, &[(1, unit)], 1, 1), &charges(true, &taxes, 0), &[]);
        let on_top = quoted(&price(PricingMode::Linear, &[(1, within.net_minor)], 1, 1), &charges(false, &taxes, 0), &[]);
        // Half a unit of net grows by the rates, and each tax line rounds by half a unit.
        let lines = i64::try_from(rates.len()).unwrap();
        prop_assert!((on_top.gross_minor - unit).abs() <= lines + 1, "{} {}", on_top.gross_minor, unit);
        for (one, other) in within.taxes.iter().zip(&on_top.taxes) {
            prop_assert!((one.amount_minor - other.amount_minor).abs() <= 2);
        }
        let bound = i128::from(RATE_ONE);
        for tax in &within.taxes {
            let charged = i128::from(tax.amount_minor) * bound;
            prop_assert!((charged - tax.precise.e8()).abs() <= bound);
        }
    }
}
