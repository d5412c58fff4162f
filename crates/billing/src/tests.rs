//! Promises of the ledger, on both databases.

use db::Db;
use dbtest::{START, db_test};
use kernel::id::{OrderId, OrderLineId, OrganisationId};
use kernel::prelude::*;

use crate::ledger::recipe::{self, Shares};
use crate::ledger::{self, BALANCE_TOO_LOW, Booking, Group};
use crate::top_up::TopUpId;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

async fn post(db: &Db, make: impl Fn() -> Group + Send + 'static) -> Result<Booking, Fail> {
    db.write(move |tx| ledger::post(tx, &make(), START, Who::SYSTEM))
        .await
}

async fn give(db: &Db, buyer: OrganisationId, minor: i64) {
    let id = TopUpId::fresh(START);
    post(db, move || {
        recipe::top_up(id, Realm::Live, buyer, usd(minor), "bank 1").unwrap()
    })
    .await
    .unwrap();
}

async fn balance(db: &Db, buyer: OrganisationId) -> i64 {
    db.read(move |tx| ledger::balance(tx, buyer, Currency::USD))
        .await
        .unwrap()
        .minor
}

db_test! {
    async fn a_fact_booked_twice_moves_money_once(bed) {
        let (buyer, id) = (OrganisationId::fresh(START), TopUpId::fresh(START));
        let group = move || recipe::top_up(id, Realm::Live, buyer, usd(500), "bank 1").unwrap();
        assert_eq!(post(&bed.db, group).await.unwrap(), Booking::Booked);
        assert_eq!(post(&bed.db, group).await.unwrap(), Booking::AlreadyBooked);
        assert_eq!(balance(&bed.db, buyer).await, 500);
    }

    async fn a_balance_never_falls_below_zero(bed) {
        let (buyer, order, line) = (OrganisationId::fresh(START), OrderId::fresh(START), OrderLineId::fresh(START));
        give(&bed.db, buyer, 99).await;
        let pay = move || recipe::payment(order, Realm::Live, "CS1", buyer, &[(line, usd(100))]).unwrap();
        let refused = post(&bed.db, pay).await.unwrap_err();
        assert!(refused.is(BALANCE_TOO_LOW));
        assert_eq!(balance(&bed.db, buyer).await, 99);
    }

    async fn a_line_paid_and_completed_leaves_no_escrow_and_the_ledger_sums_to_zero(bed) {
        let (buyer, seller) = (OrganisationId::fresh(START), OrganisationId::fresh(START));
        let (order, line) = (OrderId::fresh(START), OrderLineId::fresh(START));
        give(&bed.db, buyer, 1_000).await;
        post(&bed.db, move || recipe::payment(order, Realm::Live, "CS1", buyer, &[(line, usd(800))]).unwrap()).await.unwrap();
        let shares = Shares { paid: usd(800), tax: usd(60), fee: usd(111) };
        post(&bed.db, move || recipe::completion(line, Realm::Live, "CS1-1", seller, shares).unwrap()).await.unwrap();
        let (escrow, sums, owed) = bed.db.read(move |tx| Ok((
            ledger::escrow(tx, line, Currency::USD)?, ledger::sums(tx)?, ledger::totals_by_prefix(tx, "seller_payable:")?,
        ))).await.unwrap();
        assert!(escrow.is_zero());
        assert_eq!(sums, vec![(Currency::USD, 0)]);
        assert_eq!(owed[0].1, usd(629));
    }

    async fn two_payments_at_once_never_spend_the_same_coin(bed) {
        let buyer = OrganisationId::fresh(START);
        give(&bed.db, buyer, 1_000).await;
        let payments = (0..8).map(|_| {
            let (db, order, line) = (bed.db.clone(), OrderId::fresh(START), OrderLineId::fresh(START));
            tokio::spawn(async move {
                post(&db, move || recipe::payment(order, Realm::Live, "CS", buyer, &[(line, usd(300))]).unwrap()).await.is_ok()
            })
        });
        let mut paid = 0;
        for payment in payments.collect::<Vec<_>>() {
            paid += i64::from(payment.await.unwrap());
        }
        assert!(paid <= 3, "{paid} payments of 300 from 1000");
        assert_eq!(balance(&bed.db, buyer).await, 1_000 - paid * 300);
    }
}

#[test]
fn a_group_that_does_not_balance_is_refused() {
    use crate::ledger::{Account, Kind, Posting};
    let lonely = vec![Posting {
        account: Account::FeeIncome,
        amount: usd(1),
    }];
    assert!(Group::new(Kind::Refund, Realm::Live, "x".to_owned(), "x", lonely).is_err());
}
