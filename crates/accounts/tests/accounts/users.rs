use accounts::one_time_link::{self, NewLink, Purpose};
use accounts::session;
use accounts::token::TokenHash;
use accounts::user::{self, EMAIL_NOT_VERIFIED, EMAIL_TAKEN, Email};
use dbtest::{START, db_test};
use kernel::fail::CHANGED_MEANWHILE;
use kernel::{Secret, crypt::KeyRing};

use crate::support::{accounts_policy, caller, new_user, person, sign_in, signed};

db_test! {
    async fn a_user_is_read_as_it_was_stored(bed) {
        let user = person("Buyer@Shop.Example");
        let id = user.id();
        bed.db.write(move |tx| user::insert(tx, &user)).await.unwrap();
        let found = bed.db.read(move |tx| user::load(tx, id)).await.unwrap();
        assert_eq!(found.email().as_str(), "Buyer@Shop.Example");
        assert_eq!((found.name(), found.country().code()), ("Somebody", "DE"));
        assert!(found.require_verified().unwrap_err().is(EMAIL_NOT_VERIFIED));
        assert!(!format!("{found:?}").contains("the first hash"));
    }

    async fn one_address_has_one_account_whatever_its_letter_case(bed) {
        let first = new_user(&bed, "buyer@shop.example").await;
        let twin = person("BUYER@Shop.example");
        let refused = bed.db.write(move |tx| user::insert(tx, &twin)).await.unwrap_err();
        assert_eq!(refused.field_errors()[0].code, EMAIL_TAKEN);
        let email = Email::parse("email", "Buyer@SHOP.example").unwrap();
        let found = bed.db.read(move |tx| user::find_by_email(tx, &email)).await.unwrap();
        assert_eq!(found.unwrap().id(), first);
    }

    async fn what_a_person_edits_and_confirms_is_kept(bed) {
        let id = new_user(&bed, "buyer@shop.example").await;
        bed.db.write(move |tx| {
            let mut user = user::load(tx, id)?;
            user.edit("Somebody Else", "zh", "+49 30 123456")?;
            user.verify_email(START);
            user::save(tx, &mut user)
        }).await.unwrap();
        let found = bed.db.read(move |tx| user::load(tx, id)).await.unwrap();
        assert_eq!((found.name(), found.language().name(), found.mobile()), ("Somebody Else", "zh", "+49 30 123456"));
        assert!(found.require_verified().is_ok());
    }

    async fn of_two_who_save_the_same_user_the_second_is_told(bed) {
        let id = new_user(&bed, "buyer@shop.example").await;
        let stale = bed.db.read(move |tx| user::load(tx, id)).await.unwrap();
        bed.db.write(move |tx| user::save(tx, &mut user::load(tx, id)?)).await.unwrap();
        let late = bed.db.write(move |tx| user::save(tx, &mut stale.clone())).await;
        assert!(late.unwrap_err().is(CHANGED_MEANWHILE));
    }

    async fn a_new_password_ends_the_other_sessions_and_voids_reset_links(bed) {
        let id = new_user(&bed, "buyer@shop.example").await;
        let (kept, other) = (sign_in(&bed, id).await, sign_in(&bed, id).await);
        let keep = kept.clone();
        let token = bed.db.write(move |tx| {
            let mut user = user::load(tx, id)?;
            let link = NewLink { purpose: Purpose::ResetPassword, email: user.email(), user: Some(id), seat: None };
            let token = one_time_link::issue(tx, &link, &accounts_policy(), START)?;
            user::change_password(tx, &mut user, Secret::from("another hash"), Some(&keep), START)?;
            Ok(token)
        }).await.unwrap();
        assert!(signed(&bed, &kept).await.is_ok());
        assert!(signed(&bed, &other).await.is_err());
        let hash = TokenHash::of(token.reveal());
        let used = bed.db.write(move |tx| one_time_link::consume(tx, &hash, Purpose::ResetPassword, START)).await;
        assert!(used.unwrap_err().is(one_time_link::LINK_NOT_VALID));
    }

    async fn a_sign_in_checked_against_an_old_password_is_refused(bed) {
        let id = new_user(&bed, "buyer@shop.example").await;
        let before = bed.db.read(move |tx| user::load(tx, id)).await.unwrap();
        let verified = before.password_hash().unwrap().clone();
        bed.db.write(move |tx| {
            let mut user = user::load(tx, id)?;
            user.confirm_password_unchanged(&verified)?;
            user::change_password(tx, &mut user, Secret::from("another hash"), None, START)
        }).await.unwrap();
        let after = bed.db.read(move |tx| user::load(tx, id)).await.unwrap();
        assert!(after.confirm_password_unchanged(before.password_hash().unwrap()).unwrap_err().is(CHANGED_MEANWHILE));
    }

    async fn a_person_with_two_step_verification_is_let_in_by_the_code_alone(bed) {
        let id = new_user(&bed, "buyer@shop.example").await;
        bed.db.write(move |tx| {
            let mut user = user::load(tx, id)?;
            let ring = KeyRing::generate();
            user::begin_totp(&mut user, &ring)?;
            let secret = user::pending_totp(&user, &ring, "Shop")?.unwrap().secret;
            let code = code_now(secret.reveal());
            user::confirm_totp(&mut user, &ring, &code, START)?;
            user::save(tx, &mut user)
        }).await.unwrap();
        let waiting = sign_in(&bed, id).await;
        assert!(caller(&bed, &waiting).await.waiting().is_ok());
        let old = waiting.clone();
        let token = bed.db.write(move |tx| session::complete_totp(tx, &old, &accounts_policy(), START)).await.unwrap();
        assert!(signed(&bed, &waiting).await.is_err());
        assert_eq!(signed(&bed, &TokenHash::of(token.reveal())).await.unwrap().user(), id);
        let again = bed.db.write(move |tx| session::complete_totp(tx, &waiting, &accounts_policy(), START)).await;
        assert!(again.unwrap_err().is(CHANGED_MEANWHILE));
    }
}

/// What the device shows at the start of the test.
fn code_now(secret_base_32: &str) -> Secret<String> {
    let secret = totp_rs::Secret::try_from_base32(secret_base_32).unwrap();
    let device = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    Secret::new(device.generate(START.seconds().unsigned_abs()).to_string())
}
