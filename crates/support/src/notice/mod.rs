//! A notice: a message to one person on the site.
//!
//! Invariants:
//! - it is kept as a kind with values and becomes a sentence when it is read,
//!   in the reader's language (text `notice-KIND`);
//! - only its reader sees it and marks it read;
//! - its link stays on this site.
//!
//! `flows` adds notices in the transaction of what they tell.

mod model;
pub mod store;

pub use model::{Kind, NewNotice, Notice, NoticeId};
