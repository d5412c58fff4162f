use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use db::fault::Moment;
use db::unique_violation;
use dbtest::{Bed, Engine, db_test};
use kernel::fail::{BUG, BUSY, Fail, NOT_FOUND};

use crate::common::{
    add, counter, gate, hold_writer, keys, power, put, started, write_background, write_key,
};

/// Runs a body on SQLite alone, where it is about the one writer.
fn on_sqlite<Fut: Future<Output = ()>>(body: impl FnOnce(Bed) -> Fut) {
    dbtest::run(Engine::Sqlite, body);
}

/// Counts commits.
fn counted(bed: &Bed, commits: &Arc<AtomicUsize>) -> db::Db {
    let commits = Arc::clone(commits);
    bed.open_with(|options| {
        options.power = power(move |moment| {
            if moment == Moment::AfterCommit {
                commits.fetch_add(1, Ordering::SeqCst);
            }
            false
        });
    })
}

#[test]
fn writes_that_wait_together_share_commits() {
    on_sqlite(async |bed| {
        let commits = Arc::new(AtomicUsize::new(0));
        let db = counted(&bed, &commits);
        let held = hold_writer(&db);
        let mut waiting = Vec::new();
        for number in 0..100 {
            let db = db.clone();
            waiting
                .push(started(async move { write_key(&db, format!("{number:03}")).await }).await);
        }
        held.open();
        for answer in waiting {
            answer.await.unwrap().unwrap();
        }
        assert_eq!(keys(&db).await.len(), 100);
        // One, unless the machine is so slow that the batch was cut by time.
        assert!(commits.load(Ordering::SeqCst) <= 10);
    });
}

#[test]
fn one_background_closure_at_most_runs_in_a_batch() {
    on_sqlite(async |bed| {
        let commits = Arc::new(AtomicUsize::new(0));
        let db = counted(&bed, &commits);
        let held = hold_writer(&db);
        let mut waiting = Vec::new();
        for number in 0..5 {
            let db = db.clone();
            waiting.push(
                started(async move { write_background(&db, format!("{number}")).await }).await,
            );
        }
        held.open();
        for answer in waiting {
            answer.await.unwrap().unwrap();
        }
        assert_eq!(
            commits.load(Ordering::SeqCst),
            6,
            "the holder's and five more"
        );
    });
}

db_test! {
    async fn nobody_is_answered_before_the_commit_returned(bed) {
        let (held, barrier) = gate();
        let db = bed.open_with(|options| {
            options.power = power(move |moment| {
                if moment == Moment::AfterCommit {
                    barrier.pass();
                }
                false
            });
        });
        let writing = started({
            let db = db.clone();
            async move { write_key(&db, "a").await }
        })
        .await;
        held.wait_for_arrival();
        assert_eq!(keys(&bed.db).await, ["a"], "it is committed");
        assert!(!writing.is_finished(), "and not answered");
        held.open();
        writing.await.unwrap().unwrap();
    }

    async fn a_closure_that_fails_takes_back_its_own_work_alone(bed) {
        let mut waiting = Vec::new();
        for number in 0..6 {
            let db = bed.db.clone();
            waiting.push(started(async move {
                db.write(move |tx| {
                    put(tx, &number.to_string(), "")?;
                    if number % 2 == 0 { Ok(()) } else { Err(Fail::not_found()) }
                })
                .await
            }).await);
        }
        for (number, answer) in waiting.into_iter().enumerate() {
            let answer = answer.await.unwrap();
            assert_eq!(answer.is_ok(), number % 2 == 0);
            assert!(answer.is_ok() || answer.is_err_and(|fail| fail.is(NOT_FOUND)));
        }
        assert_eq!(keys(&bed.db).await, ["0", "2", "4"]);
    }

    async fn a_panic_in_a_closure_is_a_bug_and_the_writer_goes_on(bed) {
        let answer: Result<(), Fail> = bed.db.write(|tx| {
            put(tx, "gone", "")?;
            panic!("on purpose")
        }).await;
        assert!(answer.unwrap_err().is(BUG));
        write_key(&bed.db, "after").await.unwrap();
        assert_eq!(keys(&bed.db).await, ["after"]);
        assert!(bed.db.healthy());
    }

    async fn a_swallowed_database_error_still_rolls_back(bed) {
        write_key(&bed.db, "taken").await.unwrap();
        let answer = bed.db.write(|tx| {
            put(tx, "mine", "")?;
            let _ = put(tx, "taken", "");
            let next = put(tx, "more", "");
            assert!(next.is_err(), "a poisoned transaction takes no more");
            Ok(())
        }).await;
        assert!(answer.unwrap_err().is(BUG));
        assert_eq!(keys(&bed.db).await, ["taken"]);
    }

    async fn a_unique_violation_names_the_same_constraint_on_both(bed) {
        write_key(&bed.db, "twice").await.unwrap();
        let fail = write_key(&bed.db, "twice").await.unwrap_err();
        assert_eq!(unique_violation(&fail), Some("idempotency__scope__key"));
    }

    async fn too_few_parameters_are_a_bug_on_both(bed) {
        db::sql! { TWO = "select key from idempotency where scope = $1 and key = $2"; }
        let answer = bed.db.read(|tx| tx.many(&TWO, &[&"test"], |row| row.take::<String>())).await;
        assert!(answer.unwrap_err().is(BUG));
    }

    async fn the_hard_limit_stops_a_closure_at_its_next_statement(bed) {
        let db = bed.open_with(|options| options.hard_limit_ms = 0);
        let answer = db.write(|tx| {
            let watch = kernel::Stopwatch::start();
            while watch.elapsed_ms() < 2 {
                std::hint::spin_loop();
            }
            put(tx, "late", "").map(drop)
        }).await;
        assert!(answer.unwrap_err().is(db::TOOK_TOO_LONG));
        assert_eq!(keys(&bed.db).await, Vec::<String>::new());
    }

    async fn check_then_write_is_right_when_eight_write_one_row(bed) {
        bed.db.write(|tx| { put(tx, "stock", "")?; add(tx, "stock", 400) }).await.unwrap();
        let mut workers = Vec::new();
        for _ in 0..8 {
            let db = bed.db.clone();
            workers.push(tokio::spawn(async move {
                let mut done = 0;
                while done < 50 {
                    let sold = db.write(|tx| {
                        if counter(tx, "stock")? > 0 { add(tx, "stock", -1) } else { Err(Fail::not_found()) }
                    }).await;
                    match sold {
                        Ok(()) => done += 1,
                        Err(fail) => assert!(fail.is(BUSY), "{fail}"),
                    }
                }
            }));
        }
        for worker in workers {
            worker.await.unwrap();
        }
        assert_eq!(bed.db.read(|tx| counter(tx, "stock")).await.unwrap(), 0);
    }
}

#[test]
fn a_full_queue_refuses_as_busy_and_goes_on_later() {
    on_sqlite(async |bed| {
        let db = bed.open_with(|options| options.queue_capacity = 2);
        let held = hold_writer(&db);
        let mut waiting = Vec::new();
        for key in ["a", "b"] {
            let db = db.clone();
            waiting.push(started(async move { write_key(&db, key).await }).await);
        }
        assert!(write_key(&db, "c").await.unwrap_err().is(BUSY));
        held.open();
        for answer in waiting {
            answer.await.unwrap().unwrap();
        }
        write_key(&db, "d").await.unwrap();
        assert_eq!(keys(&db).await, ["a", "b", "d"]);
    });
}
