//! The trail of changes that the search index follows. Written by the stores
//! of this crate in the transaction of the change itself; read by each node's
//! follower. Numbers may commit out of order, so a follower reads the last
//! minute again each time and compares product versions (rulings, "Store").

mod store;

pub use store::{REREAD_SECONDS, SearchChange, append, latest, prune, since};
