//! What sellers are promised about their tools.

use accounts::access_key::{ACCESS_KEY_IN_USE, InterfaceType};
use accounts::actor::STEP_UP_NEEDED;
use accounts::interface_address::{AddressState, BodySign};
use dbtest::db_test;
use delivery::message;
use flows::SellerProfileForm;
use gateway::seller_http::{ADDRESS_NOT_HTTPS, ADDRESS_REFUSED};
use kernel::fail;
use kernel::page::PageRequest;
use kernel::prelude::*;
use views::audit_list;

use crate::kit::{CRM, Market, PLAIN, once};

fn all() -> PageRequest {
    PageRequest::default()
}

async fn operations(market: &Market, operation: &str) -> Vec<String> {
    let filter = audit_list::Filter {
        operation: operation.to_owned(),
        ..audit_list::Filter::default()
    };
    let trail = market
        .app
        .audit_trail(&market.operator(), filter, all())
        .await
        .unwrap();
    trail.rows.into_iter().map(|row| row.subject).collect()
}

db_test! {
    async fn a_key_is_listed_masked_and_each_reveal_is_audited(bed) {
        let market = Market::open(bed).await;
        let listed = market.app.access_keys(&market.seller()).await.unwrap().remove(0);
        let id = listed.key.id();
        let secret = market.app.reveal_access_key(&market.seller(), true, id).await.unwrap();
        assert!(secret.reveal().len() == 64 && !listed.masked.contains(secret.reveal().as_str()));
        assert!(listed.masked.ends_with(&secret.reveal()[60..]));
        assert_eq!(operations(&market, "revealAccessKey").await, [id.to_string()]);
        let foreign = market.app.reveal_access_key(&market.other_seller(), true, id).await;
        assert!(foreign.unwrap_err().is(fail::NOT_FOUND));
    }

    async fn a_secret_wants_a_fresh_proof_of_identity_where_two_steps_are_on(bed) {
        let market = Market::open(bed).await;
        let id = market.app.access_keys(&market.seller()).await.unwrap()[0].key.id();
        market.bed.clock.advance_seconds(3_600);
        for refused in [
            market.app.reveal_access_key(&market.seller(), true, id).await.map(|_| ()),
            market.app.create_api_credential(&market.seller(), true).await.map(|_| ()),
        ] {
            assert!(refused.unwrap_err().is(STEP_UP_NEEDED));
        }
        market.app.reveal_access_key(&market.seller(), false, id).await.unwrap();
    }

    async fn the_key_before_the_last_change_can_be_retired_and_the_one_in_use_cannot(bed) {
        let market = Market::open(bed).await;
        let old = market.app.access_keys(&market.seller()).await.unwrap()[0].key.id();
        let new = market.app.rotate_access_key(&market.seller(), InterfaceType::Basic).await.unwrap();
        let refused = market.app.retire_access_key(&market.seller(), new).await;
        assert!(refused.unwrap_err().is(ACCESS_KEY_IN_USE));
        market.app.retire_access_key(&market.seller(), old).await.unwrap();
    }

    async fn a_new_address_is_called_only_after_an_operator_verified_it(bed) {
        let market = Market::open(bed).await;
        let added = market.app.add_interface_address(&market.seller(), "https://saas.example.com/", BodySign::Off).await;
        let id = added.unwrap();
        let state = || async {
            let listed = market.app.interface_addresses(&market.seller()).await.unwrap();
            listed.into_iter().find(|address| address.id() == id).unwrap()
        };
        assert_eq!(state().await.state(), AddressState::Unverified);
        market.app.set_body_sign(&market.seller(), id, BodySign::Required).await.unwrap();
        assert!(market.app.verify_address(&market.operator(), id, " ").await.is_err());
        market.app.verify_address(&market.operator(), id, "seen on their site").await.unwrap();
        assert_eq!((state().await.state(), state().await.body_sign()), (AddressState::Verified, BodySign::Required));
        assert_eq!(operations(&market, "verifyInterfaceAddress").await, [id.to_string()]);
    }

    async fn an_address_that_may_not_be_called_is_refused_at_its_field(bed) {
        let market = Market::open(bed).await;
        for (address, why) in [("http://saas.example.com", ADDRESS_NOT_HTTPS), ("https://127.0.0.1", ADDRESS_REFUSED)] {
            let refused = market.app.add_interface_address(&market.seller(), address, BodySign::Off).await.unwrap_err();
            let at = &refused.field_errors()[0];
            assert_eq!((at.field.as_str(), at.code), ("base_url", why));
        }
    }

    async fn a_credential_belongs_to_its_seller(bed) {
        let market = Market::open(bed).await;
        let made = market.app.create_api_credential(&market.seller(), true).await.unwrap();
        assert_eq!(market.app.api_credentials(&market.seller()).await.unwrap()[0].access_key(), made.access_key);
        let foreign = market.app.disable_api_credential(&market.other_seller(), &made.access_key).await;
        assert!(foreign.unwrap_err().is(fail::NOT_FOUND));
    }

    async fn a_sellers_new_name_reaches_the_shop(bed) {
        let market = Market::open(bed).await;
        market.app.follow_catalogue().await.unwrap();
        let shown = || async {
            let found = market.bed.db.read(|tx| catalog::product::store::find_by_slug(tx, CRM)).await.unwrap();
            let cards = market.app.cards(vec![found.unwrap().id()], Currency::USD).await.unwrap();
            cards[0].seller.clone()
        };
        assert_eq!(shown().await, "Tidewrack");
        let now = market.app.seller_profile(&market.seller()).await.unwrap();
        let form = SellerProfileForm {
            slug: now.slug().to_owned(),
            name: "Spindrift".to_owned(),
            hotline: now.hotline().to_owned(),
            email: now.email().to_owned(),
            support_hours: now.support_hours().to_owned(),
            ..SellerProfileForm::default()
        };
        market.app.edit_seller_profile(&market.seller(), form).await.unwrap();
        market.app.follow_catalogue().await.unwrap();
        assert_eq!(shown().await, "Spindrift");
    }

    async fn a_seller_reads_its_own_messages_with_their_calls_and_no_others(bed) {
        let market = Market::open(bed).await;
        market.paid(PLAIN, once()).await;
        market.drain().await;
        let filter = message::Filter::default;
        let listed = market.app.interface_messages(&market.seller(), filter(), all()).await.unwrap();
        let id = listed.rows[0].id();
        assert_eq!(market.app.interface_message(&market.seller(), id).await.unwrap().calls.len(), 1);
        let foreign = market.app.interface_message(&market.other_seller(), id).await;
        assert!(foreign.unwrap_err().is(fail::NOT_FOUND));
        assert!(market.app.interface_messages(&market.other_seller(), filter(), all()).await.unwrap().rows.is_empty());
    }

    async fn a_failed_opening_without_an_instance_id_is_a_possible_orphan_for_seller_and_operator(bed) {
        let market = Market::open(bed).await;
        let order = market.paid(PLAIN, once()).await;
        for _ in 0..5 {
            market.pass_minutes(60).await;
        }
        let of_seller = market.app.possible_orphans(&market.seller(), all()).await.unwrap();
        let of_all = market.app.all_possible_orphans(&market.operator(), all()).await.unwrap();
        assert_eq!(of_seller.rows[0].order, order.id());
        assert_eq!(of_all.rows[0].message, of_seller.rows[0].message);
        assert!(market.app.possible_orphans(&market.other_seller(), all()).await.unwrap().rows.is_empty());
        assert!(market.app.stray_instances(&market.seller(), all()).await.unwrap().rows.is_empty());
        assert!(market.app.all_stray_instances(&market.operator(), all()).await.unwrap().rows.is_empty());
    }
}
