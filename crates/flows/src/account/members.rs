//! An organisation looks after its members.

use accounts::actor::{BuyerActor, OperatorActor, SellerActor};
use accounts::attempt::Action;
use accounts::one_time_link::{self, Link, NewLink, Purpose};
use accounts::organisation::{self, ALREADY_MEMBER, Kind, Member, Right};
use accounts::token::TokenHash;
use accounts::user::{self, Email, Language};
use db::audit::{self, Entry};
use db::{ReadTx, Tx};
use kernel::id::{OrganisationId, UserId};
use kernel::page::{Page, PageRequest};
use kernel::prelude::*;

use super::common;
use crate::tasks::link_mail::{self, LinkMail};
use crate::{App, Audited};

kernel::codes! {
    /// The organisation has as many open invitations as it may have.
    Conflict TOO_MANY_INVITATIONS = "too-many-invitations";
}

/// Open invitations of an organisation at most; fewer than a list shows.
const MAX_INVITATIONS: usize = 50;

/// Somebody who proved the right to look after an organisation's members: made
/// out of an actor of any side, `Manager::try_from(&actor)`.
#[derive(Debug, Clone)]
pub struct Manager {
    organisation: OrganisationId,
    kind: Kind,
    user: UserId,
    who: Who,
    address: String,
}

macro_rules! manager {
    ($($actor:ty),+) => {
        $(impl TryFrom<&$actor> for Manager {
            type Error = Fail;
            fn try_from(actor: &$actor) -> Result<Self, Fail> {
                actor.require(Right::ManageMembers)?;
                Ok(Self {
                    organisation: actor.organisation(),
                    kind: actor.role().kind(),
                    user: actor.user(),
                    who: actor.who(),
                    address: actor.address().to_owned(),
                })
            }
        })+
    };
}
manager!(BuyerActor, SellerActor, OperatorActor);

impl Audited for Manager {
    fn who(&self) -> Who {
        self.who
    }
    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
    fn address(&self) -> &str {
        &self.address
    }
}

impl Manager {
    fn record(
        &self,
        tx: &Tx<'_>,
        operation: &str,
        subject: &str,
        detail: &str,
        now: Timestamp,
    ) -> Result<(), Fail> {
        let done = crate::app_audit(self, operation, subject, now);
        audit::record(tx, &Entry { detail, ..done })
    }
}

/// What the page of the members shows.
#[derive(Debug, Clone)]
pub struct MemberList {
    /// Members, newest first.
    pub members: Page<Member>,
    /// Open invitations, newest first.
    pub invitations: Vec<Link>,
}

impl App {
    /// Members and open invitations of the manager's organisation.
    ///
    /// # Errors
    /// The database's.
    pub async fn members(
        &self,
        manager: &Manager,
        request: PageRequest,
    ) -> Result<MemberList, Fail> {
        let (organisation, now) = (manager.organisation, self.now());
        self.db
            .read(move |tx| {
                Ok(MemberList {
                    members: organisation::list_members(tx, organisation, &request)?,
                    invitations: one_time_link::invitations(tx, organisation, now)?,
                })
            })
            .await
    }

    /// Gives the organisation another name.
    ///
    /// # Errors
    /// Trouble at `organisation`.
    pub async fn rename_organisation(&self, manager: &Manager, name: &str) -> Result<(), Fail> {
        let (manager, name, now) = (manager.clone(), name.to_owned(), self.now());
        self.step(move |tx| {
            let mut own = organisation::load_for_member(tx, manager.user, manager.organisation)?;
            own.rename(&name)?;
            organisation::rename(tx, &mut own)?;
            manager.record(tx, "renameOrganisation", own.id().as_str(), own.name(), now)
        })
        .await
    }

    /// Invites somebody by mail; an earlier invitation of the address ends.
    /// `language` is the mail's when the address has no account.
    ///
    /// # Errors
    /// Trouble at `email` and `role`; [`ALREADY_MEMBER`];
    /// [`TOO_MANY_INVITATIONS`]; too many attempts.
    pub async fn invite_member(
        &self,
        manager: &Manager,
        email: &str,
        role: &str,
        language: Language,
    ) -> Result<(), Fail> {
        let mut fields = Fields::new();
        let email = fields.absorb(Email::parse("email", email));
        let role = fields.absorb(organisation::role_for(manager.kind, role));
        fields.check()?;
        let (Some(email), Some(role)) = (email, role) else {
            return Err(Fail::bug("a form without trouble gave no invitation"));
        };
        let rules = self.account_rules().await?;
        let attempt = common::mail_to(Action::InviteMail, &email, &rules);
        self.count_attempts(vec![attempt]).await?;
        let (manager, now) = (manager.clone(), self.now());
        self.step(move |tx| {
            if is_member(tx, manager.organisation, &email)? {
                return Err(Fail::new(ALREADY_MEMBER));
            }
            end_invitations(tx, manager.organisation, &email, now)?;
            let open = one_time_link::invitations(tx, manager.organisation, now)?;
            if open.len() >= MAX_INVITATIONS {
                return Err(Fail::new(TOO_MANY_INVITATIONS).with("max", MAX_INVITATIONS));
            }
            let invitation = NewLink {
                purpose: Purpose::Invite,
                email: &email,
                user: None,
                seat: Some((manager.organisation, role)),
            };
            // Stands in the list from now on; the mail gets a token of its own.
            one_time_link::issue(tx, &invitation, &rules, now)?;
            let letter = LinkMail::invitation(&email, manager.organisation, language);
            link_mail::post(tx, &letter, now)?;
            let subject = manager.organisation;
            let detail = format!("{email} {role}");
            manager.record(tx, "inviteMember", subject.as_str(), &detail, now)
        })
        .await
    }

    /// Withdraws an open invitation, named as in the list.
    ///
    /// # Errors
    /// "Not found".
    pub async fn withdraw_invitation(
        &self,
        manager: &Manager,
        invitation: &TokenHash,
    ) -> Result<(), Fail> {
        let (manager, invitation, now) = (manager.clone(), invitation.clone(), self.now());
        self.step(move |tx| {
            one_time_link::withdraw(tx, manager.organisation, &invitation, now)?;
            let subject = manager.organisation;
            manager.record(tx, "withdrawInvitation", subject.as_str(), "", now)
        })
        .await
    }

    /// Gives a member another role.
    ///
    /// # Errors
    /// Trouble at `role`; [`LAST_OWNER`](organisation::LAST_OWNER); "not found".
    pub async fn change_member_role(
        &self,
        manager: &Manager,
        member: UserId,
        role: &str,
    ) -> Result<(), Fail> {
        let role = organisation::role_for(manager.kind, role)?;
        let (manager, now) = (manager.clone(), self.now());
        self.step(move |tx| {
            organisation::change_role(tx, manager.organisation, member, role)?;
            manager.record(tx, "changeMemberRole", member.as_str(), role.name(), now)
        })
        .await
    }

    /// Ends a membership; the person's account stays.
    ///
    /// # Errors
    /// [`LAST_OWNER`](organisation::LAST_OWNER); "not found".
    pub async fn remove_member(&self, manager: &Manager, member: UserId) -> Result<(), Fail> {
        let (manager, now) = (manager.clone(), self.now());
        self.step(move |tx| {
            organisation::remove_member(tx, manager.organisation, member)?;
            manager.record(tx, "removeMember", member.as_str(), "", now)
        })
        .await
    }
}

fn is_member(tx: &ReadTx<'_>, organisation: OrganisationId, email: &Email) -> Result<bool, Fail> {
    let Some(user) = user::find_by_email(tx, email)? else {
        return Ok(false);
    };
    let memberships = organisation::memberships_of(tx, user.id())?;
    Ok(memberships
        .iter()
        .any(|one| one.organisation() == organisation))
}

/// Ends the open invitations of an address and gives the latest.
pub(crate) fn end_invitations(
    tx: &Tx<'_>,
    organisation: OrganisationId,
    email: &Email,
    now: Timestamp,
) -> Result<Option<Link>, Fail> {
    let mut open = one_time_link::invitations(tx, organisation, now)?;
    open.retain(|link| link.email().eq_ignore_ascii_case(email.as_str()));
    for link in &open {
        one_time_link::withdraw(tx, organisation, link.token_hash(), now)?;
    }
    Ok(open.into_iter().next())
}
