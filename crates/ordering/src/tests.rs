//! Promises of orders and lines, on both databases.

use accounts::Country;
use accounts::organisation::{self, Kind, Organisation};
use catalog::offer::OfferPrice;
use catalog::release::{PricingMode, Tier};
use db::Tx;
use dbtest::{Bed, START, db_test};
use kernel::id::{OrganisationId, ProductId};
use kernel::policy::Policy;
use kernel::prelude::*;
use kernel::term::{Period, PeriodType};

use crate::order::{self, NUMBER_TAKEN, NewOrder, Order, OrderType};
use crate::order_line::{
    self, Frozen, Interface, LineEvent, LineState, NewLine, OrderLine, SellerContact,
};
use crate::status::OrderStatus;

const MONTH: Period = Period {
    unit: PeriodType::Month,
    count: 1,
};

fn organisation(tx: &Tx<'_>, kind: Kind) -> Result<OrganisationId, Fail> {
    let country = Country::parse("SG").unwrap();
    let made = Organisation::new(Realm::Live, kind, "Acme", country, START)?;
    organisation::insert(tx, &made)?;
    Ok(made.id())
}

fn terms(seller: OrganisationId) -> NewLine {
    let price = OfferPrice {
        currency: Currency::USD,
        mode: PricingMode::Linear,
        tiers: vec![Tier {
            from: 1,
            unit_minor: 1_250,
        }],
        quantity: 4,
        period: MONTH,
    };
    let quote = pricing::quote(&price, &[], &Policy::intl().charges).unwrap();
    let money = |minor| Money::new(minor, Currency::USD);
    NewLine {
        seller,
        product: ProductId::fresh(START),
        product_version: 1,
        sku_code: "sku".to_owned(),
        product_code: "OFFI1".to_owned(),
        product_name: "CRM,Standard".to_owned(),
        quantity: 4,
        period: MONTH,
        supervised: false,
        contract: "saas_v2".to_owned(),
        list: money(quote.list_minor),
        net: money(quote.net_minor),
        tax: money(quote.tax_minor),
        gross: quote.gross(),
        frozen: Frozen {
            product_name: "CRM".to_owned(),
            product_name_zh: String::new(),
            product_slug: "crm".to_owned(),
            specification: "Standard".to_owned(),
            specification_zh: String::new(),
            options: Vec::new(),
            quantity_name: Some("Users".to_owned()),
            quantity_unit: "user".to_owned(),
            period: MONTH,
            amounts: quote,
            interface: Interface {
                address_id: "adr".to_owned(),
                path: "/produce".to_owned(),
            },
            delivery_days: 0,
            request_template: String::new(),
            extension_values: Vec::new(),
            wants_mobile: false,
            wants_email: false,
            wants_user_name: false,
            seller: SellerContact {
                name: "Seller".to_owned(),
                name_zh: String::new(),
            },
            contracting_party: "Operator".to_owned(),
        },
    }
}

fn placed(tx: &Tx<'_>, buyer: OrganisationId, number: &str) -> Result<Order, Fail> {
    let new = NewOrder {
        number: number.to_owned(),
        realm: Realm::Live,
        order_type: OrderType::New,
        buyer,
        user: None,
        total: Money::new(5_000, Currency::USD),
        contact_consent: false,
        refers_to: None,
        policy_version: 1,
        expires_at: Some(START.plus_seconds(60)),
    };
    let order = Order::place(new, START);
    order::insert(tx, &order)?;
    Ok(order)
}

async fn line(bed: &Bed) -> OrderLine {
    let make = |tx: &Tx<'_>| {
        let (buyer, seller) = (
            organisation(tx, Kind::Buyer)?,
            organisation(tx, Kind::Seller)?,
        );
        let line = OrderLine::place(&placed(tx, buyer, "CS2603020900ABCDE")?, terms(seller));
        order_line::insert(tx, &line)?;
        Ok(line)
    };
    bed.db.write(make).await.unwrap()
}

db_test! {
    async fn a_number_that_was_drawn_twice_is_refused_and_can_be_drawn_again(bed) {
        let buyer = bed.db.write(|tx| organisation(tx, Kind::Buyer)).await.unwrap();
        bed.db.write(move |tx| placed(tx, buyer, "CS1")).await.unwrap();
        assert!(bed.db.write(move |tx| placed(tx, buyer, "CS1")).await.unwrap_err().is(NUMBER_TAKEN));
        assert!(bed.db.write(move |tx| placed(tx, buyer, "CS2")).await.is_ok());
    }

    async fn a_line_is_read_as_it_was_agreed_on(bed) {
        let line = line(&bed).await;
        let (id, buyer) = (line.id(), line.buyer());
        let read = bed.db.read(move |tx| order_line::find_for_buyer(tx, buyer, id)).await.unwrap();
        assert_eq!(read.number(), "CS2603020900ABCDE-000001");
        assert_eq!(read.terms().gross, Money::new(5_000, Currency::USD));
        assert_eq!(read.frozen().amounts, line.frozen().amounts);
    }

    async fn a_strangers_line_is_not_found(bed) {
        let line = line(&bed).await;
        let (id, seller, stranger) = (line.id(), line.terms().seller, OrganisationId::fresh(START));
        let found = bed.db.read(move |tx| order_line::find_for_buyer(tx, stranger, id)).await;
        assert!(found.unwrap_err().is(kernel::fail::NOT_FOUND));
        let found = bed.db.read(move |tx| order_line::find_for_seller(tx, stranger, id)).await;
        assert!(found.unwrap_err().is(kernel::fail::NOT_FOUND));
        assert!(bed.db.read(move |tx| order_line::find_for_seller(tx, seller, id)).await.is_ok());
    }

    async fn a_change_of_state_leaves_its_history_and_an_old_version_changes_nothing(bed) {
        let line = line(&bed).await;
        let id = line.id();
        let pay = move |tx: &Tx<'_>| {
            let paid = line.apply(LineEvent::Pay, START, Who::SYSTEM)?;
            order_line::save(tx, &line, &paid)
        };
        assert_eq!(bed.db.write(pay.clone()).await.unwrap().state(), LineState::Paid);
        assert!(bed.db.write(pay).await.unwrap_err().is(kernel::fail::CHANGED_MEANWHILE));
        let history = bed.db.read(move |tx| db::history::of(tx, id.as_str())).await.unwrap();
        assert_eq!((history.len(), history[0].to.as_str()), (1, "PAID"));
    }

    async fn orders_past_their_time_are_found_for_the_sweeper(bed) {
        let order = line(&bed).await.order();
        let at = |seconds| START.plus_seconds(seconds);
        let due = |now| bed.db.read(move |tx| order_line::unpaid_expired(tx, now, 10));
        assert!(due(at(59)).await.unwrap().is_empty());
        assert_eq!(due(at(60)).await.unwrap(), vec![order]);
    }

    async fn in_the_second_of_its_expiry_an_order_can_no_longer_be_paid(bed) {
        let buyer = bed.db.write(|tx| organisation(tx, Kind::Buyer)).await.unwrap();
        let order = bed.db.write(move |tx| placed(tx, buyer, "CS1")).await.unwrap();
        assert!(order.payable_at(START.plus_seconds(59)));
        assert!(!order.payable_at(START.plus_seconds(60)));
    }
}

#[test]
fn the_status_of_an_order_has_the_manuals_codes() {
    let code = |order_type, state| OrderStatus::of(order_type, state).code();
    assert_eq!(code(OrderType::New, LineState::PendingPayment), 6);
    assert_eq!(code(OrderType::New, LineState::Paid), 3);
    assert_eq!(code(OrderType::Unsubscribe, LineState::Paid), 2);
    assert_eq!(code(OrderType::New, LineState::Completed), 5);
    assert_eq!(code(OrderType::New, LineState::Cancelled), 4);
    assert_eq!(code(OrderType::New, LineState::Refunded), 4);
}

#[test]
fn nothing_leaves_a_closed_state() {
    use kernel::names::Named as _;
    use kernel::state::Machine as _;
    for closed in [
        LineState::Completed,
        LineState::Cancelled,
        LineState::Refunded,
    ] {
        for event in LineEvent::ALL {
            assert_eq!(order_line::LineMachine::next(closed, *event), None);
        }
    }
}
