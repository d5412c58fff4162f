//! Changing an interface key, and retiring the one before: both break what the
//! seller's server doesn't know yet, so both ask first (access guide 1.4).

use accounts::access_key::{AccessKeyId, Rank};
use accounts::organisation::Right;
use axum::extract::{Path, State};
use flows::MaskedKey;
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::keys;
use crate::Site;
use crate::buyer::question::Question;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{ConfirmDialog, MenuItem};
use crate::visitor::{Seller, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/seller/keys/{id}/change", Audience::Seller, ask)
        .post("/seller/keys/{id}/change", Audience::Seller, change)
        .get("/seller/keys/{id}/retire", Audience::Seller, ask)
        .post("/seller/keys/{id}/retire", Audience::Seller, retire)
}

/// What can be done with a key: the one that signs is changed, the one before
/// is retired.
fn act(one: &MaskedKey) -> Option<&'static str> {
    match (one.key.retired_at(), one.key.rank()) {
        (Some(_), _) => None,
        (None, Rank::Primary) => Some("change"),
        (None, Rank::Secondary) => Some("retire"),
    }
}

/// The entry in the key's menu.
pub(super) fn item(lang: Lang, one: &MaskedKey) -> Option<MenuItem> {
    let act = act(one)?;
    let href = format!("{}/{}/{act}", keys::PATH, one.key.id());
    Some(
        MenuItem::link(lang.get(&format!("seller-key-{act}")), href)
            .danger()
            .opens(dialog_id(one, act)),
    )
}

fn dialog_id(one: &MaskedKey, act: &str) -> String {
    format!("{act}-{}", one.key.id())
}

/// The question before it.
pub(super) fn dialog(lang: Lang, one: &MaskedKey) -> Option<ConfirmDialog> {
    let act = act(one)?;
    let name = keys::interface_name(lang, one.key.interface_type());
    let title = lang.format(
        &format!("seller-key-{act}-title"),
        &[("name", Arg::Text(name)), ("key", Arg::Text(&one.masked))],
    );
    let action = format!("{}/{}/{act}", keys::PATH, one.key.id());
    let dialog = ConfirmDialog::new(
        lang,
        dialog_id(one, act),
        title,
        action,
        lang.get(&format!("seller-key-{act}")),
    )
    .line(lang.get(&format!("seller-key-{act}-consequence")))
    .line(lang.format(
        &format!("seller-key-{act}-advice"),
        &[("key", Arg::Text(&one.masked))],
    ))
    .danger();
    Some(dialog)
}

async fn find(
    site: &Site,
    seller: &accounts::actor::SellerActor,
    id: &str,
) -> Result<MaskedKey, Fail> {
    seller.require(Right::ManageInterfaces)?;
    let id = AccessKeyId::parse(id).ok_or_else(Fail::not_found)?;
    let keys = site.app.access_keys(seller).await?;
    keys.into_iter()
        .find(|one| one.key.id() == id)
        .ok_or_else(Fail::not_found)
}

async fn ask(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(id): Path<String>,
) -> Answer {
    let one = find(&site, &seller, &id).await?;
    let lang = visitor.lang();
    let Some(dialog) = dialog(lang, &one) else {
        return Ok(page::see_other(keys::PATH));
    };
    let frame = super::frame(&site, &visitor, lang.get("nav-key-management")).await;
    page::show(Question {
        frame: super::below(frame, "nav-key-management", keys::PATH),
        dialog: dialog.as_page(keys::PATH),
    })
}

async fn change(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(id): Path<String>,
) -> Answer {
    let one = find(&site, &seller, &id).await?;
    // A page that was open for long asks for a key that is in use no more.
    if act(&one) != Some("change") {
        return Ok(page::see_other(keys::PATH));
    }
    match site
        .app
        .rotate_access_key(&seller, one.key.interface_type())
        .await
    {
        Ok(_) => page::done(keys::PATH, "key-changed"),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            keys::whole(&site, &visitor, &seller, Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}

async fn retire(
    State(site): State<Site>,
    visitor: Visitor,
    Seller(seller): Seller,
    Path(id): Path<String>,
) -> Answer {
    let id = AccessKeyId::parse(&id).ok_or_else(Fail::not_found)?;
    match site.app.retire_access_key(&seller, id).await {
        Ok(()) => page::done(keys::PATH, "key-retired"),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            keys::whole(&site, &visitor, &seller, Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}
