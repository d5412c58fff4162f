//! The limits of the machine, measured in the same run as everything else.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

use db::idempotency::{self, Key};
use db::{Db, Options, SqliteOptions, Target};
use kernel::{Clock, Fail, Stopwatch};

use super::client::Load;

/// Writes 4 KiB and waits for the disk, so many times.
pub(super) fn disk_sync(folder: &Path, times: usize) -> std::io::Result<Load> {
    let mut file = std::fs::File::create(folder.join("sync.bin"))?;
    let block = [7_u8; 4_096];
    let (watch, mut load) = (Stopwatch::start(), Load::default());
    for _ in 0..times {
        let one = Stopwatch::start();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&block)?;
        file.sync_data()?;
        load.note(one, true);
    }
    load.seconds = watch.elapsed().as_secs_f64();
    Ok(load)
}

/// One row per commit, from so many clients that share commits.
pub(super) async fn grouped_commits(
    folder: &Path,
    clients: usize,
    seconds: u64,
) -> Result<Load, Fail> {
    let file = folder.join("raw.db");
    let options = Options::new(Target::Sqlite(SqliteOptions {
        file,
        readers: 1,
        max_pages: 0,
    }));
    let clock = Clock::system();
    db::migrate::migrate(&options.target, &clock)?;
    let db = Db::open(options, clock.clone())?;
    let watch = Stopwatch::start();
    let mut running = Vec::new();
    for client in 0..clients {
        let (db, now) = (db.clone(), clock.now());
        running.push(tokio::spawn(async move {
            let mut load = Load::default();
            let mut count = 0_u64;
            while watch.elapsed().as_secs() < seconds {
                count += 1;
                let one = Stopwatch::start();
                let written = db
                    .write(move |tx| {
                        let key = Key {
                            scope: format!("bench-{client}"),
                            key: count.to_string(),
                            operation: "bench",
                        };
                        idempotency::remember(tx, &key, "x", now)
                    })
                    .await;
                load.note(one, written.is_ok());
            }
            load
        }));
    }
    let mut load = Load::default();
    for one in running {
        load.join(one.await.map_err(Fail::bug)?);
    }
    load.seconds = watch.elapsed().as_secs_f64();
    Ok(load)
}
