use std::sync::Arc;

use accounts::access_key::{
    self, ACCESS_KEY_EXISTS, ACCESS_KEY_IN_USE, ACCESS_KEY_MISSING, ACCESS_KEY_TWO_ALREADY,
    InterfaceType, Rank,
};
use accounts::interface_address::{
    self, ADDRESS_NOT_VERIFIED, ADDRESS_TAKEN, AddressState, BaseUrl, BodySign, InterfaceAddress,
    Transport,
};
use accounts::organisation::Kind;
use dbtest::{START, db_test};
use kernel::Who;
use kernel::crypt::KeyRing;
use kernel::fail::{NOT_FOUND, NOT_IN_THIS_STATE};
use kernel::id::OrganisationId;

use crate::support::new_organisation;

fn address(seller: OrganisationId) -> InterfaceAddress {
    let base_url = BaseUrl::parse("https://console.example.com", Transport::HttpsOnly).unwrap();
    InterfaceAddress::new(seller, base_url, BodySign::VerifyIfPresent, START)
}

db_test! {
    async fn a_key_is_sealed_masked_and_opens_to_64_hexadecimal_characters(bed) {
        let (seller, ring) = (new_organisation(&bed, Kind::Seller).await, KeyRing::generate());
        let ring = Arc::new(ring);
        let sealing = ring.clone();
        bed.db.write(move |tx| access_key::add(tx, &sealing, seller, InterfaceType::Basic, None, START)).await.unwrap();
        let key = bed.db.read(move |tx| access_key::signing_key(tx, seller, InterfaceType::Basic)).await.unwrap();
        let secret = key.reveal(&ring).unwrap();
        assert_eq!(secret.reveal().len(), 64);
        assert!(secret.reveal().bytes().all(|byte| byte.is_ascii_hexdigit()));
        let masked = key.masked(&ring).unwrap();
        assert_eq!(masked, format!("••••••••{}", &secret.reveal()[60..]));
        assert!(key.reveal(&KeyRing::generate()).is_err());
    }

    async fn after_a_change_the_new_key_signs_and_the_old_is_still_accepted(bed) {
        let (seller, ring) = (new_organisation(&bed, Kind::Seller).await, KeyRing::generate());
        let (first, second) = bed.db.write(move |tx| {
            let first = access_key::add(tx, &ring, seller, InterfaceType::Basic, None, START)?;
            let again = access_key::add(tx, &ring, seller, InterfaceType::Basic, None, START).unwrap_err();
            assert!(again.is(ACCESS_KEY_EXISTS));
            let second = access_key::rotate(tx, &ring, seller, InterfaceType::Basic, None, START)?;
            let third = access_key::rotate(tx, &ring, seller, InterfaceType::Basic, None, START).unwrap_err();
            assert!(third.is(ACCESS_KEY_TWO_ALREADY));
            Ok((first.id(), second.id()))
        }).await.unwrap();
        let accepted = bed.db.read(move |tx| access_key::accepted_keys(tx, seller, InterfaceType::Basic)).await.unwrap();
        let ranks: Vec<_> = accepted.iter().map(|key| (key.id(), key.rank())).collect();
        assert_eq!(ranks, [(second, Rank::Primary), (first, Rank::Secondary)]);
    }

    async fn only_the_old_key_can_be_retired_and_only_by_its_seller(bed) {
        let (seller, ring) = (new_organisation(&bed, Kind::Seller).await, KeyRing::generate());
        let stranger = new_organisation(&bed, Kind::Seller).await;
        bed.db.write(move |tx| {
            let first = access_key::add(tx, &ring, seller, InterfaceType::Basic, None, START)?.id();
            assert!(access_key::retire(tx, seller, first, START).unwrap_err().is(ACCESS_KEY_IN_USE));
            access_key::rotate(tx, &ring, seller, InterfaceType::Basic, None, START)?;
            assert!(access_key::retire(tx, stranger, first, START).unwrap_err().is(NOT_FOUND));
            access_key::retire(tx, seller, first, START)?;
            assert_eq!(access_key::accepted_keys(tx, seller, InterfaceType::Basic)?.len(), 1);
            assert_eq!(access_key::list_for_seller(tx, seller)?.len(), 2);
            access_key::rotate(tx, &ring, seller, InterfaceType::Basic, None, START)
        }).await.unwrap();
    }

    async fn a_key_serves_no_other_type_of_interface(bed) {
        let (seller, ring) = (new_organisation(&bed, Kind::Seller).await, KeyRing::generate());
        bed.db.write(move |tx| access_key::add(tx, &ring, seller, InterfaceType::Basic, None, START)).await.unwrap();
        let other = bed.db.read(move |tx| access_key::signing_key(tx, seller, InterfaceType::Licence)).await;
        assert!(other.unwrap_err().is(ACCESS_KEY_MISSING));
    }

    async fn nothing_is_sent_to_an_address_before_the_operator_verified_it(bed) {
        let seller = new_organisation(&bed, Kind::Seller).await;
        let new = address(seller);
        let id = new.id();
        bed.db.write(move |tx| interface_address::insert(tx, &new)).await.unwrap();
        bed.db.write(move |tx| {
            let mut address = interface_address::find_for_seller(tx, seller, id)?;
            assert!(address.verified_base_url().unwrap_err().is(ADDRESS_NOT_VERIFIED));
            interface_address::verified_by_operator(tx, &mut address, Who::SYSTEM, "known site", START)?;
            let again = interface_address::verified_by_operator(tx, &mut address, Who::SYSTEM, "known site", START);
            assert!(again.unwrap_err().is(NOT_IN_THIS_STATE));
            interface_address::save_body_sign(tx, &mut address, BodySign::Required)
        }).await.unwrap();
        let address = bed.db.read(move |tx| interface_address::find_any(tx, id)).await.unwrap();
        assert_eq!(address.verified_base_url().unwrap().as_str(), "https://console.example.com");
        assert_eq!((address.body_sign(), address.version()), (BodySign::Required, 2));
        let past = bed.db.read(move |tx| db::history::of(tx, id.as_str())).await.unwrap();
        assert_eq!((past[0].to.as_str(), past[0].reason.as_deref()), (AddressState::Verified.name(), Some("known site")));
    }

    async fn a_seller_has_an_address_once_and_sees_no_other_sellers(bed) {
        let (one, other) = (new_organisation(&bed, Kind::Seller).await, new_organisation(&bed, Kind::Seller).await);
        let (first, twin, foreign) = (address(one), address(one), address(other));
        let id = first.id();
        bed.db.write(move |tx| interface_address::insert(tx, &first)).await.unwrap();
        bed.db.write(move |tx| interface_address::insert(tx, &foreign)).await.unwrap();
        let refused = bed.db.write(move |tx| interface_address::insert(tx, &twin)).await.unwrap_err();
        assert_eq!(refused.field_errors()[0].code, ADDRESS_TAKEN);
        assert_eq!(bed.db.read(move |tx| interface_address::list_for_seller(tx, one)).await.unwrap().len(), 1);
        let seen = bed.db.read(move |tx| interface_address::find_for_seller(tx, other, id)).await;
        assert!(seen.unwrap_err().is(NOT_FOUND));
    }
}
