use accounts::actor::{self, OPERATOR_NEEDS_TOTP, STEP_UP_NEEDED};
use accounts::organisation::{self, Kind, Right, Role};
use accounts::session;
use accounts::token::TokenHash;
use dbtest::{START, db_test};
use kernel::Who;
use kernel::fail::{FORBIDDEN, NOT_FOUND, SIGN_IN_FIRST};
use kernel::who::Side;

use crate::support::{
    VISITOR, accounts_policy, advance, caller_under, new_organisation, new_user, owner, sign_in,
    signed,
};

const HOUR: i64 = 3_600;

db_test! {
    async fn a_token_that_opens_nothing_is_nobody(bed) {
        let stranger = TokenHash::of("no such token");
        assert!(signed(&bed, &stranger).await.unwrap_err().is(SIGN_IN_FIRST));
    }

    async fn a_member_acts_for_the_organisation_with_the_rights_of_the_role(bed) {
        let (user, buyer) = owner(&bed, Kind::Buyer, "buyer@shop.example").await;
        let session = sign_in(&bed, user).await;
        let signed = signed(&bed, &session).await.unwrap();
        let actor = signed.buyer().unwrap();
        assert_eq!((actor.organisation(), actor.role()), (buyer, Role::BuyerOwner));
        assert_eq!(actor.who(), Who::person(Side::Buyer, user));
        assert_eq!(actor.address(), VISITOR.address);
        assert!(actor.require(Right::Purchase).is_ok());
        assert!(actor.require(Right::Deliver).unwrap_err().is(FORBIDDEN));
        assert!(signed.seller().unwrap_err().is(FORBIDDEN));
        assert!(signed.operator().unwrap_err().is(FORBIDDEN));
    }

    async fn a_membership_taken_away_holds_from_the_next_request_on(bed) {
        let (first, buyer) = owner(&bed, Kind::Buyer, "first@shop.example").await;
        let second = new_user(&bed, "second@shop.example").await;
        let session = sign_in(&bed, second).await;
        bed.db.write(move |tx| organisation::join(tx, buyer, second, Role::BuyerOwner, START)).await.unwrap();
        assert!(signed(&bed, &session).await.unwrap().buyer().is_ok());
        bed.db.write(move |tx| organisation::change_role(tx, buyer, second, Role::BuyerViewer)).await.unwrap();
        assert_eq!(signed(&bed, &session).await.unwrap().buyer().unwrap().role(), Role::BuyerViewer);
        bed.db.write(move |tx| organisation::remove_member(tx, buyer, second)).await.unwrap();
        assert!(signed(&bed, &session).await.unwrap().buyer().is_err());
        assert_ne!(first, second);
    }

    async fn one_of_several_organisations_can_be_chosen_and_a_strangers_can_not(bed) {
        let (user, oldest) = owner(&bed, Kind::Buyer, "buyer@shop.example").await;
        let second = new_organisation(&bed, Kind::Buyer).await;
        let strangers = new_organisation(&bed, Kind::Buyer).await;
        bed.db.write(move |tx| organisation::join(tx, second, user, Role::BuyerViewer, START.plus_seconds(1))).await.unwrap();
        let session = sign_in(&bed, user).await;
        let before = signed(&bed, &session).await.unwrap();
        assert_eq!(before.buyer().unwrap().organisation(), oldest);
        bed.db.write(move |tx| {
            let refused = actor::choose_organisation(tx, &before, strangers).unwrap_err();
            assert!(refused.is(NOT_FOUND));
            actor::choose_organisation(tx, &before, second)
        }).await.unwrap();
        assert_eq!(signed(&bed, &session).await.unwrap().buyer().unwrap().organisation(), second);
    }

    async fn an_operator_without_two_step_verification_acts_only_where_the_policy_lets(bed) {
        let (user, _) = owner(&bed, Kind::Operator, "operator@site.example").await;
        let session = sign_in(&bed, user).await;
        assert!(signed(&bed, &session).await.unwrap().operator().unwrap_err().is(OPERATOR_NEEDS_TOTP));
        let mut demo = accounts_policy();
        demo.operators_need_totp = false;
        let caller = caller_under(&bed, &session, demo).await;
        assert!(caller.signed().unwrap().operator().is_ok());
    }

    async fn a_session_ends_by_idleness_and_by_its_own_end(bed) {
        let user = new_user(&bed, "buyer@shop.example").await;
        let (idle, used) = (sign_in(&bed, user).await, sign_in(&bed, user).await);
        for _ in 0..31 {
            let now = advance(&bed, 23 * HOUR);
            assert!(signed(&bed, &used).await.is_ok());
            let used = used.clone();
            bed.db.write(move |tx| session::touch(tx, &used, now)).await.unwrap();
        }
        assert!(signed(&bed, &idle).await.is_err());
        advance(&bed, 7 * HOUR - 1);
        assert!(signed(&bed, &used).await.is_ok());
        advance(&bed, 1);
        assert!(signed(&bed, &used).await.is_err());
    }

    async fn the_last_use_is_written_at_most_once_a_minute(bed) {
        let user = new_user(&bed, "buyer@shop.example").await;
        let id = sign_in(&bed, user).await;
        let signed = signed(&bed, &id).await.unwrap();
        assert!(!signed.session().wants_touch(START.plus_seconds(59)));
        assert!(signed.session().wants_touch(START.plus_seconds(60)));
        assert!(signed.session().wants_touch(START.plus_seconds(-HOUR)));
    }

    async fn a_fresh_proof_of_identity_grows_old_and_can_be_given_again(bed) {
        let (user, _) = owner(&bed, Kind::Seller, "seller@shop.example").await;
        let session = sign_in(&bed, user).await;
        let policy = accounts_policy();
        let actor = signed(&bed, &session).await.unwrap().seller().unwrap();
        assert!(actor.fresh_step_up(START, &policy).is_ok());
        let later = advance(&bed, 15 * 60);
        assert!(actor.fresh_step_up(later, &policy).unwrap_err().is(STEP_UP_NEEDED));
        let same = session.clone();
        bed.db.write(move |tx| session::step_up(tx, user, &same, later)).await.unwrap();
        assert!(signed(&bed, &session).await.unwrap().fresh_step_up(later, &policy).is_ok());
        assert!(signed(&bed, &session).await.unwrap().fresh_step_up(START, &policy).is_err());
    }

    async fn people_see_and_end_their_own_sessions_and_nobody_elses(bed) {
        let (one, other) = (new_user(&bed, "one@shop.example").await, new_user(&bed, "other@shop.example").await);
        let (mine, theirs) = (sign_in(&bed, one).await, sign_in(&bed, other).await);
        let listed = bed.db.read(move |tx| session::list(tx, one, &accounts_policy(), START)).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].token_hash(), listed[0].agent()), (&mine, "Test Browser"));
        let foreign = theirs.clone();
        let refused = bed.db.write(move |tx| session::end(tx, one, &foreign)).await.unwrap_err();
        assert!(refused.is(NOT_FOUND));
        let own = mine.clone();
        bed.db.write(move |tx| session::end(tx, one, &own)).await.unwrap();
        assert!(signed(&bed, &mine).await.is_err());
        assert!(signed(&bed, &theirs).await.is_ok());
    }

    async fn signing_out_everywhere_ends_all_sessions_of_one_person(bed) {
        let (one, other) = (new_user(&bed, "one@shop.example").await, new_user(&bed, "other@shop.example").await);
        let mine = [sign_in(&bed, one).await, sign_in(&bed, one).await];
        let theirs = sign_in(&bed, other).await;
        let ended = bed.db.write(move |tx| session::end_all(tx, one, None)).await.unwrap();
        assert_eq!(ended, 2);
        assert!(signed(&bed, &mine[0]).await.is_err() && signed(&bed, &mine[1]).await.is_err());
        assert!(signed(&bed, &theirs).await.is_ok());
    }

    async fn expired_sessions_are_swept_and_open_ones_stay(bed) {
        let user = new_user(&bed, "buyer@shop.example").await;
        sign_in(&bed, user).await;
        let now = advance(&bed, 31 * 24 * HOUR);
        let open = sign_in(&bed, user).await;
        assert_eq!(bed.db.write(move |tx| session::sweep(tx, now)).await.unwrap(), 1);
        assert!(signed(&bed, &open).await.is_ok());
    }
}
