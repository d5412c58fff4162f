//! `Interface addresses`: the operator makes sure that an address is the
//! seller's, and says why; nothing is sent to it before.

use accounts::actor::OperatorActor;
use accounts::interface_address::{AddressState, InterfaceAddressId};
use accounts::organisation::Right;
use askama::Template;
use axum::extract::{Path, State};
use kernel::names::Named as _;
use kernel::prelude::*;
use texts::{Arg, Lang};
use views::address_list::{self, AddressRow};

use super::organisations;
use crate::Site;
use crate::buyer::question::Question;
use crate::form::{Form, Query};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{
    self, Choice, Column, ConfirmDialog, EmptyState, Field, Icon, Message, Moment, Pager,
    StateLabel, Tone, Toolbar,
};
use crate::visitor::{Operator, Visitor};

/// Where the list stands.
pub(super) const PATH: &str = "/operator/addresses";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Operator, show)
        .get("/operator/addresses/{id}/verify", Audience::Operator, ask)
        .post(
            "/operator/addresses/{id}/verify",
            Audience::Operator,
            verify,
        )
}

struct Row {
    address: AddressRow,
    seller_href: String,
    state: StateLabel,
    added: Moment,
    verified: Option<Moment>,
    verify: Option<String>,
}

#[derive(Template)]
#[template(path = "operator/addresses.html")]
struct Addresses {
    frame: ui::Frame,
    refusal: Option<Message>,
    toolbar: Toolbar,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: EmptyState,
    pager: Pager,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    query: Query,
) -> Answer {
    whole(&site, &visitor, &operator, &query, None).await
}

async fn whole(
    site: &Site,
    visitor: &Visitor,
    operator: &OperatorActor,
    query: &Query,
    refused: Option<&Fail>,
) -> Answer {
    let lang = visitor.lang();
    operator.require(Right::OperatorRead)?;
    let policy = site.app.policy().await?;
    let request = query.page();
    // Those that wait stand there first; the others are a choice.
    let state = match query.text("state") {
        "" => Some(AddressState::Unverified),
        name => AddressState::from_name(name),
    };
    let asked = request.clone();
    let found = site
        .app
        .view(move |tx| address_list::load(tx, state, &asked))
        .await?;
    let helps = operator.may(Right::ManageAccounts);
    let page = Addresses {
        frame: super::frame(site, visitor, lang.get("nav-addresses-to-verify")).await,
        refusal: refused.map(|fail| crate::failure::message(visitor, fail)),
        toolbar: toolbar(lang, state),
        columns: [
            "seller-address",
            "organisation-kind-seller",
            "seller-state",
            "seller-address-added",
            "seller-address-verified",
            "seller-operation",
        ]
        .map(|key| Column::new(lang.get(key)))
        .into(),
        rows: found
            .rows
            .into_iter()
            .map(|address| row(lang, &policy.zone, address, helps))
            .collect(),
        empty: EmptyState::new(
            Icon::Success,
            lang.get("operator-addresses-none"),
            lang.get("operator-addresses-none-why"),
        ),
        pager: page::pager(lang, visitor, &request, found.next.as_deref()),
    };
    if refused.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

fn toolbar(lang: Lang, state: Option<AddressState>) -> Toolbar {
    let word = |state: &AddressState| lang.get(&format!("address-state-{state}"));
    let mut choices: Vec<Choice> = AddressState::ALL
        .iter()
        .map(|state| Choice::new(state.name(), word(state)))
        .collect();
    choices.push(Choice::new("all", lang.get("operator-all-states")));
    let chosen = state.map_or("all", AddressState::name);
    Toolbar::new(lang, PATH).filter(ui::Filter::new(
        "state",
        lang.get("operator-waiting-first"),
        choices,
        chosen,
    ))
}

fn row(lang: Lang, zone: &Zone, address: AddressRow, helps: bool) -> Row {
    let word = lang.get(&format!("address-state-{}", address.state));
    let waits = address.state == AddressState::Unverified;
    Row {
        seller_href: format!("{}/{}", organisations::PATH, address.seller),
        state: if waits {
            StateLabel::new(Tone::Warning, word).icon(Icon::Clock)
        } else {
            StateLabel::new(Tone::Success, word)
        },
        added: page::moment(lang, zone, address.created_at),
        verified: address.verified_at.map(|at| page::moment(lang, zone, at)),
        verify: (waits && helps).then(|| format!("{PATH}/{}/verify", address.address)),
        address,
    }
}

fn dialog(lang: Lang, address: &AddressRow, refused: Option<(&Fail, &str)>) -> ConfirmDialog {
    let title = lang.format(
        "operator-verify-title",
        &[
            ("address", Arg::Text(&address.base_url)),
            ("seller", Arg::Text(&address.seller_name)),
        ],
    );
    let why = Field::area("why", lang.get("operator-verify-why"), 3)
        .value(refused.map_or("", |(_, typed)| typed))
        .help(lang.get("operator-verify-why-help"))
        .longest(500)
        .required();
    let why = page::with_complaint(why, lang, refused.map(|(fail, _)| fail), "why");
    ConfirmDialog::new(
        lang,
        "verify",
        title,
        format!("{PATH}/{}/verify", address.address),
        lang.get("operator-verify"),
    )
    .line(lang.get("operator-verify-consequence"))
    .field(why)
    .as_page(PATH)
}

async fn question(
    site: &Site,
    visitor: &Visitor,
    id: InterfaceAddressId,
    refused: Option<(&Fail, &str)>,
) -> Result<Question, Fail> {
    let address = site.app.view(move |tx| address_list::one(tx, id)).await?;
    let frame = super::frame(site, visitor, visitor.lang().get("operator-verify")).await;
    Ok(Question {
        frame: super::below(frame, "nav-addresses-to-verify", PATH),
        dialog: dialog(visitor.lang(), &address, refused),
    })
}

async fn ask(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    operator.require(Right::ManageAccounts)?;
    let id = InterfaceAddressId::parse(&id).ok_or_else(Fail::not_found)?;
    page::show(question(&site, &visitor, id, None).await?)
}

async fn verify(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
    Form(form): Form,
) -> Answer {
    let id = InterfaceAddressId::parse(&id).ok_or_else(Fail::not_found)?;
    match site
        .app
        .verify_address(&operator, id, form.text("why"))
        .await
    {
        Ok(()) => page::done(PATH, "address-verified"),
        Err(fail) if !fail.field_errors().is_empty() => page::show_refused(
            question(&site, &visitor, id, Some((&fail, form.text("why")))).await?,
        ),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            whole(&site, &visitor, &operator, &Query::default(), Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}
