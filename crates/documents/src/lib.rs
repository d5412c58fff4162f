//! Printable documents: plain data in, PDF out.
//!
//! Everything that is printed is given, down to the labels, so that texts stay in the language
//! files, amounts are formatted where money is known, and the same data always gives the same
//! bytes. Nothing here asks for the time. Strings are printed letter by letter: what looks like
//! markup is no markup.
//!
//! Setting a page takes milliseconds of one core and some megabytes while it lasts; callers run
//! it away from their request threads and few at a time.

mod error;
mod press;
mod receipt;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use error::DocumentError;
pub use receipt::{Fact, Party, Receipt, ReceiptColumns, ReceiptLine, TotalRow};

use press::{Press, font_files};

const RECEIPT: &str = include_str!("../templates/receipt.typ");

/// The printer of documents. Its fonts are read when the first document is printed, and a
/// large font of the extra folder not before a letter needs it.
pub struct Documents {
    extra_fonts: Vec<PathBuf>,
    press: OnceLock<Press>,
}

impl Documents {
    /// A printer with the built-in fonts, which cover Latin, Greek and Cyrillic, and with those
    /// that lie in a folder (`ttf`, `otf`, `ttc`, `otc`), for other scripts such as Chinese.
    ///
    /// # Errors
    /// When the folder can't be read or has no font in it.
    pub fn new(extra_fonts: Option<&Path>) -> Result<Self, DocumentError> {
        Ok(Self {
            extra_fonts: extra_fonts.map_or_else(|| Ok(Vec::new()), font_files)?,
            press: OnceLock::new(),
        })
    }

    /// Prints a receipt as PDF.
    ///
    /// # Errors
    /// When the receipt can't be set; no data that a person can enter should bring that about.
    pub fn receipt(&self, receipt: &Receipt) -> Result<Vec<u8>, DocumentError> {
        self.press().print(RECEIPT, receipt)
    }

    /// Whether some font has each letter of a text. What isn't covered is printed as an empty
    /// box, so a document whose labels fail here is better printed in another language.
    pub fn can_print(&self, text: &str) -> bool {
        self.press().covers(text)
    }

    fn press(&self) -> &Press {
        self.press.get_or_init(|| Press::new(&self.extra_fonts))
    }
}
