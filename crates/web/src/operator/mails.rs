//! `Written mails` of a demo: what would have been sent.

use askama::Template;
use axum::extract::{Path, State};

use crate::Site;
use crate::buyer::address;
use crate::form::Query;
use crate::page::{self, Answer, encoded};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Column, EmptyState, Icon, Link, Moment, Pager};
use crate::visitor::{Operator, Visitor};

/// Where the list stands.
const PATH: &str = "/operator/mails";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Audience::Operator, list).get(
        "/operator/mails/{name}",
        Audience::Operator,
        read,
    )
}

struct Row {
    href: String,
    subject: String,
    to: String,
    written: Moment,
}

#[derive(Template)]
#[template(path = "operator/mails.html")]
struct Mails {
    frame: ui::Frame,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    pager: Pager,
}

async fn list(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let before = Some(query.text("before")).filter(|before| !before.is_empty());
    let found = site.app.written_mails(&operator, before).await?;
    let full = found.len() == flows::WRITTEN_MAILS;
    let next = found
        .last()
        .filter(|_| full)
        .map(|mail| address(PATH, &[("before", &mail.name)]));
    let rows = found.into_iter().map(|mail| Row {
        href: format!("{PATH}/{}", encoded(&mail.name)),
        written: page::moment(lang, &policy.zone, mail.written_at),
        subject: mail.subject,
        to: mail.to,
    });
    page::show(Mails {
        frame: super::frame(&site, &visitor, lang.get("nav-mails")).await,
        columns: [
            "operator-mail-subject",
            "operator-mail-to",
            "operator-mail-written",
        ]
        .map(|key| Column::new(lang.get(key)))
        .into(),
        rows: rows.collect(),
        empty: EmptyState::new(
            Icon::Mail,
            lang.get("operator-mails-none"),
            lang.get("operator-mails-none-why"),
        ),
        pager: Pager::new(lang, before.map(|_| PATH.to_owned()), next),
    })
}

#[derive(Template)]
#[template(path = "operator/mail.html")]
struct Mail {
    frame: ui::Frame,
    to: String,
    written: Moment,
    /// Addresses of this site that the text names.
    links: Vec<Link>,
    text: String,
}

async fn read(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(name): Path<String>,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let mail = site.app.written_mail(&operator, &name).await?;
    let frame = super::frame(&site, &visitor, &mail.summary.subject).await;
    page::show(Mail {
        frame: super::below(frame, "nav-mails", PATH),
        to: mail.summary.to,
        written: page::moment(lang, &policy.zone, mail.summary.written_at),
        links: own_links(&site.app.site.public_url, &mail.text),
        text: mail.text,
    })
}

/// Words of a text that are addresses of this site.
fn own_links(public_url: &str, text: &str) -> Vec<Link> {
    let home = format!("{public_url}/");
    text.split_whitespace()
        .filter(|word| word.starts_with(&home))
        .map(|word| Link::new(word, word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_site_become_links() {
        let text = "Hello\nhttps://shop.example/verify-email?token=x\nhttps://evil.example/ https://shop.example.evil/";
        assert_eq!(own_links("https://shop.example", text).len(), 1);
    }
}
