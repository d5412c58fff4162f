use db::Tx;
use delivery::message::{Attempt, Filter, Message, NewMessage, Outcome, Status, ops, store};
use kernel::id::{OrganisationId, ProductId};
use kernel::page::PageRequest;
use kernel::{Fail, Realm, Timestamp, Who, fail};

use crate::sample::reference;

fn about(seller: OrganisationId, effect: &str, now: Timestamp) -> NewMessage {
    NewMessage {
        effect_key: effect.to_owned(),
        realm: Realm::Live,
        seller_id: seller,
        product_id: ProductId::fresh(now),
        order_number: "CS1".to_owned(),
        line_number: "CS1-000001".to_owned(),
        external_ref: None,
        activity: "newInstance".to_owned(),
        url: "https://seller.example/api".to_owned(),
        window_ends_at: Some(now.plus_seconds(10_800)),
    }
}

fn attempt(at: Timestamp, code: &str) -> Attempt {
    Attempt {
        at,
        duration_ms: 12,
        request: "{\"activity\":\"newInstance\"}".to_owned(),
        response: format!("{{\"resultCode\":\"{code}\"}}"),
        http_status: Some(200),
        result_code: code.to_owned(),
        exception: String::new(),
    }
}

fn called(tx: &Tx<'_>, message: &mut Message, at: Timestamp, outcome: Outcome) -> Result<(), Fail> {
    let call = attempt(at, "000000");
    let step = ops::attempted(message, &call, outcome, Some(at.plus_seconds(60)))?;
    store::save_attempt(tx, message, &call, step)
}

dbtest::db_test! {
    async fn an_effect_has_one_message_however_often_it_begins(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let seller = OrganisationId::fresh(now);
            let first = store::begin(tx, about(seller, "open:a", now), now)?;
            let again = store::begin(tx, about(seller, "open:a", now), now.plus_seconds(9))?;
            assert_eq!((first.id(), again.first_call_at()), (again.id(), now));
            Ok(())
        }).await.unwrap();
    }

    async fn an_opening_goes_over_retry_and_polling_to_success_with_each_call_kept(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let seller = OrganisationId::fresh(now);
            let mut message = store::begin(tx, about(seller, "open:a", now), now)?;
            called(tx, &mut message, now, Outcome::Failed)?;
            assert_eq!((message.status(), message.next_call_at()), (Status::Retrying, Some(now.plus_seconds(60))));
            let step = ops::retry(&mut message, now.plus_seconds(60))?;
            store::save(tx, &mut message, step)?;
            ops::note_instance(&mut message, &reference("i-1"));
            called(tx, &mut message, now.plus_seconds(61), Outcome::Pending)?;
            called(tx, &mut message, now.plus_seconds(71), Outcome::Pending)?;
            called(tx, &mut message, now.plus_seconds(81), Outcome::Succeeded)?;
            let read = store::find_for_seller(tx, seller, message.id())?;
            assert_eq!((read.status(), read.attempts(), read.version()), (Status::Succeeded, 4, 6));
            assert_eq!(read.about().external_ref, Some(reference("i-1")));
            let calls = store::calls_for_seller(tx, seller, message.id())?;
            assert_eq!((calls.len(), calls[0].attempt.at), (4, now.plus_seconds(81)));
            let past = db::history::of(tx, message.id().as_str())?;
            assert_eq!(past.last().unwrap().to, "SUCCEEDED");
            Ok(())
        }).await.unwrap();
    }

    async fn a_stopped_effect_is_called_again_only_after_a_restart(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let seller = OrganisationId::fresh(now);
            let mut message = store::begin(tx, about(seller, "release:a", now), now)?;
            called(tx, &mut message, now, Outcome::Failed)?;
            let step = ops::give_up(&mut message, now)?;
            store::save(tx, &mut message, step)?;
            assert!(ops::retry(&mut message, now).is_err_and(|fail| fail.is(fail::NOT_IN_THIS_STATE)));
            assert!(message.can_restart());
            let step = ops::restart(&mut message, Who::SYSTEM, now)?;
            store::save(tx, &mut message, step)?;
            assert_eq!(store::find_any(tx, message.id())?.status(), Status::Calling);
            Ok(())
        }).await.unwrap();
    }

    async fn an_order_that_failed_is_never_called_again(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let seller = OrganisationId::fresh(now);
            let mut message = store::begin(tx, about(seller, "open:a", now), now)?;
            called(tx, &mut message, now, Outcome::Failed)?;
            let step = ops::fail_order(&mut message, now)?;
            store::save(tx, &mut message, step)?;
            let read = store::find_by_effect(tx, "open:a")?.unwrap();
            assert_eq!((read.status(), read.next_call_at()), (Status::OrderFailed, None));
            assert!(!read.can_restart());
            Ok(())
        }).await.unwrap();
    }

    async fn a_seller_filters_and_pages_its_own_messages(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let seller = OrganisationId::fresh(now);
            for number in 0..5_i64 {
                let mut new = about(seller, &format!("open:{number}"), now);
                new.external_ref = Some(reference(&format!("i-{number}")));
                store::begin(tx, new, now.plus_seconds(number))?;
            }
            let count = |filter: &Filter| Ok::<_, Fail>(store::list_for_seller(tx, seller, filter, &PageRequest::default())?.rows.len());
            assert_eq!(count(&Filter::default())?, 5);
            assert_eq!(count(&Filter { status: Some(Status::Calling), ..Filter::default() })?, 5);
            assert_eq!(count(&Filter { status: Some(Status::Stopped), ..Filter::default() })?, 0);
            assert_eq!(count(&Filter { activity: "releaseInstance".to_owned(), ..Filter::default() })?, 0);
            assert_eq!(count(&Filter { order_number: "CS1-000001".to_owned(), ..Filter::default() })?, 5);
            assert_eq!(count(&Filter { external_ref: "i-3".to_owned(), ..Filter::default() })?, 1);
            assert_eq!(count(&Filter { from: Some(now.plus_seconds(1)), to: Some(now.plus_seconds(3)), ..Filter::default() })?, 2);
            let first = store::list_for_seller(tx, seller, &Filter::default(), &PageRequest::new(None, Some(2)))?;
            let second = PageRequest::new(first.next.as_deref(), Some(2));
            let second = store::list_for_seller(tx, seller, &Filter::default(), &second)?;
            assert_eq!(first.rows[0].first_call_at(), now.plus_seconds(4));
            assert_eq!(second.rows[0].first_call_at(), now.plus_seconds(2));
            Ok(())
        }).await.unwrap();
    }

    async fn a_strangers_message_is_not_found(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut message = store::begin(tx, about(OrganisationId::fresh(now), "open:a", now), now)?;
            called(tx, &mut message, now, Outcome::Failed)?;
            let stranger = OrganisationId::fresh(now);
            assert!(store::find_for_seller(tx, stranger, message.id()).unwrap_err().is(fail::NOT_FOUND));
            assert!(store::calls_for_seller(tx, stranger, message.id())?.is_empty());
            Ok(())
        }).await.unwrap();
    }

    async fn old_calls_are_swept_in_pages_and_their_message_stays(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let seller = OrganisationId::fresh(now);
            let mut message = store::begin(tx, about(seller, "open:a", now), now)?;
            for second in 0..4 {
                called(tx, &mut message, now.plus_seconds(second), Outcome::Pending)?;
            }
            let moment = now.plus_seconds(3);
            assert_eq!(store::sweep_calls(tx, moment, 2)?, 2);
            assert_eq!(store::sweep_calls(tx, moment, 2)?, 1);
            assert_eq!(store::sweep_calls(tx, moment, 2)?, 0);
            assert_eq!(store::calls_for_seller(tx, seller, message.id())?.len(), 1);
            store::find_any(tx, message.id())
        }).await.unwrap();
    }
}
