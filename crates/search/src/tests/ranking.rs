//! What is found, and what comes first.

use super::{all, described, found, index_of, product, text};
use crate::{Index, ProductDocument, SearchQuery, Sort};

#[test]
fn a_word_in_the_name_beats_the_same_word_in_a_description() {
    let index = index_of([
        described("Desk", "invoice invoice invoice invoice invoice"),
        product("Invoice Maker"),
    ]);
    assert_eq!(found(&index, &text("invoice")), ["invoice-maker", "desk"]);
}

#[test]
fn a_popular_product_never_lifts_its_description_over_a_name() {
    let wanted = ProductDocument {
        popularity: 1_000_000_000,
        ..described("Desk", "for every invoice")
    };
    let index = index_of([wanted, product("Invoice")]);
    assert_eq!(found(&index, &text("invoice")), ["invoice", "desk"]);
}

#[test]
fn among_equal_matches_the_popular_product_comes_first() {
    let wanted = ProductDocument {
        popularity: 50,
        ..product("Backup Two")
    };
    let index = index_of([product("Backup One"), wanted, product("Backup Three")]);
    assert_eq!(
        found(&index, &text("backup")),
        ["backup-two", "backup-one", "backup-three"]
    );
}

#[test]
fn the_product_of_exactly_that_name_comes_first() {
    let other = ProductDocument {
        popularity: 500,
        ..described("Acme CRM Connector", "Acme CRM for Acme CRM")
    };
    let index = index_of([other, product("Acme CRM")]);
    assert_eq!(
        found(&index, &text("acme crm")),
        ["acme-crm", "acme-crm-connector"]
    );
}

#[test]
fn a_whole_word_beats_a_beginning_and_a_label_beats_a_description() {
    let labelled = ProductDocument {
        labels: vec!["mail".to_owned()],
        ..product("Post")
    };
    let index = index_of([
        product("Mailing"),
        described("Desk", "sends mail"),
        labelled,
        product("Mail"),
    ]);
    assert_eq!(
        found(&index, &text("mail")),
        ["mail", "post", "mailing", "desk"]
    );
}

#[test]
fn the_last_word_is_found_while_it_is_being_typed() {
    let index = index_of([product("Customer Relations"), product("Customer Surveys")]);
    assert_eq!(found(&index, &text("customer sur")), ["customer-surveys"]);
    assert_eq!(found(&index, &text("c")).len(), 2);
    assert!(index.query(&text("cust surveys")).unwrap().partial);
}

#[test]
fn one_typing_mistake_still_finds_and_says_so() {
    let index = index_of([product("Invoice Maker"), product("Backup")]);
    for typo in ["invioce", "invoise", "invoic maker", "nvoice", "invooice"] {
        let result = index.query(&text(typo)).unwrap();
        assert_eq!(result.product_ids, ["invoice-maker"], "{typo}");
        assert!(!result.partial, "{typo}");
    }
    let corrected = index.query(&text("Invioce maker")).unwrap().corrected;
    assert_eq!(corrected.as_deref(), Some("invoice maker"));
    assert_eq!(index.query(&text("invoice")).unwrap().corrected, None);
}

#[test]
fn two_mistakes_are_forgiven_in_long_words_only() {
    let index = index_of([product("Accounting"), product("Desk")]);
    assert_eq!(found(&index, &text("acountingg")), ["accounting"]);
    assert!(found(&index, &text("dxxk")).is_empty());
}

#[test]
fn when_no_product_has_all_words_those_with_some_are_given_and_said_to_be_partial() {
    let index = index_of([product("Invoice Maker"), product("Photo Editor")]);
    let result = index.query(&text("invoice editor")).unwrap();
    assert!(result.partial);
    assert_eq!(result.total, 2);
}

#[test]
fn words_that_nobody_has_find_nothing() {
    let index = index_of([product("Invoice Maker")]);
    let result = index.query(&text("zzzzzz qqqqqq")).unwrap();
    assert_eq!(
        (result.total, result.partial, result.corrected),
        (0, false, None)
    );
    assert!(result.product_ids.is_empty());
}

#[test]
fn case_and_accents_make_no_difference() {
    let index = index_of([product("Café Résumé")]);
    for typed in ["CAFE", "café", "resume", "RÉSUMÉ cafe"] {
        assert_eq!(found(&index, &text(typed)).len(), 1, "{typed}");
    }
}

#[test]
fn chinese_names_and_texts_are_found_by_words_beginnings_and_characters() {
    let chinese = ProductDocument {
        names: vec!["Cloud Desk".to_owned(), "云客服系统".to_owned()],
        descriptions: vec!["适合中小企业的客户关系管理平台".to_owned()],
        ..product("Cloud Desk")
    };
    let index = index_of([chinese, product("Backup")]);
    for typed in [
        "客服",
        "客户关系管理",
        "系统",
        "中小企业",
        "云",
        "云客",
        "cloud 客服",
    ] {
        assert_eq!(found(&index, &text(typed)), ["cloud-desk"], "{typed}");
    }
    assert!(found(&index, &text("财务")).is_empty());
}

#[test]
fn what_looks_like_a_query_language_is_only_words() {
    let index = index_of([product("Plus Minus"), product("Backup")]);
    for typed in [
        "+plus -minus",
        "name:plus",
        "\"plus",
        "(plus AND",
        "plus*",
        "plus~2",
        "[plus TO *]",
    ] {
        assert!(index.query(&text(typed)).is_ok(), "{typed}");
    }
    assert_eq!(found(&index, &text("\"plus\" -minus")), ["plus-minus"]);
    assert!(found(&index, &text("*")).is_empty());
    assert!(found(&index, &text(&"long ".repeat(10_000))).is_empty());
    assert!(found(&index, &text(&"x".repeat(100_000))).is_empty());
}

#[test]
fn seller_category_and_address_are_found_too() {
    let index = index_of([ProductDocument {
        slug: "gx-9000".to_owned(),
        category_names: vec!["Collaboration".to_owned()],
        ..product("Desk")
    }]);
    for typed in ["northwind", "9000", "collab", "desk northwind"] {
        assert_eq!(found(&index, &text(typed)), ["desk"], "{typed}");
    }
}

fn priced(name: &str, minor: Option<i64>, listed_at: i64, popularity: i64) -> ProductDocument {
    let mut document = product(name);
    match minor {
        Some(minor) => document
            .prices_from
            .iter_mut()
            .for_each(|price| price.minor = minor),
        None => document.prices_from.clear(),
    }
    ProductDocument {
        listed_at,
        popularity,
        ..document
    }
}

fn sorted(index: &Index, sort: Sort) -> Vec<String> {
    found(index, &SearchQuery { sort, ..all() })
}

#[test]
fn each_order_puts_first_what_it_says() {
    let index = index_of([
        priced("A", Some(300), 1, 5),
        priced("B", Some(100), 3, 1),
        priced("C", None, 2, 9),
    ]);
    assert_eq!(sorted(&index, Sort::Relevance), ["c", "a", "b"]);
    assert_eq!(sorted(&index, Sort::Popular), ["c", "a", "b"]);
    assert_eq!(sorted(&index, Sort::Newest), ["b", "c", "a"]);
    assert_eq!(sorted(&index, Sort::PriceAscending), ["b", "a", "c"]);
    assert_eq!(sorted(&index, Sort::PriceDescending), ["a", "b", "c"]);
}

#[test]
fn suggestions_come_from_names_only() {
    let index = index_of([
        described("Desk", "invoice"),
        product("Invoice Maker"),
        product("Photo"),
    ]);
    assert_eq!(index.suggest("inv", None, 5).unwrap(), ["invoice-maker"]);
    assert!(index.suggest(" ", None, 5).unwrap().is_empty());
}
