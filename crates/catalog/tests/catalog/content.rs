use catalog::release::{
    BAD_COUNTRY, BAD_PATH, BAD_VERSION_LABEL, Billing, ContentDraft, OPTIONS_DO_NOT_FIT,
    PERIOD_NOT_OF_BILLING, PRICE_TOO_LARGE, PriceDrop, ProductContent, RESERVED_ATTRIBUTE,
    STEP_DOES_NOT_FIT, TIERS_DO_NOT_ASCEND, TIERS_START_WRONG, TOO_FEW_ENTRIES, TOO_MANY_ENTRIES,
    TOO_MANY_SKUS, Tier, non_monotone,
};
use catalog::{NOT_A_KEY, NOT_UNIQUE};
use kernel::fail::{
    Code, FIELD_NOT_AN_AMOUNT, FIELD_OUT_OF_RANGE, FIELD_REQUIRED, FIELD_TOO_LONG, FIELD_TOO_SHORT,
    FIELD_UNKNOWN_CHOICE,
};
use kernel::term::PeriodType;

use crate::sample::{attribute, changed, content, draft, options, price};

/// The trouble that a change makes, as field and code.
fn trouble(change: impl FnOnce(&mut ContentDraft)) -> Vec<(String, Code)> {
    let mut draft = draft();
    change(&mut draft);
    let fail = ProductContent::new(draft).unwrap_err();
    fail.field_errors()
        .iter()
        .map(|error| (error.field.clone(), error.code))
        .collect()
}

fn assert_trouble(field: &str, code: Code, change: impl FnOnce(&mut ContentDraft)) {
    assert_eq!(trouble(change), [(field.to_owned(), code)]);
}

#[test]
fn texts_are_trimmed_and_bounded_as_the_manual_says() {
    assert_eq!(
        changed(|draft| draft.name.en = "  Tide ".to_owned())
            .name
            .en,
        "Tide"
    );
    assert_trouble("name", FIELD_REQUIRED, |draft| {
        draft.name.en = " ".to_owned()
    });
    assert_trouble("name_zh", FIELD_TOO_LONG, |draft| {
        draft.name.zh = "潮".repeat(65)
    });
    assert_trouble("overview", FIELD_TOO_LONG, |draft| {
        draft.overview.en = "x".repeat(201)
    });
    assert_trouble("description", FIELD_TOO_SHORT, |draft| {
        draft.description = "x".repeat(399)
    });
    assert_trouble("version", BAD_VERSION_LABEL, |draft| {
        draft.version_label = "First Version".to_owned();
    });
    assert_trouble("highlights", TOO_FEW_ENTRIES, |draft| {
        draft.highlights.clear()
    });
    assert_trouble("highlights", TOO_MANY_ENTRIES, |draft| {
        draft.highlights = vec!["x".to_owned(); 6];
    });
}

#[test]
fn access_data_are_checked() {
    for path in ["produce", "//host", "/a b", "/a?b=c", "/a#b"] {
        assert_trouble("interface", BAD_PATH, |draft| {
            draft.interface.path = path.to_owned()
        });
    }
    assert_trouble("sales_countries[1]", BAD_COUNTRY, |draft| {
        draft.sales_countries[1] = "Germany".to_owned();
    });
    assert_trouble("extension_parameter", TOO_MANY_ENTRIES, |draft| {
        let one = draft.extension_parameters[0].clone();
        draft.extension_parameters = ["a", "b", "c", "d"]
            .map(|name| catalog::release::ExtensionParameter {
                name: name.to_owned(),
                ..one.clone()
            })
            .to_vec();
    });
    assert_trouble("delivery_days", FIELD_OUT_OF_RANGE, |draft| {
        draft.supervision.as_mut().unwrap().delivery_days = 0;
    });
}

#[test]
fn every_trouble_is_told_at_once() {
    let found = trouble(|draft| {
        draft.name.en.clear();
        draft.specifications[0].key = "Team!".to_owned();
        draft.specifications[1].prices[0].tiers[0].unit_minor = -1;
    });
    let fields: Vec<&str> = found.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "name",
            "specification[0].key",
            "specification[1].price[0].unit_price"
        ]
    );
    assert_eq!(found[1].1, NOT_A_KEY);
    assert_eq!(found[2].1, FIELD_NOT_AN_AMOUNT);
}

#[test]
fn a_hundred_skus_are_the_limit() {
    let ten: Vec<String> = (0..10).map(|number| format!("v{number}")).collect();
    let ten: Vec<&str> = ten.iter().map(String::as_str).collect();
    let with = |attributes: Vec<_>| {
        move |draft: &mut ContentDraft| {
            let chosen: Vec<(String, String)> = attributes
                .iter()
                .map(|attribute: &catalog::release::Attribute| {
                    (attribute.code.clone(), attribute.values[0].code.clone())
                })
                .collect();
            draft.specifications[0].attributes = attributes;
            draft.specifications[0].prices.truncate(1);
            draft.specifications[0].prices[0].options = chosen.into_iter().collect();
        }
    };
    changed(with(vec![attribute("a", &ten), attribute("b", &ten)]));
    assert_trouble(
        "specification[0].attribute",
        TOO_MANY_SKUS,
        with(vec![
            attribute("a", &ten),
            attribute("b", &ten),
            attribute("c", &["x", "y"]),
        ]),
    );
    let mut eleven = ten.clone();
    eleven.push("more");
    assert_trouble(
        "specification[0].attribute[0].values",
        TOO_MANY_ENTRIES,
        with(vec![attribute("a", &eleven)]),
    );
}

#[test]
fn preset_attributes_cant_be_used_again() {
    assert_trouble(
        "specification[0].quantity.code",
        RESERVED_ATTRIBUTE,
        |draft| {
            draft.specifications[0].quantity.as_mut().unwrap().code = "os".to_owned();
        },
    );
    assert_trouble(
        "specification[0].attribute[0].name",
        RESERVED_ATTRIBUTE,
        |draft| {
            draft.specifications[0].attributes[0].name.en = "Operating System".to_owned();
        },
    );
}

#[test]
fn quantities_reach_from_smallest_to_largest_by_whole_steps() {
    assert_trouble(
        "specification[0].quantity.step",
        STEP_DOES_NOT_FIT,
        |draft| {
            draft.specifications[0].quantity.as_mut().unwrap().step = 4;
        },
    );
    assert_trouble(
        "specification[0].quantity.max",
        FIELD_OUT_OF_RANGE,
        |draft| {
            draft.specifications[0].quantity.as_mut().unwrap().max = 10_000_000;
        },
    );
    let found = trouble(|draft| draft.specifications[0].quantity.as_mut().unwrap().min = 0);
    assert_eq!(
        found[0],
        (
            "specification[0].quantity.min".to_owned(),
            FIELD_OUT_OF_RANGE
        )
    );
}

#[test]
fn a_price_names_a_value_of_each_attribute_and_a_period_of_the_billing_mode() {
    let of = |options| {
        move |draft: &mut ContentDraft| draft.specifications[0].prices[0].options = options
    };
    assert_trouble(
        "specification[0].price[0].match",
        OPTIONS_DO_NOT_FIT,
        of(options(&[])),
    );
    assert_trouble(
        "specification[0].price[0].match.edition",
        FIELD_UNKNOWN_CHOICE,
        of(options(&[("edition", "gold")])),
    );
    assert_trouble(
        "specification[1].price[0].period",
        PERIOD_NOT_OF_BILLING,
        |draft| {
            draft.specifications[1].prices[0].period = PeriodType::Month;
        },
    );
    assert_trouble("specification[0].price[1]", NOT_UNIQUE, |draft| {
        draft.specifications[0].prices[1].period = PeriodType::Month;
    });
    assert_trouble(
        "specification[1].price[0].counts",
        FIELD_OUT_OF_RANGE,
        |draft| {
            draft.specifications[1].prices[0].counts = vec![2];
        },
    );
}

#[test]
fn tiers_start_at_the_smallest_quantity_and_ascend() {
    let with = |tiers: &'static [(i64, i64)]| {
        move |draft: &mut ContentDraft| {
            draft.specifications[0].prices[0] = price("basic", PeriodType::Month, &[1], tiers);
        }
    };
    changed(with(&[(1, 100), (6, 90), (100, 80)]));
    assert_trouble(
        "specification[0].price[0].tiers[0].from",
        TIERS_START_WRONG,
        with(&[(2, 1)]),
    );
    for tiers in [
        &[(5, 9), (5, 8)][..],
        &[(1, 9), (3, 8)],
        &[(5, 9), (101, 8)],
    ] {
        assert_trouble(
            "specification[0].price[0].tiers[1].from",
            TIERS_DO_NOT_ASCEND,
            with(tiers),
        );
    }
}

#[test]
fn a_price_that_no_order_could_hold_is_refused() {
    assert_trouble(
        "specification[1].price[0].unit_price",
        PRICE_TOO_LARGE,
        |draft| {
            draft.specifications[1].prices[0].tiers[0].unit_minor = i64::MAX;
        },
    );
}

#[test]
fn a_volume_price_that_falls_at_a_border_is_found_on_the_step_grid() {
    let content = content();
    let quantity = content.specifications[0].quantity.clone().unwrap();
    let tiers = [
        Tier {
            from: 5,
            unit_minor: 100,
        },
        Tier {
            from: 18,
            unit_minor: 70,
        },
        Tier {
            from: 50,
            unit_minor: 69,
        },
    ];
    let drop = PriceDrop {
        quantity: 15,
        cost_minor: 1_500,
        next_quantity: 20,
        next_cost_minor: 1_400,
    };
    assert_eq!(non_monotone(&tiers, &quantity), [drop]);
}

#[test]
fn content_knows_where_it_is_sold_and_how_it_is_billed() {
    let content = content();
    assert!(content.is_sold_to("DE") && !content.is_sold_to("FR"));
    assert!(changed(|draft| draft.sales_countries.clear()).is_sold_to("FR"));
    assert_eq!(
        content.specification("setup").unwrap().billing,
        Billing::OneTime
    );
    assert!(content.specification("unknown").is_none());
}
