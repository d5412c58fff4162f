//! The left navigation of each console.

use texts::Lang;

use crate::ui::{NavItem, NavSection};

fn items(lang: Lang, entries: &[(&str, &str)]) -> Vec<NavItem> {
    entries
        .iter()
        .map(|(key, href)| NavItem::new(lang.get(key), *href))
        .collect()
}

/// `My KooGallery` and `Billing Center` of a buyer.
pub(crate) fn buyer(lang: Lang) -> Vec<NavSection> {
    vec![
        NavSection::titled(
            lang.get("nav-my-koogallery"),
            items(
                lang,
                &[
                    ("nav-purchased-apps", "/my/apps"),
                    ("nav-service-supervision", "/my/supervision"),
                    ("nav-my-favorites", "/my/favorites"),
                    ("nav-my-agreements", "/my/agreements"),
                ],
            ),
        ),
        NavSection::titled(
            lang.get("nav-billing-center"),
            items(
                lang,
                &[
                    ("nav-balance", "/billing"),
                    ("nav-my-orders", "/billing/orders"),
                    ("nav-unpaid-orders", "/billing/unpaid"),
                ],
            ),
        ),
    ]
}

/// The seller's console; the menu of 2025.
pub(crate) fn seller(lang: Lang) -> Vec<NavSection> {
    vec![
        NavSection::new(items(lang, &[("nav-overview", "/seller")])),
        NavSection::titled(
            lang.get("nav-orders"),
            items(lang, &[("nav-order-list", "/seller/orders")]),
        ),
        NavSection::titled(
            lang.get("nav-delivery"),
            items(lang, &[("nav-service-supervision", "/seller/supervision")]),
        ),
        NavSection::titled(
            lang.get("nav-application-tools"),
            items(
                lang,
                &[
                    ("nav-interface-messages", "/seller/interface-messages"),
                    ("nav-key-management", "/seller/keys"),
                    ("nav-interface-addresses", "/seller/addresses"),
                    ("nav-api-credentials", "/seller/credentials"),
                ],
            ),
        ),
        NavSection::titled(
            lang.get("nav-seller-management"),
            items(lang, &[("nav-seller-information", "/seller/information")]),
        ),
    ]
}

/// The operator's console.
pub(crate) fn operator(lang: Lang, demo: bool) -> Vec<NavSection> {
    let mut service = vec![
        ("nav-failed-tasks", "/operator/tasks"),
        ("nav-addresses-to-verify", "/operator/addresses"),
        ("nav-feedback", "/operator/feedback"),
        ("nav-audit", "/operator/audit"),
    ];
    if demo {
        service.push(("nav-mails", "/operator/mails"));
    }
    vec![
        NavSection::new(items(lang, &[("nav-overview", "/operator")])),
        NavSection::titled(
            lang.get("nav-trade"),
            items(
                lang,
                &[
                    ("nav-accounts", "/operator/accounts"),
                    ("nav-top-ups", "/operator/top-ups"),
                    ("nav-order-list", "/operator/orders"),
                ],
            ),
        ),
        NavSection::titled(lang.get("nav-service"), items(lang, &service)),
    ]
}

/// The person's own account.
pub(crate) fn account(lang: Lang) -> Vec<NavSection> {
    vec![NavSection::new(items(
        lang,
        &[
            ("nav-profile", "/account"),
            ("nav-security", "/account/security"),
            ("nav-members", "/account/members"),
            ("nav-messages", "/messages"),
            ("nav-my-feedback", "/my/feedback"),
        ],
    ))]
}
