//! `View Resource Details`: application, order and seller of what was bought
//! (B-43, B-45).

use askama::Template;
use axum::extract::{Path, State};
use delivery::instance::{State as InstanceState, Validity};
use flows::{CurrentPolicy, LiveAnswer, ResourceDetails};
use kernel::id::InstanceId;
use kernel::prelude::*;
use texts::Lang;

use super::application::{Age, Application, Reader, Told};
use super::seller_information::SellerInformation;
use super::{apps, day};
use crate::form::Query;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Moment, StateLabel};
use crate::visitor::{Buyer, Visitor};
use crate::{Site, labels, markdown};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/my/apps/{id}", Audience::Buyer, show)
        .get("/my/apps/{id}/live", Audience::Buyer, live)
}

#[derive(Template)]
#[template(path = "buyer/app_details.html")]
struct Details {
    frame: ui::Frame,
    state: StateLabel,
    application: Application,
    basic: Basic,
    seller: SellerInformation,
    /// How to use it, rendered.
    guide: String,
}

/// `Basic Information`.
struct Basic {
    product: String,
    product_href: String,
    specification: String,
    options: Vec<(String, String)>,
    quantity: Option<(String, String)>,
    period: String,
    order_number: String,
    order_href: String,
    opened: Option<Moment>,
    valid_from: Option<Moment>,
    valid_until: Option<Moment>,
    /// What stands in place of an end that isn't known or doesn't exist.
    no_end: &'static str,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
) -> Answer {
    let id = InstanceId::parse(&id).ok_or_else(Fail::not_found)?;
    let details = site.app.resource_details(&buyer, id).await?;
    whole(&site, &visitor, &buyer, details, Told::Before).await
}

/// Asks the seller: a fragment for the page, or the whole page for who has no
/// script.
async fn live(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Path(id): Path<String>,
    query: Query,
) -> Answer {
    let id = InstanceId::parse(&id).ok_or_else(Fail::not_found)?;
    let mut details = site.app.resource_details(&buyer, id).await?;
    let mut told = Told::Before;
    if details.instance.is_usable() {
        told = Told::NotNow;
        if let LiveAnswer::Fresh(info) = site.app.live_query(&buyer, id).await? {
            told = if details.info.as_ref() == Some(&info) {
                Told::Now
            } else {
                Told::Otherwise
            };
            details = site.app.resource_details(&buyer, id).await?;
        }
    }
    if !visitor.wants_fragment() {
        let told = if told == Told::Otherwise {
            Told::Now
        } else {
            told
        };
        return whole(&site, &visitor, &buyer, details, told).await;
    }
    let policy = site.app.policy().await?;
    let back = page::local(query.text("back"));
    let reader = Reader {
        lang: visitor.lang(),
        policy: &policy,
        buyer: &buyer,
        back,
    };
    if query.text("part") == "age" {
        return page::show(Age::new(&reader, &details, told));
    }
    // The part had no values before, so there is nothing that it could contradict.
    Application::answer(
        &reader,
        &details,
        if told == Told::Otherwise {
            Told::Now
        } else {
            told
        },
    )
}

async fn whole(
    site: &Site,
    visitor: &Visitor,
    buyer: &accounts::actor::BuyerActor,
    details: ResourceDetails,
    told: Told,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let back = format!("{}/{}", apps::PATH, details.instance.id());
    let reader = Reader {
        lang,
        policy: &policy,
        buyer,
        back: &back,
    };
    let basic = Basic::new(lang, &policy, &details);
    let frame = super::frame(site, visitor, &basic.product).await;
    page::show(Details {
        frame: super::below(frame, "nav-purchased-apps", apps::PATH),
        state: labels::instance_state(lang, details.instance.state()),
        application: Application::new(&reader, &details, told),
        basic,
        guide: markdown::render(&details.user_guide, 2),
        seller: SellerInformation::new(lang, details.seller),
    })
}

impl Basic {
    fn new(lang: Lang, policy: &CurrentPolicy, details: &ResourceDetails) -> Self {
        let (line, instance) = (&details.line, &details.instance);
        let frozen = line.frozen();
        let validity = instance.validity();
        let no_end = match (validity, instance.state()) {
            (Some(Validity::Unlimited { .. }), _) => "buyer-ends-never",
            (None, InstanceState::Normal) if line.terms().supervised => {
                "buyer-ends-after-acceptance"
            }
            _ => "buyer-ends-unknown",
        };
        Self {
            product: lang
                .pick(&frozen.product_name, &frozen.product_name_zh)
                .to_owned(),
            product_href: format!("/products/{}", frozen.product_slug),
            specification: lang
                .pick(&frozen.specification, &frozen.specification_zh)
                .to_owned(),
            options: options(lang, frozen),
            quantity: quantity(lang, line),
            period: labels::period(lang, frozen.period),
            order_number: line.order_number().to_owned(),
            order_href: format!("/billing/orders/{}", line.order()),
            opened: instance
                .opened_at()
                .map(|at| page::moment(lang, &policy.zone, at)),
            valid_from: validity.map(|validity| {
                day(
                    lang,
                    &policy.zone,
                    policy.zone.start_of(validity.starts_on()),
                )
            }),
            valid_until: validity
                .and_then(|validity| validity.ends_at())
                .map(|at| day(lang, &policy.zone, at)),
            no_end: lang.get(no_end),
        }
    }
}

/// The chosen options with their attributes.
pub(crate) fn options(lang: Lang, frozen: &ordering::order_line::Frozen) -> Vec<(String, String)> {
    let named = |option: &ordering::order_line::ChosenOption| {
        (
            lang.pick(&option.name, &option.name_zh).to_owned(),
            lang.pick(&option.value, &option.value_zh).to_owned(),
        )
    };
    frozen.options.iter().map(named).collect()
}

/// What is counted and how many, when the specification has a quantity.
pub(crate) fn quantity(
    lang: Lang,
    line: &ordering::order_line::OrderLine,
) -> Option<(String, String)> {
    let name = line.frozen().quantity_name.clone()?;
    let name = if name.is_empty() {
        lang.get("buyer-quantity").to_owned()
    } else {
        name
    };
    Some((name, line.terms().quantity.to_string()))
}
