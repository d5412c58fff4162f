//! Filters, regions, prices, counts and pages.

use super::{all, chosen, found, index_of, product, text};
use crate::{Group, Index, Price, ProductDocument, SearchQuery};

fn catalogue() -> Index {
    let office = |name: &str| product(name);
    let security = |name: &str| ProductDocument {
        category: "security".to_owned(),
        seller_id: "sel_2".to_owned(),
        supervised: true,
        billing_modes: vec!["period".to_owned(), "one_time".to_owned()],
        ..product(name)
    };
    index_of([
        office("Desk One"),
        office("Desk Two"),
        security("Desk Three"),
        security("Lock"),
    ])
}

fn counts(index: &Index, query: &SearchQuery, group: Group) -> Vec<(String, u64)> {
    let result = index.query(query).unwrap();
    let counts = result.facets.of(group).iter();
    counts
        .map(|facet| (facet.value.clone(), facet.count))
        .collect()
}

#[test]
fn counts_stand_beside_the_values_of_every_group() {
    let index = catalogue();
    assert_eq!(
        counts(&index, &text("desk"), Group::Category),
        [("office".to_owned(), 2), ("security".to_owned(), 1)]
    );
    assert_eq!(
        counts(&index, &all(), Group::BillingMode),
        [("period".to_owned(), 4), ("one_time".to_owned(), 2)]
    );
}

#[test]
fn a_choice_leaves_the_counts_of_its_own_group_as_they_were() {
    let index = catalogue();
    let query = SearchQuery {
        filters: vec![chosen(Group::Category, "office")],
        ..text("desk")
    };
    assert_eq!(index.query(&query).unwrap().total, 2);
    assert_eq!(counts(&index, &query, Group::Category).len(), 2);
    assert_eq!(
        counts(&index, &query, Group::Supervised),
        [("false".to_owned(), 2)]
    );
}

#[test]
fn each_count_is_what_choosing_the_value_finds() {
    let index = catalogue();
    let narrowed = SearchQuery {
        filters: vec![
            chosen(Group::BillingMode, "period"),
            chosen(Group::Seller, "sel_2"),
        ],
        ..all()
    };
    for group in Group::ALL {
        for (value, count) in counts(&index, &narrowed, group) {
            let mut query = narrowed.clone();
            query.filters.retain(|filter| filter.group != group);
            query.filters.push(chosen(group, &value));
            assert_eq!(
                index.query(&query).unwrap().total,
                count,
                "{group:?} {value}"
            );
        }
    }
}

#[test]
fn values_of_one_group_widen_and_groups_narrow() {
    let index = catalogue();
    let with = |filters| {
        index
            .query(&SearchQuery { filters, ..all() })
            .unwrap()
            .total
    };
    let both = vec![
        chosen(Group::Category, "office"),
        chosen(Group::Category, "security"),
    ];
    assert_eq!(with(both), 4);
    assert_eq!(
        with(vec![
            chosen(Group::Category, "office"),
            chosen(Group::Supervised, "true")
        ]),
        0
    );
    assert_eq!(with(vec![chosen(Group::Category, "nothing")]), 0);
}

#[test]
fn products_of_other_regions_are_neither_found_nor_counted() {
    let local = ProductDocument {
        regions: vec!["DE".to_owned(), "AT".to_owned()],
        category: "local".to_owned(),
        ..product("Desk Local")
    };
    let index = index_of([local, product("Desk World")]);
    let from = |region: &str| SearchQuery {
        region: Some(region.to_owned()),
        ..text("desk")
    };
    assert_eq!(index.query(&from("AT")).unwrap().total, 2);
    assert_eq!(found(&index, &from("FR")), ["desk-world"]);
    assert_eq!(
        counts(&index, &from("FR"), Group::Category),
        [("office".to_owned(), 1)]
    );
    assert_eq!(
        index.suggest("desk", Some("FR"), 5).unwrap(),
        ["desk-world"]
    );
}

#[test]
fn prices_are_compared_in_the_asked_currency_only() {
    let euro = ProductDocument {
        prices_from: vec![Price {
            currency: "EUR".to_owned(),
            minor: 500,
        }],
        ..product("Euro")
    };
    let index = index_of([euro, product("Dollar")]);
    let up_to = |currency: &str, max| SearchQuery {
        currency: currency.to_owned(),
        max_price_minor: Some(max),
        ..all()
    };
    assert_eq!(found(&index, &up_to("EUR", 5_000)), ["euro"]);
    assert_eq!(found(&index, &up_to("USD", 10_00)), ["dollar"]);
    assert!(found(&index, &up_to("USD", 9_99)).is_empty());
    assert!(found(&index, &up_to("JPY", 5_000)).is_empty());
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let index = index_of((0..53).map(|number| product(&format!("Desk {number:02}"))));
    let mut seen = Vec::new();
    for offset in (0..60).step_by(10) {
        let page = SearchQuery {
            offset,
            limit: 10,
            ..text("desk")
        };
        assert_eq!(index.query(&page).unwrap().total, 53);
        seen.extend(found(&index, &page));
    }
    let mut expected: Vec<String> = (0..53).map(|number| format!("desk-{number:02}")).collect();
    expected.sort();
    assert_eq!(seen, expected);
}

#[test]
fn an_answer_is_never_longer_than_the_limit() {
    let index = index_of((0..120).map(|number| product(&format!("Desk {number}"))));
    let greedy = SearchQuery {
        limit: usize::MAX,
        ..all()
    };
    assert_eq!(found(&index, &greedy).len(), SearchQuery::MAX_LIMIT);
    let far = SearchQuery {
        offset: usize::MAX,
        ..all()
    };
    assert!(found(&index, &far).is_empty());
    assert!(found(&index, &SearchQuery { limit: 0, ..all() }).is_empty());
}
