//! What sellers open for an order line, and every call that is made to their
//! servers for it: the service side of an order, as `ordering` is its
//! commercial side. Only `flows` moves both together.

pub mod instance;
pub mod message;
pub mod stray;
