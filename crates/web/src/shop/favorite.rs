//! `Save to List` on a product's page (B-13).

use askama::Template;
use axum::extract::{Path, State};
use flows::ProductPage;
use kernel::id::ProductId;
use kernel::prelude::*;
use texts::Lang;

use crate::Site;
use crate::form::Form;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Icon, paths};
use crate::visitor::{Buyer, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new().post("/products/{slug}/favorite", Audience::Buyer, change)
}

/// The button; a guest signs in first and comes back.
#[derive(Template)]
#[template(path = "shop/save.html")]
pub(super) struct Save {
    action: String,
    product: String,
    button: Button,
    guest: bool,
}
impl askama::filters::HtmlSafe for Save {}

impl Save {
    /// The button of a product's page; none for people who have no list.
    pub(super) fn new(lang: Lang, visitor: &Visitor, found: &ProductPage) -> Option<Self> {
        let guest = visitor.person().is_none();
        if visitor
            .person()
            .is_some_and(|person| person.buyer().is_err())
        {
            return None;
        }
        let path = format!("/products/{}", found.product.slug());
        let button = if guest {
            Button::link(
                lang.get("shop-save"),
                format!("{}?back={}", paths::SIGN_IN, page::encoded(&path)),
            )
            .icon(Icon::Star)
        } else if found.saved {
            Button::submit(lang.get("shop-saved"))
                .secondary()
                .icon(Icon::StarFilled)
                .value("act", "remove")
        } else {
            Button::submit(lang.get("shop-save"))
                .secondary()
                .icon(Icon::Star)
                .value("act", "add")
        };
        Some(Self {
            action: format!("{path}/favorite"),
            product: found.product.id().to_string(),
            button,
            guest,
        })
    }
}

async fn change(
    State(site): State<Site>,
    Buyer(buyer): Buyer,
    Path(slug): Path<String>,
    Form(form): Form,
) -> Answer {
    let product = ProductId::parse(form.text("product")).ok_or_else(Fail::not_found)?;
    let back = format!("/products/{}", page::encoded(&slug));
    if form.text("act") == "remove" {
        site.app.remove_favourite(&buyer, product).await?;
        return page::done(&back, "removed-from-list");
    }
    site.app.add_favourite(&buyer, product).await?;
    page::done(&back, "saved-to-list")
}
