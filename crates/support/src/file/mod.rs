//! A stored file: what is known of one upload; its bytes stand in the object
//! store under the hash of their content.
//!
//! Invariants:
//! - the bytes are stored before the row, so a row never points to nothing;
//! - a row belongs to the organisation that uploaded; who else may download it
//!   follows from where it was handed over, and is asked there;
//! - several rows may share one content; it goes when the last of them goes;
//! - a file that nothing refers to goes after a while.

mod model;
pub mod store;

pub use model::StoredFile;
