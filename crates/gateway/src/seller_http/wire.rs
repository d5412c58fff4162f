//! Where the power can be cut in a test: the two moments of a call at which a
//! process that ends leaves seller and marketplace with different knowledge.

/// A moment of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WireMoment {
    /// Nothing was sent yet.
    BeforeSend,
    /// The seller has done its work and the answer is here, but nobody wrote it down.
    AfterReceive,
}

/// Decides at each moment whether the process ends there.
pub trait Wire: Send + Sync {
    /// `true` makes the call return [`CallError::Killed`](super::CallError::Killed).
    fn dies_at(&self, moment: WireMoment) -> bool;
}
