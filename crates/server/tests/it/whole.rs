//! Promises that hold for every part of the program at once.

use dbtest::db_test;
use texts::Lang;

#[test]
fn every_failure_has_a_sentence_in_every_language() {
    let codes: Vec<_> = kernel::fail::all_codes().collect();
    assert!(codes.len() > 60, "only {} codes are linked", codes.len());
    for lang in [Lang::En, Lang::Zh] {
        let keys: std::collections::BTreeSet<_> = lang.keys().collect();
        let missing: Vec<_> = codes
            .iter()
            .map(|code| format!("fail-{}", code.key))
            .filter(|key| !keys.contains(key.as_str()))
            .collect();
        assert!(missing.is_empty(), "{lang}: {missing:?}");
    }
}

#[test]
fn no_two_failures_share_a_code() {
    let mut seen = std::collections::BTreeSet::new();
    for code in kernel::fail::all_codes() {
        assert!(seen.insert(code.key), "{} stands twice", code.key);
    }
}

db_test! {
    async fn every_statement_of_the_program_can_be_prepared(bed) {
        let refused = db::prepare_all(&bed.db).await.unwrap();
        let refused: Vec<_> = refused.iter().map(|one| format!("{}: {}", one.name, one.error)).collect();
        assert!(refused.is_empty(), "{}", refused.join("\n"));
        assert!(db::all_statements().count() > 150);
    }
}
