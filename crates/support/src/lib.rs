//! What goes on beside the trade: messages on the site, answers to help pages,
//! and the files that people upload.

pub mod feedback;
pub mod file;
pub mod notice;
