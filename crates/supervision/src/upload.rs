//! Which files are taken with a step: by ending, size, number and first bytes.
//! A file whose bytes aren't what its name says is refused, so that nobody is
//! handed a program in a document's clothes.

use kernel::policy::Supervision;
use kernel::{Fail, codes, field::Fields};

codes! {
    /// More files than one step may have.
    Invalid TOO_MANY_FILES = "too-many-files";
    /// The file's name has none of the endings that are taken.
    Invalid FILE_TYPE_NOT_TAKEN = "file-type-not-taken";
    /// The file is too large.
    Invalid FILE_TOO_LARGE = "file-too-large";
    /// The file has no content.
    Invalid FILE_EMPTY = "file-empty";
    /// The file's content isn't what its name says.
    Invalid FILE_MISTYPED = "file-mistyped";
}

/// Characters of a file name that are kept.
const NAME_LENGTH: usize = 120;
/// Bytes of a file that [`check`] looks at.
pub const HEAD_BYTES: usize = 1024;

/// What was uploaded.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// Field of the form.
    pub field: &'a str,
    /// Name as the browser gave it.
    pub name: &'a str,
    /// Size in bytes.
    pub size_bytes: u64,
    /// The first [`HEAD_BYTES`] bytes, or all when there are fewer.
    pub head: &'a [u8],
}

/// A file that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Name that is safe to store, to show and to save under.
    pub name: String,
    /// Media type by its ending.
    pub media_type: &'static str,
}

/// Checks all files of one form together, so that a person sees all trouble
/// at once.
///
/// # Errors
/// The codes of this module, each at the field of its file; [`TOO_MANY_FILES`]
/// at `files`.
pub fn check(uploads: &[Upload<'_>], rules: &Supervision) -> Result<Vec<Taken>, Fail> {
    let mut fields = Fields::new();
    if u32::try_from(uploads.len()).is_ok_and(|count| count > rules.max_files) {
        fields.reject_with("files", TOO_MANY_FILES, &[("max", &rules.max_files)]);
    }
    let taken = uploads
        .iter()
        .map(|upload| check_one(&mut fields, upload, rules))
        .collect();
    fields.check()?;
    Ok(taken)
}

fn check_one(fields: &mut Fields, upload: &Upload<'_>, rules: &Supervision) -> Taken {
    let name = safe_name(upload.name);
    let ending = ending(&name);
    if !rules.file_types.contains(&ending) {
        let types = rules.file_types.join(", ");
        fields.reject_with(
            upload.field,
            FILE_TYPE_NOT_TAKEN,
            &[("name", &name), ("types", &types)],
        );
    } else if upload.size_bytes == 0 {
        fields.reject_with(upload.field, FILE_EMPTY, &[("name", &name)]);
    } else if upload.size_bytes > u64::from(rules.max_file_bytes) {
        let megabytes = rules.max_file_bytes / (1024 * 1024);
        fields.reject_with(
            upload.field,
            FILE_TOO_LARGE,
            &[("name", &name), ("megabytes", &megabytes)],
        );
    } else if !looks_like(&ending, upload.head) {
        fields.reject_with(
            upload.field,
            FILE_MISTYPED,
            &[("name", &name), ("ending", &ending)],
        );
    }
    Taken {
        media_type: media_type(&ending),
        name,
    }
}

/// The last part of a path, without anything that a file system, a header or
/// a reader could misunderstand; its ending stays.
#[must_use]
pub fn safe_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String = last
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if r#"<>:"|?*;%"#.contains(c) { '_' } else { c })
        .collect();
    let cleaned = cleaned.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, ending) = cleaned.rsplit_once('.').unwrap_or((cleaned, ""));
    let stem: String = stem.chars().take(NAME_LENGTH).collect();
    let ending: String = ending.chars().take(16).collect();
    match (stem.is_empty(), ending.is_empty()) {
        (true, _) => "file".to_owned(),
        (false, true) => stem,
        (false, false) => format!("{stem}.{ending}"),
    }
}

/// Control characters, and those that hide or turn the direction of a text: with
/// one of them a name that ends in `exe` can read as if it ended in `pdf`.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

/// Whether the first bytes fit the ending; endings without a mark always do.
fn looks_like(ending: &str, head: &[u8]) -> bool {
    match ending {
        // Readers accept the mark anywhere in the first kilobyte.
        "pdf" => head.windows(5).any(|bytes| bytes == b"%PDF-"),
        "png" => head.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => head.starts_with(b"\xff\xd8\xff"),
        "zip" | "docx" | "xlsx" | "pptx" => {
            head.starts_with(b"PK\x03\x04") || (ending == "zip" && head.starts_with(b"PK\x05\x06"))
        }
        "doc" | "xls" | "ppt" => head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "rar" => head.starts_with(b"Rar!\x1a\x07"),
        _ => true,
    }
}

fn media_type(ending: &str) -> &'static str {
    match ending {
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "zip" => "application/zip",
        "rar" => "application/vnd.rar",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Code;
    use kernel::policy::Policy;

    fn upload<'a>(name: &'a str, head: &'a [u8]) -> Upload<'a> {
        Upload {
            field: "other",
            name,
            size_bytes: 100,
            head,
        }
    }

    fn refusal(upload: Upload<'_>) -> Code {
        let fail = check(&[upload], &Policy::intl().supervision).unwrap_err();
        assert_eq!(fail.field_errors()[0].field, "other");
        fail.field_errors()[0].code
    }

    #[test]
    fn a_file_that_is_what_it_says_is_taken() {
        let rules = Policy::intl().supervision;
        let files = [
            upload("Plan.PDF", b"%PDF-1.7"),
            upload("shot.png", b"\x89PNG\r\n\x1a\n...."),
            upload("list.xlsx", b"PK\x03\x04...."),
            upload("photo.jpg", b"\xff\xd8\xff\xe0"),
            upload("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ];
        let taken = check(&files, &rules).unwrap();
        assert_eq!(
            (taken[0].name.as_str(), taken[0].media_type),
            ("Plan.PDF", "application/pdf")
        );
    }

    #[test]
    fn a_program_in_a_documents_clothes_is_refused() {
        assert_eq!(refusal(upload("plan.pdf", b"MZ\x90\x00")), FILE_MISTYPED);
        assert_eq!(refusal(upload("plan.png", b"%PDF-1.7")), FILE_MISTYPED);
        assert_eq!(refusal(upload("plan.docx", b"PK\x05\x06")), FILE_MISTYPED);
    }

    #[test]
    fn wrong_endings_and_sizes_are_refused_at_their_field() {
        assert_eq!(refusal(upload("run.exe", b"MZ")), FILE_TYPE_NOT_TAKEN);
        assert_eq!(refusal(upload("pdf", b"%PDF-")), FILE_TYPE_NOT_TAKEN);
        assert_eq!(
            refusal(Upload {
                size_bytes: 0,
                ..upload("a.pdf", b"")
            }),
            FILE_EMPTY
        );
        let large = Upload {
            size_bytes: 20 * 1024 * 1024 + 1,
            ..upload("a.pdf", b"%PDF-")
        };
        assert_eq!(refusal(large), FILE_TOO_LARGE);
    }

    #[test]
    fn one_file_too_many_is_said_once_for_all() {
        let files = vec![upload("a.pdf", b"%PDF-"); 11];
        let fail = check(&files, &Policy::intl().supervision).unwrap_err();
        assert_eq!(fail.field_errors().len(), 1);
        assert_eq!(fail.field_errors()[0].code, TOO_MANY_FILES);
    }

    #[test]
    fn names_lose_paths_tricks_and_length_but_keep_their_ending() {
        assert_eq!(safe_name("C:\\me\\..\\plan.pdf"), "plan.pdf");
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("in\u{202e}fdp.exe"), "infdp.exe");
        assert_eq!(safe_name("a\r\nb\".pdf"), "ab_.pdf");
        assert_eq!(safe_name("...."), "file");
        assert_eq!(
            safe_name(&format!("{}.pdf", "x".repeat(500))).len(),
            NAME_LENGTH + 4
        );
        assert_eq!(safe_name("验收 文件.pdf"), "验收 文件.pdf");
    }
}
