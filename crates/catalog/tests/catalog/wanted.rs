//! A choice on a product's page that isn't finished.

use catalog::offer::Wanted;
use kernel::prelude::*;

use crate::sample::{content, options};

fn completed(wanted: Wanted) -> Wanted {
    wanted.completed(&content(), Currency::USD)
}

#[test]
fn a_page_starts_with_the_cheapest_choice() {
    let wanted = completed(Wanted::default());
    assert_eq!(wanted.specification, "team");
    assert_eq!(wanted.options, options(&[("edition", "basic")]));
    assert_eq!(
        (wanted.quantity.as_str(), wanted.period.as_str()),
        ("5", "month-1")
    );
    assert!(wanted.selection().is_ok());
}

#[test]
fn another_specification_brings_its_own_options_and_duration() {
    let wanted = completed(Wanted {
        specification: "setup".to_owned(),
        options: options(&[("edition", "basic")]),
        ..Wanted::default()
    });
    assert!(wanted.options.is_empty());
    assert_eq!(
        (wanted.quantity.as_str(), wanted.period.as_str()),
        ("1", "once-1")
    );
}

#[test]
fn what_was_typed_stays_however_wrong() {
    let typed = Wanted {
        specification: "team".to_owned(),
        options: options(&[("edition", "pro")]),
        quantity: "many".to_owned(),
        period: "year-1".to_owned(),
    };
    assert_eq!(completed(typed.clone()), typed);
    let unknown = Wanted {
        specification: "nope".to_owned(),
        ..Wanted::default()
    };
    assert_eq!(completed(unknown.clone()), unknown);
}
