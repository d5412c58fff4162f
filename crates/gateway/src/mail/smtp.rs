//! Mail by SMTP, one connection per mail: a marketplace sends few, and a fresh
//! connection has no stale state.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

use futures::FutureExt as _;
use futures::future::BoxFuture;
use kernel::{Clock, Secret};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::{Mail, MailError, Mailer};

kernel::names! {
    /// How the connection to the mail server is protected.
    pub enum SmtpSecurity {
        /// Encrypted from the first byte, mostly port 465.
        Tls = "tls",
        /// Starts plain and must become encrypted, mostly port 587.
        StartTls = "starttls",
        /// Not at all: only for a relay on the same machine or a trusted network.
        None = "none",
    }
}

/// Who the marketplace is at the mail server.
#[derive(Debug, Clone)]
pub struct SmtpLogin {
    /// The user name.
    pub user: String,
    /// Its password.
    pub password: Secret<String>,
}

/// The mail server.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Its name, which its certificate must hold.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: SmtpSecurity,
    /// Where the server asks for one.
    pub login: Option<SmtpLogin>,
    /// The sender, `KooGallery <noreply@example.com>` or an address alone.
    pub from: String,
    /// A certificate authority (PEM) beside the public ones.
    pub extra_ca_file: Option<PathBuf>,
    /// Milliseconds for each step of the conversation.
    pub timeout_ms: u32,
}

/// Sends by SMTP.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    clock: Clock,
}

/// Settings of the mail server that can't be used, as a sentence for the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadMailSettings(String);

impl fmt::Display for BadMailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadMailSettings {}

impl SmtpMailer {
    /// Makes a mailer; nothing is connected yet.
    ///
    /// # Errors
    /// When a setting can't be used, or a password would travel unprotected.
    pub fn new(settings: &SmtpSettings, clock: Clock) -> Result<Self, BadMailSettings> {
        let from: Mailbox = settings.from.parse().map_err(|_| {
            BadMailSettings(
                "The sender of mails must look like KooGallery <noreply@example.com>.".to_owned(),
            )
        })?;
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.as_str())
                .port(settings.port)
                .tls(tls(settings)?)
                .hello_name(ClientId::Domain(from.email.domain().to_owned()))
                .timeout(Some(Duration::from_millis(u64::from(settings.timeout_ms))));
        if let Some(login) = &settings.login {
            if settings.security == SmtpSecurity::None && !is_this_machine(&settings.host) {
                return Err(BadMailSettings(
                    "A password for the mail server would travel unprotected. Set its security to tls or starttls."
                        .to_owned(),
                ));
            }
            builder = builder.credentials(Credentials::new(
                login.user.clone(),
                login.password.reveal().clone(),
            ));
        }
        Ok(Self {
            transport: builder.build(),
            from,
            clock,
        })
    }

    fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        mail.check()?;
        let permanent = |error: &dyn fmt::Display| MailError::Permanent(error.to_string());
        let to = mail.to.parse().map_err(|error| permanent(&error))?;
        let since_1970 =
            Duration::from_micros(u64::try_from(self.clock.now().micros()).unwrap_or(0));
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject.as_str())
            .message_id(Some(format!(
                "<{}@{}>",
                mail.message_id,
                self.from.email.domain()
            )))
            .date(UNIX_EPOCH.checked_add(since_1970).unwrap_or(UNIX_EPOCH))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.clone())
            .map_err(|error| permanent(&error))
    }
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpMailer")
    }
}

impl Mailer for SmtpMailer {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), MailError>> {
        async move {
            let message = self.message(mail)?;
            self.transport
                .send(message)
                .await
                .map(drop)
                .map_err(|error| judged(&error))
        }
        .boxed()
    }
}

fn tls(settings: &SmtpSettings) -> Result<Tls, BadMailSettings> {
    let wrap = match settings.security {
        SmtpSecurity::None => return Ok(Tls::None),
        SmtpSecurity::Tls => Tls::Wrapper,
        SmtpSecurity::StartTls => Tls::Required,
    };
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(file) = &settings.extra_ca_file {
        let unusable = |reason: &dyn fmt::Display| {
            BadMailSettings(format!(
                "The mail server's certificate authority {} can't be used: {reason}",
                file.display()
            ))
        };
        let pem = std::fs::read(file).map_err(|error| unusable(&error))?;
        parameters = parameters
            .add_root_certificate(Certificate::from_pem(&pem).map_err(|error| unusable(&error))?);
    }
    let parameters = parameters.build();
    let parameters = parameters.map_err(|error| {
        BadMailSettings(format!(
            "No encrypted connection to the mail server is possible: {error}"
        ))
    })?;
    Ok(wrap(parameters))
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// A refusal is for good, except those that the operator can repair: a wrong
/// login or a missing encryption must not lose the mails of that time.
fn judged(error: &lettre::transport::smtp::Error) -> MailError {
    let code = error.status().map(u16::from);
    match code {
        Some(530 | 534 | 535 | 538) => {
            MailError::Temporary(format!("the mail server refused the login ({error})"))
        }
        Some(_) if error.is_permanent() => MailError::Permanent(error.to_string()),
        Some(_) | None => MailError::Temporary(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> SmtpSettings {
        SmtpSettings {
            host: "mail.example.com".to_owned(),
            port: 25,
            security: SmtpSecurity::None,
            login: None,
            from: "KooGallery <noreply@example.com>".to_owned(),
            extra_ca_file: None,
            timeout_ms: 1_000,
        }
    }

    #[test]
    fn a_password_never_travels_unprotected_to_another_machine() {
        let login = SmtpLogin {
            user: "shop".to_owned(),
            password: Secret::from("canary"),
        };
        let open = SmtpSettings {
            login: Some(login),
            ..settings()
        };
        assert!(SmtpMailer::new(&open, Clock::system()).is_err());
        let near = SmtpSettings {
            host: "127.0.0.1".to_owned(),
            ..open.clone()
        };
        assert!(SmtpMailer::new(&near, Clock::system()).is_ok());
        let closed = SmtpSettings {
            security: SmtpSecurity::StartTls,
            ..open
        };
        assert!(SmtpMailer::new(&closed, Clock::system()).is_ok());
    }

    #[test]
    fn a_senseless_sender_is_told_at_the_start() {
        let settings = SmtpSettings {
            from: "nobody".to_owned(),
            ..settings()
        };
        let error = SmtpMailer::new(&settings, Clock::system()).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("KooGallery <noreply@example.com>")
        );
    }
}
