//! The catalogue's search index: a copy of the products on sale, made for finding them.
//!
//! The index is derived data. The database is the truth: whoever keeps the index feeds it one
//! [`ProductDocument`] per product on sale, removes those that are hidden, and rebuilds it when
//! [`Index::needs_rebuild`] says so. Losing its directory loses nothing but the time of a rebuild.
//!
//! A search answers with product ids, an exact total and the counts beside the filters
//! (each group's own choice left out, so that a person sees what the other values would find).
//! Everything else about a product comes from where its cards are kept. Whether a product can
//! be bought is never decided here. It serves the search bar, the category pages and
//! `Popular Applications` of the buyer guide; hidden products are in none of them.
//!
//! Invariants:
//! - A product is in the index at most once, in its newest version.
//! - The last change number is committed together with the documents that it covers.
//! - What a person types is split into words and looked up; no query language reads it.
//! - Feeding the same change again changes nothing and costs no write.

mod document;
mod error;
mod fields;
mod find;
mod index;
mod matching;
mod query;
mod snapshot;
mod words;

#[cfg(test)]
mod tests;

pub use document::{Change, ChangeKind, Price, ProductDocument};
pub use error::Error;
pub use index::{Index, Rebuild};
pub use query::{FacetCount, Facets, Filter, Group, SearchQuery, SearchResult, Sort};
