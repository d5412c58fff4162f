//! Promises of the printed documents.

use std::path::Path;

use crate::{
    DocumentError, Documents, Fact, Party, Receipt, ReceiptColumns, ReceiptLine, TotalRow,
};

fn fact(label: &str, value: &str) -> Fact {
    Fact {
        label: label.to_owned(),
        value: value.to_owned(),
    }
}

fn total(label: &str, amount: &str, strong: bool) -> TotalRow {
    TotalRow {
        label: label.to_owned(),
        amount: amount.to_owned(),
        strong,
    }
}

fn line(description: &str) -> ReceiptLine {
    ReceiptLine {
        description: description.to_owned(),
        detail: "Team edition, 20 seats · sold by Northwind".to_owned(),
        quantity: "1".to_owned(),
        period: "2026-11-22 to 2027-11-21".to_owned(),
        amount: "USD 1,188.00".to_owned(),
    }
}

fn party(label: &str, name: &str) -> Party {
    Party {
        label: label.to_owned(),
        name: name.to_owned(),
        details: vec!["12 Harbour Road".to_owned(), "Tax no. 123-456".to_owned()],
    }
}

fn receipt() -> Receipt {
    Receipt {
        language: "en".to_owned(),
        brand: "KooGallery".to_owned(),
        title: "Receipt".to_owned(),
        status: "Paid".to_owned(),
        facts: vec![
            fact("Order number", "CS2611221530A7K2Q"),
            fact("Ordered", "22 November 2026"),
            fact("Paid", "22 November 2026"),
        ],
        issuer: party("From", "Marketplace Operator Ltd"),
        buyer: party("Billed to", "Example Buyer Ltd"),
        columns: ReceiptColumns {
            description: "Description".to_owned(),
            quantity: "Quantity".to_owned(),
            period: "Period".to_owned(),
            amount: "Amount".to_owned(),
        },
        lines: vec![line("Cloud Desk"), line("Invoice Maker")],
        totals: vec![
            total("Subtotal", "USD 2,376.00", false),
            total("Discount", "USD −100.00", false),
            total("Sales tax 8 %", "USD 182.08", false),
            total("Total", "USD 2,458.08", true),
        ],
        payment_heading: "Payment".to_owned(),
        payment: vec![
            fact("Method", "Account balance"),
            fact("Reference", "pay_0196f3"),
        ],
        notes_heading: "Notes".to_owned(),
        notes: vec!["This receipt is no tax invoice.".to_owned()],
        footer: "KooGallery".to_owned(),
        page_label: "Page {page} of {pages}".to_owned(),
    }
}

fn print(receipt: &Receipt) -> Vec<u8> {
    Documents::new(None).unwrap().receipt(receipt).unwrap()
}

/// How many pages a document has, from its page tree.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let (_, after) = text
        .split_once("/Type/Pages/Count ")
        .or_else(|| text.split_once("/Count "))
        .unwrap();
    after
        .chars()
        .take_while(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .unwrap()
}

#[test]
fn a_receipt_of_few_lines_is_one_page() {
    let pdf = print(&receipt());
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(pages(&pdf), 1);
}

#[test]
fn many_lines_run_over_several_pages() {
    let long = Receipt {
        lines: (0..60)
            .map(|number| line(&format!("Product {number}")))
            .collect(),
        ..receipt()
    };
    assert!(pages(&print(&long)) > 2);
}

#[test]
fn the_same_receipt_always_gives_the_same_bytes_and_carries_no_date() {
    let pdf = print(&receipt());
    assert_eq!(pdf, print(&receipt()));
    let text = String::from_utf8_lossy(&pdf);
    assert!(!text.contains("CreationDate") && !text.contains("ModDate"));
}

#[test]
fn what_looks_like_markup_is_printed_as_it_stands() {
    let hostile = [
        "#panic(\"x\") #read(\"/etc/passwd\")",
        "$ x^2 $ *bold* _it_ `raw` <label> @ref [c] \\ // /* -- --- ...",
        "\"quoted\" 'quoted' https://example.com",
        "a\nb\r\n= Heading\n- list\t",
        "#import \"@preview/x:1.0.0\"",
        "{page} {pages}",
    ];
    for text in hostile {
        let mut receipt = receipt();
        receipt.title = text.to_owned();
        receipt.brand = text.to_owned();
        receipt.buyer = party(text, text);
        receipt.lines = vec![line(text)];
        receipt.notes = vec![text.to_owned()];
        let printed = Documents::new(None).unwrap().press().text(&receipt);
        let expected: String = text.split_whitespace().collect();
        assert_eq!(printed.matches(&expected).count(), 6, "{text} in {printed}");
    }
}

#[test]
fn signs_that_cannot_be_seen_break_nothing() {
    let mut receipt = receipt();
    let text = "\u{0}\u{1}\u{7f}\u{200b}\u{202e}backwards\u{feff}\u{fffe}\u{10ffff}";
    for place in [
        &mut receipt.title,
        &mut receipt.footer,
        &mut receipt.page_label,
    ] {
        *place = text.to_owned();
    }
    receipt.lines = vec![line(text)];
    assert_eq!(pages(&print(&receipt)), 1);
}

#[test]
fn empty_parts_and_very_long_words_are_printed_too() {
    let long_word = "W".repeat(150);
    let extreme = Receipt {
        status: String::new(),
        facts: Vec::new(),
        lines: vec![line(&long_word)],
        totals: Vec::new(),
        payment: Vec::new(),
        notes: vec![long_word.clone()],
        buyer: party("", &long_word),
        ..receipt()
    };
    assert_eq!(pages(&print(&extreme)), 1);
}

#[test]
fn a_language_that_is_unknown_or_no_language_is_refused_with_a_reason() {
    let odd = Receipt {
        language: "not a language".to_owned(),
        ..receipt()
    };
    let refused = Documents::new(None).unwrap().receipt(&odd);
    assert!(matches!(refused, Err(DocumentError::Setting(reason)) if !reason.is_empty()));
}

#[test]
fn built_in_fonts_cover_latin_greek_and_cyrillic_but_no_chinese() {
    let documents = Documents::new(None).unwrap();
    assert!(documents.can_print("Größe, Łódź, Ελλάδα, Москва, € 5 – “x”"));
    assert!(!documents.can_print("收据"));
}

#[test]
fn a_font_folder_that_is_missing_or_empty_is_refused() {
    let empty = tempfile::tempdir().unwrap();
    for folder in [empty.path(), Path::new("no/such/folder")] {
        assert!(matches!(
            Documents::new(Some(folder)),
            Err(DocumentError::Fonts { .. })
        ));
    }
}

#[test]
fn fonts_of_the_extra_folder_are_used_and_broken_ones_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mono = typst_assets::fonts().last().unwrap();
    std::fs::write(folder.path().join("extra.TTF"), mono).unwrap();
    std::fs::write(folder.path().join("broken.otf"), "no font").unwrap();
    let documents = Documents::new(Some(folder.path())).unwrap();
    assert!(!Documents::new(None).unwrap().can_print("ქართული"));
    assert!(documents.can_print("ქართული"));
    assert!(documents.receipt(&receipt()).is_ok());
}
