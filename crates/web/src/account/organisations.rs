//! The organisations of a person: for which of several they act, and what those
//! are called. Shown on the profile.

use accounts::actor::Signed;
use accounts::organisation::{Kind, Membership, Role};
use axum::extract::State;
use flows::Manager;
use kernel::id::OrganisationId;
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::profile::{self, Refused};
use super::{newcomer, stays};
use crate::Site;
use crate::form::Form;
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, Column, Field, StateLabel, Tone};
use crate::visitor::Visitor;

/// Chooses for whom to act.
pub(super) const CHOOSE: &str = "/account/organisation";
/// Gives an organisation another name.
pub(super) const RENAME: &str = "/account/organisation-name";

pub(super) fn routes() -> Routes {
    Routes::new()
        .post(CHOOSE, Audience::Person, choose)
        .get(RENAME, Audience::Person, profile::show)
        .post(RENAME, Audience::Person, rename)
}

/// An organisation for which the person acts, and the right to look after it.
pub(super) struct Seat {
    pub(super) organisation: OrganisationId,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) role: Role,
    /// Only with the right.
    pub(super) manager: Option<Manager>,
}

impl Seat {
    /// One of each side at most: those that the person acts for now.
    pub(super) fn all(signed: &Signed) -> Vec<Self> {
        macro_rules! seat {
            ($actor:expr) => {
                $actor.ok().map(|actor| Self {
                    organisation: actor.organisation(),
                    kind: actor.role().kind(),
                    name: actor.organisation_name().to_owned(),
                    role: actor.role(),
                    manager: Manager::try_from(&actor).ok(),
                })
            };
        }
        [
            seat!(signed.buyer()),
            seat!(signed.seller()),
            seat!(signed.operator()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The one on the side that an address names, else the first; `None` for
    /// somebody who belongs to no organisation.
    pub(super) fn named(signed: &Signed, kind: &str) -> Option<Self> {
        let mut all = Self::all(signed);
        let place = all
            .iter()
            .position(|seat| seat.kind.name() == kind)
            .unwrap_or(0);
        (place < all.len()).then(|| all.swap_remove(place))
    }
}

/// A row of the person's organisations.
pub(super) struct Belonging {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) role: &'static str,
    pub(super) country: &'static str,
    /// The person acts for this one.
    pub(super) chosen: Option<StateLabel>,
    /// Acts for it from now on.
    pub(super) choose: Option<Button>,
}

/// The columns of the organisations.
pub(super) fn columns(lang: Lang) -> Vec<Column> {
    [
        "account-organisation",
        "account-side",
        "account-role",
        "account-country",
        "account-acting",
        "account-operation",
    ]
    .iter()
    .map(|key| Column::new(lang.get(key)))
    .collect()
}

/// All organisations of the person.
pub(super) fn belongings(lang: Lang, signed: &Signed) -> Vec<Belonging> {
    let acting: Vec<OrganisationId> = Seat::all(signed)
        .iter()
        .map(|seat| seat.organisation)
        .collect();
    let row = |one: &Membership| {
        let chosen = acting.contains(&one.organisation());
        let several = signed
            .memberships()
            .iter()
            .filter(|other| other.kind() == one.kind())
            .count()
            > 1;
        let words = lang.format("account-act-for", &[("name", Arg::Text(one.name()))]);
        let choose = Button::submit(words)
            .value("organisation", one.organisation().as_str())
            .quiet();
        Belonging {
            name: one.name().to_owned(),
            kind: lang.get(&format!("organisation-kind-{}", one.kind())),
            role: lang.get(&format!("role-{}", one.role())),
            country: newcomer::country_name(lang, one.country()),
            chosen: chosen.then(|| StateLabel::new(Tone::Success, lang.get("account-acting-now"))),
            choose: (several && !chosen).then_some(choose),
        }
    };
    signed.memberships().iter().map(row).collect()
}

async fn choose(State(site): State<Site>, visitor: Visitor, Form(form): Form) -> Answer {
    let organisation =
        OrganisationId::parse(form.text("organisation")).ok_or_else(Fail::not_found)?;
    let token = visitor
        .token()
        .ok_or_else(|| Fail::new(kernel::fail::SIGN_IN_FIRST))?;
    site.app
        .choose_organisation(token, visitor.address(), organisation)
        .await?;
    page::done(profile::PATH, "organisation-chosen")
}

/// The form that renames one.
pub(super) struct Rename {
    pub(super) title: String,
    pub(super) field: Field,
    pub(super) button: Button,
}

/// A form for each organisation that the person may rename.
pub(super) fn renames(lang: Lang, signed: &Signed, refused: Option<&Refused<'_>>) -> Vec<Rename> {
    let form = |seat: Seat| {
        // Several forms stand on the page; each field needs a name of its own.
        let name = field_name(seat.kind);
        let here = refused.filter(|refused| refused.typed.text("kind") == seat.kind.name());
        let value = here
            .map_or(seat.name.as_str(), |refused| refused.typed.text(&name))
            .to_owned();
        let field = Field::text(&name, lang.get("account-organisation-name"))
            .value(value)
            .required()
            .longest(200);
        let side = lang.get(&format!("organisation-kind-{}", seat.kind));
        Rename {
            title: lang.format("account-rename-title", &[("side", Arg::Text(side))]),
            field: with_complaint(
                field,
                lang,
                here.map(|refused| refused.fail),
                "organisation",
            )
            .help(lang.get("account-organisation-name-help")),
            button: Button::submit(lang.get("account-rename"))
                .value("kind", seat.kind.name())
                .secondary(),
        }
    };
    Seat::all(signed)
        .into_iter()
        .filter(|seat| seat.manager.is_some())
        .map(form)
        .collect()
}

fn field_name(kind: Kind) -> String {
    format!("organisation_{kind}")
}

async fn rename(State(site): State<Site>, visitor: Visitor, Form(typed): Form) -> Answer {
    let seat = Seat::all(visitor.signed()?)
        .into_iter()
        .find(|seat| seat.kind.name() == typed.text("kind"));
    let seat = seat.ok_or_else(Fail::not_found)?;
    let manager = seat
        .manager
        .ok_or_else(|| Fail::new(kernel::fail::FORBIDDEN))?;
    match site
        .app
        .rename_organisation(&manager, typed.text(&field_name(seat.kind)))
        .await
    {
        Ok(()) => page::done(profile::PATH, "organisation-renamed"),
        Err(fail) => {
            let fail = stays(fail)?;
            profile::render(
                &site,
                &visitor,
                None,
                Some(Refused {
                    typed: &typed,
                    fail: &fail,
                }),
            )
            .await
        }
    }
}
