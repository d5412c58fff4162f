//! What a seller hears of an order.

use dbtest::db_test;
use seller_wire::open_api::MOCK_ORDERS;
use serde_json::json;

use crate::asking::{ask, credential, foreign_credential, send, signed};
use crate::kit::{CRM, GUIDED, HOST, MAIL_ONLY, Market, PLAIN, once, three_months};

const NOT_YOURS: (u16, &str) = (401, "MKT.0150");

db_test! {
    async fn a_paid_order_is_told_with_term_quantity_and_what_the_buyer_filled_in(bed) {
        let market = Market::open(bed).await;
        let order = market.paid(CRM, three_months()).await;
        let found = ask(&market, &credential(&market).await, order.number(), None).await;
        assert_eq!(found.code(), (200, "MKT.0000"));
        let info = &found.json["orderInfo"];
        assert_eq!(info["orderType"], "NEW");
        // 2026-03-02 09:00 UTC is 17:00 of the site's zone; three months end at
        // the last second of the first of June there.
        assert_eq!(info["createTime"], "20260302090000");
        let line = &info["orderLine"][0];
        assert_eq!(line["orderLineId"], format!("{}-000001", order.number()));
        assert_eq!((&line["chargingMode"], &line["periodType"], &line["periodNumber"]), (&json!("PERIOD"), &json!("month"), &json!(3)));
        assert_eq!(line["expireTime"], "20260601155959");
        assert_eq!(line["productInfo"][0]["linearValue"], 10);
        assert!(line["productInfo"][0]["productId"].as_str().unwrap().starts_with("OFFI"));
        assert_eq!(info["extendParams"], json!([{ "name": "domain", "value": "acme.example.com" }]));
    }

    async fn something_bought_once_has_neither_term_nor_quantity(bed) {
        let market = Market::open(bed).await;
        let order = market.paid(PLAIN, once()).await;
        let found = ask(&market, &credential(&market).await, order.number(), None).await;
        let line = &found.json["orderInfo"]["orderLine"][0];
        assert_eq!(line["chargingMode"], "ONE_TIME");
        for absent in ["expireTime", "periodType", "periodNumber"] {
            assert!(line.get(absent).is_none(), "{absent}");
        }
        assert!(line["productInfo"][0].get("linearValue").is_none());
    }

    async fn contact_data_is_told_as_far_as_the_product_asked_for_it(bed) {
        let market = Market::open(bed).await;
        let key = credential(&market).await;
        let all = market.paid(CRM, once()).await;
        let buyer = ask(&market, &key, all.number(), None).await.json["orderInfo"]["buyerInfo"].clone();
        assert_eq!(buyer["customerId"], market.buyer().organisation().as_str());
        assert_eq!((&buyer["mobilePhone"], &buyer["email"], &buyer["userName"]), (&json!("+65 555 0100"), &json!("buyer@example.com"), &json!("buyer")));
        let mail = market.paid(MAIL_ONLY, once()).await;
        let buyer = ask(&market, &key, mail.number(), None).await.json["orderInfo"]["buyerInfo"].clone();
        assert_eq!(buyer["email"], "buyer@example.com");
        assert!(["mobilePhone", "userId", "userName"].iter().all(|name| buyer.get(name).is_none()));
    }

    async fn a_product_that_asked_for_nothing_gets_nothing_even_with_consent(bed) {
        let market = Market::open(bed).await;
        let order = market.paid(GUIDED, once()).await;
        assert!(order.contact_consent());
        let found = ask(&market, &credential(&market).await, order.number(), None).await;
        let buyer = found.json["orderInfo"]["buyerInfo"].as_object().unwrap().clone();
        assert_eq!(buyer.keys().collect::<Vec<_>>(), ["customerId", "customerName"]);
    }

    async fn anothers_an_unpaid_a_cancelled_and_an_unknown_order_get_one_answer(bed) {
        let market = Market::open(bed).await;
        let (own, foreign) = (credential(&market).await, foreign_credential(&market).await);
        let paid = market.paid(PLAIN, once()).await;
        let unpaid = market.order(PLAIN, once()).await;
        let cancelled = market.order(PLAIN, once()).await;
        market.app.cancel_order(&market.buyer(), cancelled.id()).await.unwrap();
        let mut told = Vec::new();
        for (key, number) in [(&foreign, paid.number()), (&own, unpaid.number()), (&own, cancelled.number()), (&own, "CS2601010000ABCDE")] {
            let refused = ask(&market, key, number, None).await;
            assert_eq!(refused.code(), NOT_YOURS, "{number}");
            told.push(refused.json);
        }
        assert!(told.iter().all(|answer| *answer == told[0]));
    }

    async fn a_line_can_be_asked_for_alone_and_a_wrong_one_is_an_invalid_parameter(bed) {
        let market = Market::open(bed).await;
        let key = credential(&market).await;
        let order = market.paid(PLAIN, once()).await;
        let line = format!("{}-000001", order.number());
        let found = ask(&market, &key, order.number(), Some(&line)).await;
        assert_eq!(found.json["orderInfo"]["orderLine"].as_array().unwrap().len(), 1);
        let wrong = ask(&market, &key, order.number(), Some("CS0-000002")).await;
        assert_eq!(wrong.code(), (400, "MKT.0101"));
    }

    async fn every_seller_may_read_every_mock_order(bed) {
        let market = Market::open(bed).await;
        let foreign = foreign_credential(&market).await;
        for mock in MOCK_ORDERS {
            let line = format!("{mock}-000001");
            let found = ask(&market, &foreign, mock, Some(&line)).await;
            assert_eq!(found.code(), (200, "MKT.0000"), "{mock}");
            assert_eq!(found.json["orderInfo"]["orderLine"][0]["orderLineId"], line);
        }
    }

    async fn a_failed_opening_is_told_as_an_unsubscription_and_its_purchase_stays_readable(bed) {
        let market = Market::open(bed).await;
        let key = credential(&market).await;
        let order = market.paid(PLAIN, three_months()).await;
        for _ in 0..5 {
            market.pass_minutes(60).await;
        }
        let (id, buyer) = (order.id(), market.buyer().organisation());
        let details = market.app.view(move |tx| views::order_details::for_buyer(tx, buyer, id)).await.unwrap();
        let ended = ask(&market, &key, &details.related[0].number, None).await;
        let info = &ended.json["orderInfo"];
        assert_eq!(info["orderType"], "UNSUBSCRIBE");
        assert_eq!(info["orderLine"][0]["expireTime"], "20260601155959");
        assert_eq!(ask(&market, &key, order.number(), None).await.json["orderInfo"]["orderType"], "NEW");
    }

    async fn a_missing_order_number_and_one_that_cannot_be_one_have_their_codes(bed) {
        let market = Market::open(bed).await;
        let key = credential(&market).await;
        let path = seller_wire::open_api::ORDER_QUERY_PATH;
        let missing = send(&market, signed(&market, &key, path, HOST, 0)).await;
        assert_eq!(missing.code(), (500, "MKT.0100"));
        let long = format!("{path}?orderId={}", "A".repeat(65));
        assert_eq!(send(&market, signed(&market, &key, &long, HOST, 0)).await.code(), (400, "MKT.0101"));
    }
}
