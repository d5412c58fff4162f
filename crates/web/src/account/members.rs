//! `Account settings > Members`: who belongs to an organisation, and who is invited.

use accounts::one_time_link::Link as Invited;
use accounts::organisation::{Kind, Member};
use accounts::token::TokenHash;
use accounts::user::Language;
use askama::Template;
use axum::extract::State;
use flows::{CurrentPolicy, Manager};
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::organisations::Seat;
use super::rights::{self, Rights};
use super::{answer, member, refusal, stays, summary};
use crate::Site;
use crate::form::{Form, Query, Values};
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{
    Button, Column, EmptyState, ErrorSummary, Field, Frame, Icon, Link, Message, Moment, Pager,
    Tabs,
};
use crate::visitor::Visitor;

/// Where it stands; `as` names the side when the person belongs to several.
pub(super) const PATH: &str = "/account/members";
const INVITE: &str = "/account/members/invite";
const WITHDRAW: &str = "/account/members/withdraw";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Person, show)
        .get(INVITE, Audience::Person, show)
        .post(INVITE, Audience::Person, invite)
        .post(WITHDRAW, Audience::Person, withdraw)
}

/// An address below the list, for the organisation on that side.
pub(super) fn address(path: &str, kind: Kind) -> String {
    format!("{path}?as={kind}")
}

/// The organisation that an address names, and the right to look after it.
///
/// # Errors
/// Forbidden without the right.
pub(super) fn managed(visitor: &Visitor, query: &Query) -> Result<(Kind, Manager), Fail> {
    let seat = Seat::named(visitor.signed()?, query.text("as"));
    let managed = seat.and_then(|seat| Some((seat.kind, seat.manager?)));
    managed.ok_or_else(|| Fail::new(kernel::fail::FORBIDDEN))
}

struct MemberRow {
    name: String,
    email: String,
    role: &'static str,
    since: Moment,
    two_step: &'static str,
    change: Link,
}

struct InvitationRow {
    email: String,
    role: &'static str,
    sent: Moment,
    ends: Moment,
    withdraw: Button,
}

/// What only those see who may change it.
struct Managed {
    member_columns: Vec<Column>,
    members: Vec<MemberRow>,
    pager: Pager,
    invitation_columns: Vec<Column>,
    invitations: Vec<InvitationRow>,
    withdraw_action: String,
    invite_action: String,
    invite_fields: Vec<Field>,
    invite: Button,
}

/// The organisation shown.
struct Shown {
    lead: String,
    managed: Option<Managed>,
    rights: Rights,
}

#[derive(Template)]
#[template(path = "account/members.html")]
struct Members {
    frame: Frame,
    tabs: Option<Tabs>,
    refusal: Option<Message>,
    summary: Option<ErrorSummary>,
    shown: Option<Shown>,
    empty: EmptyState,
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    render(&site, &visitor, &query, &Values::default(), None).await
}

async fn invite(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Form(typed): Form,
) -> Answer {
    let (kind, manager) = managed(&visitor, &query)?;
    // The mail's language when nobody knows the invited person's.
    let language = Language::from_name(visitor.lang().name()).unwrap_or(Language::En);
    match site
        .app
        .invite_member(&manager, typed.text("email"), typed.text("role"), language)
        .await
    {
        Ok(()) => page::done(&address(PATH, kind), "member-invited"),
        Err(fail) => render(&site, &visitor, &query, &typed, Some(stays(fail)?)).await,
    }
}

async fn withdraw(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Form(form): Form,
) -> Answer {
    let (kind, manager) = managed(&visitor, &query)?;
    let invitation = TokenHash::parse(form.text("invitation")).ok_or_else(Fail::not_found)?;
    site.app.withdraw_invitation(&manager, &invitation).await?;
    page::done(&address(PATH, kind), "invitation-withdrawn")
}

async fn render(
    site: &Site,
    visitor: &Visitor,
    query: &Query,
    typed: &Values,
    fail: Option<Fail>,
) -> Answer {
    let (lang, signed, fail) = (visitor.lang(), visitor.signed()?, fail.as_ref());
    let seats = Seat::all(signed);
    let seat = Seat::named(signed, query.text("as"));
    let tabs = seat
        .as_ref()
        .filter(|_| seats.len() > 1)
        .map(|seat| tabs(lang, &seats, seat.kind));
    let shown = match seat {
        Some(seat) => Some(shown(site, visitor, query, typed, seat, fail).await?),
        None => None,
    };
    let fields = shown
        .iter()
        .filter_map(|shown| shown.managed.as_ref())
        .flat_map(|managed| &managed.invite_fields);
    let page = Members {
        tabs,
        refusal: refusal(visitor, fail),
        summary: summary(visitor, fields),
        shown,
        empty: EmptyState::new(
            Icon::Users,
            lang.get("account-no-organisation-title"),
            lang.get("account-no-organisation"),
        ),
        frame: super::frame(site, visitor, "nav-members").await,
    };
    answer(page, fail)
}

fn tabs(lang: Lang, seats: &[Seat], current: Kind) -> Tabs {
    let empty = Tabs::new(lang.get("account-organisations"), address(PATH, current));
    seats.iter().fold(empty, |tabs, seat| {
        tabs.tab(Link::new(&seat.name, address(PATH, seat.kind)))
    })
}

async fn shown(
    site: &Site,
    visitor: &Visitor,
    query: &Query,
    typed: &Values,
    seat: Seat,
    fail: Option<&Fail>,
) -> Result<Shown, Fail> {
    let lang = visitor.lang();
    let role = rights::role_name(lang, seat.role);
    let lead = if seat.manager.is_some() {
        "account-members-lead"
    } else {
        "account-members-lead-others"
    };
    let managed = match &seat.manager {
        Some(manager) => Some(list(site, visitor, query, typed, (seat.kind, manager), fail).await?),
        None => None,
    };
    Ok(Shown {
        lead: lang.format(
            lead,
            &[
                ("organisation", Arg::Text(&seat.name)),
                ("role", Arg::Text(role)),
            ],
        ),
        managed,
        rights: Rights::of(lang, seat.kind),
    })
}

async fn list(
    site: &Site,
    visitor: &Visitor,
    query: &Query,
    typed: &Values,
    (kind, manager): (Kind, &Manager),
    fail: Option<&Fail>,
) -> Result<Managed, Fail> {
    let (lang, request) = (visitor.lang(), query.page());
    let policy = site.app.policy().await?;
    let found = site.app.members(manager, request.clone()).await?;
    Ok(Managed {
        member_columns: columns(
            lang,
            &[
                "account-name",
                "account-email",
                "account-role",
                "account-member-since",
                "account-member-two-step",
                "account-operation",
            ],
        ),
        members: found
            .members
            .rows
            .into_iter()
            .map(|one| member_row(lang, &policy, kind, one))
            .collect(),
        pager: page::pager(lang, visitor, &request, found.members.next.as_deref()),
        invitation_columns: columns(
            lang,
            &[
                "account-email",
                "account-role",
                "account-invited",
                "account-invitation-ends",
                "account-operation",
            ],
        ),
        invitations: found
            .invitations
            .iter()
            .map(|one| invitation_row(lang, &policy, one))
            .collect(),
        withdraw_action: address(WITHDRAW, kind),
        invite_action: address(INVITE, kind),
        invite_fields: invite_fields(lang, kind, typed, fail),
        invite: Button::submit(lang.get("account-invite-button")),
    })
}

fn columns(lang: Lang, keys: &[&str]) -> Vec<Column> {
    keys.iter().map(|key| Column::new(lang.get(key))).collect()
}

fn member_row(lang: Lang, policy: &CurrentPolicy, kind: Kind, one: Member) -> MemberRow {
    MemberRow {
        change: Link::new(lang.get("account-change"), member::address(one.user, kind)),
        role: rights::role_name(lang, one.role),
        since: page::moment(lang, &policy.zone, one.since),
        two_step: lang.get(if one.has_totp {
            "account-two-step-on"
        } else {
            "account-two-step-off"
        }),
        name: one.name,
        email: one.email,
    }
}

fn invitation_row(lang: Lang, policy: &CurrentPolicy, one: &Invited) -> InvitationRow {
    InvitationRow {
        email: one.email().to_owned(),
        role: one
            .seat()
            .map_or("-", |(_, role)| rights::role_name(lang, role)),
        sent: page::moment(lang, &policy.zone, one.created_at()),
        ends: page::moment(lang, &policy.zone, one.expires_at()),
        withdraw: Button::submit(lang.get("account-withdraw"))
            .value("invitation", one.token_hash().as_str())
            .quiet(),
    }
}

fn invite_fields(lang: Lang, kind: Kind, typed: &Values, fail: Option<&Fail>) -> Vec<Field> {
    let email = Field::email("email", lang.get("account-email"))
        .value(typed.text("email"))
        .help(lang.get("account-invite-email-help"))
        .autocomplete("off")
        .required();
    let role = Field::radio(
        "role",
        lang.get("account-role"),
        rights::choices(lang, kind),
    )
    .value(typed.text("role"))
    .required();
    vec![
        with_complaint(email, lang, fail, "email"),
        with_complaint(role, lang, fail, "role"),
    ]
}
