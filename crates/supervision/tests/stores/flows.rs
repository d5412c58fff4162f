use db::Tx;
use kernel::id::OrganisationId;
use kernel::{Fail, Timestamp, Zone, fail};
use supervision::record::{self, Action, Statement};
use supervision::service_flow::ops::{self, Delivery};
use supervision::service_flow::{ServiceFlow, State, store};

use crate::sample::{self, buyer, said, seller};

fn to_delivery(tx: &Tx<'_>, flow: &mut ServiceFlow, now: Timestamp) -> Result<(), Fail> {
    let request = said("a shop for shoes");
    let step = ops::submit_request(flow, &request, buyer(now), now)?;
    store::save(tx, flow, step, &request)?;
    let step = ops::accept_request(flow, 7, &Zone::utc(), seller(now), now)?;
    store::save(tx, flow, step, &Statement::default())
}

fn deliver(tx: &Tx<'_>, flow: &mut ServiceFlow, now: Timestamp) -> Result<Statement, Fail> {
    let papers = sample::papers(tx, flow, now)?;
    let delivery = Delivery {
        enabled_at: Some(now),
        instance_open: true,
    };
    let step = ops::deliver(flow, delivery, &papers, seller(now), now)?;
    store::save(tx, flow, step, &papers)?;
    Ok(papers)
}

dbtest::db_test! {
    async fn a_delivery_goes_from_request_to_acceptance_and_each_step_is_on_record(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut flow = sample::flow(tx, now)?;
            to_delivery(tx, &mut flow, now)?;
            deliver(tx, &mut flow, now)?;
            let step = ops::accept(&mut flow, buyer(now), now)?;
            store::save(tx, &mut flow, step, &Statement::default())?;
            let read = store::find_for_buyer(tx, flow.buyer_id(), flow.id())?;
            assert_eq!((read.state(), read.valid_from(), read.version()), (State::Completed, Some(now), 5));
            assert_eq!(read.delivery_due_at(), flow.delivery_due_at());
            let records = record::store::list_for_seller(tx, flow.seller_id(), flow.id())?;
            let actions: Vec<_> = records.iter().map(|record| record.action).collect();
            assert_eq!(actions, [Action::Opened, Action::RequestSubmitted, Action::RequestAccepted, Action::Delivered, Action::Accepted]);
            assert_eq!((records[1].text.as_str(), records[3].files.len()), ("a shop for shoes", 2));
            assert_eq!(records[3].files[0].name, "acceptance_document.pdf");
            assert_eq!(db::history::of(tx, flow.id().as_str())?.last().unwrap().to, "COMPLETED");
            Ok(())
        }).await.unwrap();
    }

    async fn a_rejected_delivery_goes_back_to_the_seller_with_its_reason(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut flow = sample::flow(tx, now)?;
            to_delivery(tx, &mut flow, now)?;
            deliver(tx, &mut flow, now)?;
            let reason = said("no shoes in it");
            let step = ops::reject_delivery(&mut flow, &reason, buyer(now), now)?;
            store::save(tx, &mut flow, step, &reason)?;
            let read = store::of_line(tx, flow.order_line_id())?.unwrap();
            assert_eq!((read.state(), read.delivery_rejections()), (State::WaitDelivery, 1));
            let past = db::history::of(tx, flow.id().as_str())?;
            assert_eq!(past.last().unwrap().reason.as_deref(), Some("no shoes in it"));
            Ok(())
        }).await.unwrap();
    }

    async fn a_stranger_sees_neither_flow_nor_records_nor_files(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut flow = sample::flow(tx, now)?;
            to_delivery(tx, &mut flow, now)?;
            let (file, _) = deliver(tx, &mut flow, now)?.files()[0];
            let stranger = OrganisationId::fresh(now);
            assert!(store::find_for_buyer(tx, stranger, flow.id()).unwrap_err().is(fail::NOT_FOUND));
            assert!(store::find_for_seller(tx, stranger, flow.id()).unwrap_err().is(fail::NOT_FOUND));
            assert!(record::store::list_for_buyer(tx, stranger, flow.id())?.is_empty());
            assert!(record::store::list_for_seller(tx, stranger, flow.id())?.is_empty());
            assert!(record::store::flow_of_file_for_buyer(tx, stranger, file).unwrap_err().is(fail::NOT_FOUND));
            assert!(record::store::flow_of_file_for_seller(tx, stranger, file).unwrap_err().is(fail::NOT_FOUND));
            assert_eq!(record::store::flow_of_file_for_buyer(tx, flow.buyer_id(), file)?, flow.id());
            assert_eq!(record::store::flow_of_file_for_seller(tx, flow.seller_id(), file)?, flow.id());
            Ok(())
        }).await.unwrap();
    }

    async fn two_tabs_accept_a_delivery_once(bed) {
        let now = bed.now();
        let second = bed.db.write(move |tx| {
            let mut flow = sample::flow(tx, now)?;
            to_delivery(tx, &mut flow, now)?;
            deliver(tx, &mut flow, now)?;
            let mut other_tab = flow.clone();
            for tab in [&mut flow, &mut other_tab] {
                let step = ops::accept(tab, buyer(now), now)?;
                store::save(tx, tab, step, &Statement::default())?;
            }
            Ok(())
        }).await.unwrap_err();
        assert!(second.is(fail::CHANGED_MEANWHILE));
    }

    async fn a_reminder_is_on_record_and_moves_nothing(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut flow = sample::flow(tx, now)?;
            let reminder = ops::remind(&flow, 3_600, seller(now), now)?;
            store::save_reminder(tx, &mut flow, reminder, &said("any news?"))?;
            let read = store::find_any(tx, flow.id())?;
            assert_eq!((read.state(), read.version(), read.reminded_at()), (State::WaitRequest, 1, Some(now)));
            let records = record::store::list_any(tx, flow.id())?;
            assert_eq!((records[1].number, records[1].action), (2, Action::Reminded));
            let again = ops::remind(&read, 3_600, seller(now), now).unwrap_err();
            assert!(again.is(ops::REMINDER_TOO_SOON));
            Ok(())
        }).await.unwrap();
    }

    async fn a_refund_closes_the_flow_for_good(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut flow = sample::flow(tx, now)?;
            let step = ops::unsubscribe(&mut flow, now)?.because("the opening failed");
            store::save(tx, &mut flow, step, &Statement::default())?;
            let mut read = store::find_any(tx, flow.id())?;
            assert_eq!((read.state(), read.is_open()), (State::ClosedUnsubscribed, false));
            assert!(ops::submit_request(&mut read, &said("still?"), buyer(now), now).is_err());
            Ok(())
        }).await.unwrap();
    }

    async fn a_line_has_one_flow(bed) {
        let now = bed.now();
        let second = bed.db.write(move |tx| {
            let flow = sample::flow(tx, now)?;
            store::insert(tx, &ops::open(sample::about(&flow), now))
        }).await.unwrap_err();
        assert_eq!(db::unique_violation(&second), Some("service_flow__order_line_id"));
    }
}
