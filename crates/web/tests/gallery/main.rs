//! Shows every part of the kit in every state, in files that the browser tests open.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test may fail loudly")]

use std::path::Path;

use askama::Template;
use samples::{console, frame, help, home, shop};
use texts::Lang;
use web::ui::{self, *};

mod samples;

#[test]
fn the_gallery_shows_every_part_in_every_state() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/results/gallery");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, page: String| std::fs::write(folder.join(name), page).unwrap();
    write("console.html", console(Lang::En).render().unwrap());
    write("console-zh.html", console(Lang::Zh).render().unwrap());
    write("shop.html", shop(Lang::En).render().unwrap());
    write("shop-zh.html", shop(Lang::Zh).render().unwrap());
    write("home.html", home(Lang::En).render().unwrap());
    write("help.html", help(Lang::En).render().unwrap());
    write(
        "secret.html",
        RevealedSecret::new(Lang::En, "correct-horse-battery", "#").to_string(),
    );
}

#[test]
fn a_secret_is_not_in_the_page_before_it_is_asked_for() {
    let page = Secret::new(Lang::En, "/my/apps/ins-1/password").to_string();
    assert!(page.contains(r#"aria-pressed="false""#) && page.contains("Show password"));
    assert!(!page.contains("correct-horse-battery"));
}

#[test]
fn words_of_people_never_become_markup() {
    let card = ProductCard::new("<b>x</b>", "#", "\"><i>", "&", Logo::new("<", None)).to_string();
    assert!(!card.contains("<b>") && !card.contains("<i>"), "{card}");
}

#[test]
fn guests_are_asked_in_and_members_find_their_places() {
    let guest = shop(Lang::En).render().unwrap();
    assert!(guest.contains("Sign in") && guest.contains("/sign-in?back=%2Fcategories"));
    let member = help(Lang::En).render().unwrap();
    for words in [
        "My KooGallery Apps",
        "Billing Center",
        "Seller Console",
        "Message Center",
        "Sign out",
    ] {
        assert!(member.contains(words) && !guest.contains(words), "{words}");
    }
}

#[test]
fn paging_shows_the_ends_and_the_neighbours() {
    let page = Pages::new(Lang::En, 4, 12, |number| format!("?page={number}")).to_string();
    let shown: Vec<bool> = [1, 2, 3, 4, 5, 6, 12]
        .map(|number| page.contains(&format!(">{number}</a>")))
        .into();
    assert_eq!(shown, [true, false, true, true, true, false, true]);
}

#[test]
fn the_navigation_marks_the_nearest_page_above() {
    let mut frame = frame(Lang::En, "/my/apps/ins-1", "x");
    frame.nav = vec![NavSection::new(vec![
        NavItem::new("My", "/my"),
        NavItem::new("Apps", "/my/apps"),
        NavItem::new("Appeals", "/my/app"),
    ])];
    let marked: Vec<bool> = frame.nav[0]
        .items
        .iter()
        .map(|item| frame.is_current(item))
        .collect();
    assert_eq!(marked, [false, true, false]);
}

#[test]
fn every_word_of_the_frame_stands_in_each_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut asked = 0;
    for folder in ["src/ui", "templates/ui", "templates/layout"] {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
            for rest in source.split("\"frame-").skip(1) {
                let key = format!("frame-{}", rest.split('"').next().unwrap());
                asked += 1;
                for lang in [Lang::En, Lang::Zh] {
                    assert!(lang.find(&key).is_some(), "{key} in {lang}");
                }
            }
        }
    }
    assert!(asked > 30);
}
