//! Short forms for what many tests need.

use accounts::Country;
use accounts::actor::{Caller, Signed, authenticate};
use accounts::organisation::{self, Kind, Organisation};
use accounts::session::{self, Visitor};
use accounts::token::TokenHash;
use accounts::user::{self, Person, PersonForm, User};
use dbtest::{Bed, START};
use kernel::field::Fields;
use kernel::id::{OrganisationId, UserId};
use kernel::policy::{Accounts, Policy};
use kernel::{Fail, Realm, Secret, Timestamp};

pub(crate) const VISITOR: Visitor<'static> = Visitor {
    address: "192.0.2.7",
    agent: "Test Browser",
};

pub(crate) fn accounts_policy() -> Accounts {
    Policy::intl().accounts
}

/// A user whose hash stands for a password; hashing is tested elsewhere.
pub(crate) fn person(email: &str) -> User {
    let form = PersonForm {
        email,
        name: "Somebody",
        country: "DE",
        language: "en",
        mobile: "",
    };
    let person = Person::check(&mut Fields::new(), &form).unwrap();
    User::register(person, Some(Secret::from("the first hash")), START)
}

pub(crate) async fn new_user(bed: &Bed, email: &str) -> UserId {
    let user = person(email);
    let id = user.id();
    bed.db
        .write(move |tx| user::insert(tx, &user))
        .await
        .unwrap();
    id
}

pub(crate) async fn new_organisation(bed: &Bed, kind: Kind) -> OrganisationId {
    let germany = Country::parse("DE").unwrap();
    let organisation =
        Organisation::new(Realm::Live, kind, "Some Organisation", germany, START).unwrap();
    let id = organisation.id();
    bed.db
        .write(move |tx| organisation::insert(tx, &organisation))
        .await
        .unwrap();
    id
}

/// A user who owns a new organisation.
pub(crate) async fn owner(bed: &Bed, kind: Kind, email: &str) -> (UserId, OrganisationId) {
    let (user, organisation) = (
        new_user(bed, email).await,
        new_organisation(bed, kind).await,
    );
    bed.db
        .write(move |tx| organisation::join(tx, organisation, user, kind.owner(), START))
        .await
        .unwrap();
    (user, organisation)
}

/// Signs in and gives the name of the session.
pub(crate) async fn sign_in(bed: &Bed, id: UserId) -> TokenHash {
    let now = bed.now();
    let open = move |tx: &db::Tx<'_>| {
        session::open(tx, &user::load(tx, id)?, &VISITOR, &accounts_policy(), now)
    };
    TokenHash::of(bed.db.write(open).await.unwrap().reveal())
}

pub(crate) async fn caller(bed: &Bed, session: &TokenHash) -> Caller {
    caller_under(bed, session, accounts_policy()).await
}

pub(crate) async fn caller_under(bed: &Bed, session: &TokenHash, policy: Accounts) -> Caller {
    let (session, now) = (session.clone(), bed.now());
    bed.db
        .read(move |tx| authenticate(tx, &session, VISITOR.address, now, &policy))
        .await
        .unwrap()
}

pub(crate) async fn signed(bed: &Bed, session: &TokenHash) -> Result<Signed, Fail> {
    caller(bed, session).await.signed()
}

/// Later by so many seconds.
pub(crate) fn advance(bed: &Bed, seconds: i64) -> Timestamp {
    bed.clock.advance_seconds(seconds);
    bed.now()
}
