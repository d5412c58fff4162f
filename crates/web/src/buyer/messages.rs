//! `Message Center`: what a person was told on the site (B-103). A message is
//! kept as a kind with values and becomes a sentence here.

use askama::Template;
use axum::extract::{Path, State};
use kernel::prelude::*;
use support::notice::{Notice, NoticeId};
use texts::{Arg, Lang};

use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Column, EmptyState, Icon, Moment, Pager, StateLabel, Tone, paths};
use crate::visitor::Visitor;
use crate::{Site, navigation};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(paths::MESSAGES, Audience::Person, show)
        .post("/messages/read", Audience::Person, read_all)
        .post("/messages/{id}/read", Audience::Person, read)
}

struct Row {
    text: String,
    state: StateLabel,
    received: Moment,
    action: String,
    /// Marks as read, and leads to what it is about.
    open: Option<Button>,
}

#[derive(Template)]
#[template(path = "buyer/messages.html")]
struct Messages {
    frame: ui::Frame,
    read_all: Option<Button>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    pager: Pager,
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    let lang = visitor.lang();
    let signed = visitor.signed()?;
    let policy = site.app.policy().await?;
    let request = query.page();
    let found = site.app.notices(signed, request.clone()).await?;
    let unread = site.app.unread_notices(signed).await?;
    let nav = navigation::account(lang);
    page::show(Messages {
        frame: page::console(
            &site,
            &visitor,
            lang.get("nav-messages"),
            lang.get("frame-account"),
            nav,
        )
        .await,
        read_all: (unread > 0)
            .then(|| Button::submit(lang.get("buyer-messages-read-all")).secondary()),
        columns: columns(lang),
        rows: found
            .rows
            .iter()
            .map(|notice| row(lang, &policy.zone, notice))
            .collect(),
        empty: EmptyState::new(
            Icon::Inbox,
            lang.get("buyer-messages-none"),
            lang.get("buyer-messages-none-why"),
        ),
        pager: page::pager(lang, &visitor, &request, found.next.as_deref()),
    })
}

async fn read(State(site): State<Site>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = NoticeId::parse(&id).ok_or_else(Fail::not_found)?;
    let notice = site.app.read_notice(visitor.signed()?, id).await?;
    let link = notice.about.link.as_str();
    Ok(page::see_other(if link.is_empty() {
        paths::MESSAGES
    } else {
        page::local(link)
    }))
}

async fn read_all(State(site): State<Site>, visitor: Visitor) -> Answer {
    site.app.read_all_notices(visitor.signed()?).await?;
    page::done(paths::MESSAGES, "messages-read")
}

fn row(lang: Lang, zone: &Zone, notice: &Notice) -> Row {
    let unread = notice.read_at.is_none();
    let leads_on = !notice.about.link.is_empty();
    let open = match (leads_on, unread) {
        (true, _) => Some("buyer-messages-open"),
        (false, true) => Some("buyer-messages-mark-read"),
        (false, false) => None,
    };
    Row {
        text: sentence(lang, notice),
        state: if unread {
            StateLabel::new(Tone::Info, lang.get("buyer-messages-unread")).icon(Icon::Mail)
        } else {
            StateLabel::new(Tone::Neutral, lang.get("buyer-messages-seen")).icon(Icon::Check)
        },
        received: page::moment(lang, zone, notice.created_at),
        action: format!("{}/{}/read", paths::MESSAGES, notice.id),
        open: open.map(|key| Button::submit(lang.get(key)).quiet()),
    }
}

/// The message in the reader's language.
fn sentence(lang: Lang, notice: &Notice) -> String {
    let values: Vec<(&str, Arg<'_>)> = notice
        .about
        .args
        .iter()
        .map(|(name, value)| {
            // Only a count chooses plural forms; an order number of digits is no number.
            let number = (name == "count").then(|| value.parse().ok()).flatten();
            (name.as_str(), number.map_or(Arg::Text(value), Arg::Number))
        })
        .collect();
    lang.format(&format!("notice-{}", notice.about.kind), &values)
}

fn columns(lang: Lang) -> Vec<Column> {
    [
        "buyer-messages-message",
        "buyer-state",
        "buyer-messages-received",
        "buyer-operation",
    ]
    .iter()
    .map(|key| Column::new(lang.get(key)))
    .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kernel::id::UserId;
    use kernel::names::Named;
    use kernel::who::Side;
    use support::notice::{Kind, NewNotice};

    use super::*;

    fn notice(kind: Kind) -> Notice {
        let names = [
            "order",
            "product",
            "amount",
            "reason",
            "count",
            "reference",
            "page",
        ];
        let args: BTreeMap<String, String> = names
            .iter()
            .map(|name| ((*name).to_owned(), "7".to_owned()))
            .collect();
        let user_id = UserId::fresh(Timestamp::ZERO);
        Notice {
            id: NoticeId::fresh(Timestamp::ZERO),
            about: NewNotice {
                user_id,
                side: Side::Buyer,
                kind,
                args,
                link: String::new(),
            },
            created_at: Timestamp::ZERO,
            read_at: None,
        }
    }

    #[test]
    fn every_kind_of_message_becomes_a_sentence_in_each_language() {
        for lang in [Lang::En, Lang::Zh] {
            for kind in Kind::ALL {
                let text = sentence(lang, &notice(*kind));
                assert!(!text.contains(['\u{2026}', '{']), "{lang} {kind}: {text}");
            }
        }
    }
}
