//! The catalogue file: sellers, categories, agreements and products in TOML,
//! as `koogallery seed FILE` and the demo read it. Reading is pure; `flows`
//! makes the organisations and releases the products through the same
//! functions as the release wizard.
//!
//! A catalogue may stand in several files; they are read as one. Everything is
//! checked before anything is written: unknown keys, references, amounts, and
//! each product's content.

mod convert;
mod convert_specification;
mod file;
mod model;

pub use convert::{SEED_UNKNOWN_REFERENCE, SEED_UNREADABLE, parse, parse_files};
pub use model::{SeedCatalogue, SeedFile, SeedProduct, SeedSeller};
