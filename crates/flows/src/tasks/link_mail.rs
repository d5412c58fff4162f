//! Sends one mail with a link that works once. The link is made when the mail is
//! sent, by every attempt anew, so that no token waits in a task.

use accounts::one_time_link::{self, NewLink, Purpose};
use accounts::organisation::{self, Role};
use accounts::user::{self, Email, Language, User};
use db::Tx;
use db::task::{self, NewTask, Task};
use gateway::mail::Mail;
use kernel::id::OrganisationId;
use kernel::policy::Accounts;
use kernel::prelude::*;
use serde::{Deserialize, Serialize};
use texts::{Arg, Lang};

use crate::App;
use crate::account::end_invitations;

/// Kind of the task.
pub(crate) const KIND: &str = "link_mail";
/// Attempts at a mail before it is given up.
const ATTEMPTS: u32 = 10;

kernel::names! {
    /// What the mail says. Its texts have the keys `mail-NAME` and
    /// `mail-NAME-subject`.
    pub enum Letter {
        /// Confirm this address.
        VerifyEmail = "verify-email",
        /// Somebody tried to sign up although there is an account.
        AlreadyRegistered = "already-registered",
        /// Set a new password.
        ResetPassword = "reset-password",
        /// Join an organisation.
        Invite = "invite",
    }
}

impl Letter {
    const fn purpose(self) -> Purpose {
        match self {
            Self::VerifyEmail => Purpose::VerifyEmail,
            Self::AlreadyRegistered | Self::ResetPassword => Purpose::ResetPassword,
            Self::Invite => Purpose::Invite,
        }
    }
}

/// Which letter for whom. Whether the address has an account is asked when the
/// mail is sent, not by the page that wanted it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct LinkMail {
    letter: Letter,
    to: String,
    /// Of an invitation.
    organisation: Option<OrganisationId>,
    /// For an address without an account.
    language: Language,
}

impl LinkMail {
    /// A letter that only somebody with an account gets.
    pub(crate) fn to_account(letter: Letter, to: &Email) -> Self {
        Self {
            letter,
            to: to.as_str().to_owned(),
            organisation: None,
            language: Language::En,
        }
    }

    /// The letter of the address's open invitation.
    pub(crate) fn invitation(to: &Email, organisation: OrganisationId, language: Language) -> Self {
        Self {
            letter: Letter::Invite,
            to: to.as_str().to_owned(),
            organisation: Some(organisation),
            language,
        }
    }
}

/// Enqueues a mail.
pub(crate) fn post(tx: &Tx<'_>, mail: &LinkMail, now: Timestamp) -> Result<(), Fail> {
    let payload = serde_json::to_string(mail).map_err(Fail::bug)?;
    let task = NewTask {
        kind: KIND,
        realm: Realm::Live,
        lane: super::mail::KIND,
        payload: &payload,
        due_at: now,
        unique_key: None,
    };
    task::enqueue(tx, &task, now).map(|_| ())
}

/// The page that a link opens.
pub(crate) fn link_address(
    public_url: &str,
    purpose: Purpose,
    token: &Secret<String>,
) -> Secret<String> {
    let path = match purpose {
        Purpose::VerifyEmail => "verify-email",
        Purpose::ResetPassword => "reset-password",
        Purpose::Invite => "invitations",
        Purpose::CreateOperator => "operator-invitation",
    };
    Secret::new(format!("{public_url}/{path}?token={}", token.reveal()))
}

/// A link that was made for a mail, and what the mail says beside it.
struct Issued {
    token: Secret<String>,
    to: String,
    name: Option<String>,
    language: Language,
    seat: Option<(String, Role)>,
    hours: u32,
}

impl App {
    pub(crate) async fn send_link_mail(&self, task: &Task) -> Result<(), Fail> {
        let wanted: LinkMail = serde_json::from_str(&task.payload).map_err(Fail::bug)?;
        let (rules, now) = (self.account_rules().await?, self.now());
        let letter = wanted.letter;
        let issued = self.step(move |tx| issue(tx, &wanted, &rules, now)).await?;
        let task = task.clone();
        let Some(issued) = issued else {
            return self.step(move |tx| task::finish(tx, &task)).await;
        };
        let mail = Mail {
            // Not the same for every attempt, as each holds another link.
            message_id: format!("{}-{}", task.id, task.attempts),
            ..self.written(letter, &issued)
        };
        let sent = self.mailer.send(&mail).await;
        let now = self.now();
        self.step(move |tx| match &sent {
            Ok(()) => task::finish(tx, &task),
            Err(error) if error.is_temporary() && task.attempts < ATTEMPTS => task::retry(
                tx,
                &task,
                now.plus_millis(super::backoff_ms(task.attempts)),
                &error.to_string(),
            ),
            Err(error) => task::bury(tx, &task, &error.to_string()),
        })
        .await
    }

    fn written(&self, letter: Letter, issued: &Issued) -> Mail {
        let lang = Lang::from_name(issued.language.name()).unwrap_or(Lang::En);
        let (organisation, role) = match &issued.seat {
            Some((organisation, role)) => (organisation.as_str(), role.name()),
            None => ("", ""),
        };
        let brand = ("brand", Arg::Text(&self.site.brand));
        let args = [
            brand.clone(),
            ("address", Arg::Text(&issued.to)),
            ("organisation", Arg::Text(organisation)),
            ("role", Arg::Text(lang.get(&format!("role-{role}")))),
            ("hours", Arg::Number(i64::from(issued.hours))),
        ];
        let greeting = match &issued.name {
            Some(name) => lang.format("mail-greeting", &[("name", Arg::Text(name))]),
            None => lang.get("mail-greeting-stranger").to_owned(),
        };
        let subject = lang.format(&format!("mail-{letter}-subject"), &args);
        let says = lang.format(&format!("mail-{letter}"), &args);
        let address = link_address(&self.site.public_url, letter.purpose(), &issued.token);
        let link = lang.format("mail-link", &[("address", Arg::Text(address.reveal()))]);
        let closing = lang.format("mail-closing", &[brand]);
        Mail {
            to: issued.to.clone(),
            subject: format!("[{}] {subject}", self.site.brand),
            text: format!("{greeting}\n\n{says}\n\n{link}\n\n{closing}\n"),
            message_id: String::new(),
        }
    }
}

/// Makes the link; `None` when there is nothing to send any more.
fn issue(
    tx: &Tx<'_>,
    wanted: &LinkMail,
    rules: &Accounts,
    now: Timestamp,
) -> Result<Option<Issued>, Fail> {
    let email = Email::parse("email", &wanted.to)?;
    let account = user::find_by_email(tx, &email)?;
    let (user, seat) = match (wanted.letter, wanted.organisation, account) {
        (Letter::Invite, Some(organisation), account) => {
            // Withdrawn or accepted meanwhile: no mail.
            let open = end_invitations(tx, organisation, &email, now)?;
            let Some(seat) = open.and_then(|link| link.seat()) else {
                return Ok(None);
            };
            (account, Some(seat))
        }
        (Letter::VerifyEmail, _, Some(user)) if user.email_verified_at().is_some() => {
            return Ok(None);
        }
        (_, _, Some(user)) => (Some(user), None),
        (_, _, None) => return Ok(None),
    };
    let link = NewLink {
        purpose: wanted.letter.purpose(),
        email: &email,
        user: user.as_ref().map(User::id),
        seat,
    };
    let token = one_time_link::issue(tx, &link, rules, now)?;
    let named = |(id, role)| -> Result<(String, Role), Fail> {
        Ok((organisation::find_any(tx, id)?.name().to_owned(), role))
    };
    Ok(Some(Issued {
        token,
        to: user.as_ref().map_or(&email, User::email).to_string(),
        // An unconfirmed account's name may be an advertisement that a stranger
        // wants us to send.
        name: user
            .as_ref()
            .filter(|user| user.email_verified_at().is_some())
            .map(|user| user.name().to_owned()),
        language: user.as_ref().map_or(wanted.language, User::language),
        seat: seat.map(named).transpose()?,
        hours: rules.link_hours,
    }))
}
