//! What can go wrong before there is a document.

use std::fmt;
use std::path::PathBuf;

/// A document that can't be printed.
#[derive(Debug)]
pub enum DocumentError {
    /// The folder of extra fonts can't be read or has no font in it.
    Fonts {
        /// The folder.
        folder: PathBuf,
        /// Why it can't be used.
        reason: String,
    },
    /// The data or the template can't be set; the text names the place.
    Setting(String),
}

impl fmt::Display for DocumentError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fonts { folder, reason } => write!(
                out,
                "the font folder {} can't be used: {reason}; name a folder with ttf, otf, ttc or otc files, or none",
                folder.display()
            ),
            Self::Setting(reason) => write!(out, "the document can't be printed: {reason}"),
        }
    }
}

impl std::error::Error for DocumentError {}
