//! The typesetter: fonts, templates and one document at a time.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::PdfOptions;

use crate::error::DocumentError;

/// The built-in families that templates use; others stay unread in the program file.
const FAMILIES: [&str; 1] = ["Libertinus Serif"];
const FONT_ENDINGS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

/// Everything that documents share.
pub(crate) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Slot>,
}

impl Press {
    /// Reads what the fonts can do. A file that is no font is left out.
    pub(crate) fn new(extra_fonts: &[PathBuf]) -> Self {
        let mut book = FontBook::new();
        let mut fonts = Vec::new();
        let built_in = typst_assets::fonts()
            .flat_map(|data| Font::iter(Bytes::new(data)))
            .filter(|font| FAMILIES.contains(&font.info().family.as_str()));
        for font in built_in {
            book.push(font.info().clone());
            fonts.push(Slot::loaded(font));
        }
        for path in extra_fonts {
            for (index, info) in (0..).zip(infos(path)) {
                book.push(info);
                fonts.push(Slot::unread(path.clone(), index));
            }
        }
        Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(book),
            fonts,
        }
    }

    /// Sets the data with a template, which reads it from `data.json`.
    pub(crate) fn print(
        &self,
        template: &str,
        data: &impl Serialize,
    ) -> Result<Vec<u8>, DocumentError> {
        let sheet = self.sheet(template, data)?;
        let options = PdfOptions {
            creator: Smart::Custom(None),
            timestamp: None,
            ..PdfOptions::default()
        };
        let printed = typst::compile(&sheet)
            .output
            .and_then(|document| typst_pdf::pdf(&document, &options))
            .map_err(|diagnostics| setting_error(&diagnostics));
        // What was remembered of this document helps no other one.
        comemo::evict(0);
        printed
    }

    fn sheet(&self, template: &str, data: &impl Serialize) -> Result<Sheet<'_>, DocumentError> {
        let data = serde_json::to_vec(data).map_err(|e| DocumentError::Setting(e.to_string()))?;
        Ok(Sheet {
            press: self,
            template: Source::new(file("template.typ")?, template.to_owned()),
            data_file: file("data.json")?,
            data: Bytes::new(data),
        })
    }

    /// Whether each visible letter is in some font.
    pub(crate) fn covers(&self, text: &str) -> bool {
        let infos: Vec<&FontInfo> = (0..self.fonts.len())
            .filter_map(|index| self.book.info(index))
            .collect();
        text.chars()
            .filter(|letter| !letter.is_whitespace() && !letter.is_control())
            .all(|letter| {
                let code = u32::from(letter);
                infos.iter().any(|info| info.coverage.contains(code))
            })
    }
}

/// A font that may not have been read yet.
struct Slot {
    path: PathBuf,
    index: u32,
    font: OnceLock<Option<Font>>,
}

impl Slot {
    fn loaded(font: Font) -> Self {
        Self {
            path: PathBuf::new(),
            index: 0,
            font: OnceLock::from(Some(font)),
        }
    }

    fn unread(path: PathBuf, index: u32) -> Self {
        Self {
            path,
            index,
            font: OnceLock::new(),
        }
    }

    fn get(&self) -> Option<Font> {
        let read = || Font::new(Bytes::new(fs::read(&self.path).ok()?), self.index);
        self.font.get_or_init(read).clone()
    }
}

fn infos(path: &Path) -> Vec<FontInfo> {
    let fonts = fs::read(path).map(|data| {
        Font::iter(Bytes::new(data))
            .map(|font| font.info().clone())
            .collect()
    });
    fonts.unwrap_or_default()
}

/// The font files of a folder, by name.
pub(crate) fn font_files(folder: &Path) -> Result<Vec<PathBuf>, DocumentError> {
    let refused = |reason: String| DocumentError::Fonts {
        folder: folder.to_owned(),
        reason,
    };
    let is_font = |path: &PathBuf| {
        path.extension().is_some_and(|ending| {
            FONT_ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        })
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| refused(error.to_string()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(is_font)
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(refused("no font lies in it".to_owned()));
    }
    Ok(files)
}

/// One document with all that it may look at: its template, its data and the fonts.
struct Sheet<'a> {
    press: &'a Press,
    template: Source,
    data_file: FileId,
    data: Bytes,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            return Ok(self.template.clone());
        }
        Err(not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_file {
            return Ok(self.data.clone());
        }
        Err(not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index)?.get()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // Dates on documents are data.
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

fn file(name: &str) -> Result<FileId, DocumentError> {
    let path = VirtualPath::new(name)
        .map_err(|_| DocumentError::Setting(format!("{name} is no file name")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn setting_error(diagnostics: &[SourceDiagnostic]) -> DocumentError {
    let messages: Vec<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    DocumentError::Setting(messages.join("; "))
}

#[cfg(test)]
impl Press {
    /// The letters of a printed receipt in the order of the page, without the gaps.
    pub(crate) fn text(&self, receipt: &crate::Receipt) -> String {
        use typst::layout::{Frame, FrameItem};
        fn collect(frame: &Frame, text: &mut String) {
            for (_, item) in frame.items() {
                match item {
                    FrameItem::Group(group) => collect(&group.frame, text),
                    FrameItem::Text(run) => text.push_str(&run.text),
                    _ => {}
                }
            }
        }
        let sheet = self.sheet(crate::RECEIPT, receipt).unwrap();
        let document = typst::compile(&sheet).output.unwrap();
        typst_pdf::pdf(&document, &PdfOptions::default()).unwrap();
        let mut text = String::new();
        for page in document.pages() {
            collect(&page.frame, &mut text);
        }
        text.retain(|letter| !letter.is_whitespace() && letter != '\u{200b}');
        text
    }
}
