use accounts::one_time_link::{self, LINK_NOT_VALID, NewLink, Purpose};
use accounts::organisation::{Kind, Role};
use accounts::token::TokenHash;
use accounts::user::Email;
use dbtest::{Bed, START, db_test};
use kernel::fail::NOT_FOUND;
use kernel::id::OrganisationId;

use crate::support::{accounts_policy, new_organisation, person};

async fn invite(bed: &Bed, organisation: OrganisationId) -> TokenHash {
    let token = bed
        .db
        .write(move |tx| {
            let email = Email::parse("email", "Invited@shop.example")?;
            let link = NewLink {
                purpose: Purpose::Invite,
                email: &email,
                user: None,
                seat: Some((organisation, Role::BuyerViewer)),
            };
            one_time_link::issue(tx, &link, &accounts_policy(), START)
        })
        .await
        .unwrap();
    TokenHash::of(token.reveal())
}

db_test! {
    async fn a_link_works_once_and_looking_at_it_does_not_use_it_up(bed) {
        let organisation = new_organisation(&bed, Kind::Buyer).await;
        let hash = invite(&bed, organisation).await;
        let (looked, used, again) = (hash.clone(), hash.clone(), hash);
        let seen = bed.db.read(move |tx| one_time_link::look(tx, &looked, Purpose::Invite, START)).await.unwrap();
        assert_eq!(seen.seat(), Some((organisation, Role::BuyerViewer)));
        assert!(seen.is_for(&person("invited@SHOP.example")) && !seen.is_for(&person("other@shop.example")));
        assert!(bed.db.write(move |tx| one_time_link::consume(tx, &used, Purpose::Invite, START)).await.is_ok());
        let second = bed.db.write(move |tx| one_time_link::consume(tx, &again, Purpose::Invite, START)).await;
        assert!(second.unwrap_err().is(LINK_NOT_VALID));
    }

    async fn a_link_works_for_its_purpose_and_until_its_end(bed) {
        let organisation = new_organisation(&bed, Kind::Buyer).await;
        let hash = invite(&bed, organisation).await;
        let end = START.plus_seconds(24 * 3_600);
        for (purpose, at, works) in [
            (Purpose::ResetPassword, START, false),
            (Purpose::Invite, end, false),
            (Purpose::Invite, end.plus_seconds(-1), true),
        ] {
            let hash = hash.clone();
            let used = bed.db.write(move |tx| one_time_link::consume(tx, &hash, purpose, at)).await;
            assert_eq!(used.is_ok(), works, "{purpose}");
        }
    }

    async fn an_invitation_is_withdrawn_by_its_own_organisation(bed) {
        let (own, strangers) = (new_organisation(&bed, Kind::Buyer).await, new_organisation(&bed, Kind::Buyer).await);
        let hash = invite(&bed, own).await;
        let listed = bed.db.read(move |tx| one_time_link::invitations(tx, own, START)).await.unwrap();
        assert_eq!(listed[0].token_hash(), &hash);
        let (foreign, mine) = (hash.clone(), hash.clone());
        let refused = bed.db.write(move |tx| one_time_link::withdraw(tx, strangers, &foreign, START)).await;
        assert!(refused.unwrap_err().is(NOT_FOUND));
        bed.db.write(move |tx| one_time_link::withdraw(tx, own, &mine, START)).await.unwrap();
        let used = bed.db.write(move |tx| one_time_link::consume(tx, &hash, Purpose::Invite, START)).await;
        assert!(used.is_err());
    }

    async fn links_past_their_end_are_swept(bed) {
        let organisation = new_organisation(&bed, Kind::Buyer).await;
        invite(&bed, organisation).await;
        assert_eq!(bed.db.write(|tx| one_time_link::sweep(tx, START)).await.unwrap(), 0);
        let end = START.plus_seconds(24 * 3_600);
        assert_eq!(bed.db.write(move |tx| one_time_link::sweep(tx, end)).await.unwrap(), 1);
    }
}
