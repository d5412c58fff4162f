//! What a buyer came for: buy, have it opened, supervise it, use it.

use flows::LiveAnswer;
use ordering::order_line::LineState;
use seller_wire::request::Activity;
use supervision::service_flow::State;
use testkit::{Goods, TestApp, db_test};

db_test! {
    async fn a_paid_application_is_opened_and_its_password_can_be_shown(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.paid_order(&buyer, crm).await;
        app.drain().await;
        assert_eq!(app.line_state(order).await, LineState::Completed);
        assert_eq!(app.balance(&buyer).await, "USD 70.00");
        let instance = app.instance(order).await.id();
        let details = app.resource_details(&buyer, instance).await.unwrap();
        let opened_at = details.info.expect("the seller told where").front_end_url;
        assert!(opened_at.contains("/app/"), "{opened_at}");
        let password = app.reveal_password(&buyer, false, instance).await.unwrap();
        assert_eq!(password.reveal().len(), 20);
        app.check().await;
    }

    async fn a_supervised_application_is_completed_three_hours_after_its_acceptance(bed) {
        let app = TestApp::on(bed).await;
        let project = app.sells(Goods::supervised()).await;
        let (buyer, seller) = (app.buyer_with_balance("100.00").await, app.seller_owner().await);
        let order = app.paid_order(&buyer, project).await;
        app.drain().await;
        assert_eq!(app.line_state(order).await, LineState::Paid);
        assert!(app.instance(order).await.validity().is_none());
        app.advance_days(2).await;
        app.supervise(&buyer, &seller, order).await.unwrap();
        let accepted_at = app.time();
        assert_eq!(app.flow(order).await.unwrap().state(), State::Completed);
        let ends_at = app.instance(order).await.validity().and_then(|validity| validity.ends_at());
        assert!(ends_at.unwrap().seconds_since(accepted_at) > 27 * 86_400);
        app.advance_minutes(179).await;
        assert_eq!(app.line_state(order).await, LineState::Paid);
        app.advance_minutes(2).await;
        assert_eq!(app.line_state(order).await, LineState::Completed);
        app.check().await;
    }

    async fn a_rejected_delivery_is_delivered_again(bed) {
        let app = TestApp::on(bed).await;
        let project = app.sells(Goods::supervised()).await;
        let (buyer, seller) = (app.buyer_with_balance("100.00").await, app.seller_owner().await);
        let order = app.paid_order(&buyer, project).await;
        app.drain().await;
        let flow = app.flow(order).await.unwrap().id();
        app.submit_request(&buyer, flow, "Please set it up.", Vec::new()).await.unwrap();
        app.accept_request(&seller, flow).await.unwrap();
        app.deliver(&seller, flow).await.unwrap();
        app.reject_service(&buyer, flow, "The import is missing.").await.unwrap();
        app.deliver(&seller, flow).await.unwrap();
        app.accept_service(&buyer, flow).await.unwrap();
        assert_eq!(app.flow(order).await.unwrap().delivery_rejections(), 1);
        app.check().await;
    }

    async fn a_stranger_finds_nothing(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let (buyer, stranger) = (app.buyer_with_balance("100.00").await, app.buyer_with_balance("1.00").await);
        let order = app.paid_order(&buyer, crm).await;
        app.drain().await;
        let instance = app.instance(order).await.id();
        let unknown = kernel::fail::NOT_FOUND;
        assert!(app.resource_details(&stranger, instance).await.unwrap_err().is(unknown));
        assert!(app.reveal_password(&stranger, false, instance).await.unwrap_err().is(unknown));
        assert!(app.live_query(&stranger, instance).await.unwrap_err().is(unknown));
        assert!(app.cancel_order(&stranger, order).await.unwrap_err().is(unknown));
    }

    async fn a_page_about_an_application_stands_while_the_seller_is_down(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let buyer = app.buyer_with_balance("100.00").await;
        let order = app.paid_order(&buyer, crm).await;
        app.drain().await;
        let instance = app.instance(order).await.id();
        assert!(matches!(app.live_query(&buyer, instance).await.unwrap(), LiveAnswer::Fresh(_)));
        app.seller.script_always(Activity::QueryInstance, sample_seller::Step::Http(503));
        assert!(matches!(app.live_query(&buyer, instance).await.unwrap(), LiveAnswer::LastKnown));
        assert!(app.resource_details(&buyer, instance).await.unwrap().info.is_some());
    }
}
