//! A table of keys and values, in the clothes of `idempotency`.

use std::sync::{Arc, Mutex, mpsc};

use db::fault::{Moment, Power, PowerSupply};
use db::{Db, Lane, ReadTx, Tx};
use kernel::Fail;

db::sql! {
    PUT = "insert into idempotency (scope, key, operation, result, created_at) values ('test', $1, 'put', $2, 0)";
    DELETE = "delete from idempotency where scope = 'test' and key = $1";
    ALL = "select key, result from idempotency where scope = 'test' order by key";
    ADD = "update idempotency set created_at = created_at + $2 where scope = 'test' and key = $1";
    COUNTER = "select created_at from idempotency where scope = 'test' and key = $1";
}

pub(crate) fn put(tx: &Tx<'_>, key: &str, value: &str) -> Result<u64, Fail> {
    tx.exec(&PUT, &[&key, &value])
}

pub(crate) fn delete(tx: &Tx<'_>, key: &str) -> Result<u64, Fail> {
    tx.exec(&DELETE, &[&key])
}

pub(crate) fn add(tx: &Tx<'_>, key: &str, number: i64) -> Result<(), Fail> {
    tx.exec_one(&ADD, &[&key, &number])
}

pub(crate) fn counter(tx: &ReadTx<'_>, key: &str) -> Result<i64, Fail> {
    tx.load(&COUNTER, &[&key], |row| row.take())
}

pub(crate) fn all(tx: &ReadTx<'_>) -> Result<Vec<(String, String)>, Fail> {
    tx.many(&ALL, &[], |row| Ok((row.take()?, row.take()?)))
}

pub(crate) async fn keys(db: &Db) -> Vec<String> {
    let rows = db.read(all).await.unwrap();
    rows.into_iter().map(|(key, _)| key).collect()
}

pub(crate) async fn write_key(db: &Db, key: impl Into<String>) -> Result<(), Fail> {
    let key = key.into();
    db.write(move |tx| put(tx, &key, "").map(drop)).await
}

/// Something that a database thread waits for until the test lets it go.
pub(crate) struct Gate {
    arrived: Mutex<mpsc::Receiver<()>>,
    open: mpsc::Sender<()>,
}

/// The side of a gate that stands in a closure.
pub(crate) struct Barrier {
    arrive: mpsc::Sender<()>,
    opened: Mutex<mpsc::Receiver<()>>,
}

pub(crate) fn gate() -> (Gate, Barrier) {
    let (arrive, arrived) = mpsc::channel();
    let (open, opened) = mpsc::channel();
    let arrived = Mutex::new(arrived);
    let opened = Mutex::new(opened);
    (Gate { arrived, open }, Barrier { arrive, opened })
}

impl Gate {
    pub(crate) fn wait_for_arrival(&self) {
        self.arrived.lock().unwrap().recv().unwrap();
    }
    pub(crate) fn open(&self) {
        let _ = self.open.send(());
    }
}

impl Barrier {
    pub(crate) fn pass(&self) {
        let _ = self.arrive.send(());
        let _ = self.opened.lock().unwrap().recv();
    }
}

/// Keeps the one writer of SQLite busy, so that what is written meanwhile waits
/// together, until the gate is opened.
pub(crate) fn hold_writer(db: &Db) -> Gate {
    let (gate, barrier) = gate();
    let held = db.clone();
    tokio::spawn(async move {
        held.write(move |_| {
            barrier.pass();
            Ok(())
        })
        .await
    });
    gate.wait_for_arrival();
    gate
}

/// Polls a future once, so that its job stands in the queue, and lets it go on
/// in the background.
pub(crate) async fn started<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> tokio::task::JoinHandle<T> {
    let mut work = Box::pin(work);
    let early = futures_poll_once(&mut work).await;
    tokio::spawn(async move {
        match early {
            Some(done) => done,
            None => work.await,
        }
    })
}

async fn futures_poll_once<F: Future + Unpin>(work: &mut F) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match std::pin::Pin::new(&mut *work).poll(context) {
            std::task::Poll::Ready(done) => Some(done),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

/// A write of a key in the background lane.
pub(crate) async fn write_background(db: &Db, key: String) -> Result<(), Fail> {
    db.write_in(Lane::Background, move |tx| put(tx, &key, "").map(drop))
        .await
}

/// A power supply that asks a function.
pub(crate) fn power(fails: impl Fn(Moment) -> bool + Send + Sync + 'static) -> PowerSupply {
    struct Asked<F>(F);
    impl<F: Fn(Moment) -> bool + Send + Sync> Power for Asked<F> {
        fn fails_at(&self, moment: Moment) -> bool {
            (self.0)(moment)
        }
    }
    PowerSupply::controlled(Arc::new(Asked(fails)))
}
