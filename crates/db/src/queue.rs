//! The bounded queue in front of database threads: two lanes, people first.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use kernel::fail::{BUSY, Fail};

use crate::Lane;

/// Jobs of people after which one of housekeeping has its turn, where jobs are
/// taken one by one.
const PEOPLE_IN_A_ROW: u32 = 16;

pub(crate) struct Queue<J> {
    waiting: Mutex<Waiting<J>>,
    arrived: Condvar,
    capacity: usize,
}

struct Waiting<J> {
    interactive: VecDeque<J>,
    background: VecDeque<J>,
    /// Jobs of people taken one by one since the last one of housekeeping.
    people_in_a_row: u32,
    closed: bool,
}

impl<J> Waiting<J> {
    fn next(&mut self) -> Option<J> {
        let turn = self.people_in_a_row >= PEOPLE_IN_A_ROW && !self.background.is_empty();
        if !turn && let Some(job) = self.interactive.pop_front() {
            self.people_in_a_row = self.people_in_a_row.saturating_add(1);
            return Some(job);
        }
        self.people_in_a_row = 0;
        self.background.pop_front()
    }
}

impl<J> Queue<J> {
    pub(crate) fn new(capacity: usize) -> Self {
        let waiting = Waiting {
            interactive: VecDeque::new(),
            background: VecDeque::new(),
            people_in_a_row: 0,
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
            ..
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

    /// Waits for one job, people first; but housekeeping gets its turn even when
    /// people never cease. `None` once closed and empty.
    pub(crate) fn take_one(&self) -> Option<J> {
        let mut waiting = self.lock();
        loop {
            if let Some(job) = waiting.next() {
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

    /// Refuses new jobs and hands out those that wait, to be refused too.
    pub(crate) fn abandon(&self) -> Vec<J> {
        let mut waiting = self.lock();
        waiting.closed = true;
        let mut dropped: Vec<J> = waiting.interactive.drain(..).collect();
        dropped.extend(waiting.background.drain(..));
        drop(waiting);
        self.arrived.notify_all();
        dropped
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<J>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(people: u32, housekeeping: u32) -> Queue<u32> {
        let queue = Queue::new(1_000);
        for job in 0..people {
            queue.put(Lane::Interactive, job).unwrap();
        }
        for job in 0..housekeeping {
            queue.put(Lane::Background, 1_000 + job).unwrap();
        }
        queue
    }

    #[test]
    fn a_batch_holds_people_in_order_and_at_most_one_of_housekeeping() {
        let queue = filled(3, 2);
        assert_eq!(queue.take(2), Some(vec![0, 1, 1_000]));
        assert_eq!(queue.take(2), Some(vec![2, 1_001]));
    }

    #[test]
    fn housekeeping_has_its_turn_though_people_never_cease() {
        let queue = filled(100, 1);
        let first: Vec<u32> = (0..17).filter_map(|_| queue.take_one()).collect();
        assert_eq!(first.iter().filter(|job| **job >= 1_000).count(), 1);
        assert_eq!(first.first(), Some(&0));
    }

    #[test]
    fn a_full_lane_refuses_and_the_other_still_takes() {
        let queue = Queue::new(1);
        queue.put(Lane::Interactive, 1).unwrap();
        assert!(queue.put(Lane::Interactive, 2).unwrap_err().is(BUSY));
        queue.put(Lane::Background, 3).unwrap();
    }

    #[test]
    fn a_closed_queue_gives_out_what_waits_and_takes_no_more() {
        let queue = filled(1, 0);
        queue.close();
        assert!(queue.put(Lane::Interactive, 9).is_err());
        assert_eq!(queue.take(5), Some(vec![0]));
        assert_eq!(queue.take(5), None);
    }

    #[test]
    fn an_abandoned_queue_hands_out_all_that_waits() {
        let queue = filled(1, 1);
        assert_eq!(queue.abandon(), vec![0, 1_000]);
        assert_eq!(queue.take_one(), None);
    }
}
