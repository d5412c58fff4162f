//! A category of the shop. The operator maintains them; a product stands in
//! exactly one. The key is part of page addresses and never changes.

mod model;
pub mod store;

pub use model::Category;
