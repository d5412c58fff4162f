//! Following the catalogue.

use tempfile::TempDir;

use super::{all, found, index_of, product, remove, text, upsert};
use crate::{Error, Index, ProductDocument};

fn version(name: &str, version: i64, new_name: &str) -> ProductDocument {
    ProductDocument {
        version,
        names: vec![new_name.to_owned()],
        ..product(name)
    }
}

#[test]
fn a_removed_product_is_gone_from_results_and_counts() {
    let index = index_of([product("Desk"), product("Lamp")]);
    index
        .apply(
            &[remove(2_000, "desk"), remove(2_001, "never-there")],
            2_001,
        )
        .unwrap();
    let result = index.query(&all()).unwrap();
    assert_eq!(result.product_ids, ["lamp"]);
    assert_eq!(
        result
            .facets
            .of(crate::Group::Category)
            .first()
            .map(|facet| facet.count),
        Some(1)
    );
    assert!(found(&index, &text("desk")).is_empty());
}

#[test]
fn an_older_version_never_replaces_a_newer_one() {
    let index = index_of([version("Desk", 7, "New Desk")]);
    index
        .apply(&[upsert(5, version("Desk", 6, "Old Desk"))], 1_001)
        .unwrap();
    assert_eq!(found(&index, &text("new")), ["desk"]);
    assert!(found(&index, &text("old")).is_empty());
    index
        .apply(&[upsert(6, version("Desk", 8, "Newest Desk"))], 1_002)
        .unwrap();
    assert_eq!(index.versions(), [("desk".to_owned(), 8)]);
}

#[test]
fn of_several_changes_in_a_batch_the_last_one_counts() {
    let index = index_of([]);
    let batch = [
        remove(3, "desk"),
        upsert(2, product("Desk")),
        upsert(4, product("Lamp")),
    ];
    index.apply(&batch, 4).unwrap();
    assert_eq!(found(&index, &all()), ["lamp"]);
}

#[test]
fn a_change_within_a_version_is_taken_in() {
    let index = index_of([product("Desk"), product("Lamp")]);
    let wanted = ProductDocument {
        popularity: 10,
        ..product("Lamp")
    };
    index.apply(&[upsert(9, wanted)], 1_009).unwrap();
    assert_eq!(found(&index, &all()), ["lamp", "desk"]);
}

#[test]
fn a_change_fed_again_writes_nothing() {
    let dir = TempDir::new().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.apply(&[upsert(1, product("Desk"))], 1).unwrap();
    let before = files(&dir);
    index
        .apply(&[upsert(1, product("Desk")), remove(2, "unknown")], 60)
        .unwrap();
    assert_eq!(files(&dir), before);
    assert_eq!(index.last_seq(), 60);
}

fn files(dir: &TempDir) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir.path().join("products")).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn the_index_and_its_change_number_are_there_after_a_restart() {
    let dir = TempDir::new().unwrap();
    let index = Index::open(dir.path()).unwrap();
    assert!(index.needs_rebuild());
    index.apply(&[upsert(41, product("Desk"))], 42).unwrap();
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert!(!index.needs_rebuild());
    assert_eq!(index.last_seq(), 42);
    assert_eq!(found(&index, &text("desk")), ["desk"]);
}

#[test]
fn a_damaged_directory_is_replaced_and_asks_for_a_rebuild() {
    let dir = TempDir::new().unwrap();
    Index::open(dir.path())
        .unwrap()
        .apply(&[upsert(1, product("Desk"))], 1)
        .unwrap();
    std::fs::write(dir.path().join("products/meta.json"), "{ torn").unwrap();
    std::fs::write(dir.path().join("neighbour"), "not ours").unwrap();
    let index = Index::open(dir.path()).unwrap();
    assert!(index.needs_rebuild());
    assert!(found(&index, &all()).is_empty());
    assert!(dir.path().join("neighbour").exists());
}

#[test]
fn an_index_of_another_layout_asks_for_a_rebuild() {
    let dir = TempDir::new().unwrap();
    Index::open(dir.path())
        .unwrap()
        .apply(&[upsert(1, product("Desk"))], 1)
        .unwrap();
    let meta = dir.path().join("products/meta.json");
    let other = std::fs::read_to_string(&meta)
        .unwrap()
        .replace("\\\"version\\\":1", "\\\"version\\\":0");
    std::fs::write(&meta, other).unwrap();
    assert!(Index::open(dir.path()).unwrap().needs_rebuild());
}

#[test]
fn a_second_opener_is_told_that_the_directory_is_in_use() {
    let dir = TempDir::new().unwrap();
    let first = Index::open(dir.path()).unwrap();
    first.apply(&[upsert(1, product("Desk"))], 1).unwrap();
    assert!(matches!(Index::open(dir.path()), Err(Error::InUse)));
    assert_eq!(found(&first, &all()), ["desk"]);
}

#[test]
fn a_rebuild_replaces_everything_at_once() {
    let index = index_of([product("Old")]);
    let mut rebuild = index.rebuild().unwrap();
    rebuild.add(product("New")).unwrap();
    rebuild.add(product("New")).unwrap();
    assert_eq!(found(&index, &all()), ["old"]);
    rebuild.finish(9).unwrap();
    assert_eq!(found(&index, &all()), ["new"]);
    assert_eq!(index.last_seq(), 9);
}

#[test]
fn an_abandoned_rebuild_changes_nothing() {
    let index = index_of([product("Old")]);
    let mut rebuild = index.rebuild().unwrap();
    rebuild.add(product("New")).unwrap();
    drop(rebuild);
    index.apply(&[upsert(2, product("Lamp"))], 2_000).unwrap();
    assert_eq!(found(&index, &all()), ["lamp", "old"]);
    assert_eq!(index.last_seq(), 2_000);
}

#[test]
fn many_small_batches_end_in_the_same_answers_as_one() {
    let names: Vec<String> = (0..40).map(|number| format!("Desk {number:02}")).collect();
    let one = index_of(names.iter().map(|name| product(name)));
    let many = Index::in_memory().unwrap();
    for (seq, name) in (1..).zip(&names) {
        many.apply(&[upsert(seq, version(name, seq, name))], seq)
            .unwrap();
    }
    assert_eq!(found(&many, &text("desk")), found(&one, &text("desk")));
    assert_eq!(
        many.query(&all()).unwrap().facets,
        one.query(&all()).unwrap().facets
    );
}
