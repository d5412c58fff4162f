//! Where a test may kill the program: just before and just after each commit.
//! In a running server nobody listens and the question costs nothing.

use std::sync::Arc;

/// A moment at which the power may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Everything is written, nothing is committed.
    BeforeCommit,
    /// The commit is on the disk, nobody has been answered.
    AfterCommit,
}

/// Decides whether the program dies at a moment.
pub trait Power: Send + Sync {
    /// True to die here: nothing is committed or answered after this moment,
    /// until the database is opened again.
    fn fails_at(&self, moment: Moment) -> bool;
}

/// The power supply of a database; never fails unless a test says so.
#[derive(Clone, Default)]
pub struct PowerSupply(Option<Arc<dyn Power>>);

impl PowerSupply {
    /// A supply under a test's control.
    #[must_use]
    pub fn controlled(power: Arc<dyn Power>) -> Self {
        Self(Some(power))
    }

    pub(crate) fn fails_at(&self, moment: Moment) -> bool {
        self.0.as_ref().is_some_and(|power| power.fails_at(moment))
    }
}

impl std::fmt::Debug for PowerSupply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PowerSupply")
    }
}
