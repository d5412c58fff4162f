use std::sync::Arc;

use accounts::access_key::{self, InterfaceType};
use accounts::canary::{self, KEY_CANARY_MISSING, KEY_RING_WRONG};
use accounts::organisation::Kind;
use accounts::{api_credential, user};
use dbtest::{Bed, START, db_test};
use kernel::Fail;
use kernel::crypt::KeyRing;
use kernel::id::OrganisationId;

use crate::support::{new_organisation, new_user};

async fn check(bed: &Bed, ring: &Arc<KeyRing>) -> Result<(), Fail> {
    let ring = ring.clone();
    bed.db
        .write(move |tx| canary::check_or_create(tx, &ring))
        .await
}

/// A seller with 120 keys in all, more than a page of a rotation.
async fn seal_much(bed: &Bed, ring: &Arc<KeyRing>) -> OrganisationId {
    let seller = new_organisation(bed, Kind::Seller).await;
    let ring = ring.clone();
    bed.db
        .write(move |tx| {
            access_key::add(tx, &ring, seller, InterfaceType::Basic, None, START)?;
            for _ in 0..120 {
                api_credential::create(tx, &ring, seller, None, START)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    seller
}

async fn rotate(bed: &Bed, ring: &Arc<KeyRing>) -> usize {
    let mut after: Option<String> = None;
    let mut pages = 0;
    loop {
        let ring = ring.clone();
        after = bed
            .db
            .write(move |tx| accounts::rotate_page(tx, &ring, after.as_deref()))
            .await
            .unwrap();
        pages += 1;
        if after.is_none() {
            return pages;
        }
    }
}

db_test! {
    async fn the_same_ring_starts_again_and_another_is_refused(bed) {
        let ring = Arc::new(KeyRing::generate());
        check(&bed, &ring).await.unwrap();
        check(&bed, &ring).await.unwrap();
        let other = Arc::new(KeyRing::generate());
        assert!(check(&bed, &other).await.unwrap_err().is(KEY_RING_WRONG));
    }

    async fn no_new_canary_is_made_under_existing_secrets(bed) {
        let ring = Arc::new(KeyRing::generate());
        seal_much(&bed, &ring).await;
        assert!(check(&bed, &ring).await.unwrap_err().is(KEY_CANARY_MISSING));
    }

    async fn after_a_rotation_the_newest_key_alone_opens_everything(bed) {
        let old = Arc::new(KeyRing::generate());
        check(&bed, &old).await.unwrap();
        let seller = seal_much(&bed, &old).await;
        let person = new_user(&bed, "buyer@shop.example").await;
        let sealing = old.clone();
        bed.db.write(move |tx| {
            let mut user = user::load(tx, person)?;
            user::begin_totp(&mut user, &sealing)?;
            user::save(tx, &mut user)
        }).await.unwrap();
        let both = Arc::new(old.with_new_key());
        assert!(rotate(&bed, &both).await > 4);
        let newest = both.to_text().reveal().lines().last().unwrap().to_owned();
        let newest = Arc::new(KeyRing::parse(&newest).unwrap());
        check(&bed, &newest).await.unwrap();
        bed.db.read(move |tx| {
            access_key::signing_key(tx, seller, InterfaceType::Basic)?.reveal(&newest)?;
            for credential in api_credential::list_for_seller(tx, seller)? {
                credential.reveal(&newest)?;
            }
            user::pending_totp(&user::load(tx, person)?, &newest, "Shop")
        }).await.unwrap();
    }

    async fn a_rotation_that_cannot_open_a_secret_stops_and_keeps_it(bed) {
        let ring = Arc::new(KeyRing::generate());
        let seller = seal_much(&bed, &ring).await;
        let stranger = KeyRing::generate().with_new_key();
        let newest_only = KeyRing::parse(stranger.to_text().reveal().lines().last().unwrap()).unwrap();
        let failed = bed.db.write(move |tx| accounts::rotate_page(tx, &newest_only, Some("access_key:"))).await;
        assert!(failed.is_err());
        let key = bed.db.read(move |tx| access_key::signing_key(tx, seller, InterfaceType::Basic)).await.unwrap();
        assert!(key.reveal(&ring).is_ok());
    }
}
