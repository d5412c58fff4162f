//! The application on a database of its own, with a postman that keeps copies.

use std::sync::{Arc, Mutex};

use accounts::actor::{Caller, Signed};
use accounts::session::Visitor;
use dbtest::{Bed, Engine};
use flows::{
    App, Catalogue, Keys, Manager, NewcomerForm, Parts, Periods, PolicyBook, SignInOutcome,
    SignUpForm, Site,
};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use gateway::files::Files;
use gateway::live_gate::{BreakerSettings, LiveGate};
use gateway::mail::{Mail, MailError, Mailer};
use gateway::seller_http::{NetworkSettings, SellerHttp};
use kernel::crypt::KeyRing;
use kernel::policy::Policy;
use kernel::prelude::*;

pub(crate) const HOME: &str = "192.0.2.7";
pub(crate) const PASSWORD: &str = "four words of nonsense";
pub(crate) const OTHER: &str = "four words of more nonsense";
pub(crate) const BROWSER: Visitor<'static> = Visitor {
    address: HOME,
    agent: "Test Browser",
};

/// Keeps what was sent; refuses as often as told.
#[derive(Default)]
pub(crate) struct Post {
    sent: Mutex<Vec<Mail>>,
    pub(crate) refusals: Mutex<u32>,
}

impl Mailer for Post {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), MailError>> {
        async move {
            let mut refusals = self.refusals.lock().unwrap();
            if *refusals > 0 {
                *refusals -= 1;
                return Err(MailError::Temporary("try again".to_owned()));
            }
            self.sent.lock().unwrap().push(mail.clone());
            Ok(())
        }
        .boxed()
    }
}

pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) bed: Bed,
    pub(crate) post: Arc<Post>,
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::with(false).await
    }

    pub(crate) async fn with(demo: bool) -> Self {
        let bed = Bed::new(Engine::Sqlite).unwrap();
        let clock = Clock::new(bed.clock.clone());
        let post = Arc::new(Post::default());
        let breaker = BreakerSettings {
            failures: 3,
            open_s: 60,
        };
        let app = App::new(Parts {
            db: bed.db.clone(),
            clock: clock.clone(),
            keys: Keys::new(Arc::new(KeyRing::generate())),
            sellers: SellerHttp::new(NetworkSettings::default(), None).unwrap(),
            live: LiveGate::new(breaker, clock),
            mailer: post.clone(),
            written_mails: None,
            files: Files::memory(),
            catalogue: Catalogue::new(search::Index::in_memory().unwrap()),
            documents: documents::Documents::new(None).unwrap(),
            site: Site {
                brand: "KooGallery".to_owned(),
                public_url: "https://shop.example".to_owned(),
                public_hosts: Vec::new(),
                demo,
            },
            policies: PolicyBook::default(),
            periods: Periods::default(),
        });
        app.ensure_policy(Policy::intl()).await.unwrap();
        Self { app, bed, post }
    }

    /// Sends the mails that are due.
    pub(crate) async fn drain(&self) {
        loop {
            let tasks = self.app.claim_tasks("test", 10).await.unwrap();
            if tasks.is_empty() {
                return;
            }
            for task in tasks {
                self.app.run_task(task).await;
            }
        }
    }

    pub(crate) async fn mails_to(&self, email: &str) -> Vec<Mail> {
        self.drain().await;
        let sent = self.post.sent.lock().unwrap();
        sent.iter()
            .filter(|mail| mail.to == email)
            .cloned()
            .collect()
    }

    /// The token of the latest mail that leads to this page.
    pub(crate) async fn link(&self, email: &str, page: &str) -> Secret<String> {
        let mails = self.mails_to(email).await;
        // Several may have gone out at once: the page tells them apart.
        let mail = mails.iter().rev().find(|mail| mail.text.contains(page));
        token_in(&mail.expect("a mail with the link").text, page)
    }

    /// Somebody who owns a buyer's organisation and may sign in.
    pub(crate) async fn buyer(&self, email: &str) -> Signed {
        self.app.sign_up(&form(email), HOME).await.unwrap();
        let token = self.link(email, "/verify-email").await;
        self.app.verify_email(&token, HOME).await.unwrap();
        self.signed(email).await
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Result<SignInOutcome, Fail> {
        self.app.sign_in(email, &password.into(), &BROWSER).await
    }

    pub(crate) async fn signed(&self, email: &str) -> Signed {
        let Ok(SignInOutcome::Signed(token)) = self.sign_in(email, PASSWORD).await else {
            panic!("{email} can't sign in");
        };
        self.caller(&token).await.signed().unwrap()
    }

    pub(crate) async fn caller(&self, token: &Secret<String>) -> Caller {
        self.app.authenticate(token, HOME).await.unwrap()
    }

    /// Whether a session that was seen before still opens something.
    pub(crate) async fn lives(&self, signed: &Signed) -> bool {
        let open = self.app.sessions(signed).await.unwrap();
        open.iter()
            .any(|one| one.token_hash() == signed.session().token_hash())
    }

    /// Turns two-step verification on and gives the device's secret.
    pub(crate) async fn enrol(&self, signed: &Signed) -> Secret<String> {
        self.app.begin_two_step(signed).await.unwrap();
        let device = self.app.pending_two_step(signed).await.unwrap().unwrap();
        let code = self.code(&device.secret);
        self.app.confirm_two_step(signed, &code).await.unwrap();
        self.bed.clock.advance_seconds(60);
        device.secret
    }

    /// What a device shows now.
    pub(crate) fn code(&self, secret: &Secret<String>) -> Secret<String> {
        let secret = totp_rs::Secret::try_from_base32(secret.reveal()).unwrap();
        let device = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        let now = self.bed.now().seconds().unsigned_abs();
        Secret::new(device.generate(now).to_string())
    }

    /// An operator as the command line makes one.
    pub(crate) async fn operator(&self, email: &str) -> Signed {
        let link = self.app.create_operator(email).await.unwrap();
        let token = token_in(link.reveal(), "https://shop.example/operator-invitation");
        let joined = self
            .app
            .accept_operator_link(&token, &newcomer(), &BROWSER)
            .await;
        let Ok(SignInOutcome::Signed(token)) = joined else {
            panic!("{email} can't become an operator");
        };
        self.caller(&token).await.signed().unwrap()
    }
}

pub(crate) fn token_in(text: &str, page: &str) -> Secret<String> {
    let (before, after) = text.split_once("?token=").expect("a link");
    assert!(before.ends_with(page), "{before}");
    Secret::new(after.split_whitespace().next().unwrap().to_owned())
}

pub(crate) fn form(email: &str) -> SignUpForm {
    SignUpForm {
        email: email.to_owned(),
        password: PASSWORD.into(),
        name: "Some Buyer".to_owned(),
        country: "DE".to_owned(),
        language: "en".to_owned(),
    }
}

pub(crate) fn newcomer() -> NewcomerForm {
    NewcomerForm {
        name: "Some Newcomer".to_owned(),
        country: "CN".to_owned(),
        language: "zh".to_owned(),
        password: PASSWORD.into(),
    }
}

pub(crate) fn manager(signed: &Signed) -> Manager {
    Manager::try_from(&signed.buyer().unwrap()).unwrap()
}

pub(crate) fn field(fail: &Fail) -> (&str, Code) {
    let first = &fail.field_errors()[0];
    (&first.field, first.code)
}
