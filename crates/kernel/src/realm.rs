//! Live trade and trial runs never mix.

crate::names! {
    /// Which world a row belongs to. Sandbox rows never enter settlement,
    /// reports or ranking; a sandbox may move its business clock forward.
    pub enum Realm {
        /// Real trade.
        Live = "live",
        /// Trial runs of sellers and integrators.
        Sandbox = "sandbox",
    }
}
