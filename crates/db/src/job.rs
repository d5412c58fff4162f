//! A closure on its way to a database thread and its answer on the way back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use kernel::Fail;
use tokio::sync::oneshot;

use crate::errors::Poison;
use crate::tx::{ReadTx, Tx};

/// How strictly PostgreSQL keeps a transaction apart from others; SQLite has
/// one writer anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isolation {
    /// The rule.
    Serializable,
    /// For claiming tasks, which locks what it takes.
    ReadCommitted,
}

/// What the waiting caller gets.
pub(crate) struct Done<T> {
    pub(crate) result: Result<T, Fail>,
    /// The transaction enqueued a task.
    pub(crate) enqueued: bool,
}

/// How one run of a closure ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    /// It wants its writes committed.
    Keep,
    /// It failed; its writes must go.
    Discard,
}

/// A closure that writes, without its types.
pub(crate) trait WriteJob: Send {
    /// Runs the closure and keeps its answer.
    fn run(&mut self, tx: &Tx<'_>) -> Ran;
    /// Replaces the kept answer by a failure.
    fn fail(&mut self, fail: Fail);
    /// Sends the kept answer to the caller.
    fn answer(self: Box<Self>);
    /// How it wants to be kept apart.
    fn isolation(&self) -> Isolation;
    /// Where the closure stands in the source, for the log.
    fn name(&self) -> &'static str;
}

/// A closure that reads, without its types.
pub(crate) trait ReadJob: Send {
    /// Runs the closure and keeps its answer.
    fn run(&mut self, tx: &ReadTx<'_>);
    /// Replaces the kept answer by a failure.
    fn fail(&mut self, fail: Fail);
    /// Sends the kept answer to the caller.
    fn answer(self: Box<Self>);
    /// Whether the caller gave up waiting.
    fn unwanted(&self) -> bool;
    /// Where the closure stands in the source, for the log.
    fn name(&self) -> &'static str;
}

struct Job<F, T> {
    work: F,
    kept: Option<Result<T, Fail>>,
    enqueued: bool,
    caller: oneshot::Sender<Done<T>>,
}

impl<F, T> Job<F, T> {
    fn new(work: F, caller: oneshot::Sender<Done<T>>) -> Self {
        Self {
            work,
            kept: None,
            enqueued: false,
            caller,
        }
    }

    fn send(self) {
        let result = self
            .kept
            .unwrap_or_else(|| Err(Fail::bug("a database job was answered before it ran")));
        // A caller that went away doesn't want the answer; the work stands.
        let _ = self.caller.send(Done {
            result,
            enqueued: self.enqueued,
        });
    }
}

struct Writing<F, T>(Job<F, T>, Isolation);
struct Reading<F, T>(Job<F, T>);

pub(crate) fn writing<T, F>(
    isolation: Isolation,
    work: F,
) -> (Box<dyn WriteJob>, oneshot::Receiver<Done<T>>)
where
    T: Send + 'static,
    F: Fn(&Tx<'_>) -> Result<T, Fail> + Send + 'static,
{
    let (caller, answer) = oneshot::channel();
    (Box::new(Writing(Job::new(work, caller), isolation)), answer)
}

pub(crate) fn reading<T, F>(work: F) -> (Box<dyn ReadJob>, oneshot::Receiver<Done<T>>)
where
    T: Send + 'static,
    F: Fn(&ReadTx<'_>) -> Result<T, Fail> + Send + 'static,
{
    let (caller, answer) = oneshot::channel();
    (Box::new(Reading(Job::new(work, caller))), answer)
}

impl<T, F> WriteJob for Writing<F, T>
where
    T: Send,
    F: Fn(&Tx<'_>) -> Result<T, Fail> + Send,
{
    fn run(&mut self, tx: &Tx<'_>) -> Ran {
        let job = &mut self.0;
        let result = caught(|| (job.work)(tx));
        let result = judged(result, tx.poison());
        let ran = if result.is_ok() {
            Ran::Keep
        } else {
            Ran::Discard
        };
        job.enqueued = ran == Ran::Keep && tx.has_enqueued();
        job.kept = Some(result);
        ran
    }
    fn fail(&mut self, fail: Fail) {
        self.0.enqueued = false;
        self.0.kept = Some(Err(fail));
    }
    fn answer(self: Box<Self>) {
        self.0.send();
    }
    fn isolation(&self) -> Isolation {
        self.1
    }
    fn name(&self) -> &'static str {
        std::any::type_name::<F>()
    }
}

impl<T, F> ReadJob for Reading<F, T>
where
    T: Send,
    F: Fn(&ReadTx<'_>) -> Result<T, Fail> + Send,
{
    fn run(&mut self, tx: &ReadTx<'_>) {
        let job = &mut self.0;
        let result = caught(|| (job.work)(tx));
        job.kept = Some(judged(result, tx.poison()));
    }
    fn fail(&mut self, fail: Fail) {
        self.0.kept = Some(Err(fail));
    }
    fn answer(self: Box<Self>) {
        self.0.send();
    }
    fn unwanted(&self) -> bool {
        self.0.caller.is_closed()
    }
    fn name(&self) -> &'static str {
        std::any::type_name::<F>()
    }
}

/// A closure that swallowed a database error must not be believed.
fn judged<T>(result: Result<T, Fail>, poison: Option<Poison>) -> Result<T, Fail> {
    match poison {
        None => result,
        Some(poison) => Err(poison.verdict(result.err())),
    }
}

/// A panic in one closure must not end the thread that serves all.
fn caught<T>(work: impl FnOnce() -> Result<T, Fail>) -> Result<T, Fail> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        metrics::counter!("db_closure_panics_total").increment(1);
        let text = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        Err(Fail::bug(format!("a database closure panicked: {text}")))
    })
}
