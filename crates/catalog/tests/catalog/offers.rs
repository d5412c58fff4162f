use catalog::offer::{
    NO_PRICE_IN_CURRENCY, NOT_ON_SALE, NOT_SOLD_TO_COUNTRY, Offer, PERIOD_NOT_OFFERED,
    QUANTITY_OFF_STEP, Selection, UNKNOWN_SKU, cheapest, check_saleable, resolve,
};
use catalog::product::{self, Product};
use catalog::release::{ProductContent, SkuCodes, codes, release_version};
use db::Tx;
use dbtest::{Bed, Engine};
use kernel::fail::{Code, FIELD_OUT_OF_RANGE, FIELD_UNKNOWN_CHOICE};
use kernel::prelude::*;
use kernel::term::{Period, PeriodType};

use crate::sample::{changed, content, options, selection, stored_product};

fn listed(tx: &Tx<'_>, content: &ProductContent, now: Timestamp) -> Result<Product, Fail> {
    let product = stored_product(tx, "tidemark-crm", now)?;
    let released = release_version(tx, &product, content, None, now)?;
    let transition = released.product.list(now, Who::SYSTEM)?;
    product::store::save(tx, &released.product, &transition)
}

/// The product on sale and its codes. Which database is of no matter here.
fn on_sale(content: &ProductContent) -> (Product, SkuCodes) {
    let bed = Bed::new(Engine::Sqlite).unwrap();
    let (content, now) = (content.clone(), bed.now());
    let work = bed.db.write(move |tx| {
        let product = listed(tx, &content, now)?;
        let codes = codes(tx, product.id())?;
        Ok((product, codes))
    });
    tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(work)
        .unwrap()
}

fn refused(change: impl FnOnce(&mut Selection), currency: Currency) -> (String, Code) {
    let content = content();
    let (_, codes) = on_sale(&content);
    let mut selection = selection();
    change(&mut selection);
    let fail = resolve(&content, &codes, &selection, currency).unwrap_err();
    assert_eq!(fail.field_errors().len(), 1, "{fail}");
    (
        fail.field_errors()[0].field.clone(),
        fail.field_errors()[0].code,
    )
}

fn resolved(content: &ProductContent, selection: &Selection) -> Offer {
    let (_, codes) = on_sale(content);
    resolve(content, &codes, selection, Currency::USD).unwrap()
}

#[test]
fn a_selection_that_is_offered_gets_its_codes_and_prices() {
    let offer = resolved(&content(), &selection());
    assert_eq!(offer.product_name, "Tidemark CRM,Team edition,BASIC");
    assert_eq!(offer.price.quantity, 10);
    assert_eq!(offer.price.tiers.len(), 2);
    assert_eq!(offer.quantity_name.unwrap().1, "user");
    assert_eq!(offer.sku_code.len(), 36);
    assert!(offer.product_code.starts_with("OFFI") && offer.product_code.len() == 22);
}

#[test]
fn month_and_year_share_the_sku_and_differ_in_the_product_code() {
    let content = content();
    let (_, codes) = on_sale(&content);
    let mut by_year = selection();
    by_year.period = Period {
        unit: PeriodType::Year,
        count: 1,
    };
    let month = resolve(&content, &codes, &selection(), Currency::USD).unwrap();
    let year = resolve(&content, &codes, &by_year, Currency::USD).unwrap();
    assert_eq!(month.sku_code, year.sku_code);
    assert_ne!(month.product_code, year.product_code);
}

#[test]
fn the_wire_name_never_exceeds_its_64_characters() {
    let content = changed(|draft| {
        draft.name.en = "n".repeat(64);
        draft.specifications[0].name.en = "s".repeat(50);
    });
    assert_eq!(
        resolved(&content, &selection()).product_name,
        "n".repeat(64)
    );
}

#[test]
fn what_isnt_offered_is_refused_at_its_field() {
    let usd = Currency::USD;
    let at = |field: &str, code| (field.to_owned(), code);
    assert_eq!(
        refused(|s| s.specification = "gold".to_owned(), usd),
        at("specification", UNKNOWN_SKU)
    );
    assert_eq!(
        refused(|s| s.options = options(&[("edition", "gold")]), usd),
        at("options.edition", FIELD_UNKNOWN_CHOICE)
    );
    assert_eq!(
        refused(|s| s.options = options(&[]), usd),
        at("options.edition", FIELD_UNKNOWN_CHOICE)
    );
    assert_eq!(
        refused(
            |s| {
                s.options.insert("size".to_owned(), "l".to_owned());
            },
            usd
        ),
        at("options.size", FIELD_UNKNOWN_CHOICE)
    );
    // A value of the attribute on which nobody put a price.
    assert_eq!(
        refused(|s| s.options = options(&[("edition", "pro")]), usd),
        at("specification", UNKNOWN_SKU)
    );
    assert_eq!(
        refused(|s| s.quantity = 12, usd),
        at("quantity", QUANTITY_OFF_STEP)
    );
    for quantity in [i64::MIN, -5, 0, 105, i64::MAX] {
        assert_eq!(
            refused(|s| s.quantity = quantity, usd),
            at("quantity", FIELD_OUT_OF_RANGE)
        );
    }
    assert_eq!(
        refused(|s| s.period.count = 2, usd),
        at("period", PERIOD_NOT_OFFERED)
    );
    assert_eq!(
        refused(|s| s.period = Period::ONCE, usd),
        at("period", PERIOD_NOT_OFFERED)
    );
    assert_eq!(
        refused(|_| {}, Currency::EUR),
        at("specification", NO_PRICE_IN_CURRENCY)
    );
}

#[test]
fn an_off_step_quantity_is_answered_with_its_neighbours() {
    let content = content();
    let (_, codes) = on_sale(&content);
    let mut selection = selection();
    selection.quantity = 12;
    let fail = resolve(&content, &codes, &selection, Currency::USD).unwrap_err();
    let args = &fail.field_errors()[0].args;
    assert_eq!(
        *args,
        [
            ("step", "5".to_owned()),
            ("below", "10".to_owned()),
            ("above", "15".to_owned())
        ]
    );
}

#[test]
fn a_specification_without_a_quantity_is_bought_once() {
    let content = content();
    let mut setup = Selection {
        specification: "setup".to_owned(),
        options: options(&[]),
        quantity: 1,
        period: Period::ONCE,
    };
    assert!(resolved(&content, &setup).quantity_name.is_none());
    setup.quantity = 2;
    let (_, codes) = on_sale(&content);
    let fail = resolve(&content, &codes, &setup, Currency::USD).unwrap_err();
    assert_eq!(fail.field_errors()[0].code, FIELD_OUT_OF_RANGE);
}

#[test]
fn the_cheapest_order_of_a_currency_is_found() {
    let cheapest_of = |currency| cheapest(&content(), currency);
    let found = cheapest_of(Currency::USD).unwrap();
    assert_eq!(found.amount, Money::new(6_000, Currency::USD));
    assert_eq!(found.selection.quantity, 5);
    assert_eq!(cheapest_of(Currency::EUR), None);
}

#[test]
fn only_a_listed_product_is_sold_and_only_to_its_countries() {
    let content = content();
    let (product, _) = on_sale(&content);
    assert!(check_saleable(&product, &content, Realm::Live, "DE").is_ok());
    let refused = |realm, country| check_saleable(&product, &content, realm, country).unwrap_err();
    assert!(refused(Realm::Live, "FR").is(NOT_SOLD_TO_COUNTRY));
    assert!(refused(Realm::Sandbox, "DE").is(kernel::fail::NOT_FOUND));
    let draft = Product::draft(
        product.seller_id(),
        Realm::Live,
        "new",
        "crm",
        false,
        dbtest::START,
    )
    .unwrap();
    assert!(
        check_saleable(&draft, &content, Realm::Live, "DE")
            .unwrap_err()
            .is(NOT_ON_SALE)
    );
}
