use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use db::fault::Moment;
use dbtest::{Engine, db_test};
use kernel::fail::{BUSY, OUTCOME_UNKNOWN};

use crate::common::{hold_writer, keys, power, started, write_key};

db_test! {
    async fn power_cut_before_the_commit_leaves_nothing(bed) {
        let db = bed.open_with(|options| options.power = power(|moment| moment == Moment::BeforeCommit));
        let answer = write_key(&db, "a").await;
        assert!(answer.unwrap_err().is(OUTCOME_UNKNOWN));
        drop(db);
        let again = bed.open_with(|_| {});
        assert_eq!(keys(&again).await, Vec::<String>::new());
        write_key(&again, "b").await.unwrap();
    }

    async fn power_cut_after_the_commit_leaves_all(bed) {
        let db = bed.open_with(|options| options.power = power(|moment| moment == Moment::AfterCommit));
        let answer = write_key(&db, "a").await;
        assert!(answer.unwrap_err().is(OUTCOME_UNKNOWN));
        drop(db);
        let again = bed.open_with(|_| {});
        assert_eq!(keys(&again).await, ["a"]);
    }

    async fn a_database_without_power_is_unhealthy_and_takes_nothing(bed) {
        let db = bed.open_with(|options| options.power = power(|_| true));
        assert!(db.healthy());
        write_key(&db, "a").await.unwrap_err();
        // The thread says so while it ends; writing waits for that.
        assert!(write_key(&db, "b").await.is_err());
        assert_eq!(keys(&bed.db).await, Vec::<String>::new());
    }
}

#[test]
fn whoever_waited_when_the_power_failed_is_told_that_nothing_happened() {
    dbtest::run(Engine::Sqlite, async |bed| {
        let cut = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&cut);
        let db = bed.open_with(|options| {
            options.power = power(move |_| asked.load(Ordering::SeqCst));
            options.queue_capacity = 1_000;
        });
        let held = hold_writer(&db);
        let waiting = started({
            let db = db.clone();
            async move { write_key(&db, "a").await }
        })
        .await;
        cut.store(true, Ordering::SeqCst);
        held.open();
        let fail = waiting.await.unwrap().unwrap_err();
        assert!(fail.is(BUSY), "{fail}");
        assert_eq!(keys(&bed.db).await, Vec::<String>::new());
    });
}
