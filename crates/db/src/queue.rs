//! The bounded queue in front of database threads: two lanes, people first.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use kernel::fail::{BUSY, Fail};

use crate::Lane;

pub(crate) struct Queue<J> {
    waiting: Mutex<Waiting<J>>,
    arrived: Condvar,
    capacity: usize,
}

struct Waiting<J> {
    interactive: VecDeque<J>,
    background: VecDeque<J>,
    closed: bool,
}

impl<J> Queue<J> {
    pub(crate) fn new(capacity: usize) -> Self {
        let waiting = Waiting {
            interactive: VecDeque::new(),
            background: VecDeque::new(),
            closed: false,
        };
        Self {
            waiting: Mutex::new(waiting),
            arrived: Condvar::new(),
            capacity,
        }
    }

    /// Puts a job in its lane.
    ///
    /// # Errors
    /// [`BUSY`] when the lane is full or the threads have stopped.
    pub(crate) fn put(&self, lane: Lane, job: J) -> Result<(), Fail> {
        let mut waiting = self.lock();
        let Waiting {
            interactive,
            background,
            closed,
        } = &mut *waiting;
        let lane = match lane {
            Lane::Interactive => interactive,
            Lane::Background => background,
        };
        if *closed || lane.len() >= self.capacity {
            metrics::counter!("db_queue_refused_total").increment(1);
            return Err(Fail::new(BUSY));
        }
        lane.push_back(job);
        drop(waiting);
        self.arrived.notify_one();
        Ok(())
    }

    /// Waits for work, then takes what waits now, never waiting for more: up to
    /// `most` jobs of people and one of housekeeping. `None` once closed and empty.
    pub(crate) fn take(&self, most: usize) -> Option<Vec<J>> {
        let mut waiting = self.lock();
        loop {
            if !waiting.interactive.is_empty() || !waiting.background.is_empty() {
                let people = waiting.interactive.len().min(most);
                let mut batch: Vec<J> = waiting.interactive.drain(..people).collect();
                batch.extend(waiting.background.pop_front());
                return Some(batch);
            }
            if waiting.closed {
                return None;
            }
            waiting = self
                .arrived
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits for one job; `None` once closed and empty.
    pub(crate) fn take_one(&self) -> Option<J> {
        let mut waiting = self.lock();
        loop {
            if let Some(job) = waiting.interactive.pop_front() {
                return Some(job);
            }
            if let Some(job) = waiting.background.pop_front() {
                return Some(job);
            }
            if waiting.closed {
                return None;
            }
            waiting = self
                .arrived
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Refuses new jobs; those that wait are still done.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_all();
    }

    /// Refuses new jobs and drops those that wait.
    pub(crate) fn abandon(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        waiting.interactive.clear();
        waiting.background.clear();
        drop(waiting);
        self.arrived.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<J>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
