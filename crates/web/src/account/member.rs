//! One member of an organisation: another role, or none any more.

use accounts::organisation::{Kind, Member};
use askama::Template;
use axum::extract::{Path, State};
use flows::Manager;
use kernel::id::UserId;
use kernel::page::{Cursor, MAX_LIMIT, PageRequest};
use kernel::prelude::*;
use texts::{Arg, Lang};

use super::{answer, members, profile, refusal, rights, stays, summary};
use crate::Site;
use crate::form::{Form, Query};
use crate::page::{self, Answer, with_complaint};
use crate::routes::{Audience, Routes};
use crate::ui::{Button, ConfirmDialog, ErrorSummary, Field, Frame, Link, Message};
use crate::visitor::Visitor;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/account/members/{user}", Audience::Person, show)
        .post("/account/members/{user}", Audience::Person, change_role)
        .get("/account/members/{user}/remove", Audience::Person, ask)
        .post("/account/members/{user}/remove", Audience::Person, remove)
}

/// The page of a member.
pub(super) fn address(user: UserId, kind: Kind) -> String {
    members::address(&format!("{}/{user}", members::PATH), kind)
}

fn removing(user: UserId, kind: Kind) -> String {
    members::address(&format!("{}/{user}/remove", members::PATH), kind)
}

#[derive(Template)]
#[template(path = "account/member.html")]
struct MemberPage {
    frame: Frame,
    refusal: Option<Message>,
    summary: Option<ErrorSummary>,
    email: String,
    action: String,
    role: Field,
    save: Button,
    remove: Button,
    question: ConfirmDialog,
}

#[derive(Template)]
#[template(path = "account/question.html")]
struct Question {
    frame: Frame,
    dialog: ConfirmDialog,
}

/// A member, as an address names them.
struct Named {
    kind: Kind,
    manager: Manager,
    member: Member,
}

impl Named {
    async fn find(site: &Site, visitor: &Visitor, query: &Query, user: &str) -> Result<Self, Fail> {
        let (kind, manager) = members::managed(visitor, query)?;
        let user = UserId::parse(user).ok_or_else(Fail::not_found)?;
        let mut request = PageRequest {
            after: None,
            limit: MAX_LIMIT,
        };
        // Organisations have few members; one page holds nearly all of them.
        loop {
            let page = site.app.members(&manager, request).await?.members;
            if let Some(member) = page.rows.into_iter().find(|one| one.user == user) {
                return Ok(Self {
                    kind,
                    manager,
                    member,
                });
            }
            let after = page
                .next
                .as_deref()
                .and_then(Cursor::decode)
                .ok_or_else(Fail::not_found)?;
            request = PageRequest {
                after: Some(after),
                limit: MAX_LIMIT,
            };
        }
    }

    fn question(&self, lang: Lang) -> ConfirmDialog {
        let title = lang.format(
            "account-remove-question",
            &[("name", Arg::Text(&self.member.name))],
        );
        let action = removing(self.member.user, self.kind);
        ConfirmDialog::new(
            lang,
            "remove",
            title,
            action,
            lang.get("account-remove-button"),
        )
        .line(lang.get("account-remove-says"))
        .danger()
    }

    async fn frame(&self, site: &Site, visitor: &Visitor) -> Frame {
        let mut frame = super::frame(site, visitor, "nav-members").await;
        frame.breadcrumbs = vec![Link::new(
            frame.t("nav-members"),
            members::address(members::PATH, self.kind),
        )];
        frame.title.clone_from(&self.member.name);
        frame
    }
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Path(user): Path<String>,
) -> Answer {
    let named = Named::find(&site, &visitor, &query, &user).await?;
    render(&site, &visitor, &named, named.member.role.name(), None).await
}

async fn change_role(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Path(user): Path<String>,
    Form(typed): Form,
) -> Answer {
    let named = Named::find(&site, &visitor, &query, &user).await?;
    let role = typed.text("role");
    match site
        .app
        .change_member_role(&named.manager, named.member.user, role)
        .await
    {
        // Who gave up the right to look after members finds their own profile.
        Ok(()) if named.member.user == visitor.signed()?.user() => {
            page::done(profile::PATH, "role-changed")
        }
        Ok(()) => page::done(&members::address(members::PATH, named.kind), "role-changed"),
        Err(fail) => render(&site, &visitor, &named, role, Some(stays(fail)?)).await,
    }
}

async fn ask(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Path(user): Path<String>,
) -> Answer {
    let named = Named::find(&site, &visitor, &query, &user).await?;
    let dialog = named
        .question(visitor.lang())
        .as_page(address(named.member.user, named.kind));
    answer(
        Question {
            frame: named.frame(&site, &visitor).await,
            dialog,
        },
        None,
    )
}

async fn remove(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Path(user): Path<String>,
) -> Answer {
    let named = Named::find(&site, &visitor, &query, &user).await?;
    match site
        .app
        .remove_member(&named.manager, named.member.user)
        .await
    {
        Ok(()) if named.member.user == visitor.signed()?.user() => {
            page::done(profile::PATH, "member-removed")
        }
        Ok(()) => page::done(
            &members::address(members::PATH, named.kind),
            "member-removed",
        ),
        Err(fail) => {
            render(
                &site,
                &visitor,
                &named,
                named.member.role.name(),
                Some(stays(fail)?),
            )
            .await
        }
    }
}

async fn render(
    site: &Site,
    visitor: &Visitor,
    named: &Named,
    role: &str,
    fail: Option<Fail>,
) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let field = Field::radio(
        "role",
        lang.get("account-role"),
        rights::choices(lang, named.kind),
    )
    .value(role)
    .required();
    let field = with_complaint(field, lang, fail, "role");
    let removing = removing(named.member.user, named.kind);
    let page = MemberPage {
        refusal: refusal(visitor, fail),
        summary: summary(visitor, [&field]),
        email: named.member.email.clone(),
        action: address(named.member.user, named.kind),
        role: field,
        save: Button::submit(lang.get("account-change-role")),
        remove: Button::link(lang.get("account-remove"), removing)
            .opens("remove")
            .danger(),
        question: named.question(lang),
        frame: named.frame(site, visitor).await,
    };
    answer(page, fail)
}
