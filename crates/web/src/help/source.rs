//! The files of the Help Center: which there are, and what stands in their front matter.

use rust_embed::RustEmbed;
use texts::Lang;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../docs/help"]
#[include = "*.md"]
struct Files;

/// A file as it was written.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) lang: Lang,
    /// Below the folder of the language, such as `using/passwords.md`.
    pub(super) file: String,
    pub(super) title: String,
    /// The day of the last change, `YYYY-MM-DD`.
    pub(super) updated: String,
    /// The place among its neighbours, smallest first.
    pub(super) order: u32,
    /// Markdown.
    pub(super) body: String,
}

/// Every file that has a front matter, in all languages.
pub(super) fn sources() -> Vec<Source> {
    Files::iter()
        .filter_map(|name| {
            let (lang, file) = name.split_once('/')?;
            let text = String::from_utf8(Files::get(&name)?.data.into_owned()).ok()?;
            read(Lang::from_name(lang)?, file, &text)
        })
        .collect()
}

/// How many files there are in the folder of a language, readable or not.
#[cfg(test)]
pub(super) fn count(lang: Lang) -> usize {
    let folder = format!("{lang}/");
    Files::iter()
        .filter(|name| name.starts_with(&folder))
        .count()
}

fn read(lang: Lang, file: &str, text: &str) -> Option<Source> {
    let text = text.replace("\r\n", "\n");
    let (front, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    let value = |name: &str| {
        front
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim().to_owned())
    };
    Some(Source {
        lang,
        file: file.to_owned(),
        title: value("title")?,
        updated: value("updated")?,
        order: value("order")?.parse().ok()?,
        body: body.to_owned(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn front_matter_says_title_date_and_place() {
        let text =
            "---\r\ntitle: Keys: where\r\nupdated: 2026-11-22\r\norder: 7\r\n---\r\n\r\nWords\r\n";
        let source = read(Lang::En, "a/b.md", text).unwrap();
        assert_eq!(source.title, "Keys: where");
        assert_eq!(source.updated, "2026-11-22");
        assert_eq!((source.order, source.body.trim()), (7, "Words"));
    }

    #[test]
    fn a_file_without_front_matter_is_no_page() {
        assert!(read(Lang::En, "a.md", "# Words").is_none());
        assert!(
            read(
                Lang::En,
                "a.md",
                "---\ntitle: A\nupdated: x\norder: last\n---\n"
            )
            .is_none()
        );
    }
}
