//! Mail that leaves the marketplace: plain text to one person. A task sends it
//! and repeats it while the failure is temporary, always with the same id, so
//! that a receiver's server can drop the second copy.

mod folder;
mod smtp;

use std::fmt;

use futures::future::BoxFuture;

pub use folder::{FolderMailer, MailSummary, StoredMail};
pub use smtp::{BadMailSettings, SmtpLogin, SmtpMailer, SmtpSecurity, SmtpSettings};

/// One mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Address of the receiver, without a name.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The whole text, lines separated by `\n`.
    pub text: String,
    /// The same for every attempt at one mail: letters, digits, `-` and `_`, as in
    /// the id of the task. The mailer appends its domain.
    pub message_id: String,
}

impl fmt::Debug for Mail {
    /// Without subject and text, which may hold links that sign somebody in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}

impl Mail {
    /// What would break the form of a mail, or smuggle a header into it.
    fn check(&self) -> Result<(), MailError> {
        let wrong = |what: &str| {
            Err(MailError::Permanent(format!(
                "{what} of the mail can't be used"
            )))
        };
        if self.to.parse::<lettre::Address>().is_err() {
            return wrong("the receiver");
        }
        if self.subject.chars().any(char::is_control) {
            return wrong("the subject");
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if !(1..=100).contains(&self.message_id.len()) || !self.message_id.bytes().all(plain) {
            return wrong("the id");
        }
        Ok(())
    }
}

/// Somebody who takes mail. An answer without error means that it was taken over
/// for good.
pub trait Mailer: Send + Sync {
    /// Sends one mail.
    ///
    /// # Errors
    /// Whether sending it again can help, and why it failed.
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), MailError>>;
}

/// Why a mail wasn't taken; the reason is for log and operator and holds nothing
/// of the mail's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailError {
    /// Send it again later.
    Temporary(String),
    /// This mail will never be taken: the receiver doesn't exist, for example.
    Permanent(String),
}

impl MailError {
    /// Whether sending it again can help.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Temporary(_))
    }
}

impl fmt::Display for MailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Temporary(reason) => {
                write!(f, "The mail wasn't taken now and is sent again: {reason}")
            }
            Self::Permanent(reason) => write!(f, "The mail was refused for good: {reason}"),
        }
    }
}

impl std::error::Error for MailError {}
