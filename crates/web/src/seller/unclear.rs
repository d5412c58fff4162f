//! Instances that the market can't account for: IDs that were answered and
//! can't be used, and failed openings after which something may stand open at
//! the seller. Seller and operator look after them by hand.

use askama::Template;
use delivery::stray::Stray;
use kernel::prelude::*;
use texts::Lang;
use views::possible_orphans::OrphanRow;

use crate::page;
use crate::ui::{Column, EmptyState, Frame, Icon, Link, Moment, Pager, StateLabel, Tabs, Tone};

/// Address of the strays under that of the messages or tasks.
pub(crate) fn strays_of(path: &str) -> String {
    format!("{path}/strays")
}

/// Address of the possible orphans.
pub(crate) fn orphans_of(path: &str) -> String {
    format!("{path}/orphans")
}

/// The three lists that belong together.
pub(crate) fn tabs(lang: Lang, path: &str, first: &str, current: &str) -> Tabs {
    Tabs::new(lang.get("seller-views"), current)
        .tab(Link::new(first, path))
        .tab(Link::new(lang.get("seller-strays"), strays_of(path)))
        .tab(Link::new(lang.get("seller-orphans"), orphans_of(path)))
}

struct StrayRow {
    stray: Stray,
    why: &'static str,
    state: StateLabel,
    answered: Moment,
}

/// Instance IDs that can't be used.
#[derive(Template)]
#[template(path = "seller/strays.html")]
pub(crate) struct Strays {
    frame: Frame,
    tabs: Tabs,
    columns: Vec<Column>,
    rows: Vec<StrayRow>,
    empty: EmptyState,
    pager: Pager,
}

impl Strays {
    pub(crate) fn new(
        frame: Frame,
        tabs: Tabs,
        zone: &Zone,
        found: Vec<Stray>,
        pager: Pager,
    ) -> Self {
        let lang = frame.lang;
        let row = |stray: Stray| StrayRow {
            why: lang.get(&format!("stray-why-{}", stray.why())),
            state: match (stray.released_at(), stray.wants_release()) {
                (Some(_), _) => StateLabel::new(Tone::Success, lang.get("seller-stray-released")),
                (None, true) => StateLabel::new(Tone::Warning, lang.get("seller-stray-to-release"))
                    .icon(Icon::Clock),
                (None, false) => StateLabel::new(Tone::Neutral, lang.get("seller-stray-left")),
            },
            answered: page::moment(lang, zone, stray.created_at()),
            stray,
        };
        Self {
            columns: [
                "seller-instance-id",
                "seller-stray-why",
                "seller-state",
                "seller-stray-answered",
            ]
            .map(|key| Column::new(lang.get(key)))
            .into(),
            rows: found.into_iter().map(row).collect(),
            empty: EmptyState::new(
                Icon::Success,
                lang.get("seller-strays-none"),
                lang.get("seller-strays-none-why"),
            ),
            frame,
            tabs,
            pager,
        }
    }
}

/// Where the links of the orphans lead.
pub(crate) struct Places {
    pub(crate) orders: &'static str,
    pub(crate) messages: Option<&'static str>,
}

struct OrphanLine {
    orphan: OrphanRow,
    order: String,
    message: Option<String>,
    called: Moment,
}

/// Failed openings that may have left something open.
#[derive(Template)]
#[template(path = "seller/orphans.html")]
pub(crate) struct Orphans {
    frame: Frame,
    tabs: Tabs,
    columns: Vec<Column>,
    rows: Vec<OrphanLine>,
    empty: EmptyState,
    pager: Pager,
}

impl Orphans {
    pub(crate) fn new(
        frame: Frame,
        tabs: Tabs,
        zone: &Zone,
        places: &Places,
        found: Vec<OrphanRow>,
        pager: Pager,
    ) -> Self {
        let lang = frame.lang;
        let row = |orphan: OrphanRow| OrphanLine {
            order: format!("{}/{}", places.orders, orphan.order),
            message: places
                .messages
                .map(|path| format!("{path}/{}", orphan.message)),
            called: page::moment(lang, zone, orphan.last_call_at),
            orphan,
        };
        let keys = [
            "seller-line-number",
            "seller-product",
            "seller-seller",
            "seller-last-call",
            "seller-exception",
            "seller-operation",
        ];
        Self {
            columns: keys.map(|key| Column::new(lang.get(key))).into(),
            rows: found.into_iter().map(row).collect(),
            empty: EmptyState::new(
                Icon::Success,
                lang.get("seller-orphans-none"),
                lang.get("seller-orphans-none-why"),
            ),
            frame,
            tabs,
            pager,
        }
    }
}
