//! Which calls were already seen, so that a recorded call cannot be played back.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use seller_wire::signature::MAX_AGE_MS;

/// Nonces of verified calls, each kept until its call would be too old anyway.
#[derive(Default)]
pub(crate) struct Nonces(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    until_ms: HashMap<String, i64>,
    next_sweep_ms: i64,
}

impl Nonces {
    /// True the first time. Only calls with a right signature may come here, so that strangers cannot
    /// fill the memory.
    pub(crate) fn first_time(&self, nonce: &str, timestamp_ms: i64, now_ms: i64) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now_ms >= seen.next_sweep_ms {
            seen.until_ms.retain(|_, until_ms| *until_ms >= now_ms);
            seen.next_sweep_ms = now_ms.saturating_add(MAX_AGE_MS);
        }
        let until_ms = timestamp_ms.max(now_ms).saturating_add(MAX_AGE_MS);
        seen.until_ms.insert(nonce.to_owned(), until_ms).is_none()
    }
}
