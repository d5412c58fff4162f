//! What sellers, buyers and clocks do wrong, and that nobody loses by it.

use std::time::Duration;

use delivery::instance::State;
use flows::TopUpForm;
use kernel::id::OrderId;
use ordering::order_line::LineState;
use sample_seller::{InstanceStatus, Step};
use seller_wire::request::Activity;
use supervision::service_flow;
use testkit::{Goods, TestApp, Turnstile, db_test};

/// Orders while every creation is answered by `step`; then the seller works
/// again, and the next attempt opens it.
async fn recovers_after(app: &TestApp, step: Step) -> OrderId {
    let crm = app.sells(Goods::plain()).await;
    let buyer = app.buyer_with_balance("100.00").await;
    app.seller.script_always(Activity::NewInstance, step);
    let order = app.paid_order(&buyer, crm).await;
    app.drain().await;
    assert_eq!(app.instance(order).await.state(), State::Provisioning);
    app.check().await;
    app.seller.clear_script();
    app.advance_minutes(61).await;
    assert_eq!(app.line_state(order).await, LineState::Completed);
    assert_eq!(app.orphans().await, Vec::<String>::new());
    app.check().await;
    order
}

db_test! {
    async fn garbage_opens_nothing_and_is_asked_again(bed) {
        recovers_after(&TestApp::on(bed).await, Step::Garbage).await;
    }

    async fn an_internal_error_opens_nothing_and_is_asked_again(bed) {
        recovers_after(&TestApp::on(bed).await, Step::Http(500)).await;
    }

    async fn two_megabytes_are_not_read(bed) {
        recovers_after(&TestApp::on(bed).await, Step::Huge).await;
    }

    async fn a_redirect_is_not_followed(bed) {
        recovers_after(&TestApp::on(bed).await, Step::Redirect("http://127.0.0.1:9/".to_owned())).await;
    }

    async fn an_answer_with_a_wrong_signature_is_not_believed(bed) {
        recovers_after(&TestApp::on(bed).await, Step::WrongBodySign).await;
    }

    async fn a_seller_who_says_nothing_is_asked_again(bed) {
        let app = TestApp::with_policy(bed, |policy| policy.opening.call_timeout_ms = 150).await;
        recovers_after(&app, Step::Hang).await;
    }

    async fn an_answer_that_was_lost_makes_no_second_instance(bed) {
        let app = TestApp::on(bed).await;
        recovers_after(&app, Step::CutAfterReceive).await;
        assert_eq!(app.seller.instances().len(), 1);
    }

    async fn a_slow_seller_is_polled_until_it_is_ready(bed) {
        let app = TestApp::on(bed).await;
        let slow = app.sells(Goods::plain().at("slow", "/produce/slow")).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.paid_order(&buyer, slow).await;
        app.drain().await;
        assert_eq!(app.instance(order).await.state(), State::Provisioning);
        app.advance_minutes(4).await;
        assert_eq!(app.line_state(order).await, LineState::Completed);
        assert_eq!(app.seller.calls(Activity::NewInstance), 1);
        app.check().await;
    }

    async fn a_refused_opening_is_refunded_after_three_hours(bed) {
        let app = TestApp::on(bed).await;
        let refused = app.sells(Goods::plain().at("refused", "/produce/refuse")).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.paid_order(&buyer, refused).await;
        app.advance_minutes(179).await;
        assert_eq!(app.line_state(order).await, LineState::Paid);
        app.advance_minutes(2).await;
        assert_eq!(app.line_state(order).await, LineState::Refunded);
        assert_eq!(app.instance(order).await.state(), State::Failed);
        assert_eq!(app.balance(&buyer).await, "USD 100.00");
        // There is no id that could be released.
        assert_eq!(app.seller.calls(Activity::ReleaseInstance), 0);
        app.check().await;
    }

    async fn an_opening_that_never_ends_is_released_at_the_seller(bed) {
        let app = TestApp::on(bed).await;
        let project = app.sells(Goods::supervised()).await;
        app.seller.script(Activity::NewInstance, 1, Step::Pending(100_000));
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.paid_order(&buyer, project).await;
        app.advance_hours(4).await;
        assert_eq!(app.line_state(order).await, LineState::Refunded);
        assert_eq!(app.flow(order).await.unwrap().state(), service_flow::State::ClosedUnsubscribed);
        let instance = app.instance(order).await;
        assert_eq!(instance.state(), State::Released);
        let id = instance.external_ref().unwrap().as_str().to_owned();
        assert_eq!(app.seller.instance_status(&id), Some(InstanceStatus::Released));
        app.check().await;
    }

    async fn an_id_that_another_order_has_fails_the_second_and_harms_not_the_first(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let first = app.paid_order(&buyer, crm).await;
        app.drain().await;
        let id = app.instance(first).await.external_ref().unwrap().as_str().to_owned();
        app.seller.script(Activity::NewInstance, 2, Step::InstanceId(id.clone()));
        let second = app.paid_order(&buyer, crm).await;
        app.advance_hours(1).await;
        assert_eq!(app.line_state(second).await, LineState::Refunded);
        assert_eq!(app.instance(first).await.state(), State::Normal);
        assert_eq!(app.seller.instance_status(&id), Some(InstanceStatus::Normal));
        assert_eq!(app.balance(&buyer).await, "USD 70.00");
        app.check().await;
    }

    async fn of_two_ids_for_one_order_the_first_stays_and_the_second_is_released(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        app.seller.script(Activity::NewInstance, 1, Step::Pending(2));
        app.seller.script(Activity::QueryInstance, 1, Step::Refuse("000003".to_owned()));
        app.seller.script(Activity::NewInstance, 2, Step::OtherInstanceId);
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.paid_order(&buyer, crm).await;
        app.drain().await;
        let first = app.instance(order).await.external_ref().unwrap().as_str().to_owned();
        app.advance_hours(2).await;
        assert_eq!(app.seller.calls(Activity::NewInstance), 2);
        assert_eq!(app.line_state(order).await, LineState::Completed);
        assert_eq!(app.instance(order).await.external_ref().unwrap().as_str(), first);
        assert_eq!(app.orphans().await, Vec::<String>::new());
        app.check().await;
    }

    async fn an_opening_that_two_workers_call_at_once_makes_one_instance(bed) {
        let mut app = TestApp::on(bed).await;
        let turnstile = Turnstile::holding(1);
        app.tap(turnstile.clone());
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.paid_order(&buyer, crm).await;
        let first_worker = tokio::spawn({
            let app = (*app).clone();
            async move {
                for task in app.claim_tasks("the first", 32).await.unwrap() {
                    app.run_task(task).await;
                }
            }
        });
        turnstile.somebody_waits().await;
        app.advance_minutes(3).await;
        assert_eq!(app.line_state(order).await, LineState::Completed);
        turnstile.open();
        first_worker.await.unwrap();
        app.advance_minutes(3).await;
        assert_eq!(app.seller.instances().len(), 1);
        app.check().await;
    }

    async fn a_created_that_comes_after_the_refund_is_released(bed) {
        let mut app = TestApp::on(bed).await;
        let turnstile = Turnstile::holding(1);
        app.tap(turnstile.clone());
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.paid_order(&buyer, crm).await;
        let late_worker = tokio::spawn({
            let app = (*app).clone();
            async move {
                for task in app.claim_tasks("the late one", 32).await.unwrap() {
                    app.run_task(task).await;
                }
            }
        });
        turnstile.somebody_waits().await;
        app.seller.script_always(Activity::NewInstance, Step::Refuse("000005".to_owned()));
        app.advance_hours(4).await;
        assert_eq!(app.line_state(order).await, LineState::Refunded);
        app.seller.clear_script();
        turnstile.open();
        late_worker.await.unwrap();
        app.advance_hours(1).await;
        let statuses: Vec<_> = app.seller.instances().into_iter().map(|(_, status)| status).collect();
        assert_eq!(statuses, [InstanceStatus::Released]);
        assert_eq!(app.balance(&buyer).await, "USD 100.00");
        app.check().await;
    }

    async fn paying_in_two_tabs_pays_once(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.order(&buyer, crm).await;
        let (one, two) = tokio::join!(app.pay_from_balance(&buyer, order), app.pay_from_balance(&buyer, order));
        one.unwrap();
        two.unwrap();
        app.drain().await;
        app.pay_from_balance(&buyer, order).await.unwrap();
        assert_eq!(app.balance(&buyer).await, "USD 70.00");
        app.check().await;
    }

    async fn two_orders_at_once_cannot_spend_the_same_coin(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("30.00").await;
        let (one, two) = (app.order(&buyer, crm).await, app.order(&buyer, crm).await);
        let paid = tokio::join!(app.pay_from_balance(&buyer, one), app.pay_from_balance(&buyer, two));
        assert!(paid.0.is_ok() != paid.1.is_ok());
        assert_eq!(app.balance(&buyer).await, "USD 0.00");
        app.check().await;
    }

    async fn in_the_second_of_expiry_an_order_is_paid_or_cancelled_and_never_both(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let (in_time, too_late) = (app.order(&buyer, crm).await, app.order(&buyer, crm).await);
        app.clock.advance_seconds(7 * 24 * 3_600 - 1);
        app.pay_from_balance(&buyer, in_time).await.unwrap();
        app.clock.advance_seconds(1);
        let refused = app.pay_from_balance(&buyer, too_late).await;
        assert_eq!(refused.unwrap_err().code().key, "order-expired");
        app.drain().await;
        assert_eq!(app.line_state(in_time).await, LineState::Completed);
        assert_eq!(app.line_state(too_late).await, LineState::Cancelled);
        assert_eq!(app.balance(&buyer).await, "USD 70.00");
        app.check().await;
    }

    async fn a_form_that_is_sent_twice_places_one_order(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let form = app.order_form(&buyer, crm, "the same form").await.unwrap();
        let (one, two) = tokio::join!(app.place_order(&buyer, form.clone()), app.place_order(&buyer, form));
        assert_eq!(one.unwrap(), two.unwrap());
    }

    async fn a_product_that_was_edited_meanwhile_is_not_bought_unseen(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let form = app.order_form(&buyer, crm, "a form").await.unwrap();
        app.sells(Goods::plain().at("plain", "/produce/slow")).await;
        let refused = app.place_order(&buyer, form).await;
        assert_eq!(refused.unwrap_err().code().key, "offer-changed");
        app.check().await;
    }

    async fn a_clock_that_jumps_back_an_hour_loses_nothing(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        app.seller.script(Activity::NewInstance, 1, Step::Pending(1));
        let order = app.paid_order(&buyer, crm).await;
        app.drain().await;
        app.clock.advance_seconds(-3_600);
        app.drain().await;
        app.advance(Duration::from_secs(2 * 3_600)).await;
        assert_eq!(app.line_state(order).await, LineState::Completed);
        app.check().await;
    }

    async fn a_top_up_that_is_sent_twice_is_booked_once(bed) {
        let app = TestApp::on(bed).await;
        let (buyer, operator) = (app.buyer_with_balance("10.00").await, app.operator().await);
        let form = TopUpForm {
            key: "the same form".to_owned(),
            buyer: buyer.organisation(),
            amount: "5.00".to_owned(),
            reference: "BANK-1".to_owned(),
        };
        app.record_top_up(&operator, form.clone()).await.unwrap();
        app.record_top_up(&operator, form).await.unwrap();
        assert_eq!(app.balance(&buyer).await, "USD 15.00");
        app.check().await;
    }
}
