//! Mail into a folder: for the demo and for machines without a mail server. One
//! file per mail that every mail program opens (RFC 6532: headers and text in
//! plain UTF-8). The name starts with the time, so that names sort by it.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use futures::FutureExt as _;
use futures::future::BoxFuture;
use kernel::{Clock, Timestamp};
use tokio::fs;
use tokio::io::AsyncWriteExt as _;

use super::{Mail, MailError, Mailer};

const SUFFIX: &str = ".eml";
/// Microseconds since 1970 in a name.
const TIME_DIGITS: usize = 16;

/// Writes mails into a folder.
#[derive(Debug, Clone)]
pub struct FolderMailer {
    folder: PathBuf,
    from: String,
    clock: Clock,
}

/// A mail in the folder, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSummary {
    /// Name of its file; what [`FolderMailer::read`] takes.
    pub name: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// The receiver.
    pub to: String,
    /// The subject.
    pub subject: String,
}

/// A mail in the folder.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// All but the text.
    pub summary: MailSummary,
    /// The text, lines separated by `\n`.
    pub text: String,
}

impl fmt::Debug for StoredMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.summary.fmt(f)
    }
}

impl FolderMailer {
    /// Mails go into `folder`, which is made when it isn't there; `from` is the
    /// sender as it stands in the mail.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn new(folder: impl Into<PathBuf>, from: &str, clock: Clock) -> io::Result<Self> {
        let folder = folder.into();
        std::fs::create_dir_all(&folder)?;
        let from = from
            .chars()
            .filter(|character| !character.is_control())
            .collect();
        Ok(Self {
            folder,
            from,
            clock,
        })
    }

    /// At most `limit` mails, the latest first; with `before`, those older than the
    /// mail of that name.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub async fn list(&self, limit: usize, before: Option<&str>) -> io::Result<Vec<MailSummary>> {
        let mut names = Vec::new();
        let mut entries = fs::read_dir(&self.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            if let Ok(name) = entry.file_name().into_string()
                && time_of(&name).is_some()
                && before.is_none_or(|before| name.as_str() < before)
            {
                names.push(name);
            }
        }
        names.sort_unstable_by(|one, other| other.cmp(one));
        let mut summaries = Vec::new();
        for name in names.into_iter().take(limit) {
            summaries.extend(self.read(&name).await?.map(|mail| mail.summary));
        }
        Ok(summaries)
    }

    /// One mail; `None` when the name isn't one of this folder.
    ///
    /// # Errors
    /// When the file is there but can't be read.
    pub async fn read(&self, name: &str) -> io::Result<Option<StoredMail>> {
        let Some(written_at) = time_of(name) else {
            return Ok(None);
        };
        match fs::read_to_string(self.folder.join(name)).await {
            Ok(file) => Ok(Some(parsed(name, written_at, &file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn write(&self, mail: &Mail) -> io::Result<()> {
        let now = self.clock.now();
        let name = format!(
            "{:0TIME_DIGITS$}-{}{SUFFIX}",
            now.micros().max(0),
            mail.message_id
        );
        // Readers know names with the suffix only, so they never see half a mail.
        let unfinished = self.folder.join(format!("{name}.part"));
        let mut file = fs::File::create(&unfinished).await?;
        file.write_all(self.written(mail, now).as_bytes()).await?;
        file.sync_all().await?;
        fs::rename(&unfinished, self.folder.join(&name)).await?;
        sync_folder(&self.folder).await
    }

    fn written(&self, mail: &Mail, now: Timestamp) -> String {
        let date = now.format_utc("%a, %d %b %Y %H:%M:%S +0000");
        format!(
            "From: {}\nTo: {}\nSubject: {}\nDate: {date}\nMessage-ID: <{}@localhost>\nMIME-Version: 1.0\n\
             Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}",
            self.from, mail.to, mail.subject, mail.message_id, mail.text
        )
    }
}

impl Mailer for FolderMailer {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), MailError>> {
        async move {
            mail.check()?;
            let written = self.write(mail).await;
            written.map_err(|error| {
                MailError::Temporary(format!("the mail folder can't be written: {error}"))
            })
        }
        .boxed()
    }
}

/// A rename lasts only when its folder is on the disk too.
async fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        fs::File::open(folder).await?.sync_all().await
    } else {
        Ok(())
    }
}

/// The time in the name of a mail. `None` for every other name: this is also what
/// keeps a name that a browser sent inside the folder.
fn time_of(name: &str) -> Option<Timestamp> {
    let (time, id) = name.strip_suffix(SUFFIX)?.split_once('-')?;
    let digits = time.len() == TIME_DIGITS && time.bytes().all(|byte| byte.is_ascii_digit());
    let plain = !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if digits && plain {
        time.parse().ok().map(Timestamp::from_micros)
    } else {
        None
    }
}

fn parsed(name: &str, written_at: Timestamp, file: &str) -> StoredMail {
    let (headers, text) = file.split_once("\n\n").unwrap_or((file, ""));
    let header = |wanted: &str| {
        let of_line = |line: &str| {
            line.strip_prefix(wanted)?
                .strip_prefix(": ")
                .map(str::to_owned)
        };
        headers.lines().find_map(of_line).unwrap_or_default()
    };
    let summary = MailSummary {
        name: name.to_owned(),
        written_at,
        to: header("To"),
        subject: header("Subject"),
    };
    StoredMail {
        summary,
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::clock::ManualClock;

    use super::*;

    struct Scene {
        folder: tempfile::TempDir,
        clock: Arc<ManualClock>,
        mailer: FolderMailer,
    }

    fn scene() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(Timestamp::from_seconds(1_767_225_600));
        let from = "KooGallery <noreply@example.com>";
        let mailer =
            FolderMailer::new(folder.path().join("mail"), from, Clock::new(clock.clone())).unwrap();
        Scene {
            folder,
            clock,
            mailer,
        }
    }

    fn mail(id: &str) -> Mail {
        Mail {
            to: "buyer@example.com".to_owned(),
            subject: "您的订单已支付".to_owned(),
            text: "Line one\n\n第二行\n".to_owned(),
            message_id: id.to_owned(),
        }
    }

    #[tokio::test]
    async fn a_mail_is_read_as_it_was_written() {
        let scene = scene();
        scene.mailer.send(&mail("tsk_1")).await.unwrap();
        let listed = scene.mailer.list(10, None).await.unwrap();
        let stored = scene.mailer.read(&listed[0].name).await.unwrap().unwrap();
        assert_eq!(stored.summary, listed[0]);
        assert_eq!(stored.summary.to, "buyer@example.com");
        assert_eq!(stored.summary.subject, "您的订单已支付");
        assert_eq!(
            stored.summary.written_at,
            Timestamp::from_seconds(1_767_225_600)
        );
        assert_eq!(stored.text, "Line one\n\n第二行\n");
    }

    #[tokio::test]
    async fn the_latest_mail_stands_first_and_pages_go_back() {
        let scene = scene();
        for id in ["a", "b", "c"] {
            scene.mailer.send(&mail(id)).await.unwrap();
            scene.clock.advance_seconds(1);
        }
        let first = scene.mailer.list(2, None).await.unwrap();
        assert!(first[0].name.ends_with("-c.eml") && first[1].name.ends_with("-b.eml"));
        let rest = scene.mailer.list(2, Some(&first[1].name)).await.unwrap();
        assert!(rest.len() == 1 && rest[0].name.ends_with("-a.eml"));
    }

    #[tokio::test]
    async fn no_name_leads_out_of_the_folder() {
        let scene = scene();
        let outside = scene.folder.path().join("1767225600000000-secret.eml");
        std::fs::write(outside, "Subject: secret\n\nsecret").unwrap();
        for name in [
            "../1767225600000000-secret.eml",
            "1767225600000000-../1767225600000000-secret.eml",
            "..",
            "",
            "secret.eml",
            "1767225600000000-.eml",
            "1767225600000000-secret.eml",
        ] {
            assert_eq!(scene.mailer.read(name).await.unwrap(), None, "{name}");
        }
    }

    #[tokio::test]
    async fn an_unfinished_file_is_no_mail() {
        let scene = scene();
        let half = scene
            .folder
            .path()
            .join("mail/1767225600000000-tsk_1.eml.part");
        std::fs::write(half, "Subject: ha").unwrap();
        assert_eq!(scene.mailer.list(10, None).await.unwrap(), []);
    }

    #[tokio::test]
    async fn a_mail_that_would_forge_a_header_is_refused_for_good() {
        let scene = scene();
        let forged = Mail {
            subject: "Hello\nBcc: all@example.com".to_owned(),
            ..mail("a")
        };
        assert!(!scene.mailer.send(&forged).await.unwrap_err().is_temporary());
        let receiver = Mail {
            to: "a@example.com\nBcc: b@example.com".to_owned(),
            ..mail("a")
        };
        assert!(
            !scene
                .mailer
                .send(&receiver)
                .await
                .unwrap_err()
                .is_temporary()
        );
        let id = Mail {
            message_id: "../../x".to_owned(),
            ..mail("a")
        };
        assert!(!scene.mailer.send(&id).await.unwrap_err().is_temporary());
    }
}
