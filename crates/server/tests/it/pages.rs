//! The story as it is seen in a browser.

use axum::http::StatusCode;
use testkit::{Goods, TestApp, db_test};

use crate::browser::Browser;

db_test! {
    async fn what_is_on_sale_is_found_by_anybody(bed) {
        let app = TestApp::on(bed).await;
        app.sells(Goods::plain()).await;
        app.follow_catalogue().await.unwrap();
        let found = Browser::stranger(&app).open("/search?q=plain").await;
        assert_eq!(found.status, StatusCode::OK);
        assert!(found.text.contains("The plain product"));
    }

    async fn the_buyer_alone_sees_the_opened_application(bed) {
        let app = TestApp::on(bed).await;
        let crm = app.sells(Goods::plain()).await;
        let (buyer, other) = (app.buyer_with_balance("100.00").await, app.buyer_with_balance("1.00").await);
        let order = app.paid_order(&buyer, crm).await;
        app.drain().await;
        let page = format!("/billing/orders/{order}");
        let seen = Browser::of(&app, buyer.user()).await.open(&page).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(seen.text.contains("The plain product"));
        let hidden = Browser::of(&app, other.user()).await.open(&page).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        assert!(!hidden.text.contains("The plain product"));
    }

    async fn who_signed_out_is_a_stranger_again(bed) {
        let app = TestApp::on(bed).await;
        let buyer = app.buyer_with_balance("1.00").await;
        let browser = Browser::of(&app, buyer.user()).await;
        assert_eq!(browser.open("/my/apps").await.status, StatusCode::OK);
        assert_eq!(browser.submit("/sign-out", "").await.status, StatusCode::SEE_OTHER);
        assert_ne!(browser.open("/my/apps").await.status, StatusCode::OK);
    }
}
