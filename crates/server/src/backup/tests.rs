use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use db::idempotency::{self, Key};
use kernel::Clock;
use kernel::crypt::KeyRing;

use super::testing::{Site, config, open, site};
use super::*;
use crate::config::Config;
use crate::opened::{Opened, runtime};

fn key(half: &str, number: u64) -> Key {
    Key {
        scope: "test".to_owned(),
        key: format!("{half}{number}"),
        operation: "pair",
    }
}

/// Two rows in one transaction: a copy holds both or neither.
async fn write_pair(db: &Db, number: u64) {
    let now = Clock::system().now();
    let pair = move |tx: &db::Tx<'_>| {
        idempotency::remember(tx, &key("a", number), "x", now)?;
        idempotency::remember(tx, &key("b", number), "x", now)
    };
    db.write(pair).await.unwrap();
}

async fn has(db: &Db, half: &'static str, number: u64) -> bool {
    db.write(move |tx| idempotency::first_result(tx, &key(half, number)))
        .await
        .unwrap()
        .is_some()
}

db::sql! {
    NAME_FILE = "insert into file (id, organisation_id, uploaded_by, name, media_type, size_bytes, content_hash, created_at) \
                 values ($1, 'org', null, 'proof.txt', 'text/plain', 1, $2, 0)";
}

/// Writes a row that names a stored file.
async fn name_file(db: &db::Db, hash: &gateway::files::ContentHash) {
    let (id, hash) = (kernel::random::upper_alnum(12), hash.to_string());
    db.write(move |tx| tx.exec(&NAME_FILE, &[&id, &hash]))
        .await
        .unwrap();
}

/// What `koogallery backup` does, in its own process as far as the database can tell.
async fn back_up(site: &Site, name: &str) -> (PathBuf, Manifest) {
    let target = site.folder.path().join(name);
    let clock = Clock::system();
    let other = crate::opened::open_database(&site.config, &clock).unwrap();
    let files = crate::opened::open_files(&site.config).unwrap();
    let manifest = make(&other, &files, &target, &clock).await.unwrap();
    (target, manifest)
}

/// Restores into a new place; gives it opened.
async fn restored(site: &Site, backup: &Path, keys: Keys) -> Result<Config, CommandError> {
    let place = config(&site.folder.path().join(kernel::random::upper_alnum(8)));
    let files = crate::opened::open_files(&place)?;
    restore(&place, &files, backup, keys, &Clock::system()).await?;
    Ok(place)
}

fn open_with_keys_of(site: &Site, place: &Config) -> Opened {
    let keys = crate::keys::load(&site.config.keys.file, None).unwrap();
    Opened::open(place.clone(), keys).unwrap()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    runtime().unwrap().block_on(work)
}

#[test]
fn a_backup_under_load_holds_all_that_was_written_before_and_no_half_transaction() {
    let site = site();
    let server = open(&site.config);
    let (stop, written) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let (before, target) = run(async {
        let (db, ends, count) = (server.db.clone(), Arc::clone(&stop), Arc::clone(&written));
        let writer = tokio::spawn(async move {
            while !ends.load(Ordering::SeqCst) {
                write_pair(&db, count.load(Ordering::SeqCst)).await;
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        while written.load(Ordering::SeqCst) < 20 {
            tokio::task::yield_now().await;
        }
        let before = written.load(Ordering::SeqCst);
        let (target, _) = back_up(&site, "backup").await;
        stop.store(true, Ordering::SeqCst);
        writer.await.unwrap();
        (before, target)
    });
    let copy = run(restored(&site, &target, Keys::Later)).unwrap();
    let copy = open_with_keys_of(&site, &copy);
    run(async {
        for number in 0..written.load(Ordering::SeqCst) {
            let (a, b) = (
                has(&copy.db, "a", number).await,
                has(&copy.db, "b", number).await,
            );
            assert_eq!(a, b, "half of pair {number}");
            assert!(
                a || number >= before,
                "pair {number} was written before the backup began"
            );
        }
    });
}

#[test]
fn a_backup_does_not_wait_for_the_write_lock() {
    let site = site();
    let server = open(&site.config);
    let (holding, release) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicBool::new(false)),
    );
    run(async {
        let (held, end) = (Arc::clone(&holding), Arc::clone(&release));
        let db = server.db.clone();
        let long = tokio::spawn(async move {
            let hold = move |_: &db::Tx<'_>| {
                held.store(true, Ordering::SeqCst);
                while !end.load(Ordering::SeqCst) {
                    std::thread::yield_now();
                }
                Ok(())
            };
            db.write(hold).await
        });
        while !holding.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        back_up(&site, "backup").await;
        release.store(true, Ordering::SeqCst);
        long.await.unwrap().unwrap();
    });
}

#[test]
fn files_that_rows_name_come_back_and_keys_are_not_in_it() {
    let site = site();
    let ring = std::fs::read_to_string(&site.config.keys.file).unwrap();
    let server = open(&site.config);
    let (target, manifest) = run(async {
        let hash = server.files.put("a proof of delivery").await.unwrap();
        server.files.put("no row names this").await.unwrap();
        name_file(&server.db, &hash).await;
        back_up(&site, "backup").await
    });
    assert_eq!(manifest.file_count, 1);
    let place = run(restored(&site, &target, Keys::Later)).unwrap();
    let opened = open_with_keys_of(&site, &place);
    let hash = gateway::files::ContentHash::of(b"a proof of delivery");
    assert_eq!(
        run(opened.files.get(&hash, 100)).unwrap(),
        "a proof of delivery"
    );
    let secret = ring
        .lines()
        .last()
        .unwrap()
        .split_once(':')
        .unwrap()
        .1
        .as_bytes()
        .to_vec();
    for path in all_files(&target) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(
            !bytes.windows(secret.len()).any(|window| window == secret),
            "a key is in {}",
            path.display()
        );
    }
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                all_files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn a_damaged_part_is_refused_and_nothing_is_put_in_place() {
    let site = site();
    let server = open(&site.config);
    let (target, _) = run(async {
        let hash = server.files.put("a proof of delivery").await.unwrap();
        name_file(&server.db, &hash).await;
        back_up(&site, "backup").await
    });
    for path in all_files(&target) {
        let whole = std::fs::read(&path).unwrap();
        let mut damaged = whole.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 1;
        std::fs::write(&path, damaged).unwrap();
        let place = config(&site.folder.path().join(kernel::random::upper_alnum(8)));
        let files = crate::opened::open_files(&place).unwrap();
        // A bit in the manifest may fall on something that isn't compared, such as the time.
        if !path.ends_with("manifest.json") {
            let refused = run(restore(
                &place,
                &files,
                &target,
                Keys::Later,
                &Clock::system(),
            ));
            assert!(refused.is_err(), "{} is damaged", path.display());
            assert!(!place.database_file().exists());
        }
        std::fs::write(&path, whole).unwrap();
    }
    std::fs::remove_file(target.join("manifest.json")).unwrap();
    let refused = run(restored(&site, &target, Keys::Later))
        .unwrap_err()
        .to_string();
    assert!(refused.contains("no complete backup"), "{refused}");
}

#[test]
fn nothing_is_overwritten() {
    let site = site();
    let (target, _) = run(back_up(&site, "backup"));
    let clock = Clock::system();
    let files = crate::opened::open_files(&site.config).unwrap();
    let again = run(restore(&site.config, &files, &target, Keys::Later, &clock))
        .unwrap_err()
        .to_string();
    assert!(again.contains("exists already"), "{again}");
    let db = crate::opened::open_database(&site.config, &clock).unwrap();
    let full = run(make(&db, &files, &target, &clock))
        .unwrap_err()
        .to_string();
    assert!(full.contains("isn't empty"), "{full}");
}

#[test]
fn another_key_ring_is_found_out_before_anything_is_in_place() {
    let site = site();
    let (target, _) = run(back_up(&site, "backup"));
    let right = crate::keys::load(&site.config.keys.file, None)
        .unwrap()
        .ring;
    assert!(run(restored(&site, &target, Keys::Ring(Arc::new(right)))).is_ok());
    let wrong = Keys::Ring(Arc::new(KeyRing::generate()));
    let refused = run(restored(&site, &target, wrong))
        .unwrap_err()
        .to_string();
    assert!(refused.contains("key ring"), "{refused}");
}

#[test]
fn a_restored_folder_holds_a_database_and_nothing_left_over() {
    let site = site();
    let (target, _) = run(back_up(&site, "backup"));
    let right = crate::keys::load(&site.config.keys.file, None)
        .unwrap()
        .ring;
    let place = run(restored(&site, &target, Keys::Ring(Arc::new(right)))).unwrap();
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&place.data.folder), ["files", "koogallery.db"]);
    assert_eq!(
        names(&target),
        ["files", "files.txt", "koogallery.db", "manifest.json"]
    );
}
