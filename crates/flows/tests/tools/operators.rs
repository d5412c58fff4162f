//! What operators are promised about their tools.

use db::task::{self, NewTask};
use dbtest::db_test;
use kernel::fail;
use kernel::page::PageRequest;
use kernel::prelude::*;
use views::audit_list;

use crate::kit::{Market, PLAIN, once};

fn all() -> PageRequest {
    PageRequest::default()
}

/// A task that gave up.
async fn bury_one(market: &Market) {
    let now = market.bed.now();
    let added = market.bed.db.write(move |tx| {
        let task = NewTask {
            kind: "mail",
            realm: Realm::Live,
            lane: "mail",
            payload: "{}",
            due_at: now,
            unique_key: None,
        };
        task::enqueue(tx, &task, now).map(|_| ())
    });
    added.await.unwrap();
    let claimed = market.app.claim_tasks("test", 50).await.unwrap();
    let buried = market.bed.db.write(move |tx| {
        claimed
            .iter()
            .try_for_each(|task| task::bury(tx, task, "gave up"))
    });
    buried.await.unwrap();
}

db_test! {
    async fn a_task_that_gave_up_is_seen_and_can_be_revived_once(bed) {
        let market = Market::open(bed).await;
        bury_one(&market).await;
        let failed = market.app.failed_tasks(&market.operator(), all()).await.unwrap();
        let id = failed.dead.rows[0].id;
        market.app.revive_task(&market.operator(), id).await.unwrap();
        assert!(market.app.failed_tasks(&market.operator(), all()).await.unwrap().dead.rows.is_empty());
        assert!(market.app.revive_task(&market.operator(), id).await.unwrap_err().is(fail::NOT_FOUND));
        let filter = audit_list::Filter { subject: id.to_string(), ..audit_list::Filter::default() };
        let trail = market.app.audit_trail(&market.operator(), filter, all()).await.unwrap();
        assert_eq!((trail.rows.len(), trail.rows[0].operation.as_str()), (1, "reviveTask"));
    }

    async fn the_audit_trail_goes_back_page_by_page(bed) {
        let market = Market::open(bed).await;
        for _ in 0..3 {
            market.bed.clock.advance_seconds(1);
            market.order(PLAIN, once()).await;
        }
        let filter = || audit_list::Filter { operation: "createOrder".to_owned(), email: "Buyer@example.com".to_owned(), ..audit_list::Filter::default() };
        let first = market.app.audit_trail(&market.operator(), filter(), PageRequest::new(None, Some(2))).await.unwrap();
        let rest = PageRequest::new(first.next.as_deref(), Some(2));
        let rest = market.app.audit_trail(&market.operator(), filter(), rest).await.unwrap();
        assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (2, 1, None));
        assert!(first.rows[1].at > rest.rows[0].at);
    }

    async fn written_mails_are_read_in_a_demo_and_nowhere_else(bed) {
        let market = Market::open(bed).await;
        market.paid(PLAIN, once()).await;
        market.drain().await;
        let mails = market.app.written_mails(&market.operator(), None).await.unwrap();
        let mail = market.app.written_mail(&market.operator(), &mails[0].name).await.unwrap();
        assert!(!mail.text.is_empty());
        assert!(market.app.written_mail(&market.operator(), "../secret").await.unwrap_err().is(fail::NOT_FOUND));
    }

    async fn a_site_that_is_no_demo_shows_no_mails(bed) {
        let market = Market::open_as(bed, false).await;
        let refused = market.app.written_mails(&market.operator(), None).await;
        assert!(refused.unwrap_err().is(fail::NOT_FOUND));
    }
}
