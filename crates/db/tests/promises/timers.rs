use db::{task, timer};
use dbtest::{Bed, db_test};
use kernel::{Realm, Timestamp};

async fn set(bed: &Bed, subject: &'static str, realm: Realm, due: Timestamp) {
    bed.db
        .write(move |tx| timer::set(tx, "expire", subject, realm, due))
        .await
        .unwrap();
}

async fn fire(bed: &Bed, realm: Realm, business_now: Timestamp) -> usize {
    let now = bed.now();
    bed.db
        .write(move |tx| timer::fire_due(tx, realm, business_now, now, 100))
        .await
        .unwrap()
}

async fn subjects(bed: &Bed) -> Vec<String> {
    let claimed = task::claim(&bed.db, "worker", 100, 60).await.unwrap();
    claimed.into_iter().map(|task| task.payload).collect()
}

db_test! {
    async fn a_timer_fires_once_when_it_is_due(bed) {
        let due = bed.now().plus_seconds(60);
        set(&bed, "ins_1", Realm::Live, due).await;
        assert_eq!(fire(&bed, Realm::Live, due.plus_millis(-1)).await, 0);
        assert_eq!(fire(&bed, Realm::Live, due).await, 1);
        assert_eq!(fire(&bed, Realm::Live, due.plus_seconds(60)).await, 0);
        assert_eq!(subjects(&bed).await, ["ins_1"]);
    }

    async fn a_timer_counts_by_the_clock_of_its_realm(bed) {
        let due = bed.now().plus_seconds(60);
        set(&bed, "live", Realm::Live, due).await;
        set(&bed, "trial", Realm::Sandbox, due).await;
        assert_eq!(fire(&bed, Realm::Sandbox, due.plus_seconds(1)).await, 1);
        assert_eq!(fire(&bed, Realm::Live, bed.now()).await, 0);
        assert_eq!(subjects(&bed).await, ["trial"]);
    }

    async fn a_timer_set_again_moves_and_a_cancelled_one_is_silent(bed) {
        let now = bed.now();
        set(&bed, "moved", Realm::Live, now).await;
        set(&bed, "moved", Realm::Live, now.plus_seconds(60)).await;
        set(&bed, "cancelled", Realm::Live, now).await;
        bed.db.write(|tx| timer::cancel(tx, "expire", "cancelled")).await.unwrap();
        assert_eq!(fire(&bed, Realm::Live, now).await, 0);
        assert_eq!(fire(&bed, Realm::Live, now.plus_seconds(60)).await, 1);
    }

    async fn processes_that_fire_at_once_make_one_task(bed) {
        let now = bed.now();
        set(&bed, "ins_1", Realm::Live, now).await;
        let (left, right) = tokio::join!(fire(&bed, Realm::Live, now), fire(&bed, Realm::Live, now));
        assert_eq!(left + right, 1);
        assert_eq!(subjects(&bed).await, ["ins_1"]);
    }

    async fn a_timer_set_while_its_task_runs_is_not_lost(bed) {
        let now = bed.now();
        set(&bed, "ins_1", Realm::Live, now).await;
        fire(&bed, Realm::Live, now).await;
        let running = task::claim(&bed.db, "worker", 1, 60).await.unwrap().remove(0);
        set(&bed, "ins_1", Realm::Live, now).await;
        assert_eq!(fire(&bed, Realm::Live, now).await, 0, "it waits for the running task");
        bed.db.write(move |tx| task::finish(tx, &running)).await.unwrap();
        assert_eq!(fire(&bed, Realm::Live, now).await, 1);
        assert_eq!(subjects(&bed).await, ["ins_1"]);
    }

    async fn a_timer_wakes_the_dead_task_of_its_last_time(bed) {
        let now = bed.now();
        set(&bed, "ins_1", Realm::Live, now).await;
        fire(&bed, Realm::Live, now).await;
        let failed = task::claim(&bed.db, "worker", 1, 60).await.unwrap().remove(0);
        bed.db.write(move |tx| task::bury(tx, &failed, "gave up")).await.unwrap();
        set(&bed, "ins_1", Realm::Live, now).await;
        assert_eq!(fire(&bed, Realm::Live, now).await, 1);
        assert_eq!(subjects(&bed).await, ["ins_1"]);
    }
}
