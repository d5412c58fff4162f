use std::path::{Path, PathBuf};
use std::process::Command;

use db::{Db, Options, SqliteOptions, Target};
use dbtest::{Bed, Engine};
use kernel::fail::{Fail, STORAGE_FAILED};

use crate::common::{all, delete, gate, hold_writer, keys, put, started, write_key};

fn file_of(bed: &Bed) -> PathBuf {
    match &bed.options.target {
        Target::Sqlite(options) => options.file.clone(),
        Target::Postgres(_) => panic!("not a file"),
    }
}

/// A database whose "disk" has room for so many pages more.
fn nearly_full(bed: &Bed, room: u32) -> Db {
    let conn = rusqlite::Connection::open(file_of(bed)).unwrap();
    let pages: u32 = conn
        .query_row("pragma page_count", [], |row| row.get(0))
        .unwrap();
    bed.open_with(|options| {
        if let Target::Sqlite(sqlite) = &mut options.target {
            sqlite.max_pages = pages + room;
        }
    })
}

db::sql! {
    PUT_MANY = "insert into idempotency (scope, key, operation, result, created_at) \
                select 'test', $1 || key, 'put', $2, 0 from idempotency where scope = 'seed'";
    SEED = "insert into idempotency (scope, key, operation, result, created_at) values ('seed', $1, 'put', '', 0)";
}

fn huge() -> String {
    "x".repeat(1_000_000)
}

/// One closure that fits nowhere stands among nine that fit.
async fn disk_full_at(bed: &Bed, place: usize) {
    let db = nearly_full(bed, 20);
    let held = hold_writer(&db);
    let mut waiting = Vec::new();
    for number in 0..10 {
        let db = db.clone();
        waiting.push(
            started(async move {
                db.write(move |tx| {
                    let value = if number == place {
                        huge()
                    } else {
                        String::new()
                    };
                    put(tx, &number.to_string(), &value).map(drop)
                })
                .await
            })
            .await,
        );
    }
    held.open();
    let mut stored = Vec::new();
    for (number, answer) in waiting.into_iter().enumerate() {
        match answer.await.unwrap() {
            Ok(()) => stored.push(number.to_string()),
            Err(fail) => assert!(
                number == place && fail.is(STORAGE_FAILED),
                "{number} {fail}"
            ),
        }
    }
    assert_eq!(stored.len(), 9);
    assert_eq!(keys(&db).await, stored);
}

#[test]
fn disk_full_at_the_first_closure_refuses_it_alone() {
    dbtest::run(Engine::Sqlite, async |bed| disk_full_at(&bed, 0).await);
}

#[test]
fn disk_full_at_a_middle_closure_refuses_it_alone() {
    dbtest::run(Engine::Sqlite, async |bed| disk_full_at(&bed, 5).await);
}

#[test]
fn disk_full_at_the_last_closure_refuses_it_alone() {
    dbtest::run(Engine::Sqlite, async |bed| disk_full_at(&bed, 9).await);
}

#[test]
fn a_full_disk_that_a_closure_hides_is_told_all_the_same() {
    dbtest::run(Engine::Sqlite, async |bed| {
        let db = nearly_full(&bed, 20);
        let answer = db
            .write(|tx| {
                let _ = put(tx, "a", &huge());
                Ok("stored")
            })
            .await;
        assert!(answer.unwrap_err().is(STORAGE_FAILED));
        assert_eq!(keys(&db).await, Vec::<String>::new());
    });
}

#[test]
fn a_statement_of_many_rows_that_finds_the_disk_full_leaves_none_of_them() {
    dbtest::run(Engine::Sqlite, async |bed| {
        bed.db
            .write(|tx| {
                for number in 0..10 {
                    tx.exec(&SEED, &[&number.to_string()])?;
                }
                Ok(())
            })
            .await
            .unwrap();
        let db = nearly_full(&bed, 20);
        let answer = db
            .write(|tx| tx.exec(&PUT_MANY, &[&"k", &"x".repeat(30_000)]))
            .await;
        assert!(answer.unwrap_err().is(STORAGE_FAILED));
        write_key(&db, "small").await.unwrap();
        assert_eq!(keys(&db).await, ["small"]);
    });
}

#[test]
fn storage_that_keeps_failing_makes_the_server_unready_until_it_works_again() {
    dbtest::run(Engine::Sqlite, async |bed| {
        let db = nearly_full(&bed, 20);
        db.write(|tx| put(tx, "ballast", &"x".repeat(40_000)))
            .await
            .unwrap();
        for _ in 0..3 {
            assert!(db.healthy());
            db.write(|tx| put(tx, "a", &huge())).await.unwrap_err();
            // A write that changes nothing proves nothing.
            db.write(|tx| delete(tx, "nobody")).await.unwrap();
        }
        assert!(!db.healthy());
        db.write(|tx| delete(tx, "ballast")).await.unwrap();
        write_key(&db, "room again").await.unwrap();
        assert!(db.healthy());
        assert_eq!(keys(&db).await, ["room again"]);
    });
}

/// The shell's limit on the size of files makes COMMIT itself fail, since all
/// pages of a batch fit in the cache until then.
#[test]
fn disk_full_at_the_commit_loses_nothing_that_was_answered() {
    let bed = Bed::new(Engine::Sqlite).unwrap();
    let file = file_of(&bed);
    let limit_blocks = (std::fs::metadata(&file).unwrap().len() + 600_000) / 512;
    drop(bed.db.clone());
    let status = Command::new("sh")
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit -f {limit_blocks}; exec \"$0\" --exact storage::writes_on_a_small_disk --ignored"))
        .arg(std::env::current_exe().unwrap())
        .env("KOOGALLERY_TEST_SMALL_DISK", &file)
        .status()
        .unwrap();
    assert!(status.success());
    let told = std::fs::read_to_string(told_of(&file)).unwrap();
    let stored: Vec<&str> = told.lines().collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found = runtime.block_on(keys(&bed.open_with(|_| {})));
    assert_eq!(found, stored);
}

fn told_of(file: &Path) -> PathBuf {
    file.with_extension("told")
}

#[test]
#[ignore = "started by the test above in a process whose files are limited"]
fn writes_on_a_small_disk() {
    let Some(file) = std::env::var_os("KOOGALLERY_TEST_SMALL_DISK").map(PathBuf::from) else {
        return;
    };
    let sqlite = SqliteOptions {
        file: file.clone(),
        readers: 1,
        max_pages: 0,
    };
    let db = Db::open(
        Options::new(Target::Sqlite(sqlite)),
        kernel::Clock::system(),
    )
    .unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stored = runtime.block_on(async {
        let held = hold_writer(&db);
        let mut waiting = Vec::new();
        for number in 0..20 {
            let db = db.clone();
            waiting.push(
                started(async move {
                    db.write(move |tx| put(tx, &format!("{number:02}"), &"x".repeat(100_000)))
                        .await
                })
                .await,
            );
        }
        held.open();
        let mut stored = Vec::new();
        for (number, answer) in waiting.into_iter().enumerate() {
            match answer.await.unwrap() {
                Ok(_) => stored.push(format!("{number:02}")),
                Err(fail) => assert!(fail.is(STORAGE_FAILED), "{fail}"),
            }
        }
        assert!(!stored.is_empty() && stored.len() < 20, "{stored:?}");
        assert_eq!(keys(&db).await, stored);
        stored
    });
    std::fs::write(told_of(&file), stored.join("\n")).unwrap();
}

#[test]
fn the_log_is_cut_after_a_long_reader_has_left() {
    dbtest::run(Engine::Sqlite, async |bed| {
        let log = file_of(&bed).with_extension("db-wal");
        let size = || std::fs::metadata(&log).map_or(0, |found| found.len());
        let (held, barrier) = gate();
        let reading = started({
            let db = bed.db.clone();
            async move {
                db.read_bulk(move |tx| {
                    let before = all(tx)?;
                    barrier.pass();
                    Ok((before, all(tx)?))
                })
                .await
            }
        })
        .await;
        held.wait_for_arrival();
        fill(&bed.db, 0..18).await.unwrap();
        assert!(
            size() > 64 * 1024 * 1024,
            "the reader keeps the log: {}",
            size()
        );
        held.open();
        let (before, after) = reading.await.unwrap().unwrap();
        assert_eq!(before, after);
        fill(&bed.db, 18..22).await.unwrap();
        assert!(size() < 40 * 1024 * 1024, "the log is cut: {}", size());
        assert_eq!(keys(&bed.db).await.len(), 22);
    });
}

/// Four mebibytes per write.
async fn fill(db: &Db, numbers: std::ops::Range<u32>) -> Result<(), Fail> {
    for number in numbers {
        db.write(move |tx| put(tx, &number.to_string(), &"x".repeat(4 * 1024 * 1024)))
            .await?;
    }
    Ok(())
}

#[test]
fn a_copy_made_under_load_holds_no_half_of_a_transaction() {
    dbtest::run(Engine::Sqlite, async |bed| {
        let folder = tempfile::tempdir().unwrap();
        let writing = tokio::spawn({
            let db = bed.db.clone();
            async move {
                for number in 0..400 {
                    let pair = move |tx: &db::Tx<'_>| {
                        put(tx, &format!("a{number:03}"), &"x".repeat(2_000))?;
                        put(tx, &format!("b{number:03}"), &"x".repeat(2_000))
                    };
                    db.write(pair).await.unwrap();
                }
            }
        });
        let mut copies = Vec::new();
        while !writing.is_finished() && copies.len() < 50 {
            let file = folder.path().join(format!("{}.db", copies.len()));
            bed.db.copy_to(file.clone()).await.unwrap();
            copies.push(file);
        }
        writing.await.unwrap();
        assert!(!copies.is_empty());
        for file in copies {
            let conn = rusqlite::Connection::open(&file).unwrap();
            let ask = |text: &str| {
                conn.query_row(text, [], |row| row.get::<_, i64>(0))
                    .unwrap()
            };
            let firsts = ask("select count(*) from idempotency where key like 'a%'");
            assert_eq!(
                firsts,
                ask("select count(*) from idempotency where key like 'b%'")
            );
            let sound: String = conn
                .query_row("pragma integrity_check", [], |row| row.get(0))
                .unwrap();
            assert_eq!(sound, "ok");
        }
    });
}
