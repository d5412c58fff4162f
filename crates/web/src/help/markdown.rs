//! From a page's Markdown to its markup: headings that can be linked to, links between pages, tables and
//! examples that scroll inside their own frame.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use texts::Lang;

use crate::ui::{Icon, paths};

/// Ids that the layout and the feedback form use; no heading takes one of them.
const TAKEN: [&str; 5] = [
    "content",
    "navigation",
    "on-this-page",
    "toasts",
    "feedback",
];

/// A heading in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// Unique in the page; follows from the words.
    pub(super) id: String,
    pub(super) text: String,
    /// 1 to 6.
    pub(super) level: u8,
}

/// What a page's Markdown becomes.
#[derive(Debug)]
pub(super) struct Rendered {
    pub(super) html: String,
    pub(super) headings: Vec<Heading>,
    /// The words alone, for the search.
    pub(super) text: String,
}

/// The address of a file, given below its language's folder: `using/index.md` stands at `/help/using`.
pub(super) fn address(file: &str) -> String {
    let name = file.strip_suffix(".md").unwrap_or(file);
    let place = match name.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
        _ => name,
    };
    if place.is_empty() {
        paths::HELP.to_owned()
    } else {
        format!("{}/{place}", paths::HELP)
    }
}

/// Renders the Markdown of `file`, whose standing words are in `lang`.
pub(super) fn render(body: &str, file: &str, lang: Lang) -> Rendered {
    let mut writer = Writer {
        lang,
        file,
        events: Vec::new(),
        headings: Vec::new(),
        text: String::new(),
        heading: None,
        in_head: false,
        label: None,
        labels: Vec::new(),
        column: 0,
    };
    for event in Parser::new_ext(body, Options::ENABLE_TABLES) {
        writer.take(event);
    }
    let mut page = String::new();
    html::push_html(&mut page, writer.events.into_iter());
    Rendered {
        html: page,
        headings: writer.headings,
        text: writer.text.trim().to_owned(),
    }
}

struct Writer<'a> {
    lang: Lang,
    file: &'a str,
    events: Vec<Event<'a>>,
    headings: Vec<Heading>,
    text: String,
    /// Where the open heading's content starts, and its words so far.
    heading: Option<(usize, String)>,
    in_head: bool,
    /// The words of the open cell of a table's head.
    label: Option<String>,
    /// The columns of the open table.
    labels: Vec<String>,
    /// How many cells of the open row are done.
    column: usize,
}

impl<'a> Writer<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            // The pages are Markdown alone; a picture leaves its words.
            Event::Html(_) | Event::InlineHtml(_) => {}
            Event::Start(Tag::HtmlBlock | Tag::Image { .. })
            | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => {}
            Event::Start(Tag::Heading { .. }) => {
                self.heading = Some((self.events.len(), String::new()));
            }
            Event::End(TagEnd::Heading(level)) => self.end_heading(level),
            Event::Start(Tag::Link { dest_url, .. }) => self.start_link(&dest_url),
            Event::Start(Tag::CodeBlock(_)) => {
                let label = escaped(self.lang.get("help-example"));
                self.raw(format!(
                    r#"<pre tabindex="0" role="group" aria-label="{label}"><code>"#
                ));
            }
            Event::End(TagEnd::CodeBlock) => {
                self.space();
                self.raw("</code></pre>\n");
            }
            Event::Start(
                tag @ (Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell),
            ) => {
                self.start_table_part(&tag);
            }
            Event::End(
                tag @ (TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell),
            ) => {
                self.end_table_part(tag);
            }
            Event::Text(ref words) | Event::Code(ref words) => {
                self.words(words);
                self.events.push(event);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.space();
                self.events.push(event);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                self.space();
                self.events.push(event);
            }
            other => self.events.push(other),
        }
    }

    fn raw(&mut self, markup: impl Into<String>) {
        self.events
            .push(Event::Html(CowStr::from(Into::<String>::into(markup))));
    }

    fn words(&mut self, words: &str) {
        if let Some((_, heading)) = &mut self.heading {
            heading.push_str(words);
        } else {
            self.text.push_str(words);
        }
        if let Some(label) = &mut self.label {
            label.push_str(words);
        }
    }

    /// Keeps the words of neighbours apart.
    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let Some((start, text)) = self.heading.take() else {
            return;
        };
        let id = self.unused(&slug(&text));
        let inner = self.events.split_off(start);
        let label = escaped(self.lang.get("help-copy-link"));
        self.raw(format!(r#"<{level} id="{id}">"#));
        self.events.extend(inner);
        self.raw(format!(
            " <a class=\"kg-anchor\" href=\"#{id}\" data-copy-link aria-label=\"{label}\" title=\"{label}\">{}</a></{level}>\n",
            Icon::Link
        ));
        let level = depth(level);
        self.headings.push(Heading { id, text, level });
    }

    fn unused(&self, slug: &str) -> String {
        let free =
            |id: &str| !TAKEN.contains(&id) && self.headings.iter().all(|heading| heading.id != id);
        if free(slug) {
            return slug.to_owned();
        }
        (2_u32..)
            .map(|number| format!("{slug}-{number}"))
            .find(|id| free(id))
            .unwrap_or_default()
    }

    fn start_link(&mut self, target: &str) {
        let start = if is_outside(target) {
            format!(
                r#"<a href="{}" target="_blank" rel="noopener noreferrer">"#,
                escaped(target)
            )
        } else {
            format!(r#"<a href="{}">"#, escaped(&resolved(self.file, target)))
        };
        self.raw(start);
    }

    /// A table becomes the kit's: it scrolls in its frame, and on a phone its rows are cards.
    fn start_table_part(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Table(_) => {
                self.labels.clear();
                let label = escaped(self.lang.get("help-table"));
                self.raw(format!(
                    "<div class=\"kg-table-frame\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">\
                     <table class=\"pf-v6-c-table pf-m-grid-md pf-m-compact\" role=\"table\">"
                ));
            }
            Tag::TableHead => {
                self.in_head = true;
                self.raw(
                    "<thead class=\"pf-v6-c-table__thead\" role=\"rowgroup\">\
                     <tr class=\"pf-v6-c-table__tr\" role=\"row\">",
                );
            }
            Tag::TableRow => {
                self.column = 0;
                self.raw("<tr class=\"pf-v6-c-table__tr\" role=\"row\">");
            }
            _ if self.in_head => {
                self.label = Some(String::new());
                self.raw(
                    "<th class=\"pf-v6-c-table__th pf-m-wrap\" scope=\"col\" role=\"columnheader\"><span class=\"pf-v6-c-table__text\">",
                );
            }
            _ => {
                let label = escaped(self.labels.get(self.column).map_or("", String::as_str));
                self.raw(format!(
                    "<td class=\"pf-v6-c-table__td\" role=\"cell\" data-label=\"{label}\"><span class=\"pf-v6-c-table__text\">"
                ));
            }
        }
    }

    fn end_table_part(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Table => self.raw("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.raw("</tr></thead><tbody class=\"pf-v6-c-table__tbody\" role=\"rowgroup\">");
            }
            TagEnd::TableRow => self.raw("</tr>"),
            _ => {
                self.space();
                if let Some(label) = self.label.take() {
                    self.labels.push(label);
                    self.raw("</span></th>");
                } else {
                    self.column = self.column.saturating_add(1);
                    self.raw("</span></td>");
                }
            }
        }
    }
}

fn is_outside(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

/// The address that a link in `file` means.
fn resolved(file: &str, target: &str) -> String {
    if target.starts_with('#') || target.starts_with('/') {
        return target.to_owned();
    }
    let (path, place) = match target.split_once('#') {
        Some((path, place)) => (path, format!("#{place}")),
        None => (target, String::new()),
    };
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    format!("{}{place}", address(&parts.join("/")))
}

/// Letters and digits of any script in lower case, everything between them one hyphen.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug.to_owned()
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Rendered {
        render(body, "using/passwords.md", Lang::En)
    }

    #[test]
    fn a_file_stands_at_its_place() {
        assert_eq!(address("index.md"), "/help");
        assert_eq!(address("using/index.md"), "/help/using");
        assert_eq!(address("using/passwords.md"), "/help/using/passwords");
        assert_eq!(address("using/reindex.md"), "/help/using/reindex");
    }

    #[test]
    fn a_link_between_files_becomes_a_link_between_pages() {
        let html = page("[a](../buying/paying.md#limits) [b](index.md) [c](#here)").html;
        assert!(
            html.contains(r#"<a href="/help/buying/paying#limits">a</a>"#),
            "{html}"
        );
        assert!(html.contains(r#"<a href="/help/using">b</a>"#), "{html}");
        assert!(html.contains(r##"<a href="#here">c</a>"##), "{html}");
    }

    #[test]
    fn a_link_out_of_the_site_tells_nobody_where_it_came_from() {
        let html = page("[a](https://example.com/?a=1&b=2)").html;
        assert!(html.contains(r#"href="https://example.com/?a=1&amp;b=2""#));
        assert!(html.contains(r#"rel="noopener noreferrer""#), "{html}");
    }

    #[test]
    fn raw_html_and_pictures_are_dropped() {
        let html = page("<b>bold</b>\n\n<script>alert(1)</script>\n\n![words](a.png)").html;
        assert!(!html.contains("<b>") && !html.contains("script") && !html.contains("img"));
        assert!(html.contains("words"), "{html}");
    }

    #[test]
    fn headings_of_the_same_words_have_places_of_their_own() {
        let ids: Vec<String> = page("## A `b`!\n\n## A b\n\n## 不带服务监管\n\n## Content\n\n## ?")
            .headings
            .into_iter()
            .map(|heading| heading.id)
            .collect();
        assert_eq!(
            ids,
            ["a-b", "a-b-2", "不带服务监管", "content-2", "section"]
        );
    }

    #[test]
    fn a_heading_carries_the_link_to_itself() {
        let html = page("## The *idea*").html;
        assert!(html.starts_with(r#"<h2 id="the-idea">The <em>idea</em> <a class="kg-anchor""#));
        assert!(
            html.contains(r##"href="#the-idea" data-copy-link"##),
            "{html}"
        );
    }

    #[test]
    fn a_table_scrolls_in_its_frame_and_its_cells_know_their_column() {
        let html = page("| A \"q\" | B |\n|---|---|\n| 1 | `2` |\n").html;
        assert!(html.starts_with(r#"<div class="kg-table-frame" tabindex="0""#));
        assert!(
            html.contains(r#"data-label="A &quot;q&quot;"><span class="pf-v6-c-table__text">1"#)
        );
        assert!(
            html.contains(r#"data-label="B"><span class="pf-v6-c-table__text"><code>2</code>"#)
        );
        assert!(
            html.trim_end().ends_with("</tbody></table></div>"),
            "{html}"
        );
    }

    #[test]
    fn an_example_can_be_reached_by_keyboard_and_stays_text() {
        let html = page("```text\n<a> & b\n```").html;
        assert!(html.starts_with(r#"<pre tabindex="0""#), "{html}");
        assert!(html.contains("&lt;a&gt; &amp; b"), "{html}");
    }

    #[test]
    fn the_search_gets_the_words_apart() {
        let text = page("One\ntwo\n\n- three\n- four\n\n| a | b |\n|---|---|\n| c | d |").text;
        assert_eq!(text, "One two three four a b c d");
    }
}
