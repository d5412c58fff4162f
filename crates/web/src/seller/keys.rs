//! `Application Tools > Key Management` (access guide 1.4): the interface keys,
//! masked; shown by an audited reveal, added, changed and retired.

use accounts::access_key::{AccessKeyId, InterfaceType, Rank};
use accounts::actor::SellerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flows::MaskedKey;
use kernel::names::Named as _;
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::key_change;
use crate::Site;
use crate::failure::Failed;
use crate::form::Form;
use crate::page::{self, Answer, Parcel};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, Choice, Column, ConfirmDialog, EmptyState, Field, Icon, Menu, Message, Moment,
    RevealedSecret, StateLabel, Tone,
};
use crate::visitor::{Seller, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/seller/keys";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Seller, show)
        .post(PATH, Audience::Seller, add)
        .post("/seller/keys/{id}", Audience::Seller, reveal)
}

struct Row {
    name: String,
    masked: String,
    secret: Option<ui::Secret>,
    state: StateLabel,
    created: Moment,
    menu: Option<Menu>,
}

#[derive(Template)]
#[template(path = "seller/keys.html")]
struct Keys {
    frame: ui::Frame,
    refusal: Option<Message>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    /// Interfaces without a key.
    add: Option<(Field, Button)>,
    dialogs: Vec<ConfirmDialog>,
}

async fn show(State(site): State<Site>, visitor: Visitor, Seller(seller): Seller) -> Answer {
    whole(&site, &visitor, &seller, None).await
}

/// The whole page, also after an act that couldn't be done.
pub(super) async fn whole(
    site: &Site,
    visitor: &Visitor,
    seller: &SellerActor,
    refused: Option<&Fail>,
) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let keys = site.app.access_keys(seller).await?;
    let manages = seller.may(Right::ManageInterfaces);
    let living = |interface: &InterfaceType| {
        keys.iter()
            .any(|one| one.key.interface_type() == *interface && one.key.retired_at().is_none())
    };
    let missing: Vec<Choice> = InterfaceType::ALL
        .iter()
        .filter(|interface| !living(interface))
        .map(|interface| Choice::new(interface.name(), interface_name(lang, *interface)))
        .collect();
    let select = |choices| {
        Field::select("interface", lang.get("seller-key-interface"), choices)
            .help(lang.get("seller-key-interface-help"))
    };
    let page = Keys {
        frame: super::frame(site, visitor, lang.get("nav-key-management")).await,
        refusal: refused.map(|fail| crate::failure::message(visitor, fail)),
        columns: columns(lang),
        dialogs: if manages {
            keys.iter()
                .filter_map(|key| key_change::dialog(lang, key))
                .collect()
        } else {
            Vec::new()
        },
        rows: keys
            .iter()
            .map(|key| row(lang, &policy.zone, seller, key))
            .collect(),
        empty: EmptyState::new(
            Icon::Key,
            lang.get("seller-keys-none"),
            lang.get("seller-keys-none-why"),
        ),
        add: (manages && !missing.is_empty())
            .then(|| (select(missing), Button::submit(lang.get("seller-add-key")))),
    };
    if refused.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

/// The name of a type of interface.
pub(super) fn interface_name(lang: Lang, interface: InterfaceType) -> &'static str {
    lang.get(&format!("interface-type-{interface}"))
}

fn row(lang: Lang, zone: &Zone, seller: &SellerActor, one: &MaskedKey) -> Row {
    let key = &one.key;
    let retired = key.retired_at().is_some();
    let name = interface_name(lang, key.interface_type());
    let state = match (retired, key.rank()) {
        (true, _) => StateLabel::new(Tone::Neutral, lang.get("access-key-retired")),
        (false, Rank::Primary) => StateLabel::new(Tone::Success, lang.get("access-key-primary")),
        (false, Rank::Secondary) => {
            StateLabel::new(Tone::Warning, lang.get("access-key-secondary")).icon(Icon::Clock)
        }
    };
    let label = lang.format("seller-more-for", &[("name", Arg::Text(name))]);
    let item = key_change::item(lang, one).filter(|_| seller.may(Right::ManageInterfaces));
    let seen = !retired && seller.may(Right::RevealKeys);
    Row {
        name: name.to_owned(),
        masked: one.masked.clone(),
        secret: seen.then(|| {
            ui::Secret::new(lang, format!("{PATH}/{}", key.id()))
                .hidden("back", PATH)
                .of_key(&one.masked)
        }),
        state,
        created: page::moment(lang, zone, key.created_at()),
        menu: item.map(|item| Menu::of_row(label).group(vec![item])),
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::new(lang.get("seller-key-interface")),
        Column::new(lang.get("seller-key")),
        Column::new(lang.get("seller-state")),
        Column::new(lang.get("seller-key-created")),
        Column::new(lang.get("seller-operation")),
    ]
}

async fn add(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Form(form): Form,
) -> Answer {
    let interface = InterfaceType::from_name(form.text("interface")).ok_or_else(Fail::not_found)?;
    match site.app.add_access_key(&seller, interface).await {
        Ok(_) => page::done(PATH, "key-added"),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            whole(&site, &visitor, &seller, Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}

#[derive(Template)]
#[template(path = "seller/key.html")]
struct Revealed {
    frame: ui::Frame,
    secret: RevealedSecret,
}

async fn reveal(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(id): Path<String>,
    Form(form): Form,
) -> Answer {
    let id = AccessKeyId::parse(&id).ok_or_else(Fail::not_found)?;
    let two_step = visitor.signed()?.has_totp();
    let key = site.app.reveal_access_key(&seller, two_step, id).await?;
    let lang = visitor.lang();
    let secret =
        RevealedSecret::new(lang, key.reveal().as_str(), page::local(form.text("back"))).of_key();
    let mut answer: Response = if visitor.wants_fragment() {
        page::html(secret.render().map_err(|error| Failed(Fail::bug(error)))?)
    } else {
        let frame = super::frame(&site, &visitor, lang.get("seller-key")).await;
        Parcel(Revealed {
            frame: super::below(frame, "nav-key-management", PATH),
            secret,
        })
        .into_response()
    };
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
