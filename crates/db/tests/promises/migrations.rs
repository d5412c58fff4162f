use db::migrate::{SCHEMA_MISMATCH, check, migrate};
use db::{Options, PostgresOptions, SqliteOptions, Target};
use dbtest::{Bed, Engine, db_test};
use kernel::Clock;

use crate::common::{keys, write_key};

/// Runs a statement that the store itself wouldn't, on either database.
fn tamper(target: &Target, text: &'static str) {
    match target {
        Target::Sqlite(options) => {
            rusqlite::Connection::open(&options.file)
                .unwrap()
                .execute_batch(text)
                .unwrap();
        }
        Target::Postgres(options) => {
            let url = options.url.clone();
            std::thread::spawn(move || {
                postgres::Client::connect(&url, postgres::NoTls)
                    .unwrap()
                    .batch_execute(text)
                    .unwrap();
            })
            .join()
            .unwrap();
        }
    }
}

db_test! {
    async fn migrating_twice_changes_nothing(bed) {
        write_key(&bed.db, "kept").await.unwrap();
        let again = migrate(&bed.options.target, &Clock::new(bed.clock.clone())).unwrap();
        assert!(again.is_empty());
        check(&bed.options.target).unwrap();
        assert_eq!(keys(&bed.db).await, ["kept"]);
    }

    async fn a_schema_of_a_newer_program_is_refused_in_a_plain_sentence(bed) {
        tamper(&bed.options.target, "insert into schema_migration values (9999, '9999_future', 'x', 0)");
        let served = check(&bed.options.target).unwrap_err();
        let migrated = migrate(&bed.options.target, &Clock::system()).unwrap_err();
        for fail in [served, migrated] {
            assert!(fail.is(SCHEMA_MISMATCH));
            let text = fail.to_string();
            assert!(text.contains("9999_future") && text.contains("newer"), "{text}");
        }
    }

    async fn a_migration_that_was_changed_afterwards_is_refused(bed) {
        tamper(&bed.options.target, "update schema_migration set content_hash = 'x' where number = 1");
        assert!(check(&bed.options.target).unwrap_err().is(SCHEMA_MISMATCH));
    }

    async fn a_schema_that_lacks_a_migration_is_refused_with_what_to_do(bed) {
        tamper(&bed.options.target, "delete from schema_migration where number = 2");
        let text = check(&bed.options.target).unwrap_err().to_string();
        assert!(text.contains("0002_accounts") && text.contains("koogallery migrate"), "{text}");
    }
}

fn migrate_at_once(target: &Target) -> usize {
    let starts = std::sync::Barrier::new(4);
    let applied: Vec<usize> = std::thread::scope(|scope| {
        let processes: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    starts.wait();
                    migrate(target, &Clock::system()).unwrap().len()
                })
            })
            .collect();
        processes
            .into_iter()
            .map(|process| process.join().unwrap())
            .collect()
    });
    assert_eq!(
        applied.iter().filter(|count| **count > 0).count(),
        1,
        "one did all: {applied:?}"
    );
    check(target).unwrap();
    applied.iter().sum()
}

#[test]
fn processes_that_migrate_at_once_apply_each_step_once_on_sqlite() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("fresh.db");
        let target = Target::Sqlite(SqliteOptions {
            file,
            readers: 1,
            max_pages: 0,
        });
        assert!(check(&target).unwrap_err().is(SCHEMA_MISMATCH));
        assert!(migrate_at_once(&target) > 0);
    }
}

#[test]
fn processes_that_migrate_at_once_apply_each_step_once_on_postgres() {
    let Some(bed) = Bed::new(Engine::Postgres) else {
        return;
    };
    tamper(
        &bed.options.target,
        "drop schema public cascade; create schema public",
    );
    assert!(check(&bed.options.target).unwrap_err().is(SCHEMA_MISMATCH));
    assert!(migrate_at_once(&bed.options.target) > 0);
}

#[test]
fn asking_about_a_schema_creates_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("absent.db");
    let target = Target::Sqlite(SqliteOptions {
        file: file.clone(),
        readers: 1,
        max_pages: 0,
    });
    assert!(check(&target).is_err());
    assert!(!file.exists());
}

#[test]
fn the_password_of_the_connection_string_is_not_shown() {
    let url = "host=db user=market password=hunter2".to_owned();
    let target = Target::Postgres(PostgresOptions {
        url,
        ca_file: None,
        connections: 1,
    });
    assert!(!format!("{:?}", Options::new(target)).contains("hunter2"));
}
