//! `Seller Management > Seller Information`: what buyers see of the seller and
//! whom they ask.

use accounts::actor::SellerActor;
use accounts::organisation::Right;
use accounts::seller::SellerProfile;
use askama::Template;
use axum::extract::State;
use flows::SellerProfileForm;
use kernel::prelude::*;
use texts::Lang;

use crate::Site;
use crate::form::Form;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, ErrorSummary, Field, Message};
use crate::visitor::{Seller, Visitor};

/// Where the page stands.
const PATH: &str = "/seller/information";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Seller, show)
        .post(PATH, Audience::Seller, edit)
}

#[derive(Template)]
#[template(path = "seller/information.html")]
struct Information {
    frame: ui::Frame,
    refusal: Option<Message>,
    summary: Option<ErrorSummary>,
    fields: Vec<Field>,
    /// None for who may only look.
    submit: Option<Button>,
}

async fn show(State(site): State<Site>, visitor: Visitor, Seller(seller): Seller) -> Answer {
    let profile = site.app.seller_profile(&seller).await?;
    page::show(form_page(&site, &visitor, &seller, &told(&profile), None).await)
}

/// A profile as its form holds it.
fn told(profile: &SellerProfile) -> SellerProfileForm {
    // A profile without a Chinese name answers the other one.
    let name_zh = if profile.name_zh() == profile.name() {
        ""
    } else {
        profile.name_zh()
    };
    SellerProfileForm {
        slug: profile.slug().to_owned(),
        name: profile.name().to_owned(),
        name_zh: name_zh.to_owned(),
        hotline: profile.hotline().to_owned(),
        email: profile.email().to_owned(),
        support_hours: profile.support_hours().to_owned(),
        about: profile.about().to_owned(),
    }
}

async fn form_page(
    site: &Site,
    visitor: &Visitor,
    seller: &SellerActor,
    form: &SellerProfileForm,
    fail: Option<&Fail>,
) -> Information {
    let lang = visitor.lang();
    let manages = seller.may(Right::ManageSeller);
    let fields: Vec<Field> = fields(lang, form, fail)
        .into_iter()
        .map(|field| if manages { field } else { field.disabled() })
        .collect();
    Information {
        frame: super::frame(site, visitor, lang.get("nav-seller-information")).await,
        refusal: fail
            .filter(|fail| fail.field_errors().is_empty())
            .map(|fail| crate::failure::message(visitor, fail)),
        summary: ErrorSummary::of(lang.get("seller-not-saved"), &fields),
        fields,
        submit: manages.then(|| Button::submit(lang.get("seller-save"))),
    }
}

fn fields(lang: Lang, form: &SellerProfileForm, fail: Option<&Fail>) -> Vec<Field> {
    let complained = |field: Field, name: &str| page::with_complaint(field, lang, fail, name);
    vec![
        complained(
            Field::text("name", lang.get("seller-name"))
                .value(&form.name)
                .longest(100)
                .required(),
            "name",
        ),
        complained(
            Field::text("name_zh", lang.get("seller-name-zh"))
                .value(&form.name_zh)
                .longest(100)
                .help(lang.get("seller-name-zh-help")),
            "name_zh",
        ),
        complained(
            Field::text("slug", lang.get("seller-slug"))
                .value(&form.slug)
                .longest(60)
                .help(lang.get("seller-slug-help"))
                .required(),
            "slug",
        ),
        complained(
            Field::phone("hotline", lang.get("seller-hotline"))
                .value(&form.hotline)
                .longest(50)
                .required(),
            "hotline",
        ),
        complained(
            Field::email("email", lang.get("seller-email"))
                .value(&form.email)
                .help(lang.get("seller-email-help"))
                .required(),
            "email",
        ),
        complained(
            Field::text("support_hours", lang.get("seller-hours"))
                .value(&form.support_hours)
                .longest(200)
                .example(lang.get("seller-hours-example"))
                .required(),
            "support_hours",
        ),
        complained(
            Field::area("about", lang.get("seller-about"), 6)
                .value(&form.about)
                .longest(4_000),
            "about",
        ),
    ]
}

async fn edit(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Form(form): Form,
) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed = SellerProfileForm {
        slug: text("slug"),
        name: text("name"),
        name_zh: text("name_zh"),
        hotline: text("hotline"),
        email: text("email"),
        support_hours: text("support_hours"),
        about: text("about"),
    };
    match site.app.edit_seller_profile(&seller, typed.clone()).await {
        Ok(()) => page::done(PATH, "seller-information-saved"),
        Err(fail) if matches!(fail.kind(), FailKind::Invalid | FailKind::Conflict) => {
            page::show_refused(form_page(&site, &visitor, &seller, &typed, Some(&fail)).await)
        }
        Err(fail) => Err(fail.into()),
    }
}
