//! One organisation with its members; of a buyer the balance too.

use accounts::actor::OperatorActor;
use accounts::organisation::{Kind, Right};
use askama::Template;
use axum::extract::{Path, State};
use kernel::id::OrganisationId;
use kernel::page::PageRequest;
use kernel::prelude::*;
use texts::{Arg, Lang};
use views::account_list::{self, AccountRow, MemberRow};
use views::balance;

use super::{account_acts, organisations, top_up_form};
use crate::Site;
use crate::buyer::address;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Amount, Button, Column, ConfirmDialog, Menu, Message, Moment};
use crate::visitor::{Operator, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new().get(
        "/operator/accounts/{organisation}",
        Audience::Operator,
        show,
    )
}

struct Member {
    row: MemberRow,
    role: &'static str,
    verified: &'static str,
    two_step: &'static str,
    since: Moment,
    menu: Option<Menu>,
}

#[derive(Template)]
#[template(path = "operator/account_details.html")]
struct Details {
    frame: ui::Frame,
    refusal: Option<Message>,
    top_up: Option<Button>,
    id: String,
    kind: &'static str,
    country: &'static str,
    realm: &'static str,
    created: Moment,
    balance: Option<Amount>,
    columns: Vec<Column>,
    members: Vec<Member>,
    dialogs: Vec<ConfirmDialog>,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
) -> Answer {
    let id = OrganisationId::parse(&id).ok_or_else(Fail::not_found)?;
    whole(&site, &visitor, &operator, id, None).await
}

/// The whole page, also after an act that couldn't be done.
pub(super) async fn whole(
    site: &Site,
    visitor: &Visitor,
    operator: &OperatorActor,
    id: OrganisationId,
    refused: Option<&Fail>,
) -> Answer {
    let lang = visitor.lang();
    operator.require(Right::OperatorRead)?;
    let policy = site.app.policy().await?;
    let currency = policy.site.listing_currency;
    let (account, members, money) = site
        .app
        .view(move |tx| {
            let account = account_list::one(tx, id)?;
            let money = match account.kind {
                Kind::Buyer => {
                    Some(balance::load(tx, id, currency, &PageRequest::default())?.balance)
                }
                Kind::Seller | Kind::Operator => None,
            };
            Ok((account, account_list::members(tx, id)?, money))
        })
        .await?;
    let helps = operator.may(Right::ManageAccounts);
    let frame = super::frame(site, visitor, &account.name).await;
    let page = Details {
        frame: super::below(frame, "nav-accounts", organisations::PATH),
        refusal: refused.map(|fail| crate::failure::message(visitor, fail)),
        top_up: top_up(lang, operator, &account),
        id: id.to_string(),
        kind: organisations::kind_name(lang, account.kind),
        country: lang.get(&format!("country-{}", account.country)),
        realm: lang.get(&format!("operator-realm-{}", account.realm)),
        created: page::moment(lang, &policy.zone, account.created_at),
        balance: money.map(page::amount),
        columns: [
            "operator-member",
            "operator-email",
            "operator-role",
            "operator-verified",
            "operator-two-step",
            "operator-since",
            "seller-operation",
        ]
        .map(|key| Column::new(lang.get(key)))
        .into(),
        dialogs: if helps {
            members
                .iter()
                .flat_map(|member| account_acts::dialogs(lang, id, member))
                .collect()
        } else {
            Vec::new()
        },
        members: members
            .into_iter()
            .map(|row| member(lang, &policy.zone, id, row, helps))
            .collect(),
    };
    if refused.is_some() {
        page::show_refused(page)
    } else {
        page::show(page)
    }
}

fn top_up(lang: Lang, operator: &OperatorActor, account: &AccountRow) -> Option<Button> {
    let href = address(
        top_up_form::PATH,
        &[("buyer", account.organisation.as_str())],
    );
    let wanted = account.kind == Kind::Buyer && operator.may(Right::RecordTopUp);
    wanted.then(|| Button::link(lang.get("operator-record-top-up"), href).primary())
}

fn member(
    lang: Lang,
    zone: &Zone,
    organisation: OrganisationId,
    row: MemberRow,
    helps: bool,
) -> Member {
    let yes = |yes: bool| lang.get(if yes { "operator-yes" } else { "operator-no" });
    let label = lang.format("seller-more-for", &[("name", Arg::Text(&row.email))]);
    Member {
        role: lang.get(&format!("role-{}", row.role)),
        verified: yes(row.verified),
        two_step: yes(row.two_step),
        since: page::moment(lang, zone, row.since),
        menu: helps
            .then(|| Menu::of_row(label).group(account_acts::items(lang, organisation, &row))),
        row,
    }
}
