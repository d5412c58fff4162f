use accounts::agreement::{self, AGREEMENT_CODE_TAKEN, Acceptance, AgreementForm, Published};
use accounts::organisation::Kind;
use dbtest::{Bed, START, db_test};
use kernel::Timestamp;
use kernel::fail::NOT_FOUND;
use kernel::id::{OrderId, OrganisationId, ProductId, UserId};
use kernel::page::{Cursor, PageRequest};

use crate::support::{new_organisation, new_user};

const FORM: AgreementForm<'static> = AgreementForm {
    code: "partner-product-user",
    title: "User Agreement",
    title_zh: "用户协议",
    body: "The first text.",
    seller: None,
};

async fn accept(
    bed: &Bed,
    user: UserId,
    organisation: OrganisationId,
    order: OrderId,
    at: Timestamp,
) {
    bed.db
        .write(move |tx| {
            let agreement = agreement::publish(tx, &FORM, START)?.agreement().id();
            let product = ProductId::fresh(START);
            agreement::accept(
                tx,
                &Acceptance {
                    agreement,
                    user,
                    organisation,
                    order,
                    product,
                    address: "192.0.2.7",
                    at,
                },
            )
        })
        .await
        .unwrap();
}

db_test! {
    async fn another_text_is_the_next_version_and_the_same_text_changes_nothing(bed) {
        bed.db.write(|tx| {
            let first = agreement::publish(tx, &FORM, START)?.agreement();
            assert!(matches!(agreement::publish(tx, &FORM, START)?, Published::Unchanged(_)));
            let changed = AgreementForm { body: "The second text.", ..FORM };
            let second = agreement::publish(tx, &changed, START)?.agreement();
            assert_eq!((first.version(), second.version()), (1, 2));
            assert_eq!(agreement::current(tx, FORM.code)?.unwrap().body(), "The second text.");
            assert_eq!(agreement::find(tx, first.id())?.body(), "The first text.");
            assert_eq!(agreement::versions(tx, FORM.code)?.len(), 2);
            Ok(())
        }).await.unwrap();
    }

    async fn nobody_publishes_under_anothers_code(bed) {
        let seller = new_organisation(&bed, Kind::Seller).await;
        let refused = bed.db.write(move |tx| {
            agreement::publish(tx, &FORM, START)?;
            agreement::publish(tx, &AgreementForm { seller: Some(seller), ..FORM }, START)
        }).await.unwrap_err();
        assert_eq!(refused.field_errors()[0].code, AGREEMENT_CODE_TAKEN);
    }

    async fn an_acceptance_keeps_who_when_where_and_for_what(bed) {
        let (user, buyer) = (new_user(&bed, "buyer@shop.example").await, new_organisation(&bed, Kind::Buyer).await);
        let order = OrderId::fresh(START);
        accept(&bed, user, buyer, order, START).await;
        accept(&bed, user, buyer, order, START.plus_seconds(5)).await;
        let page = bed.db.read(move |tx| agreement::list_accepted(tx, buyer, &PageRequest::default())).await.unwrap();
        assert_eq!(page.rows.len(), 1);
        let row = &page.rows[0];
        assert_eq!((row.user, row.order, row.at, row.address.as_str()), (user, order, START, "192.0.2.7"));
        let id = row.id;
        let (_, text) = bed.db.read(move |tx| agreement::read_accepted(tx, buyer, id)).await.unwrap();
        assert_eq!((text.title_zh(), text.body()), ("用户协议", "The first text."));
        let stranger = new_organisation(&bed, Kind::Buyer).await;
        let seen = bed.db.read(move |tx| agreement::read_accepted(tx, stranger, id)).await;
        assert!(seen.unwrap_err().is(NOT_FOUND));
    }

    async fn acceptances_are_listed_page_by_page_newest_first(bed) {
        let (user, buyer) = (new_user(&bed, "buyer@shop.example").await, new_organisation(&bed, Kind::Buyer).await);
        for number in 0..5 {
            accept(&bed, user, buyer, OrderId::fresh(START), START.plus_seconds(number / 2)).await;
        }
        let mut seen = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let request = PageRequest { after: after.as_deref().and_then(Cursor::decode), limit: 2 };
            let page = bed.db.read(move |tx| agreement::list_accepted(tx, buyer, &request)).await.unwrap();
            seen.extend(page.rows.into_iter().map(|row| (row.at, row.id)));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.is_sorted_by(|before, after| before > after));
    }
}
