//! The people of the demo: one of each side. They are made by the functions
//! that a sign-up uses; only the mailed link is left out.

use accounts::Country;
use accounts::actor::{BuyerActor, Caller, OperatorActor, authenticate};
use accounts::organisation::{self, Kind, Organisation, Role};
use accounts::session::{self, Visitor};
use accounts::token::TokenHash;
use accounts::user::{self, Email, Person, PersonForm, User};
use flows::{App, SeedReport, TopUpForm};
use kernel::fail::NOT_FOUND;
use kernel::id::UserId;
use kernel::prelude::*;

use super::memory::{Account, Accounts};

const COUNTRY: &str = "SG";
/// The buyer's money, in steps that one operator may record alone.
const STEPS: u32 = 10;
const STEP: &str = "10000.00";

/// Whoever must act while the demo is prepared.
pub(super) struct Actors {
    buyer: BuyerActor,
    operator: OperatorActor,
}

/// Makes the accounts that aren't there yet, and their memberships.
pub(super) async fn ensure(
    app: &App,
    accounts: &Accounts,
    shown: &SeedReport,
) -> Result<Actors, Fail> {
    let buyer = ensure_account(app, &accounts.buyer, "Demo Buyer").await?;
    let seller = ensure_account(app, &accounts.seller, "Demo Seller").await?;
    let operator = ensure_account(app, &accounts.operator, "Demo Operator").await?;
    ensure_organisation(app, buyer, Kind::Buyer, "Demo Company").await?;
    ensure_organisation(app, operator, Kind::Operator, "KooGallery Operator").await?;
    // In this order: who has several organisations acts for the oldest membership.
    for organisation in shown.sellers.iter().map(|seller| seller.organisation) {
        let now = app.now();
        let joined = app.db.write(move |tx| {
            let mine = organisation::memberships_of(tx, seller)?;
            if mine
                .iter()
                .any(|membership| membership.organisation() == organisation)
            {
                return Ok(());
            }
            organisation::join(tx, organisation, seller, Role::SellerOwner, now)
        });
        joined.await?;
    }
    Ok(Actors {
        buyer: caller(app, buyer).await?.signed()?.buyer()?,
        operator: caller(app, operator).await?.signed()?.operator()?,
    })
}

/// Records the buyer's top-ups. Done again after a crash, it goes on.
pub(super) async fn give_balance(app: &App, actors: &Actors) -> Result<(), Fail> {
    for step in 1..=STEPS {
        let form = TopUpForm {
            key: format!("demo-balance-{step}"),
            buyer: actors.buyer.organisation(),
            amount: STEP.to_owned(),
            reference: format!("DEMO-{step:02}"),
        };
        app.record_top_up(&actors.operator, form).await?;
    }
    Ok(())
}

async fn ensure_account(app: &App, account: &Account, name: &'static str) -> Result<UserId, Fail> {
    let email = Email::parse("email", &account.email)?;
    if let Some(known) = app
        .db
        .read(move |tx| user::find_by_email(tx, &email))
        .await?
    {
        return Ok(known.id());
    }
    let password = Secret::new(account.password.clone());
    let hash = tokio::task::spawn_blocking(move || user::hash_password(&password))
        .await
        .map_err(Fail::bug)??;
    let mut fields = Fields::new();
    let form = PersonForm {
        email: &account.email,
        name,
        country: COUNTRY,
        language: "en",
        mobile: "",
    };
    let person = Person::check(&mut fields, &form);
    fields.check()?;
    let person = person.ok_or_else(|| Fail::bug("a checked form gives a person"))?;
    let now = app.now();
    let mut made = User::register(person, Some(hash), now);
    made.verify_email(now);
    let id = made.id();
    app.db.write(move |tx| user::insert(tx, &made)).await?;
    Ok(id)
}

async fn ensure_organisation(
    app: &App,
    user: UserId,
    kind: Kind,
    name: &'static str,
) -> Result<(), Fail> {
    let now = app.now();
    app.db
        .write(move |tx| {
            let mine = organisation::memberships_of(tx, user)?;
            if mine.iter().any(|membership| membership.kind() == kind) {
                return Ok(());
            }
            let country = Country::parse(COUNTRY).ok_or(NOT_FOUND)?;
            let made = Organisation::new(Realm::Live, kind, name, country, now)?;
            organisation::insert(tx, &made)?;
            organisation::join(tx, made.id(), user, kind.owner(), now)
        })
        .await
}

/// Signs a person in for the length of a question, since only a session makes
/// somebody who may act.
async fn caller(app: &App, user: UserId) -> Result<Caller, Fail> {
    let (policy, now) = (app.policy().await?, app.now());
    app.db
        .write(move |tx| {
            let visitor = Visitor {
                address: "127.0.0.1",
                agent: "koogallery demo",
            };
            let person = user::load(tx, user)?;
            let token = session::open(tx, &person, &visitor, &policy.accounts, now)?;
            let hash = TokenHash::of(token.reveal());
            let caller = authenticate(tx, &hash, visitor.address, now, &policy.accounts)?;
            session::end(tx, user, &hash)?;
            Ok(caller)
        })
        .await
}
