//! What only a server can do to us.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use db::Target;
use dbtest::{Bed, Engine};
use kernel::fail::{BUSY, OUTCOME_UNKNOWN};

use crate::common::{keys, put, write_key};

const KILL_ALL: &str = "select pg_terminate_backend(pid) from pg_stat_activity \
                        where datname = current_database() and pid <> pg_backend_pid()";

fn url(bed: &Bed) -> String {
    match &bed.options.target {
        Target::Postgres(options) => options.url.clone(),
        Target::Sqlite(_) => panic!("not a server"),
    }
}

/// Ends every connection to the test's database, and waits until they are gone.
fn kill_connections(url: &str) {
    let url = url.to_owned();
    std::thread::spawn(move || {
        let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
        while !client.query(KILL_ALL, &[]).unwrap().is_empty() {}
    })
    .join()
    .unwrap();
}

#[test]
fn connections_that_the_server_ended_heal() {
    dbtest::run(Engine::Postgres, async |bed| {
        write_key(&bed.db, "before").await.unwrap();
        kill_connections(&url(&bed));
        for number in 0..8 {
            write_key(&bed.db, format!("{number}")).await.unwrap();
            assert_eq!(keys(&bed.db).await.len(), number + 2);
        }
        assert!(bed.db.healthy());
    });
}

#[test]
fn a_connection_lost_inside_a_closure_runs_it_again() {
    dbtest::run(Engine::Postgres, async |bed| {
        let (url, runs) = (url(&bed), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&runs);
        bed.db
            .write(move |tx| {
                put(tx, "a", "")?;
                if counted.fetch_add(1, Ordering::SeqCst) == 0 {
                    kill_connections(&url);
                }
                put(tx, "b", "")
            })
            .await
            .unwrap();
        assert_eq!(runs.load(Ordering::SeqCst), 2);
        assert_eq!(keys(&bed.db).await, ["a", "b"]);
    });
}

#[test]
fn a_commit_whose_answer_is_lost_is_told_as_unknown_and_not_repeated() {
    dbtest::run(Engine::Postgres, async |bed| {
        let (url, killed) = (url(&bed), AtomicBool::new(false));
        let answer = bed
            .db
            .write(move |tx| {
                put(tx, "a", "")?;
                assert!(!killed.swap(true, Ordering::SeqCst), "it ran again");
                kill_connections(&url);
                Ok(())
            })
            .await;
        let fail = answer.unwrap_err();
        assert!(fail.is(OUTCOME_UNKNOWN), "{fail}");
        assert_eq!(keys(&bed.db).await, Vec::<String>::new());
    });
}

#[test]
fn a_server_that_is_gone_is_told_as_busy_and_makes_us_unready() {
    let Some(bed) = Bed::new(Engine::Postgres) else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (admin, database) = (url(&bed), "select current_database()::text");
        std::thread::spawn(move || {
            let mut client = postgres::Client::connect(&admin, postgres::NoTls).unwrap();
            let name: String = client.query_one(database, &[]).unwrap().get(0);
            let elsewhere = format!("{admin} dbname=postgres");
            let mut other = postgres::Client::connect(&elsewhere, postgres::NoTls).unwrap();
            drop(client);
            other
                .batch_execute(&format!("drop database {name} with (force)"))
                .unwrap();
        })
        .join()
        .unwrap();
        let fail = write_key(&bed.db, "a").await.unwrap_err();
        assert!(fail.is(BUSY), "{fail}");
        assert!(!bed.db.healthy());
    });
}
