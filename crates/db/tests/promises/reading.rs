use dbtest::db_test;
use kernel::fail::BUG;

use crate::common::{all, gate, keys, put, started, write_key};

db_test! {
    async fn a_reader_sees_one_snapshot_while_others_write(bed) {
        write_key(&bed.db, "before").await.unwrap();
        let (held, barrier) = gate();
        let reading = started({
            let db = bed.db.clone();
            async move {
                db.read(move |tx| {
                    let first = all(tx)?;
                    barrier.pass();
                    Ok((first, all(tx)?))
                })
                .await
            }
        })
        .await;
        held.wait_for_arrival();
        write_key(&bed.db, "meanwhile").await.unwrap();
        held.open();
        let (first, second) = reading.await.unwrap().unwrap();
        assert_eq!(first, second);
        assert_eq!(keys(&bed.db).await, ["before", "meanwhile"]);
    }

    async fn bulk_reading_stands_in_nobodys_way(bed) {
        let mut gates = Vec::new();
        let mut bulk = Vec::new();
        for _ in 0..3 {
            let (held, barrier) = gate();
            let db = bed.db.clone();
            bulk.push(started(async move {
                db.read_bulk(move |tx| {
                    barrier.pass();
                    all(tx)
                })
                .await
            }).await);
            gates.push(held);
        }
        assert_eq!(keys(&bed.db).await, Vec::<String>::new(), "pages are read meanwhile");
        gates.iter().for_each(|held| held.open());
        for answer in bulk {
            answer.await.unwrap().unwrap();
        }
    }

    async fn a_panic_in_a_reader_is_a_bug_and_reading_goes_on(bed) {
        for _ in 0..10 {
            let answer: Result<(), _> = bed.db.read(|_| panic!("on purpose")).await;
            assert!(answer.unwrap_err().is(BUG));
        }
        assert_eq!(keys(&bed.db).await, Vec::<String>::new());
    }

    async fn a_reader_that_swallows_a_database_error_is_not_believed(bed) {
        db::sql! { BY_KEY = "select result from idempotency where key = $1"; }
        let answer = bed.db.read(|tx| {
            let _ = tx.many(&BY_KEY, &[], |row| row.take::<String>());
            Ok("all is well")
        }).await;
        assert!(answer.unwrap_err().is(BUG));
    }

    async fn values_come_back_as_they_went(bed) {
        let text = "quote ' dollar $1 汉字 \u{1F600}";
        bed.db.write(move |tx| put(tx, "text", text).map(drop)).await.unwrap();
        let rows = bed.db.read(all).await.unwrap();
        assert_eq!(rows, [("text".to_owned(), text.to_owned())]);
    }

    async fn every_statement_of_the_store_is_understood(bed) {
        let refused = db::prepare_all(&bed.db).await.unwrap();
        assert!(refused.is_empty(), "{refused:#?}");
    }
}
