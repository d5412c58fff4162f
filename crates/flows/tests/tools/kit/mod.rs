//! A small market on a real database: two buyers, two sellers, an operator and
//! products, made by the same functions as the program's. The tests of the
//! open APIs use it too.
#![allow(
    dead_code,
    reason = "each of the test programs that share it needs another part"
)]

mod wares;

use std::sync::Arc;

use accounts::Country;
use accounts::actor::{BuyerActor, OperatorActor, SellerActor, Signed, authenticate};
use accounts::agreement::{self, AgreementForm};
use accounts::interface_address::{self, BaseUrl, BodySign, InterfaceAddress, Transport};
use accounts::organisation::{self, Kind, Organisation};
use accounts::seller::{self, ProfileForm, SellerProfile};
use accounts::session::{self, Visitor};
use accounts::token::TokenHash;
use accounts::user::{self, Person, PersonForm, User};
use catalog::category::{self, Category};
use catalog::offer::Selection;
use catalog::product::{self, Product};
use catalog::release::{ContentDraft, ProductContent, UserAuthorization, release_version};
use catalog::stock;
use dbtest::Bed;
use documents::Documents;
use flows::{App, Catalogue, Keys, OrderForm, Parts, Periods, PolicyBook, Site, TopUpForm};
use gateway::files::Files;
use gateway::live_gate::{BreakerSettings, LiveGate};
use gateway::mail::FolderMailer;
use gateway::seller_http::{NetworkSettings, SellerHttp};
use kernel::crypt::KeyRing;
use kernel::field::Fields;
use kernel::id::{OrderId, OrganisationId};
use kernel::policy::Policy;
use kernel::prelude::*;
use ordering::order::{self, Order};
use search::Index;

pub(crate) use wares::{CRM, GUIDED, MAIL_ONLY, PLAIN, once, three_months};
use wares::{draft, word};

/// The site's own name.
pub(crate) const HOST: &str = "koogallery.example";
/// Another name of the open APIs.
pub(crate) const API_HOST: &str = "mkt.example.com";
const VISITOR: Visitor<'static> = Visitor {
    address: "192.0.2.7",
    agent: "Test Browser",
};

/// The market.
pub(crate) struct Market {
    pub(crate) app: App,
    pub(crate) bed: Bed,
    pub(crate) buyer: Signed,
    pub(crate) other_buyer: Signed,
    pub(crate) seller: Signed,
    pub(crate) other_seller: Signed,
    pub(crate) operator: Signed,
    _mails: tempfile::TempDir,
}

impl Market {
    /// Opens it in a fresh database.
    pub(crate) async fn open(bed: Bed) -> Self {
        Self::open_as(bed, true).await
    }

    pub(crate) async fn open_as(bed: Bed, demo: bool) -> Self {
        let mails = tempfile::tempdir().unwrap();
        let app = app(&bed, mails.path(), demo);
        let mut policy = Policy::intl();
        policy.accounts.operators_need_totp = false;
        app.ensure_policy(policy).await.unwrap();
        let market = Self {
            buyer: person(&bed, Kind::Buyer, "buyer@example.com").await,
            other_buyer: person(&bed, Kind::Buyer, "other-buyer@example.com").await,
            seller: person(&bed, Kind::Seller, "seller@example.com").await,
            other_seller: person(&bed, Kind::Seller, "other-seller@example.com").await,
            operator: person(&bed, Kind::Operator, "operator@example.com").await,
            app,
            bed,
            _mails: mails,
        };
        market.fill_shop().await;
        market
    }

    pub(crate) fn buyer(&self) -> BuyerActor {
        self.buyer.buyer().unwrap()
    }
    pub(crate) fn other_buyer(&self) -> BuyerActor {
        self.other_buyer.buyer().unwrap()
    }
    pub(crate) fn seller(&self) -> SellerActor {
        self.seller.seller().unwrap()
    }
    pub(crate) fn other_seller(&self) -> SellerActor {
        self.other_seller.seller().unwrap()
    }
    pub(crate) fn operator(&self) -> OperatorActor {
        self.operator.operator().unwrap()
    }

    /// Later by so many minutes, with everything done that was due meanwhile.
    pub(crate) async fn pass_minutes(&self, minutes: i64) {
        self.bed.clock.advance_seconds(minutes * 60);
        self.drain().await;
    }

    /// Does all tasks that are due.
    pub(crate) async fn drain(&self) {
        loop {
            self.app.tick().await.unwrap();
            let due = self.app.claim_tasks("test", 50).await.unwrap();
            if due.is_empty() {
                return;
            }
            for task in due {
                self.app.run_task(task).await;
            }
        }
    }

    /// Submits an order.
    pub(crate) async fn order(&self, slug: &str, selection: Selection) -> Order {
        let checkout = self
            .app
            .checkout(&self.buyer(), slug, selection.clone())
            .await
            .unwrap();
        let agreements = checkout.agreements.iter().map(|one| one.id.to_string());
        let form = OrderForm {
            key: kernel::random::uuid(),
            slug: slug.to_owned(),
            selection,
            digest: checkout.digest.clone(),
            agreements: agreements.collect(),
            contact_consent: true,
            extension_values: vec![("domain".to_owned(), "acme.example.com".to_owned())],
        };
        let id = self.app.place_order(&self.buyer(), form).await.unwrap();
        self.bed
            .db
            .read(move |tx| order::find_any(tx, id))
            .await
            .unwrap()
    }

    /// Submits an order and pays it.
    pub(crate) async fn paid(&self, slug: &str, selection: Selection) -> Order {
        let order = self.order(slug, selection).await;
        self.pay(order.id()).await;
        order
    }

    /// Pays an order from a fresh top-up.
    pub(crate) async fn pay(&self, order: OrderId) {
        let form = TopUpForm {
            key: kernel::random::uuid(),
            buyer: self.buyer().organisation(),
            amount: "5000.00".to_owned(),
            reference: kernel::random::uuid(),
        };
        self.app
            .record_top_up(&self.operator(), form)
            .await
            .unwrap();
        self.app
            .pay_from_balance(&self.buyer(), order)
            .await
            .unwrap();
    }

    async fn fill_shop(&self) {
        let (seller, now) = (self.seller().organisation(), self.bed.now());
        self.profile(seller, "tidewrack", "Tidewrack").await;
        let other = self.other_seller().organisation();
        self.profile(other, "driftwood", "Driftwood").await;
        let address = self
            .bed
            .db
            .write(move |tx| {
                // Nobody may be called there, so no test leaves the machine.
                let url = BaseUrl::parse("https://127.0.0.1:9", Transport::HttpsOnly)?;
                let mut address =
                    InterfaceAddress::new(seller, url, BodySign::VerifyIfPresent, now);
                interface_address::insert(tx, &address)?;
                let why = "a test's own";
                interface_address::verified_by_operator(tx, &mut address, Who::SYSTEM, why, now)?;
                let form = AgreementForm {
                    code: "user-agreement",
                    title: "User agreement",
                    title_zh: "",
                    body: "Be fair.",
                    seller: None,
                };
                agreement::publish(tx, &form, now)?;
                let category = Category::new("crm", 1, word("CRM"), word("Win customers."))?;
                category::store::upsert(tx, &category)?;
                Ok(address.id().to_string())
            })
            .await
            .unwrap();
        let basic = accounts::access_key::InterfaceType::Basic;
        self.app
            .add_access_key(&self.seller(), basic)
            .await
            .unwrap();
        let asks = |mobile, email, user_name| UserAuthorization {
            mobile,
            email,
            user_name,
        };
        for (slug, asked, supervised) in [
            (CRM, asks(true, true, true), false),
            (MAIL_ONLY, asks(false, true, false), false),
            (PLAIN, asks(false, false, false), false),
            (GUIDED, asks(false, false, false), true),
        ] {
            self.release(slug, draft(&address, asked, supervised)).await;
        }
    }

    async fn profile(&self, seller: OrganisationId, slug: &'static str, name: &'static str) {
        let made = move |tx: &db::Tx<'_>| {
            let form = ProfileForm {
                slug,
                name,
                name_zh: "",
                hotline: "+65 1",
                email: "help@example.com",
                support_hours: "09:00-18:00",
                about: "",
            };
            seller::insert(tx, &SellerProfile::new(seller, &form)?)
        };
        self.bed.db.write(made).await.unwrap();
    }

    async fn release(&self, slug: &'static str, draft: ContentDraft) {
        let (seller, now) = (self.seller().organisation(), self.bed.now());
        let content = ProductContent::new(draft).unwrap();
        self.bed
            .db
            .write(move |tx| {
                let product = Product::draft(seller, Realm::Live, slug, "crm", false, now)?;
                product::store::insert(tx, &product)?;
                let product = release_version(tx, &product, &content, None, now)?.product;
                product::store::save(tx, &product, &product.list(now, Who::SYSTEM)?)?;
                stock::fill(tx, product.id(), 100)
            })
            .await
            .unwrap();
    }
}

fn app(bed: &Bed, mails: &std::path::Path, demo: bool) -> App {
    let clock = Clock::new(bed.clock.clone());
    let breaker = BreakerSettings {
        failures: 3,
        open_s: 60,
    };
    let folder = FolderMailer::new(mails, "noreply@example.com", clock.clone()).unwrap();
    App::new(Parts {
        db: bed.db.clone(),
        keys: Keys::new(Arc::new(KeyRing::generate())),
        sellers: SellerHttp::new(NetworkSettings::default(), None).unwrap(),
        live: LiveGate::new(breaker, clock.clone()),
        mailer: Arc::new(folder.clone()),
        written_mails: Some(folder),
        files: Files::memory(),
        catalogue: Catalogue::new(Index::in_memory().unwrap()),
        documents: Documents::new(None).unwrap(),
        site: Site {
            brand: "KooGallery".to_owned(),
            public_url: format!("https://{HOST}"),
            public_hosts: vec![API_HOST.to_owned()],
            demo,
        },
        policies: PolicyBook::default(),
        periods: Periods::default(),
        clock,
    })
}

/// The signed-in owner of a new organisation.
async fn person(bed: &Bed, kind: Kind, email: &'static str) -> Signed {
    let now = bed.now();
    let mut policy = Policy::intl().accounts;
    policy.operators_need_totp = false;
    let opened = policy.clone();
    let token = bed
        .db
        .write(move |tx| {
            let form = PersonForm {
                email,
                name: email.split('@').next().unwrap_or_default(),
                country: "SG",
                language: "en",
                mobile: "+65 555 0100",
            };
            let person = Person::check(&mut Fields::new(), &form).unwrap();
            let mut user = User::register(person, Some(Secret::from("a hash")), now);
            user.verify_email(now);
            user::insert(tx, &user)?;
            let country = Country::parse("SG").unwrap();
            let organisation = Organisation::new(Realm::Live, kind, email, country, now)?;
            organisation::insert(tx, &organisation)?;
            organisation::join(tx, organisation.id(), user.id(), kind.owner(), now)?;
            session::open(tx, &user, &VISITOR, &opened, now)
        })
        .await
        .unwrap();
    let token = TokenHash::of(token.reveal());
    let caller = bed
        .db
        .read(move |tx| authenticate(tx, &token, VISITOR.address, now, &policy))
        .await
        .unwrap();
    caller.signed().unwrap()
}
