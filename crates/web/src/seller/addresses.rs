//! `Application Tools > Interface Addresses` (access guide 1.5): where the
//! seller's server is called, and what is asked of its answers.

use accounts::actor::SellerActor;
use accounts::interface_address::{AddressState, BodySign, InterfaceAddress, InterfaceAddressId};
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use kernel::names::Named as _;
use kernel::prelude::*;
use texts::{Arg, Lang};

use crate::Site;
use crate::form::{Form, Values};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, Choice, Column, EmptyState, ErrorSummary, Field, Icon, Menu, MenuItem, Message,
    Moment, StateLabel, Tone,
};
use crate::visitor::{Seller, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/seller/addresses";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Seller, show)
        .post(PATH, Audience::Seller, add)
        .post(
            "/seller/addresses/{id}/body-sign",
            Audience::Seller,
            set_body_sign,
        )
}

struct Row {
    base_url: String,
    state: StateLabel,
    body_sign: &'static str,
    added: Moment,
    verified: Option<Moment>,
    menu: Option<Menu>,
}

struct AddForm {
    summary: Option<ErrorSummary>,
    base_url: Field,
    body_sign: Field,
    submit: Button,
}

#[derive(Template)]
#[template(path = "seller/addresses.html")]
struct Addresses {
    frame: ui::Frame,
    notice: Message,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    add: Option<AddForm>,
}

async fn show(State(site): State<Site>, visitor: Visitor, Seller(seller): Seller) -> Answer {
    whole(&site, &visitor, &seller, &Values::default(), None).await
}

async fn whole(
    site: &Site,
    visitor: &Visitor,
    seller: &SellerActor,
    typed: &Values,
    fail: Option<&Fail>,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let found = site.app.interface_addresses(seller).await?;
    let manages = seller.may(Right::ManageInterfaces);
    let page = Addresses {
        frame: super::frame(site, visitor, lang.get("nav-interface-addresses")).await,
        notice: Message::new(Tone::Info, lang.get("seller-address-verification"))
            .line(lang.get("seller-address-verification-why")),
        columns: [
            "seller-address",
            "seller-state",
            "seller-body-sign",
            "seller-address-added",
            "seller-address-verified",
            "seller-operation",
        ]
        .map(|key| Column::new(lang.get(key)))
        .into(),
        rows: found
            .iter()
            .map(|address| row(lang, &policy.zone, address, manages))
            .collect(),
        empty: EmptyState::new(
            Icon::Globe,
            lang.get("seller-addresses-none"),
            lang.get("seller-addresses-none-why"),
        ),
        add: manages.then(|| add_form(lang, typed, fail)),
    };
    if fail.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

fn row(lang: Lang, zone: &Zone, address: &InterfaceAddress, manages: bool) -> Row {
    let base_url = address.base_url().as_str();
    let label = lang.format("seller-more-for", &[("name", Arg::Text(base_url))]);
    let choice = |body_sign: &BodySign| {
        MenuItem::post(
            word(lang, *body_sign),
            format!("{PATH}/{}/body-sign", address.id()),
        )
        .with("body_sign", body_sign.name())
        .chosen(*body_sign == address.body_sign())
    };
    let choices = BodySign::ALL.iter().map(choice).collect();
    Row {
        base_url: base_url.to_owned(),
        state: state(lang, address.state()),
        body_sign: word(lang, address.body_sign()),
        added: page::moment(lang, zone, address.created_at()),
        verified: address.verified_at().map(|at| page::moment(lang, zone, at)),
        menu: manages
            .then(|| Menu::of_row(label).titled_group(lang.get("seller-body-sign"), choices)),
    }
}

fn word(lang: Lang, body_sign: BodySign) -> &'static str {
    lang.get(&format!("body-sign-{body_sign}"))
}

fn state(lang: Lang, state: AddressState) -> StateLabel {
    let word = lang.get(&format!("address-state-{state}"));
    match state {
        AddressState::Unverified => StateLabel::new(Tone::Warning, word).icon(Icon::Clock),
        AddressState::Verified => StateLabel::new(Tone::Success, word),
    }
}

fn add_form(lang: Lang, typed: &Values, fail: Option<&Fail>) -> AddForm {
    let base_url = Field::url("base_url", lang.get("seller-address"))
        .value(typed.text("base_url"))
        .help(lang.get("seller-address-help"))
        .example(lang.get("seller-address-example"))
        .required();
    let base_url = page::with_complaint(base_url, lang, fail, "base_url");
    let choices = BodySign::ALL
        .iter()
        .map(|sign| Choice::new(sign.name(), word(lang, *sign)))
        .collect();
    let chosen = BodySign::from_name(typed.text("body_sign")).unwrap_or(BodySign::VerifyIfPresent);
    AddForm {
        summary: ErrorSummary::of(lang.get("seller-not-saved"), [&base_url]),
        base_url,
        body_sign: Field::radio("body_sign", lang.get("seller-body-sign"), choices)
            .value(chosen.name()),
        submit: Button::submit(lang.get("seller-add-address")),
    }
}

async fn add(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Form(form): Form,
) -> Answer {
    let body_sign =
        BodySign::from_name(form.text("body_sign")).unwrap_or(BodySign::VerifyIfPresent);
    match site
        .app
        .add_interface_address(&seller, form.text("base_url").trim(), body_sign)
        .await
    {
        Ok(_) => page::done(PATH, "address-added"),
        Err(fail) if !fail.field_errors().is_empty() => {
            whole(&site, &visitor, &seller, &form, Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}

async fn set_body_sign(
    State(site): State<Site>,
    Seller(seller): Seller,
    Path(id): Path<String>,
    Form(form): Form,
) -> Answer {
    let id = InterfaceAddressId::parse(&id).ok_or_else(Fail::not_found)?;
    let body_sign = BodySign::from_name(form.text("body_sign")).ok_or_else(Fail::not_found)?;
    site.app.set_body_sign(&seller, id, body_sign).await?;
    page::done(PATH, "body-sign-set")
}
