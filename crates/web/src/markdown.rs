//! Markdown written by sellers and operators, made safe for a page.
//!
//! The text isn't trusted: raw markup and pictures are dropped before it
//! becomes HTML, and a sanitiser looks at everything that has links. These lead
//! out by http, https or mailto, with `nofollow noopener`.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "a",
    ];
    let mut builder = Builder::default();
    builder
        .tags(HashSet::from(tags))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer"));
    builder
});

/// Renders a text whose headings stand below one of level `under` (1 to 4).
pub(crate) fn render(text: &str, under: u8) -> String {
    let events: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH)
        .filter(is_plain)
        .collect();
    let has_links = events
        .iter()
        .any(|event| matches!(event, Event::Start(Tag::Link { .. })));
    let top = events
        .iter()
        .filter_map(heading)
        .map(depth)
        .min()
        .unwrap_or(1);
    let shifted = |level: HeadingLevel| {
        let level = depth(level)
            .saturating_sub(top)
            .saturating_add(under)
            .saturating_add(1);
        HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6)
    };
    let events = events.into_iter().map(|event| match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: shifted(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(shifted(level))),
        other => other,
    });
    let mut page = String::with_capacity(text.len().saturating_mul(2));
    html::push_html(&mut page, events);
    // Without raw markup the elements are the writer's own and all text is
    // escaped; only where a link leads is still the author's. Parsing the page
    // once more costs five times the rest, so it is done for those.
    let safe = if has_links {
        SANITISER.clean(&page).to_string()
    } else {
        page
    };
    // What scrolls sideways must be reachable by keyboard.
    safe.replace("<pre>", "<pre tabindex=\"0\">")
}

/// Raw markup goes; of a picture only its words stay.
fn is_plain(event: &Event<'_>) -> bool {
    !matches!(
        event,
        Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::HtmlBlock | Tag::Image { .. })
            | Event::End(TagEnd::HtmlBlock | TagEnd::Image)
    )
}

fn heading(event: &Event<'_>) -> Option<HeadingLevel> {
    match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn nothing_that_runs_gets_through() {
        let text = "<script>alert(1)</script>\n\n<b onclick=x>a</b> [b](javascript:alert(1)) ![c](https://x.test/p.png) \
                    [d](/account)\n\n[e](data:text/html,x)\n\n`<img src=x onerror=y>`";
        let page = render(text, 2);
        for bad in ["<script", "<b", "javascript:", "<img", "href"] {
            assert!(!page.contains(bad), "{bad}: {page}");
        }
        assert!(page.contains("&lt;img src=x"), "{page}");
    }

    #[test]
    fn a_text_without_links_is_as_safe() {
        let page = render(
            "<script>alert(1)</script>\n\n<b onclick=x>a</b> &amp; `<i>`\n\n```\"><b>\n<u>\n```\n\n![c](x \"<s>\")",
            2,
        );
        for bad in ["<script", "<b", "<i>", "<u>", "<s>", "<img"] {
            assert!(!page.contains(bad), "{bad}: {page}");
        }
    }

    #[test]
    fn links_out_carry_no_weight_and_no_window() {
        let page = render("[a](https://example.com/x)", 2);
        assert!(
            page.contains(
                r#"<a href="https://example.com/x" rel="nofollow noopener noreferrer">a</a>"#
            ),
            "{page}"
        );
    }

    #[test]
    fn headings_stand_below_the_one_above_them() {
        assert_eq!(render("## A\n\n### B", 2), "<h3>A</h3>\n<h4>B</h4>\n");
        assert_eq!(render("# A", 1), "<h2>A</h2>\n");
    }
}
