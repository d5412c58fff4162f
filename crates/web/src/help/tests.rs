#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use askama::Template as _;
use kernel::Timestamp;
use kernel::names::Named as _;
use support::feedback::{NewFeedback, ops};
use texts::Lang;

use super::library::library;
use super::*;
use crate::ui::{Frame, Moment, Pager, Theme, UserMenu, paths as places};

fn frame(lang: Lang, path: &str) -> Frame {
    Frame::new("KooGallery", lang, Theme::Auto, path, "")
}

fn open(lang: Lang, path: &str) -> String {
    HelpPage::open(frame(lang, path)).unwrap().render().unwrap()
}

fn all(lang: Lang) -> Vec<&'static str> {
    library()
        .pages(lang)
        .map(|page| page.path.as_str())
        .collect()
}

/// What stands in an attribute, everywhere in a page.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.split(&start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_file_is_a_page_and_every_translation_has_its_original() {
    assert_eq!(all(Lang::En).len(), source::count(Lang::En));
    for lang in Lang::ALL {
        let own = library().pages(*lang).filter(|page| page.lang == *lang);
        assert_eq!(own.count(), source::count(*lang), "{lang}");
    }
}

#[test]
fn every_page_opens_in_every_language_and_no_id_stands_twice() {
    for lang in Lang::ALL {
        for path in all(*lang) {
            let page = open(*lang, path);
            let ids = attributes(&page, "id");
            let unique: BTreeSet<_> = ids.iter().collect();
            assert_eq!(ids.len(), unique.len(), "{lang} {path}: {ids:?}");
        }
    }
}

#[test]
fn every_link_inside_leads_to_a_page_and_to_a_heading_of_it() {
    for lang in Lang::ALL {
        let ids: BTreeMap<&str, Vec<&str>> = library()
            .pages(*lang)
            .map(|page| (page.path.as_str(), attributes(&page.html, "id")))
            .collect();
        for page in library().pages(*lang) {
            for href in attributes(&page.html, "href") {
                if href.starts_with("https://") || href.starts_with("/assets/") {
                    continue;
                }
                let (path, place) = href.split_once('#').unwrap_or((href, ""));
                let target = if path.is_empty() { &page.path } else { path };
                let there = ids.get(target);
                assert!(there.is_some(), "{lang} {}: {href}", page.path);
                assert!(
                    place.is_empty() || there.unwrap().contains(&place),
                    "{lang} {}: {href}",
                    page.path
                );
            }
        }
    }
}

#[test]
fn no_page_holds_raw_html_or_pictures_and_headings_go_down_step_by_step() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    for source in source::sources() {
        for event in Parser::new_ext(&source.body, Options::ENABLE_TABLES) {
            let unwelcome = matches!(
                event,
                Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. })
            );
            assert!(!unwelcome, "{} {}: {event:?}", source.lang, source.file);
        }
    }
    for page in Lang::ALL.iter().flat_map(|lang| library().pages(*lang)) {
        let mut above = 1;
        for heading in &page.headings {
            let next = heading.level > 1 && heading.level <= above + 1;
            assert!(next, "{} {heading:?}", page.path);
            above = heading.level;
        }
    }
}

#[test]
fn dates_of_pages_are_days() {
    for source in source::sources() {
        let parts: Vec<&str> = source.updated.split('-').collect();
        assert_eq!(
            parts.iter().map(|part| part.len()).collect::<Vec<_>>(),
            [4, 2, 2]
        );
        assert!(parts.iter().all(|part| part.parse::<u16>().is_ok()));
    }
}

#[test]
fn a_page_has_its_date_its_way_and_its_neighbours() {
    let page = open(Lang::En, "/help/using/using-a-saas-product");
    for words in [
        "<title>Using a SaaS product - KooGallery</title>",
        "Updated on 2026-11-22 GMT+08:00",
        "Parent topic",
        r#"<a href="/help/using/resource-details">Resource details</a>"#,
        "On this page",
        r##"<a href="#logging-in">Logging in</a>"##,
        "Was this page helpful?",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let crumbs = &page[page.find("kg-breadcrumb").unwrap()..page.find("kg-article").unwrap()];
    assert!(crumbs.contains(r#"href="/help">Help Center</a>"#));
    assert!(crumbs.contains(r#"href="/help/using">Using a product</a>"#));
}

#[test]
fn the_tree_marks_the_current_page_and_opens_its_branch_alone() {
    let page = open(Lang::En, "/help/using/passwords");
    assert!(page.contains(r#"pf-m-current" href="/help/using/passwords" aria-current="page""#));
    assert_eq!(page.matches(r#"<details class="kg-tree" open>"#).count(), 1);
    assert_eq!(page.matches("pf-v6-c-nav__link pf-m-current").count(), 1);
}

#[test]
fn a_page_that_is_not_translated_comes_in_english_with_a_notice() {
    let path = "/help/seller/encryption";
    let page = open(Lang::Zh, path);
    assert!(page.contains(Lang::Zh.get("help-untranslated")));
    assert!(page.contains(r#"<div lang="en"><p>In the response of queryInstance"#));
    assert!(page.contains(r#"name="language" value="en""#));
    assert!(!open(Lang::En, path).contains(Lang::En.get("help-untranslated")));
    let translated = open(Lang::Zh, "/help/using/using-a-saas-product");
    assert!(translated.contains("使用 SaaS 商品"));
    assert!(!translated.contains(Lang::Zh.get("help-untranslated")));
}

#[test]
fn where_no_page_stands_none_is_opened() {
    for path in ["/help/", "/help/nowhere", "/help/using/index", "/", ""] {
        assert!(HelpPage::open(frame(Lang::En, path)).is_none(), "{path}");
    }
    assert_eq!(page_title(Lang::En, places::HELP), Some("Help Center"));
    assert_eq!(page_title(Lang::En, "/help/nowhere"), None);
}

#[test]
fn every_table_scrolls_inside_its_frame() {
    let page = open(Lang::En, "/help/seller/encryption");
    let tables = page.matches("<table").count();
    assert!(tables > 0);
    assert_eq!(
        page.matches(r#"<div class="kg-table-frame" tabindex="0""#)
            .count(),
        tables
    );
    assert_eq!(
        page.matches("<pre tabindex=\"0\"").count(),
        page.matches("<pre").count()
    );
}

#[test]
fn the_answer_to_a_page_says_which_version_was_read() {
    let page = open(Lang::En, "/help/using/passwords");
    for field in [
        r#"name="page" value="/help/using/passwords""#,
        r#"name="page_updated" value="2026-11-22""#,
        r#"name="language" value="en""#,
        r#"name="helpful" value="yes""#,
        r#"maxlength="500""#,
    ] {
        assert!(page.contains(field), "{field}");
    }
}

#[test]
fn an_answer_that_could_not_be_taken_stays_in_the_form() {
    let draft = FeedbackDraft {
        helpful: Some(false),
        text: "</textarea><b>".to_owned(),
        failed: true,
        ..FeedbackDraft::default()
    };
    let page = HelpPage::open(frame(Lang::En, places::HELP)).unwrap();
    let page = page.answered(draft).render().unwrap();
    assert!(page.contains("The system is busy. Please try again later."));
    assert!(page.contains(r#"value="no" checked"#));
    assert!(!page.contains("</textarea><b>"));
}

#[test]
fn thanks_tell_members_where_the_reply_will_be() {
    let mut member = frame(Lang::En, paths::FEEDBACK);
    member.user = Some(UserMenu::default());
    let page = FeedbackThanks::new(member, "/help/using").render().unwrap();
    assert!(page.contains("Thank you for your feedback"));
    assert!(page.contains(paths::MY_FEEDBACK) && page.contains(r#"href="/help/using""#));
    let guest = FeedbackThanks::new(frame(Lang::En, paths::FEEDBACK), "//elsewhere.example");
    let guest = guest.render().unwrap();
    assert!(!guest.contains(paths::MY_FEEDBACK) && !guest.contains("elsewhere"));
}

fn item(text: &str) -> FeedbackItem {
    let said = NewFeedback {
        page: "/help/using/passwords".to_owned(),
        page_updated: "2026-11-22".to_owned(),
        language: "zh".to_owned(),
        helpful: false,
        text: text.to_owned(),
        user_id: None,
    };
    let feedback = ops::submit(said, Timestamp::ZERO).unwrap();
    FeedbackItem::new(Lang::En, &feedback, |_| Moment::new("", "Nov 22, 2026", ""))
}

#[test]
fn readers_see_their_own_answers_with_the_state() {
    let own = frame(Lang::En, paths::MY_FEEDBACK);
    let pager = Pager::new(Lang::En, None, None);
    let page = MyFeedback::new(own.clone(), vec![item("More <b>")], pager.clone());
    let page = page.render().unwrap();
    for words in [
        "My feedback",
        "Showing and protecting the password",
        "Submitted",
        "More &#60;b&#62;",
        "Was this page helpful? No",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let none = MyFeedback::new(own, Vec::new(), pager).render().unwrap();
    assert!(none.contains("No feedback yet"));
}

#[test]
fn operators_see_what_waits_and_can_act_on_it() {
    let desk = frame(Lang::En, paths::OPERATOR_FEEDBACK);
    let one = item(&"word ".repeat(60));
    let id = one.id.clone();
    let pager = Pager::new(Lang::En, None, None);
    let list = FeedbackDesk::new(desk.clone(), vec![one], None, pager);
    let list = list.render().unwrap();
    assert!(list.contains(&format!("/operator/feedback/{id}")) && list.contains("word…"));
    let case = FeedbackCase::new(desk, item("More")).render().unwrap();
    assert!(case.contains("/take-up\"") && case.contains("/close\""));
    // Nobody would see a reply to a guest.
    assert!(!case.contains("/reply\"") && case.contains("not signed in"));
}

#[test]
fn every_word_of_the_help_center_stands_in_each_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut asked = BTreeSet::new();
    for folder in ["src/help", "templates/help"] {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
            for rest in source.split("\"help-").skip(1) {
                asked.insert(format!("help-{}", rest.split('"').next().unwrap()));
            }
        }
    }
    let own = |key: &String| !key.contains(['{', ' ']) && key.len() > "help-".len();
    for key in asked.iter().filter(|key| own(key)) {
        for lang in Lang::ALL {
            assert!(lang.keys().any(|known| known == key), "{key} in {lang}");
        }
    }
    let spoken: BTreeSet<String> = Lang::En
        .keys()
        .filter(|key| key.starts_with("help-"))
        .map(str::to_owned)
        .collect();
    let silent: Vec<_> = spoken.difference(&asked).collect();
    assert!(silent.is_empty(), "{silent:?}");
}
