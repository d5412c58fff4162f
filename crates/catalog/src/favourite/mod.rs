//! What a person saved with `Save to List`; shown under `My Favorites`
//! (buyer.md 12.3). Each person changes only the own list.

mod store;

pub use store::{Favourite, add, contains, list, remove};
