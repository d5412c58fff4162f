//! The requests that came in, byte for byte.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use seller_wire::request::Activity;

/// A request to one of the interface paths, as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// HTTP method.
    pub method: String,
    /// Path and query as in the request line.
    pub target: String,
    /// Headers in the order of arrival; names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The raw body.
    pub body: Vec<u8>,
    /// The activity, if the body names one.
    pub activity: Option<Activity>,
}

pub(crate) struct Records {
    limit: usize,
    kept: Mutex<VecDeque<Recorded>>,
}

impl Records {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Mutex::default(),
        }
    }

    pub(crate) fn push(&self, recorded: Recorded) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(recorded);
        while kept.len() > self.limit {
            kept.pop_front();
        }
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .cloned()
            .collect()
    }
}
