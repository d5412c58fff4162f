//! Mail by SMTP, against a small mail server on this machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at anything unexpected"
)]

mod authority;

use std::net::Ipv4Addr;

use authority::Authority;
use gateway::mail::{Mail, MailError, Mailer, SmtpLogin, SmtpMailer, SmtpSecurity, SmtpSettings};
use kernel::clock::ManualClock;
use kernel::{Clock, Secret, Timestamp};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What the mail server answers instead of "fine" to lines that start with this.
#[derive(Clone, Copy)]
struct Objection {
    to: &'static str,
    answer: &'static str,
}

/// Serves one connection and gives all lines that it got.
async fn mail_server(objection: Option<Objection>) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        converse(stream, objection).await
    });
    (port, served)
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite,
    objection: Option<Objection>,
) -> Vec<String> {
    let (reader, mut writer) = tokio::io::split(stream);
    let mut lines = BufReader::new(reader).lines();
    let mut got = Vec::new();
    let mut in_data = false;
    writer.write_all(b"220 ready\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let objected = objection.filter(|objection| !in_data && line.starts_with(objection.to));
        let answer = match line.as_str() {
            _ if objected.is_some() => objected.unwrap().answer,
            "." => "250 taken",
            _ if in_data => "",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            text if text.starts_with("EHLO") => "250-here\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            text if text.starts_with("AUTH") => "235 welcome",
            _ => "250 fine",
        };
        in_data = (in_data || line == "DATA") && line != ".";
        got.push(line);
        if !answer.is_empty() {
            writer
                .write_all(format!("{answer}\r\n").as_bytes())
                .await
                .unwrap();
        }
    }
    got
}

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: SmtpSecurity::None,
        login: None,
        from: "KooGallery <noreply@example.com>".to_owned(),
        extra_ca_file: None,
        timeout_ms: 10_000,
    }
}

fn mailer(settings: &SmtpSettings) -> SmtpMailer {
    let clock = ManualClock::new(Timestamp::from_seconds(1_767_225_600));
    SmtpMailer::new(settings, Clock::new(clock)).unwrap()
}

fn mail() -> Mail {
    Mail {
        to: "buyer@example.com".to_owned(),
        subject: "Order paid 已支付".to_owned(),
        text: "Your order is paid.\n.\nThank you.\n".to_owned(),
        message_id: "tsk_1".to_owned(),
    }
}

async fn refused_with(to: &'static str, answer: &'static str) -> MailError {
    let (port, _served) = mail_server(Some(Objection { to, answer })).await;
    let login = to.starts_with("AUTH").then(|| SmtpLogin {
        user: "shop".to_owned(),
        password: Secret::from("canary"),
    });
    mailer(&SmtpSettings {
        login,
        ..settings(port)
    })
    .send(&mail())
    .await
    .unwrap_err()
}

#[tokio::test]
async fn a_mail_arrives_whole_with_a_steady_id() {
    let (port, served) = mail_server(None).await;
    mailer(&settings(port)).send(&mail()).await.unwrap();
    let lines = served.await.unwrap();
    for expected in [
        "EHLO example.com",
        "MAIL FROM:<noreply@example.com>",
        "RCPT TO:<buyer@example.com>",
        "From: KooGallery <noreply@example.com>",
        "To: buyer@example.com",
        "Message-ID: <tsk_1@example.com>",
        "Date: Thu, 01 Jan 2026 00:00:00 +0000",
        "Content-Type: text/plain; charset=utf-8",
        "Your order is paid.",
        // A line of one dot would end the mail, so it is sent doubled.
        "..",
        "Thank you.",
    ] {
        assert!(
            lines.iter().any(|line| line == expected),
            "{expected} is not in {lines:#?}"
        );
    }
}

#[tokio::test]
async fn the_login_is_sent_where_one_is_set() {
    let (port, served) = mail_server(None).await;
    let login = SmtpLogin {
        user: "shop".to_owned(),
        password: Secret::from("canary"),
    };
    mailer(&SmtpSettings {
        login: Some(login),
        ..settings(port)
    })
    .send(&mail())
    .await
    .unwrap();
    // base64 of "\0shop\0canary"
    assert!(
        served
            .await
            .unwrap()
            .iter()
            .any(|line| line == "AUTH PLAIN AHNob3AAY2FuYXJ5")
    );
}

#[tokio::test]
async fn a_receiver_that_does_not_exist_is_refused_for_good() {
    let error = refused_with("RCPT", "550 no such mailbox").await;
    assert!(!error.is_temporary(), "{error:?}");
}

#[tokio::test]
async fn a_busy_server_and_a_wrong_login_lose_no_mail() {
    assert!(refused_with("RCPT", "451 try later").await.is_temporary());
    let login = refused_with("AUTH", "535 wrong password").await;
    assert!(login.is_temporary());
    assert!(!format!("{login} {login:?}").contains("canary"));
}

#[tokio::test]
async fn a_server_that_is_away_is_temporary() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = mailer(&settings(port)).send(&mail()).await.unwrap_err();
    assert!(error.is_temporary());
}

#[tokio::test]
async fn nothing_is_sent_when_the_server_offers_no_encryption() {
    let (port, served) = mail_server(None).await;
    let settings = SmtpSettings {
        security: SmtpSecurity::StartTls,
        ..settings(port)
    };
    assert!(
        mailer(&settings)
            .send(&mail())
            .await
            .unwrap_err()
            .is_temporary()
    );
    assert!(
        !served
            .await
            .unwrap()
            .iter()
            .any(|line| line.starts_with("MAIL"))
    );
}

#[tokio::test]
async fn an_encrypted_server_is_believed_only_with_a_trusted_certificate() {
    let authority = Authority::new();
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, authority.pem()).unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = authority.acceptor("localhost");
    let served = tokio::spawn(async move {
        let (untrusted, _) = listener.accept().await.unwrap();
        assert!(acceptor.accept(untrusted).await.is_err());
        let (trusted, _) = listener.accept().await.unwrap();
        converse(acceptor.accept(trusted).await.unwrap(), None).await
    });

    let secure = SmtpSettings {
        host: "localhost".to_owned(),
        security: SmtpSecurity::Tls,
        ..settings(port)
    };
    assert!(
        mailer(&secure)
            .send(&mail())
            .await
            .unwrap_err()
            .is_temporary()
    );
    let trusting = SmtpSettings {
        extra_ca_file: Some(ca_file),
        ..secure
    };
    mailer(&trusting).send(&mail()).await.unwrap();
    assert!(
        served
            .await
            .unwrap()
            .iter()
            .any(|line| line == "Thank you.")
    );
}
