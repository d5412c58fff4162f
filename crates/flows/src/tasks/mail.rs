//! Sends one mail to one person, in that person's language.

use std::collections::BTreeMap;

use accounts::user;
use db::task::{self, Task};
use gateway::mail::Mail;
use kernel::id::UserId;
use kernel::prelude::*;
use serde::{Deserialize, Serialize};
use texts::{Arg, Lang};

use crate::App;

/// Kind of the task.
pub const KIND: &str = "mail";
/// Attempts at a mail before it is given up.
const ATTEMPTS: u32 = 10;

/// What to tell whom: a kind of text and its values, never the text itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MailPayload {
    /// The reader.
    pub(crate) user: UserId,
    /// Key of the text without its prefix.
    pub(crate) kind: String,
    /// Values that the text names.
    pub(crate) args: BTreeMap<String, String>,
    /// Path on this site.
    pub(crate) link: String,
    /// The same for every attempt.
    pub(crate) message_id: String,
}

impl MailPayload {
    /// The form that a task keeps.
    pub(crate) fn stored(&self) -> Result<String, Fail> {
        serde_json::to_string(self).map_err(Fail::bug)
    }
}

impl App {
    pub(crate) async fn send_mail(&self, task: &Task) -> Result<(), Fail> {
        let payload: MailPayload = serde_json::from_str(&task.payload).map_err(Fail::bug)?;
        let reader = payload.user;
        let user = self.db.read(move |tx| user::load(tx, reader)).await?;
        let lang = Lang::from_name(user.language().name()).unwrap_or(Lang::En);
        let mail = Mail {
            to: user.email().as_str().to_owned(),
            subject: self.subject(lang, &payload),
            text: self.text(lang, user.name(), &payload),
            message_id: payload.message_id.clone(),
        };
        let sent = self.mailer.send(&mail).await;
        let (task, now) = (task.clone(), self.now());
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

    fn subject(&self, lang: Lang, payload: &MailPayload) -> String {
        let sentence = sentence(lang, payload);
        format!(
            "[{}] {}",
            self.site.brand,
            sentence.lines().next().unwrap_or_default()
        )
    }

    fn text(&self, lang: Lang, name: &str, payload: &MailPayload) -> String {
        let greeting = lang.format("mail-greeting", &[("name", Arg::Text(name))]);
        let link = if payload.link.is_empty() {
            String::new()
        } else {
            let address = format!("{}{}", self.site.public_url, payload.link);
            lang.format("mail-link", &[("address", Arg::Text(&address))])
        };
        let closing = lang.format("mail-closing", &[("brand", Arg::Text(&self.site.brand))]);
        format!(
            "{greeting}\n\n{}\n\n{link}\n\n{closing}\n",
            sentence(lang, payload)
        )
    }
}

fn sentence(lang: Lang, payload: &MailPayload) -> String {
    let args: Vec<(&str, Arg<'_>)> = payload
        .args
        .iter()
        .map(|(name, value)| {
            (
                name.as_str(),
                value.parse().map_or(Arg::Text(value), Arg::Number),
            )
        })
        .collect();
    lang.format(&format!("notice-{}", payload.kind), &args)
}
