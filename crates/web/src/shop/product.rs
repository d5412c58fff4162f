//! The page of a product (buyer.md 3.3; B-5 to B-7, B-14, B-17).

use std::sync::Arc;

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use accounts::seller::SellerProfile;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use catalog::product::ProductState;
use catalog::release::ProductContent;
use flows::{CurrentPolicy, ProductPage};
use texts::{Arg, Lang};

use super::product_facts::{self, Fact};
use super::product_texts::ProductTexts;
use super::purchase::{self, Purchase};
use super::{favorite, words};
use crate::Site;
use crate::form::Query;
use crate::page::{self, Answer, Parcel};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, Icon, Link, Logo, Message, StateLabel, Steps, Tone};
use crate::visitor::Visitor;

/// Tells the script which address the page has now.
const REPLACE_ADDRESS: HeaderName = HeaderName::from_static("hx-replace-url");

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/products/{slug}", Audience::Anyone, show)
        .get("/products/{slug}/price", Audience::Anyone, price)
        .get("/products/{slug}/agreement", Audience::Anyone, agreement)
}

#[derive(Template)]
#[template(path = "shop/product.html")]
struct Product {
    frame: ui::Frame,
    overview: String,
    logo: Logo,
    seller_name: String,
    label: Option<StateLabel>,
    hidden: bool,
    save: Option<favorite::Save>,
    purchase: Purchase,
    content: Arc<ProductContent>,
    texts: Arc<ProductTexts>,
    facts: Vec<Fact>,
    supervision: Option<Steps>,
    seller: SellerProfile,
    agreement: Link,
}

#[derive(Template)]
#[template(path = "shop/product_removed.html")]
struct Removed {
    frame: ui::Frame,
    message: Message,
}

#[derive(Template)]
#[template(path = "shop/agreement.html")]
struct AgreementOfProduct {
    frame: ui::Frame,
    lead: String,
    text: String,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Path(slug): Path<String>,
    query: Query,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let buyer = visitor.person().and_then(|person| person.buyer().ok());
    let found = site
        .app
        .product_page(&slug, buyer.as_ref(), purchase::wanted(&query))
        .await?;
    let categories = site.app.categories().await?;
    let category = words::category_name(lang, &categories, found.product.category_key());
    let name = lang
        .pick(&found.content.name.en, &found.content.name.zh)
        .to_owned();
    let mut frame = page::frame(&site, &visitor, name).await;
    if let Some(category) = &category {
        frame.breadcrumbs = vec![Link::new(
            category,
            format!("/categories/{}", found.product.category_key()),
        )];
    }
    if found.product.state() == ProductState::Removed {
        let message = removed(lang, found.product.category_key());
        return Ok((StatusCode::GONE, Parcel(Removed { frame, message })).into_response());
    }
    let refused = found.price.is_err();
    let shown = product(
        lang,
        &visitor,
        buyer.as_ref(),
        found,
        category,
        &policy,
        frame,
    );
    if refused {
        page::show_refused(shown)
    } else {
        page::show(shown)
    }
}

fn product(
    lang: Lang,
    visitor: &Visitor,
    buyer: Option<&BuyerActor>,
    found: ProductPage,
    category: Option<String>,
    policy: &CurrentPolicy,
    frame: ui::Frame,
) -> Product {
    let (id, version) = (found.product.id(), found.product.current_version());
    let content = Arc::clone(&found.content);
    let supervision = content.supervision.as_ref();
    Product {
        frame,
        overview: lang
            .pick(&content.overview.en, &content.overview.zh)
            .to_owned(),
        logo: Logo::new(&content.name.en, None).large(),
        seller_name: lang
            .pick(found.seller.name(), found.seller.name_zh())
            .to_owned(),
        label: supervision
            .map(|_| StateLabel::new(Tone::Info, lang.get("shop-supervised")).icon(Icon::Shield)),
        hidden: found.product.hidden(),
        save: favorite::Save::new(lang, visitor, &found),
        purchase: Purchase::of(
            lang,
            &found,
            policy.site.listing_currency,
            may_purchase(visitor, buyer),
        ),
        texts: ProductTexts::of(id, version, &content),
        facts: product_facts::of(lang, &found, category, policy),
        supervision: supervision
            .map(|supervision| product_facts::supervision_steps(lang, supervision)),
        agreement: Link::new(
            &content.agreement.title,
            format!("/products/{}/agreement", found.product.slug()),
        ),
        seller: found.seller,
        content,
    }
}

/// Whoever isn't signed in may still become somebody who may.
fn may_purchase(visitor: &Visitor, buyer: Option<&BuyerActor>) -> bool {
    visitor.person().is_none() || buyer.is_some_and(|buyer| buyer.may(Right::Purchase))
}

fn removed(lang: Lang, category: &str) -> Message {
    Message::new(Tone::Warning, lang.get("shop-removed"))
        .line(lang.get("shop-removed-why"))
        .action(Button::link(
            lang.get("shop-similar"),
            format!("/categories/{category}"),
        ))
}

/// The part of the page that a change of the choice changes.
async fn price(
    State(site): State<Site>,
    visitor: Visitor,
    Path(slug): Path<String>,
    query: Query,
) -> Answer {
    let wanted = purchase::wanted(&query);
    if !visitor.wants_fragment() {
        return Ok(page::see_other(&purchase::product_address(&slug, &wanted)));
    }
    let policy = site.app.policy().await?;
    let buyer = visitor.person().and_then(|person| person.buyer().ok());
    let found = site.app.product_page(&slug, buyer.as_ref(), wanted).await?;
    let address = purchase::product_address(&slug, &found.wanted);
    let block = Purchase::of(
        visitor.lang(),
        &found,
        policy.site.listing_currency,
        may_purchase(&visitor, buyer.as_ref()),
    );
    let mut answer = Parcel(block).into_response();
    if let Ok(address) = HeaderValue::from_str(&address) {
        answer.headers_mut().insert(REPLACE_ADDRESS, address);
    }
    Ok(answer)
}

/// The seller's agreement in the version that is sold now.
async fn agreement(State(site): State<Site>, visitor: Visitor, Path(slug): Path<String>) -> Answer {
    let lang = visitor.lang();
    let buyer = visitor.person().and_then(|person| person.buyer().ok());
    let found = site
        .app
        .product_page(&slug, buyer.as_ref(), purchase::wanted(&Query::default()))
        .await?;
    let content = &found.content;
    let name = lang.pick(&content.name.en, &content.name.zh);
    let mut frame = page::frame(&site, &visitor, content.agreement.title.as_str()).await;
    frame.breadcrumbs = vec![Link::new(name, format!("/products/{slug}"))];
    let seller = lang.pick(found.seller.name(), found.seller.name_zh());
    page::show(AgreementOfProduct {
        frame,
        lead: lang.format("shop-agreement-of", &[("seller", Arg::Text(seller))]),
        text: crate::markdown::render(&content.agreement.text, 1),
    })
}
