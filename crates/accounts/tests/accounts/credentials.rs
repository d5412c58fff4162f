use accounts::actor::{API_SIGNATURE_WRONG, SellerSystem};
use accounts::api_credential;
use accounts::organisation::Kind;
use dbtest::{START, db_test};
use kernel::Who;
use kernel::crypt::KeyRing;
use kernel::fail::NOT_FOUND;

use crate::support::new_organisation;

db_test! {
    async fn a_signed_call_acts_for_the_seller_of_its_credential(bed) {
        let seller = new_organisation(&bed, Kind::Seller).await;
        bed.db.write(move |tx| {
            let ring = KeyRing::generate();
            let made = api_credential::create(tx, &ring, seller, None, START)?;
            assert_eq!((made.access_key().len(), made.reveal(&ring)?.reveal().len()), (20, 40));
            let found = api_credential::find_active(tx, made.access_key())?.unwrap();
            let secret = made.reveal(&ring)?;
            let system = SellerSystem::prove(&found, &ring, "192.0.2.9", |key| key.reveal() == secret.reveal())?;
            assert_eq!((system.organisation(), system.who()), (seller, Who::SELLER_SYSTEM));
            let forged = SellerSystem::prove(&found, &ring, "192.0.2.9", |_| false).unwrap_err();
            assert!(forged.is(API_SIGNATURE_WRONG));
            Ok(())
        }).await.unwrap();
    }

    async fn a_disabled_credential_never_works_again(bed) {
        let (seller, stranger) = (new_organisation(&bed, Kind::Seller).await, new_organisation(&bed, Kind::Seller).await);
        bed.db.write(move |tx| {
            let key = api_credential::create(tx, &KeyRing::generate(), seller, None, START)?.access_key().to_owned();
            assert!(api_credential::disable(tx, stranger, &key, START).unwrap_err().is(NOT_FOUND));
            api_credential::disable(tx, seller, &key, START)?;
            assert!(api_credential::find_active(tx, &key)?.is_none());
            assert!(api_credential::disable(tx, seller, &key, START).is_err());
            assert_eq!(api_credential::list_for_seller(tx, seller)?[0].disabled_at(), Some(START));
            Ok(())
        }).await.unwrap();
    }

    async fn only_sellers_have_credentials(bed) {
        let buyer = new_organisation(&bed, Kind::Buyer).await;
        let made = bed.db.write(move |tx| api_credential::create(tx, &KeyRing::generate(), buyer, None, START)).await;
        assert!(made.unwrap_err().is(NOT_FOUND));
    }
}
