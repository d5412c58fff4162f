//! `My Credentials > Access Keys` (access guide 7.1): access key and secret key
//! of the open APIs. A secret key is shown once, when it is made.

use accounts::actor::SellerActor;
use accounts::api_credential::ApiCredential;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kernel::prelude::*;
use texts::{Arg, Lang};

use crate::Site;
use crate::buyer::question::Question;
use crate::page::{self, Answer, Parcel};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Button, Column, ConfirmDialog, EmptyState, Icon, Menu, MenuItem, Message, Moment,
    StateLabel, Tone,
};
use crate::visitor::{Seller, Visitor};

/// Where the list stands.
const PATH: &str = "/seller/credentials";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Seller, show)
        .post("/seller/credentials/new", Audience::Seller, create)
        .get(
            "/seller/credentials/{key}/disable",
            Audience::Seller,
            ask_disable,
        )
        .post(
            "/seller/credentials/{key}/disable",
            Audience::Seller,
            disable,
        )
}

struct Row {
    access_key: String,
    state: StateLabel,
    created: Moment,
    disabled: Option<Moment>,
    menu: Option<Menu>,
}

#[derive(Template)]
#[template(path = "seller/credentials.html")]
struct Credentials {
    frame: ui::Frame,
    create: Option<Button>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    dialogs: Vec<ConfirmDialog>,
}

async fn show(State(site): State<Site>, visitor: Visitor, Seller(seller): Seller) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    let found = site.app.api_credentials(&seller).await?;
    let manages = seller.may(Right::RevealKeys);
    page::show(Credentials {
        frame: super::frame(&site, &visitor, lang.get("nav-api-credentials")).await,
        create: manages.then(|| {
            Button::submit(lang.get("seller-add-key"))
                .primary()
                .icon(Icon::Plus)
        }),
        columns: [
            "seller-access-key",
            "seller-state",
            "seller-key-created",
            "seller-disabled-at",
            "seller-operation",
        ]
        .map(|key| Column::new(lang.get(key)))
        .into(),
        dialogs: found
            .iter()
            .filter(|one| manages && one.disabled_at().is_none())
            .map(|one| dialog(lang, one.access_key()))
            .collect(),
        rows: found
            .iter()
            .map(|one| row(lang, &policy.zone, one, manages))
            .collect(),
        empty: EmptyState::new(
            Icon::Key,
            lang.get("seller-credentials-none"),
            lang.get("seller-credentials-none-why"),
        ),
    })
}

fn row(lang: Lang, zone: &Zone, one: &ApiCredential, manages: bool) -> Row {
    let key = one.access_key();
    let enabled = one.disabled_at().is_none();
    let label = lang.format("seller-more-for", &[("name", Arg::Text(key))]);
    let item = MenuItem::link(lang.get("seller-disable"), format!("{PATH}/{key}/disable"))
        .danger()
        .opens(dialog_id(key));
    Row {
        state: if enabled {
            StateLabel::new(Tone::Success, lang.get("seller-enabled"))
        } else {
            StateLabel::new(Tone::Neutral, lang.get("seller-disabled"))
        },
        created: page::moment(lang, zone, one.created_at()),
        disabled: one.disabled_at().map(|at| page::moment(lang, zone, at)),
        menu: (manages && enabled).then(|| Menu::of_row(label).group(vec![item])),
        access_key: key.to_owned(),
    }
}

fn dialog_id(key: &str) -> String {
    format!("disable-{key}")
}

fn dialog(lang: Lang, key: &str) -> ConfirmDialog {
    let title = lang.format("seller-disable-title", &[("key", Arg::Text(key))]);
    ConfirmDialog::new(
        lang,
        dialog_id(key),
        title,
        format!("{PATH}/{key}/disable"),
        lang.get("seller-disable"),
    )
    .line(lang.get("seller-disable-consequence"))
    .danger()
}

#[derive(Template)]
#[template(path = "seller/credential_made.html")]
struct Made {
    frame: ui::Frame,
    notice: Message,
    access_key: String,
    secret_key: String,
    back: Button,
}

async fn create(State(site): State<Site>, visitor: Visitor, Seller(seller): Seller) -> Answer {
    let two_step = visitor.signed()?.has_totp();
    let made = site.app.create_api_credential(&seller, two_step).await?;
    let lang = visitor.lang();
    let frame = super::frame(&site, &visitor, lang.get("seller-credential-made")).await;
    let page = Made {
        frame: super::below(frame, "nav-api-credentials", PATH),
        notice: Message::new(Tone::Warning, lang.get("seller-secret-once"))
            .line(lang.get("seller-secret-once-why")),
        access_key: made.access_key,
        secret_key: made.secret_key.reveal().clone(),
        back: Button::link(lang.get("seller-secret-kept"), PATH).primary(),
    };
    let mut answer = Parcel(page).into_response();
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// One of the seller's credentials that still works.
async fn find(site: &Site, seller: &SellerActor, key: &str) -> Result<ApiCredential, Fail> {
    seller.require(Right::RevealKeys)?;
    let all = site.app.api_credentials(seller).await?;
    all.into_iter()
        .find(|one| one.access_key() == key && one.disabled_at().is_none())
        .ok_or_else(Fail::not_found)
}

async fn ask_disable(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(key): Path<String>,
) -> Answer {
    let one = find(&site, &seller, &key).await?;
    let lang = visitor.lang();
    let frame = super::frame(&site, &visitor, lang.get("nav-api-credentials")).await;
    let dialog = dialog(lang, one.access_key()).as_page(PATH);
    page::show(Question {
        frame: super::below(frame, "nav-api-credentials", PATH),
        dialog,
    })
}

async fn disable(
    State(site): State<Site>,
    Seller(seller): Seller,
    Path(key): Path<String>,
) -> Answer {
    site.app.disable_api_credential(&seller, &key).await?;
    page::done(PATH, "credential-disabled")
}
