//! What buyers and readers are promised.

use accounts::attempt::TOO_MANY_ATTEMPTS;
use bytes::Bytes;
use dbtest::db_test;
use flows::{FeedbackForm, HandedOver, RECEIPT_NOT_PAID};
use kernel::fail;
use kernel::id::ProductId;
use kernel::page::PageRequest;
use support::feedback::ops::FEEDBACK_WITHOUT_AUTHOR;
use texts::Lang;
use views::{order_details, supervision_details, supervision_list};

use crate::kit::{CRM, GUIDED, Market, PLAIN, once, three_months};

fn all() -> PageRequest {
    PageRequest::default()
}

async fn product_of(market: &Market, slug: &'static str) -> ProductId {
    let found = market
        .bed
        .db
        .read(move |tx| catalog::product::store::find_by_slug(tx, slug));
    found.await.unwrap().unwrap().id()
}

fn answer(text: &str) -> FeedbackForm {
    FeedbackForm {
        page: "buying".to_owned(),
        language: "en".to_owned(),
        text: text.to_owned(),
        ..FeedbackForm::default()
    }
}

db_test! {
    async fn a_receipt_is_printed_for_what_was_paid_and_for_nobody_else(bed) {
        let market = Market::open(bed).await;
        let order = market.order(CRM, three_months()).await;
        let unpaid = market.app.receipt_pdf(&market.buyer(), order.id(), Lang::En).await;
        assert!(unpaid.unwrap_err().is(RECEIPT_NOT_PAID));
        market.pay(order.id()).await;
        for lang in [Lang::En, Lang::Zh] {
            let pdf = market.app.receipt_pdf(&market.buyer(), order.id(), lang).await.unwrap();
            assert!(pdf.starts_with(b"%PDF-"));
        }
        let stranger = market.app.receipt_pdf(&market.other_buyer(), order.id(), Lang::En).await;
        assert!(stranger.unwrap_err().is(fail::NOT_FOUND));
    }

    async fn a_refund_is_confirmed_in_print(bed) {
        let market = Market::open(bed).await;
        let order = market.paid(PLAIN, once()).await;
        for _ in 0..5 {
            market.pass_minutes(60).await;
        }
        let (id, buyer) = (order.id(), market.buyer().organisation());
        let details = market.app.view(move |tx| order_details::for_buyer(tx, buyer, id)).await.unwrap();
        let pdf = market.app.receipt_pdf(&market.buyer(), details.related[0].order, Lang::En).await.unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
    }

    async fn a_product_saved_twice_stands_once_in_the_list_of_its_person_alone(bed) {
        let market = Market::open(bed).await;
        let (first, second) = (product_of(&market, CRM).await, product_of(&market, PLAIN).await);
        for product in [first, first, second] {
            market.app.add_favourite(&market.buyer(), product).await.unwrap();
            market.bed.clock.advance_seconds(1);
        }
        let saved = market.app.favourites(&market.buyer(), all()).await.unwrap();
        assert_eq!(saved.rows.iter().map(|saved| saved.card.id).collect::<Vec<_>>(), [second, first]);
        assert!(market.app.favourites(&market.other_buyer(), all()).await.unwrap().rows.is_empty());
        market.app.remove_favourite(&market.buyer(), first).await.unwrap();
        assert!(!market.app.is_favourite(&market.buyer(), first).await.unwrap());
        assert!(market.app.is_favourite(&market.buyer(), second).await.unwrap());
    }

    async fn a_reply_to_feedback_is_seen_by_its_author_and_by_no_other_reader(bed) {
        let market = Market::open(bed).await;
        let id = market.app.submit_feedback(Some(&market.buyer), "192.0.2.9", answer("Where is it?")).await.unwrap();
        market.app.take_up_feedback(&market.operator(), id).await.unwrap();
        market.app.reply_to_feedback(&market.operator(), id, "On the left.").await.unwrap();
        let mine = market.app.my_feedback(&market.buyer, all()).await.unwrap();
        assert_eq!(mine.rows[0].reply(), "On the left.");
        assert!(market.app.my_feedback(&market.other_buyer, all()).await.unwrap().rows.is_empty());
        let told = market.app.notices(&market.buyer, all()).await.unwrap();
        assert_eq!(told.rows[0].about.link, "/my/feedback");
        assert_eq!(market.app.feedback(&market.operator(), None, all()).await.unwrap().rows.len(), 1);
    }

    async fn feedback_of_nobody_is_closed_and_cannot_be_replied_to(bed) {
        let market = Market::open(bed).await;
        let id = market.app.submit_feedback(None, "192.0.2.9", answer("")).await.unwrap();
        let refused = market.app.reply_to_feedback(&market.operator(), id, "Thanks.").await;
        assert!(refused.unwrap_err().is(FEEDBACK_WITHOUT_AUTHOR));
        market.app.close_feedback(&market.operator(), id).await.unwrap();
    }

    async fn an_address_that_sends_too_much_feedback_must_wait(bed) {
        let market = Market::open(bed).await;
        for _ in 0..20 {
            market.app.submit_feedback(None, "192.0.2.9", answer("")).await.unwrap();
        }
        let refused = market.app.submit_feedback(None, "192.0.2.9", answer("")).await;
        assert!(refused.unwrap_err().is(TOO_MANY_ATTEMPTS));
        market.app.submit_feedback(None, "192.0.2.10", answer("")).await.unwrap();
        market.bed.clock.advance_seconds(15 * 60);
        market.app.submit_feedback(None, "192.0.2.9", answer("")).await.unwrap();
    }

    async fn a_file_of_a_supervision_is_downloaded_by_both_sides_and_by_nobody_else(bed) {
        let market = Market::open(bed).await;
        market.paid(GUIDED, once()).await;
        let buyer = market.buyer().organisation();
        let flows = market.app.view(move |tx| supervision_list::of_buyer(tx, buyer, &supervision_list::Filter::default(), &all()));
        let flow = flows.await.unwrap().rows[0].flow;
        let content = Bytes::from_static(b"%PDF-1.7 what we want");
        let file = HandedOver { field: "request_document".to_owned(), name: "wish.pdf".to_owned(), bytes: content.clone() };
        market.app.submit_request(&market.buyer(), flow, "Ten users.", vec![file]).await.unwrap();
        let seller = market.seller().organisation();
        let details = market.app.view(move |tx| supervision_details::for_seller(tx, seller, flow)).await.unwrap();
        let file = details.records.last().unwrap().files[0].file;
        for found in [
            market.app.download_for_buyer(&market.buyer(), file).await,
            market.app.download_for_seller(&market.seller(), file).await,
        ] {
            let found = found.unwrap();
            assert_eq!((found.bytes, found.file.name.as_str()), (content.clone(), "wish.pdf"));
        }
        let stranger = market.app.download_for_buyer(&market.other_buyer(), file).await;
        assert!(stranger.unwrap_err().is(fail::NOT_FOUND));
        let stranger = market.app.download_for_seller(&market.other_seller(), file).await;
        assert!(stranger.unwrap_err().is(fail::NOT_FOUND));
    }

    async fn a_supervision_shows_the_same_to_both_sides_and_nothing_to_strangers(bed) {
        let market = Market::open(bed).await;
        market.paid(GUIDED, once()).await;
        let (buyer, seller) = (market.buyer().organisation(), market.seller().organisation());
        let flows = market.app.view(move |tx| supervision_list::of_seller(tx, seller, &supervision_list::Filter::default(), &all()));
        let flow = flows.await.unwrap().rows[0].flow;
        let of_buyer = market.app.view(move |tx| supervision_details::for_buyer(tx, buyer, flow)).await.unwrap();
        let of_any = market.app.view(move |tx| supervision_details::for_operator(tx, flow)).await.unwrap();
        assert_eq!(of_buyer.records.len(), of_any.records.len());
        assert_eq!((of_buyer.seller.name(), of_buyer.instance.is_some()), ("Tidewrack", true));
        let other = market.other_seller().organisation();
        let stranger = market.app.view(move |tx| supervision_details::for_seller(tx, other, flow)).await;
        assert!(stranger.unwrap_err().is(fail::NOT_FOUND));
    }

    async fn a_message_is_unread_until_its_own_reader_opens_it(bed) {
        let market = Market::open(bed).await;
        market.paid(PLAIN, once()).await;
        let told = market.app.notices(&market.buyer, all()).await.unwrap();
        let unread = market.app.unread_notices(&market.buyer).await.unwrap();
        assert_eq!(usize::try_from(unread).unwrap(), told.rows.len());
        let stranger = market.app.read_notice(&market.other_buyer, told.rows[0].id).await;
        assert!(stranger.unwrap_err().is(fail::NOT_FOUND));
        let read = market.app.read_notice(&market.buyer, told.rows[0].id).await.unwrap();
        assert_eq!(read.about.link, told.rows[0].about.link);
        assert_eq!(market.app.unread_notices(&market.buyer).await.unwrap(), unread - 1);
        market.app.read_all_notices(&market.buyer).await.unwrap();
        assert_eq!(market.app.unread_notices(&market.buyer).await.unwrap(), 0);
    }
}
