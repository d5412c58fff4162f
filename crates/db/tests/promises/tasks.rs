use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use db::task::{self, LEASE_LOST, NewTask, Task};
use dbtest::{Bed, db_test};
use kernel::fail::NOT_FOUND;
use kernel::page::PageRequest;
use kernel::{Realm, Timestamp};

async fn enqueue(bed: &Bed, lane: &str, key: Option<&str>) -> bool {
    let (lane, key, now) = (lane.to_owned(), key.map(str::to_owned), bed.now());
    let added = bed.db.write(move |tx| {
        let new = NewTask {
            kind: "open",
            realm: Realm::Live,
            lane: &lane,
            payload: "lin_1",
            due_at: now,
            unique_key: key.as_deref(),
        };
        task::enqueue(tx, &new, now)
    });
    added.await.unwrap()
}

async fn claim(bed: &Bed, worker: &str) -> Vec<Task> {
    task::claim(&bed.db, worker, 100, 60).await.unwrap()
}

async fn claim_one(bed: &Bed, worker: &str) -> Task {
    let mut claimed = claim(bed, worker).await;
    assert_eq!(claimed.len(), 1);
    claimed.remove(0)
}

db_test! {
    async fn each_task_is_claimed_once_by_sixteen_workers(bed) {
        for number in 0..60 {
            enqueue(&bed, &format!("seller {}", number % 20), None).await;
        }
        let seen = Arc::new(Mutex::new(Vec::new()));
        let mut workers = Vec::new();
        for number in 0..16 {
            let (db, seen) = (bed.db.clone(), Arc::clone(&seen));
            workers.push(tokio::spawn(async move {
                let worker = format!("worker {number}");
                loop {
                    let claimed = task::claim(&db, &worker, 5, 60).await.unwrap();
                    if claimed.is_empty() {
                        break;
                    }
                    seen.lock().unwrap().extend(claimed.iter().map(|task| task.id));
                }
            }));
        }
        for worker in workers {
            worker.await.unwrap();
        }
        let seen = seen.lock().unwrap().clone();
        assert_eq!(seen.len(), 60);
        assert_eq!(seen.into_iter().collect::<HashSet<_>>().len(), 60);
    }

    async fn a_lane_never_runs_more_than_its_limit_and_hides_no_other(bed) {
        for _ in 0..300 {
            enqueue(&bed, "slow seller", None).await;
        }
        let slow: Vec<Task> = claim(&bed, "a").await;
        assert_eq!(slow.len(), 8);
        enqueue(&bed, "other seller", None).await;
        let (left, right) = tokio::join!(claim(&bed, "b"), claim(&bed, "c"));
        let lanes: Vec<&str> = left.iter().chain(&right).map(|task| task.lane.as_str()).collect();
        assert_eq!(lanes, ["other seller"]);
        let done = slow[0].clone();
        bed.db.write(move |tx| task::finish(tx, &done)).await.unwrap();
        assert_eq!(claim(&bed, "d").await.len(), 1, "a place in the lane is free again");
    }

    async fn workers_that_claim_at_once_keep_to_the_limit_of_a_lane(bed) {
        for _ in 0..40 {
            enqueue(&bed, "seller", None).await;
        }
        let mut workers = Vec::new();
        for number in 0..8 {
            let db = bed.db.clone();
            workers.push(tokio::spawn(async move {
                task::claim(&db, &number.to_string(), 3, 60).await.unwrap().len()
            }));
        }
        let mut running = 0;
        for worker in workers {
            running += worker.await.unwrap();
        }
        assert_eq!(running, 8);
    }

    async fn a_dead_workers_task_is_claimed_again_and_its_late_result_refused(bed) {
        enqueue(&bed, "seller", None).await;
        let first = claim_one(&bed, "dies").await;
        assert!(claim(&bed, "early").await.is_empty());
        bed.clock.advance_seconds(61);
        let second = claim_one(&bed, "heir").await;
        assert_eq!((second.id, second.attempts), (first.id, 2));
        let late = bed.db.write({ let first = first.clone(); move |tx| task::finish(tx, &first) }).await;
        assert!(late.unwrap_err().is(LEASE_LOST));
        let late = bed.db.write(move |tx| task::retry(tx, &first, Timestamp::ZERO, "late")).await;
        assert!(late.unwrap_err().is(LEASE_LOST));
        bed.db.write(move |tx| task::finish(tx, &second)).await.unwrap();
        bed.clock.advance_seconds(61);
        assert!(claim(&bed, "nobody").await.is_empty());
    }

    async fn a_worker_that_claims_its_own_task_again_holds_only_the_new_lease(bed) {
        enqueue(&bed, "seller", None).await;
        let first = claim_one(&bed, "same").await;
        bed.clock.advance_seconds(61);
        let second = claim_one(&bed, "same").await;
        assert!(bed.db.write(move |tx| task::bury(tx, &first, "late")).await.unwrap_err().is(LEASE_LOST));
        bed.db.write(move |tx| task::finish(tx, &second)).await.unwrap();
    }

    async fn a_clock_that_jumps_back_an_hour_neither_loses_nor_doubles_a_lease(bed) {
        enqueue(&bed, "seller", None).await;
        let held = claim_one(&bed, "a").await;
        bed.clock.advance_seconds(-3_600);
        assert!(claim(&bed, "b").await.is_empty(), "not doubled");
        enqueue(&bed, "seller", Some("new")).await;
        assert_eq!(claim_one(&bed, "b").await.unique_key.as_deref(), Some("new"));
        bed.clock.advance_seconds(3_600 + 61);
        let again = claim(&bed, "b").await;
        assert!(again.iter().any(|task| task.id == held.id), "not lost");
    }

    async fn a_unique_key_stands_for_one_task_until_it_is_finished(bed) {
        assert!(enqueue(&bed, "seller", Some("open:lin_1")).await);
        assert!(!enqueue(&bed, "seller", Some("open:lin_1")).await);
        let task = claim_one(&bed, "a").await;
        assert!(!enqueue(&bed, "seller", Some("open:lin_1")).await);
        bed.db.write(move |tx| task::finish(tx, &task)).await.unwrap();
        assert!(enqueue(&bed, "seller", Some("open:lin_1")).await);
    }

    async fn a_task_put_back_waits_until_it_is_due_and_tells_what_went_wrong(bed) {
        enqueue(&bed, "seller", Some("k")).await;
        let task = claim_one(&bed, "a").await;
        let later = bed.now().plus_seconds(300);
        bed.db.write(move |tx| task::retry(tx, &task, later, "no answer")).await.unwrap();
        assert!(claim(&bed, "a").await.is_empty());
        let waiting = bed.db.read(|tx| task::find(tx, "k")).await.unwrap().unwrap();
        assert_eq!(waiting.last_error.as_deref(), Some("no answer"));
        let now = bed.now();
        assert!(bed.db.write(move |tx| task::hurry(tx, "k", now)).await.unwrap());
        assert_eq!(claim_one(&bed, "a").await.attempts, 2);
    }

    async fn a_buried_task_is_seen_and_lives_again_when_revived(bed) {
        enqueue(&bed, "seller", None).await;
        let task = claim_one(&bed, "a").await;
        let id = task.id;
        bed.db.write(move |tx| task::bury(tx, &task, "gave up")).await.unwrap();
        bed.clock.advance_seconds(86_400);
        assert!(claim(&bed, "a").await.is_empty());
        let dead = bed.db.read(|tx| task::dead(tx, &PageRequest::default())).await.unwrap();
        assert_eq!(dead.rows.iter().map(|task| task.id).collect::<Vec<_>>(), [id]);
        let now = bed.now();
        bed.db.write(move |tx| task::revive(tx, id, now)).await.unwrap();
        assert_eq!(claim_one(&bed, "a").await.attempts, 1, "with fresh attempts");
        let twice = bed.db.write(move |tx| task::revive(tx, id, now)).await;
        assert!(twice.unwrap_err().is(NOT_FOUND));
    }

    async fn a_task_that_somebody_works_on_is_not_removed(bed) {
        enqueue(&bed, "seller", Some("k")).await;
        let task = claim_one(&bed, "a").await;
        assert!(!bed.db.write(|tx| task::remove(tx, "k")).await.unwrap());
        bed.db.write(move |tx| task::retry(tx, &task, Timestamp::ZERO, "")).await.unwrap();
        assert!(bed.db.write(|tx| task::remove(tx, "k")).await.unwrap());
        assert!(bed.db.read(|tx| task::find(tx, "k")).await.unwrap().is_none());
    }

    async fn a_task_of_a_closure_that_failed_does_not_exist(bed) {
        let now = bed.now();
        let answer: Result<(), _> = bed.db.write(move |tx| {
            let new = NewTask { kind: "open", realm: Realm::Live, lane: "", payload: "", due_at: now, unique_key: None };
            task::enqueue(tx, &new, now)?;
            Err(kernel::Fail::not_found())
        }).await;
        answer.unwrap_err();
        assert!(claim(&bed, "a").await.is_empty());
    }

    async fn a_worker_that_asks_late_still_hears_of_the_new_task(bed) {
        enqueue(&bed, "seller", None).await;
        bed.db.task_enqueued().await;
    }

    async fn a_period_is_started_once_until_it_is_forgotten(bed) {
        let start = |period: &'static str, at| bed.db.write(move |tx| task::start_period(tx, "report", period, at));
        let now = bed.now();
        assert!(start("2026-03", now).await.unwrap());
        assert!(!start("2026-03", now).await.unwrap());
        assert!(start("2026-04", now.plus_seconds(10)).await.unwrap());
        let later = now.plus_seconds(1);
        assert_eq!(bed.db.write(move |tx| task::sweep_periods(tx, later)).await.unwrap(), 1);
        assert!(!start("2026-04", now).await.unwrap());
    }

    async fn the_standing_counts_tasks_per_state(bed) {
        enqueue(&bed, "seller", None).await;
        enqueue(&bed, "seller", None).await;
        let standing = bed.db.read(task::standing).await.unwrap();
        assert_eq!(standing, [("live".to_owned(), 2, bed.now())]);
    }
}

#[test]
fn leases_count_by_the_time_of_the_server_on_postgres() {
    dbtest::run(dbtest::Engine::Postgres, async |bed| {
        enqueue(&bed, "seller", None).await;
        let db = bed.open_with(|options| options.lease_by_given_clock = false);
        let claimed = task::claim(&db, "a", 10, 3_600).await.unwrap();
        assert!(
            claimed[0].due_at > bed.now(),
            "the test's clock stands in the past"
        );
        assert!(task::claim(&db, "b", 10, 3_600).await.unwrap().is_empty());
    });
}
