//! What operators do for somebody who is locked out or whose account is in
//! danger: end all sessions, take two-step verification away.

use accounts::actor::OperatorActor;
use accounts::organisation::Right;
use axum::extract::{Path, State};
use kernel::id::{OrganisationId, UserId};
use kernel::prelude::*;
use texts::{Arg, Lang};
use views::account_list::{self, MemberRow};

use super::{account_details, organisations};
use crate::Site;
use crate::buyer::address;
use crate::buyer::question::Question;
use crate::form::{Form, Query};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{ConfirmDialog, MenuItem};
use crate::visitor::{Operator, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(
            "/operator/accounts/{organisation}/end-sessions",
            Audience::Operator,
            ask_end_sessions,
        )
        .post(
            "/operator/accounts/{organisation}/end-sessions",
            Audience::Operator,
            end_sessions,
        )
        .get(
            "/operator/accounts/{organisation}/take-two-step-away",
            Audience::Operator,
            ask_take_two_step_away,
        )
        .post(
            "/operator/accounts/{organisation}/take-two-step-away",
            Audience::Operator,
            take_two_step_away,
        )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    EndSessions,
    TakeTwoStepAway,
}

impl Act {
    fn name(self) -> &'static str {
        match self {
            Self::EndSessions => "end-sessions",
            Self::TakeTwoStepAway => "take-two-step-away",
        }
    }

    /// Acts that make sense for a member.
    fn of(member: &MemberRow) -> Vec<Self> {
        if member.two_step {
            vec![Self::EndSessions, Self::TakeTwoStepAway]
        } else {
            vec![Self::EndSessions]
        }
    }

    fn path(self, organisation: OrganisationId) -> String {
        format!("{}/{organisation}/{}", organisations::PATH, self.name())
    }

    fn dialog_id(self, member: &MemberRow) -> String {
        format!("{}-{}", self.name(), member.user)
    }

    fn dialog(self, lang: Lang, organisation: OrganisationId, member: &MemberRow) -> ConfirmDialog {
        let key = format!("operator-{}", self.name());
        let title = lang.format(
            &format!("{key}-title"),
            &[("email", Arg::Text(&member.email))],
        );
        ConfirmDialog::new(
            lang,
            self.dialog_id(member),
            title,
            self.path(organisation),
            lang.get(&key),
        )
        .line(lang.get(&format!("{key}-consequence")))
        .hidden("user", member.user.as_str())
        .danger()
    }
}

/// The entries of a member's menu.
pub(super) fn items(lang: Lang, organisation: OrganisationId, member: &MemberRow) -> Vec<MenuItem> {
    let item = |act: Act| {
        let href = address(&act.path(organisation), &[("user", member.user.as_str())]);
        MenuItem::link(lang.get(&format!("operator-{}", act.name())), href)
            .danger()
            .opens(act.dialog_id(member))
    };
    Act::of(member).into_iter().map(item).collect()
}

/// The questions before them.
pub(super) fn dialogs(
    lang: Lang,
    organisation: OrganisationId,
    member: &MemberRow,
) -> Vec<ConfirmDialog> {
    Act::of(member)
        .into_iter()
        .map(|act| act.dialog(lang, organisation, member))
        .collect()
}

async fn ask_end_sessions(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
    query: Query,
) -> Answer {
    ask(&site, &visitor, &operator, &id, &query, Act::EndSessions).await
}

async fn ask_take_two_step_away(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
    query: Query,
) -> Answer {
    ask(
        &site,
        &visitor,
        &operator,
        &id,
        &query,
        Act::TakeTwoStepAway,
    )
    .await
}

async fn ask(
    site: &Site,
    visitor: &Visitor,
    operator: &OperatorActor,
    id: &str,
    query: &Query,
    act: Act,
) -> Answer {
    operator.require(Right::ManageAccounts)?;
    let (organisation, member) = member(site, id, query.text("user")).await?;
    let lang = visitor.lang();
    let frame = super::frame(site, visitor, lang.get(&format!("operator-{}", act.name()))).await;
    let back = format!("{}/{organisation}", organisations::PATH);
    page::show(Question {
        frame: super::below(frame, "nav-accounts", organisations::PATH),
        dialog: act.dialog(lang, organisation, &member).as_page(back),
    })
}

/// A member of an organisation.
async fn member(
    site: &Site,
    organisation: &str,
    user: &str,
) -> Result<(OrganisationId, MemberRow), Fail> {
    let organisation = OrganisationId::parse(organisation).ok_or_else(Fail::not_found)?;
    let user = UserId::parse(user).ok_or_else(Fail::not_found)?;
    let members = site
        .app
        .view(move |tx| account_list::members(tx, organisation))
        .await?;
    let member = members
        .into_iter()
        .find(|member| member.user == user)
        .ok_or_else(Fail::not_found)?;
    Ok((organisation, member))
}

async fn end_sessions(
    State(site): State<Site>,
    Operator(operator): Operator,
    Path(id): Path<String>,
    Form(form): Form,
) -> Answer {
    operator.require(Right::ManageAccounts)?;
    let (organisation, member) = member(&site, &id, form.text("user")).await?;
    site.app.end_all_sessions_of(&operator, member.user).await?;
    page::done(
        &format!("{}/{organisation}", organisations::PATH),
        "sessions-ended",
    )
}

async fn take_two_step_away(
    State(site): State<Site>,
    visitor: Visitor,
    Operator(operator): Operator,
    Path(id): Path<String>,
    Form(form): Form,
) -> Answer {
    operator.require(Right::ManageAccounts)?;
    let (organisation, member) = member(&site, &id, form.text("user")).await?;
    match site.app.take_two_step_away(&operator, member.user).await {
        Ok(()) => page::done(
            &format!("{}/{organisation}", organisations::PATH),
            "two-step-taken-away",
        ),
        Err(fail) if fail.kind() == FailKind::Conflict => {
            account_details::whole(&site, &visitor, &operator, organisation, Some(&fail)).await
        }
        Err(fail) => Err(fail.into()),
    }
}
