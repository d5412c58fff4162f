//! What a product page says about delivery, supervision, billing, region and
//! refund (buyer.md 3.3).

use catalog::release::{Billing, ProductContent, Supervision};
use flows::{CurrentPolicy, ProductPage};
use kernel::names::Named;
use texts::{Arg, Lang};

use super::words;
use crate::ui::{Step, StepState, Steps};

/// A term and its words.
pub(super) struct Fact {
    pub(super) term: String,
    pub(super) text: String,
}

/// The facts in the order to show them.
pub(super) fn of(
    lang: Lang,
    page: &ProductPage,
    category: Option<String>,
    policy: &CurrentPolicy,
) -> Vec<Fact> {
    let content = &page.content;
    let fact = |key: &str, text: String| Fact {
        term: lang.get(key).to_owned(),
        text,
    };
    let mut facts = vec![
        fact("shop-version", content.version_label.clone()),
        fact(
            "shop-delivery-method",
            words::named(lang, "delivery", &content.contract.delivery_method()).to_owned(),
        ),
        fact("shop-billing-modes", billing_modes(lang, content)),
        fact(
            "shop-supervision",
            supervision(lang, content.supervision.as_ref()),
        ),
        fact("shop-sales-region", region(lang, content)),
        fact("shop-refund-rule", refund_rule(lang, content, policy)),
    ];
    if let Some(category) = category {
        facts.insert(0, fact("shop-category", category));
    }
    facts
}

fn billing_modes(lang: Lang, content: &ProductContent) -> String {
    let offered = |mode: &Billing| {
        content
            .specifications
            .iter()
            .any(|specification| specification.billing == *mode)
    };
    let names: Vec<&str> = Billing::ALL
        .iter()
        .filter(|mode| offered(mode))
        .map(|mode| words::named(lang, "billing", mode))
        .collect();
    names.join(lang.get("shop-and"))
}

fn supervision(lang: Lang, supervision: Option<&Supervision>) -> String {
    match supervision {
        Some(supervision) => lang.format(
            "shop-supervision-yes",
            &[("days", Arg::Number(supervision.delivery_days.into()))],
        ),
        None => lang.get("shop-supervision-no").to_owned(),
    }
}

/// The way of a supervised order, for those who don't know it yet.
pub(super) fn supervision_steps(lang: Lang, supervision: &Supervision) -> Steps {
    let days = lang.format(
        "shop-flow-days",
        &[("days", Arg::Number(supervision.delivery_days.into()))],
    );
    let step = |key: &str| Step::new(lang.get(key), StepState::Pending);
    let steps = vec![
        step("shop-flow-request").note(lang.get("shop-flow-you")),
        step("shop-flow-confirm").note(lang.get("shop-flow-seller")),
        step("shop-flow-deliver").note(days),
        step("shop-flow-accept").note(lang.get("shop-flow-you")),
    ];
    Steps::new(lang, lang.get("shop-supervision"), steps)
}

fn region(lang: Lang, content: &ProductContent) -> String {
    if content.sales_countries.is_empty() {
        return lang.get("shop-everywhere").to_owned();
    }
    let name = |code: &String| {
        lang.find(&format!("country-{code}"))
            .unwrap_or(code)
            .to_owned()
    };
    let names: Vec<String> = content.sales_countries.iter().map(name).collect();
    names.join(lang.get("shop-comma"))
}

fn refund_rule(lang: Lang, content: &ProductContent, policy: &CurrentPolicy) -> String {
    let hours = policy.opening.window_seconds.div_ceil(3_600);
    let key = if content.supervision.is_some() {
        "shop-refund-supervised"
    } else {
        "shop-refund-unsupervised"
    };
    lang.format(key, &[("hours", Arg::Number(hours.into()))])
}
