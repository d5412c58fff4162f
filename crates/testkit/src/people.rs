//! People who act. Only a session makes somebody who may act, so each gets one.

use accounts::Country;
use accounts::actor::{BuyerActor, OperatorActor, SellerActor, Signed, authenticate};
use accounts::organisation::{self, Kind, Organisation};
use accounts::seller;
use accounts::session::{self, Visitor};
use accounts::token::TokenHash;
use accounts::user::{self, Person, PersonForm, User};
use flows::TopUpForm;
use kernel::id::{OrganisationId, UserId};
use kernel::prelude::*;

use crate::TestApp;

/// Where everybody comes from.
const VISITOR: Visitor<'_> = Visitor {
    address: "192.0.2.1",
    agent: "test",
};

impl TestApp {
    /// A buyer with so much money, for example `"500.00"`.
    pub async fn buyer_with_balance(&self, amount: &str) -> BuyerActor {
        let organisation = self.organisation(Kind::Buyer).await;
        let buyer = self.member(organisation, "buyer").await.buyer().unwrap();
        let operator = self.operator().await;
        let form = TopUpForm {
            key: kernel::random::uuid(),
            buyer: organisation,
            amount: amount.to_owned(),
            reference: kernel::random::upper_alnum(12),
        };
        self.record_top_up(&operator, form).await.unwrap();
        buyer
    }

    /// An operator who may do everything.
    pub async fn operator(&self) -> OperatorActor {
        let organisation = self.organisation(Kind::Operator).await;
        self.member(organisation, "operator")
            .await
            .operator()
            .unwrap()
    }

    /// An owner of the seller of all [`Goods`](crate::Goods).
    pub async fn seller_owner(&self) -> SellerActor {
        let found = self
            .db
            .read(|tx| seller::find_by_slug(tx, "test-seller"))
            .await
            .unwrap();
        let organisation = found.expect("something is on sale").organisation();
        self.member(organisation, "seller").await.seller().unwrap()
    }

    /// What the cookie of a freshly signed-in person holds.
    pub async fn session_of(&self, user: UserId) -> Secret<String> {
        let (policy, now) = (self.policy().await.unwrap(), self.now());
        let opened = self.db.write(move |tx| {
            let person = user::load(tx, user)?;
            session::open(tx, &person, &VISITOR, &policy.accounts, now)
        });
        opened.await.unwrap()
    }

    async fn organisation(&self, kind: Kind) -> OrganisationId {
        let now = self.now();
        let country = Country::parse("SG").unwrap();
        let made = Organisation::new(Realm::Live, kind, "Test Organisation", country, now).unwrap();
        let id = made.id();
        self.db
            .write(move |tx| organisation::insert(tx, &made))
            .await
            .unwrap();
        id
    }

    async fn member(&self, organisation: OrganisationId, role: &str) -> Signed {
        let policy = self.policy().await.unwrap();
        let name = kernel::random::upper_alnum(12).to_lowercase();
        let (email, now) = (format!("{role}-{name}@people.example"), self.now());
        let caller = self.db.write(move |tx| {
            let form = PersonForm {
                email: &email,
                name: "Test Person",
                country: "SG",
                language: "en",
                mobile: "",
            };
            let mut fields = Fields::new();
            let person = Person::check(&mut fields, &form).expect("a form without trouble");
            let mut made = User::register(person, None, now);
            made.verify_email(now);
            user::insert(tx, &made)?;
            let owner = organisation::find_any(tx, organisation)?.kind().owner();
            organisation::join(tx, organisation, made.id(), owner, now)?;
            let token = session::open(tx, &made, &VISITOR, &policy.accounts, now)?;
            authenticate(
                tx,
                &TokenHash::of(token.reveal()),
                VISITOR.address,
                now,
                &policy.accounts,
            )
        });
        caller.await.unwrap().signed().unwrap()
    }
}
