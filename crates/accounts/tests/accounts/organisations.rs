use accounts::organisation::{self, ALREADY_MEMBER, Kind, LAST_OWNER, Role};
use dbtest::{START, db_test};
use kernel::fail::{FIELD_UNKNOWN_CHOICE, NOT_FOUND};
use kernel::page::{Cursor, PageRequest};

use crate::support::{new_organisation, new_user, owner};

db_test! {
    async fn the_last_owner_can_neither_go_nor_become_something_else(bed) {
        let (user, buyer) = owner(&bed, Kind::Buyer, "buyer@shop.example").await;
        let gone = bed.db.write(move |tx| organisation::remove_member(tx, buyer, user)).await;
        assert!(gone.unwrap_err().is(LAST_OWNER));
        let changed = bed.db.write(move |tx| organisation::change_role(tx, buyer, user, Role::BuyerViewer)).await;
        assert!(changed.unwrap_err().is(LAST_OWNER));
        let second = new_user(&bed, "second@shop.example").await;
        bed.db.write(move |tx| organisation::join(tx, buyer, second, Role::BuyerOwner, START)).await.unwrap();
        bed.db.write(move |tx| organisation::remove_member(tx, buyer, user)).await.unwrap();
    }

    async fn a_role_belongs_to_the_kind_of_the_organisation(bed) {
        let (_, buyer) = owner(&bed, Kind::Buyer, "buyer@shop.example").await;
        let user = new_user(&bed, "second@shop.example").await;
        let refused = bed.db.write(move |tx| organisation::join(tx, buyer, user, Role::OperatorAdministrator, START)).await.unwrap_err();
        assert_eq!(refused.field_errors()[0].code, FIELD_UNKNOWN_CHOICE);
        assert!(organisation::role_for(Kind::Buyer, "operator_administrator").is_err());
        assert_eq!(organisation::role_for(Kind::Buyer, "buyer_viewer").unwrap(), Role::BuyerViewer);
    }

    async fn nobody_is_a_member_twice(bed) {
        let (user, buyer) = owner(&bed, Kind::Buyer, "buyer@shop.example").await;
        let again = bed.db.write(move |tx| organisation::join(tx, buyer, user, Role::BuyerViewer, START)).await;
        assert!(again.unwrap_err().is(ALREADY_MEMBER));
    }

    async fn members_of_another_organisation_are_out_of_reach(bed) {
        let (user, buyer) = owner(&bed, Kind::Buyer, "buyer@shop.example").await;
        let strangers = new_organisation(&bed, Kind::Buyer).await;
        let removed = bed.db.write(move |tx| organisation::remove_member(tx, strangers, user)).await;
        assert!(removed.unwrap_err().is(NOT_FOUND));
        let seen = bed.db.read(move |tx| organisation::load_for_member(tx, user, strangers)).await;
        assert!(seen.unwrap_err().is(NOT_FOUND));
        let own = bed.db.read(move |tx| organisation::load_for_member(tx, user, buyer)).await.unwrap();
        assert_eq!((own.id(), own.name()), (buyer, "Some Organisation"));
    }

    async fn members_are_listed_page_by_page_newest_first(bed) {
        let (_, buyer) = owner(&bed, Kind::Buyer, "member0@shop.example").await;
        for number in 1..=4 {
            let user = new_user(&bed, &format!("member{number}@shop.example")).await;
            let at = START.plus_seconds(number / 2);
            bed.db.write(move |tx| organisation::join(tx, buyer, user, Role::BuyerViewer, at)).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let request = PageRequest { after: after.as_deref().and_then(Cursor::decode), limit: 2 };
            let page = bed.db.read(move |tx| organisation::list_members(tx, buyer, &request)).await.unwrap();
            seen.extend(page.rows.into_iter().map(|member| (member.since, member.email)));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let mut emails: Vec<&str> = seen.iter().map(|(_, email)| email.as_str()).collect();
        assert!(seen.is_sorted_by(|before, after| before.0 >= after.0));
        emails.sort_unstable();
        emails.dedup();
        assert_eq!(emails.len(), 5);
    }

    async fn an_organisation_is_renamed_and_listed_by_its_kind(bed) {
        let seller = new_organisation(&bed, Kind::Seller).await;
        new_organisation(&bed, Kind::Buyer).await;
        bed.db.write(move |tx| {
            let mut organisation = organisation::find_any(tx, seller)?;
            organisation.rename("Another Name")?;
            organisation::rename(tx, &mut organisation)
        }).await.unwrap();
        let page = bed.db.read(|tx| organisation::list_of_kind(tx, Kind::Seller, &PageRequest::default())).await.unwrap();
        let names: Vec<&str> = page.rows.iter().map(|row| row.name()).collect();
        assert_eq!(names, ["Another Name"]);
    }
}
