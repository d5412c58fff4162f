//! What is on sale: categories, products and their immutable versions, what a
//! buyer may choose from them, stock, favourites, and the trail of changes
//! that the search index follows.
//!
//! Left of it stand accounts alone; a seller is known here by its id.

pub mod category;
pub mod favourite;
pub mod offer;
pub mod product;
pub mod release;
pub mod search_change;
pub mod seed;
pub mod stock;
mod words;

pub use words::{Bilingual, NOT_A_KEY, NOT_UNIQUE};
