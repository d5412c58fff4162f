//! Signing up, signing in, and keeping the account one's own.

use accounts::actor::{Caller, STEP_UP_NEEDED};
use accounts::attempt::TOO_MANY_ATTEMPTS;
use accounts::one_time_link::LINK_NOT_VALID;
use accounts::organisation::Role;
use accounts::user::{Language, TOTP_WRONG};
use flows::{PASSWORD_WRONG, ProfileForm, Proof, SIGN_IN_REFUSED, SignInOutcome};
use kernel::fail::NOT_FOUND;

use crate::house::{HOME, House, OTHER, PASSWORD, field, form};

#[tokio::test]
async fn who_signs_up_confirms_the_address_and_then_owns_a_buyers_organisation() {
    let house = House::new().await;
    house.app.sign_up(&form("a@x.example"), HOME).await.unwrap();
    let early = house.sign_in("a@x.example", PASSWORD).await.unwrap();
    assert!(matches!(early, SignInOutcome::NotVerified));
    assert_eq!(house.mails_to("a@x.example").await.len(), 2);
    let token = house.link("a@x.example", "/verify-email").await;
    house.app.verify_email(&token, HOME).await.unwrap();
    let again = house.app.verify_email(&token, HOME).await.unwrap_err();
    assert!(again.is(LINK_NOT_VALID));
    let buyer = house.signed("A@X.example").await.buyer().unwrap();
    assert_eq!(buyer.role(), Role::BuyerOwner);
    assert_eq!(buyer.country().code(), "DE");
}

#[tokio::test]
async fn bad_input_is_told_at_every_field_and_writes_nothing() {
    let house = House::new().await;
    let mut bad = form("nobody");
    (bad.password, bad.country, bad.name) = ("short".into(), "XX".to_owned(), String::new());
    let fail = house.app.sign_up(&bad, HOME).await.unwrap_err();
    let fields: Vec<&str> = fail.field_errors().iter().map(|e| &*e.field).collect();
    assert_eq!(fields, ["email", "name", "country", "password"]);
    assert!(house.mails_to("nobody").await.is_empty());
}

#[tokio::test]
async fn signing_up_with_a_known_address_tells_its_owner_and_nobody_else() {
    let house = House::new().await;
    let before = house.buyer("a@x.example").await;
    let mut stranger = form("A@x.example");
    stranger.password = OTHER.into();
    house.app.sign_up(&stranger, "192.0.2.9").await.unwrap();
    let mails = house.mails_to("a@x.example").await;
    assert!(mails[1].subject.contains("You have an account already"));
    let refused = house.sign_in("a@x.example", OTHER).await.unwrap_err();
    assert!(refused.is(SIGN_IN_REFUSED));
    assert!(house.lives(&before).await);
}

#[tokio::test]
async fn whoever_reads_the_mail_wins_over_whoever_signed_up_first() {
    let house = House::new().await;
    let mut stranger = form("a@x.example");
    stranger.password = OTHER.into();
    house.app.sign_up(&stranger, "192.0.2.9").await.unwrap();
    house.app.sign_up(&form("a@x.example"), HOME).await.unwrap();
    let token = house.link("a@x.example", "/reset-password").await;
    let new = PASSWORD.into();
    house.app.reset_password(&token, &new, HOME).await.unwrap();
    assert!(house.sign_in("a@x.example", OTHER).await.is_err());
    house.signed("a@x.example").await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_refused_alike_until_the_limit() {
    let house = House::new().await;
    house.buyer("a@x.example").await;
    for email in ["a@x.example", "b@x.example"] {
        for _ in 0..10 {
            let fail = house.sign_in(email, OTHER).await.unwrap_err();
            assert!(fail.is(SIGN_IN_REFUSED), "{fail}");
        }
        let fail = house.sign_in(email, PASSWORD).await.unwrap_err();
        assert!(fail.is(TOO_MANY_ATTEMPTS), "{fail}");
    }
    house.bed.clock.advance_seconds(15 * 60);
    house.signed("a@x.example").await;
}

#[tokio::test]
async fn a_reset_is_mailed_to_accounts_alone_and_ends_every_session() {
    let house = House::new().await;
    let before = house.buyer("a@x.example").await;
    for email in ["a@x.example", "b@x.example"] {
        house.app.request_password_reset(email, HOME).await.unwrap();
    }
    assert!(house.mails_to("b@x.example").await.is_empty());
    let token = house.link("a@x.example", "/reset-password").await;
    let weak = "password123".into();
    let fail = house.app.reset_password(&token, &weak, HOME).await;
    assert_eq!(field(&fail.unwrap_err()).0, "new_password");
    let new = OTHER.into();
    house.app.reset_password(&token, &new, HOME).await.unwrap();
    assert!(!house.lives(&before).await);
    let again = house.app.reset_password(&token, &new, HOME).await;
    assert!(again.unwrap_err().is(LINK_NOT_VALID));
    assert!(house.sign_in("a@x.example", PASSWORD).await.is_err());
    assert!(house.sign_in("a@x.example", OTHER).await.is_ok());
}

#[tokio::test]
async fn a_changed_password_keeps_this_session_and_ends_the_others() {
    let house = House::new().await;
    let other = house.buyer("a@x.example").await;
    let here = house.signed("a@x.example").await;
    let (old, new) = (PASSWORD.into(), OTHER.into());
    let fail = house.app.change_password(&here, &new, &new).await;
    assert_eq!(field(&fail.unwrap_err()), ("password", PASSWORD_WRONG));
    house.app.change_password(&here, &old, &new).await.unwrap();
    assert!(house.lives(&here).await);
    assert!(!house.lives(&other).await);
}

#[tokio::test]
async fn a_code_opens_a_waiting_session_once() {
    let house = House::new().await;
    let signed = house.buyer("a@x.example").await;
    let device = house.enrol(&signed).await;
    let mut waiting = Vec::new();
    for _ in 0..2 {
        match house.sign_in("a@x.example", PASSWORD).await {
            Ok(SignInOutcome::NeedsCode(token)) => waiting.push(token),
            other => panic!("{other:?}"),
        }
    }
    assert!(house.caller(&waiting[0]).await.signed().is_err());
    let code = house.code(&device);
    let done = house.app.complete_two_step(&waiting[0], &code, HOME).await;
    assert!(house.caller(&done.unwrap()).await.signed().is_ok());
    let used = house.app.complete_two_step(&waiting[1], &code, HOME).await;
    assert_eq!(field(&used.unwrap_err()), ("code", TOTP_WRONG));
    let gone = house.app.complete_two_step(&waiting[0], &code, HOME).await;
    assert!(gone.unwrap_err().is(kernel::fail::SIGN_IN_FIRST));
}

#[tokio::test]
async fn two_step_verification_goes_only_after_a_fresh_proof() {
    let house = House::new().await;
    let signed = house.buyer("a@x.example").await;
    let device = house.enrol(&signed).await;
    house.bed.clock.advance_seconds(16 * 60);
    let fail = house.app.turn_two_step_off(&signed).await.unwrap_err();
    assert!(fail.is(STEP_UP_NEEDED));
    let proof = Proof::Code(house.code(&device));
    house.app.step_up(&signed, &proof).await.unwrap();
    assert!(house.app.step_up(&signed, &proof).await.is_err());
    let wrong = Proof::Password(OTHER.into());
    let fail = house.app.step_up(&signed, &wrong).await.unwrap_err();
    assert_eq!(field(&fail), ("password", PASSWORD_WRONG));
    let right = Proof::Password(PASSWORD.into());
    house.app.step_up(&signed, &right).await.unwrap();
}

#[tokio::test]
async fn signing_out_ends_one_session_and_signing_out_everywhere_ends_all() {
    let house = House::new().await;
    let first = house.buyer("a@x.example").await;
    let second = house.signed("a@x.example").await;
    let Ok(SignInOutcome::Signed(token)) = house.sign_in("a@x.example", PASSWORD).await else {
        panic!("signed in");
    };
    house.app.sign_out(&token, HOME).await.unwrap();
    house.app.sign_out(&token, HOME).await.unwrap();
    assert!(matches!(house.caller(&token).await, Caller::Nobody));
    let stranger = house.buyer("b@x.example").await;
    let theirs = first.session().token_hash();
    let fail = house.app.end_session(&stranger, theirs).await.unwrap_err();
    assert!(fail.is(NOT_FOUND));
    house.app.end_session(&second, theirs).await.unwrap();
    assert_eq!(house.app.sign_out_everywhere(&second).await.unwrap(), 1);
    assert!(house.lives(&stranger).await);
}

#[tokio::test]
async fn a_profile_keeps_what_was_typed_and_a_language_of_its_own() {
    let house = House::new().await;
    let signed = house.buyer("a@x.example").await;
    let form = ProfileForm {
        name: "Another Name".to_owned(),
        language: "en".to_owned(),
        mobile: "+49 30 123456".to_owned(),
    };
    house.app.edit_profile(&signed, form).await.unwrap();
    house
        .app
        .prefer_language(&signed, Language::Zh)
        .await
        .unwrap();
    let account = house.app.own_account(&signed).await.unwrap();
    assert_eq!(account.name(), "Another Name");
    assert_eq!(account.mobile(), "+49 30 123456");
    assert_eq!(account.language(), Language::Zh);
}
