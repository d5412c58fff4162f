//! The steps of an order's life, each in one line of a test.

use accounts::actor::{BuyerActor, SellerActor};
use billing::ledger;
use bytes::Bytes;
use delivery::instance::{self, Instance};
use flows::{HandedOver, OrderForm};
use kernel::fail::NOT_IN_THIS_STATE;
use kernel::id::{OrderId, ServiceFlowId};
use kernel::prelude::*;
use ordering::order_line::{self, LineState, OrderLine};
use supervision::record::FileKind;
use supervision::service_flow::{self, ServiceFlow};

use crate::{Goods, TestApp};

/// A step that may have been done before the program was killed: done twice
/// is done.
pub fn once(step: Result<(), Fail>) -> Result<(), Fail> {
    match step {
        Err(fail) if fail.is(NOT_IN_THIS_STATE) => Ok(()),
        other => other,
    }
}

impl TestApp {
    /// Confirms and orders one month of something.
    pub async fn order(&self, buyer: &BuyerActor, goods: Goods) -> OrderId {
        let key = kernel::random::uuid();
        self.try_order(buyer, goods, &key).await.unwrap()
    }

    /// As [`TestApp::order`], with the key of a form that may be sent again.
    pub async fn try_order(
        &self,
        buyer: &BuyerActor,
        goods: Goods,
        key: &str,
    ) -> Result<OrderId, Fail> {
        let form = self.order_form(buyer, goods, key).await?;
        self.place_order(buyer, form).await
    }

    /// The filled-in form of the confirmation page.
    pub async fn order_form(
        &self,
        buyer: &BuyerActor,
        goods: Goods,
        key: &str,
    ) -> Result<OrderForm, Fail> {
        let checkout = self
            .checkout(buyer, goods.slug(), goods.selection())
            .await?;
        Ok(OrderForm {
            key: key.to_owned(),
            slug: goods.slug().to_owned(),
            selection: goods.selection(),
            digest: checkout.digest,
            agreements: checkout
                .agreements
                .iter()
                .map(|document| document.id.to_string())
                .collect(),
            contact_consent: true,
            extension_values: Vec::new(),
        })
    }

    /// Orders and pays; nothing runs yet.
    pub async fn paid_order(&self, buyer: &BuyerActor, goods: Goods) -> OrderId {
        let order = self.order(buyer, goods).await;
        self.pay_from_balance(buyer, order).await.unwrap();
        order
    }

    /// The supervised delivery as far as it was done: request, its acceptance,
    /// delivery and acceptance. Doing it again goes on where it stopped.
    pub async fn supervise(
        &self,
        buyer: &BuyerActor,
        seller: &SellerActor,
        order: OrderId,
    ) -> Result<(), Fail> {
        let flow = self.flow(order).await?.id();
        once(
            self.submit_request(buyer, flow, "Please set it up for us.", Vec::new())
                .await,
        )?;
        once(self.accept_request(seller, flow).await)?;
        once(self.deliver(seller, flow).await)?;
        once(self.accept_service(buyer, flow).await)
    }

    /// The seller delivers with all papers.
    pub async fn deliver(&self, seller: &SellerActor, flow: ServiceFlowId) -> Result<(), Fail> {
        let papers = FileKind::REQUIRED_WITH_DELIVERY
            .iter()
            .map(|paper| HandedOver {
                field: paper.name().to_owned(),
                name: format!("{}.pdf", paper.name()),
                bytes: Bytes::from_static(b"%PDF-1.4 proof"),
            });
        self.deliver_service(seller, flow, "It is set up.", None, papers.collect())
            .await
    }

    /// The one line of an order.
    pub async fn line(&self, order: OrderId) -> OrderLine {
        let lines = self
            .db
            .read(move |tx| order_line::of_order(tx, order))
            .await
            .unwrap();
        lines.into_iter().next().expect("an order has a line")
    }

    /// Where the one line of an order stands.
    pub async fn line_state(&self, order: OrderId) -> LineState {
        self.line(order).await.state()
    }

    /// The one instance of an order.
    pub async fn instance(&self, order: OrderId) -> Instance {
        let line = self.line(order).await.id();
        let found = self
            .db
            .read(move |tx| instance::store::of_line(tx, line))
            .await
            .unwrap();
        assert_eq!(found.len(), 1, "instances of one order");
        found.into_iter().next().unwrap()
    }

    /// The supervised delivery of an order.
    pub async fn flow(&self, order: OrderId) -> Result<ServiceFlow, Fail> {
        self.db
            .read(move |tx| {
                let lines = order_line::of_order(tx, order)?;
                let line = lines.first().ok_or_else(Fail::not_found)?;
                service_flow::store::of_line(tx, line.id())?.ok_or_else(Fail::not_found)
            })
            .await
    }

    /// What a buyer may still spend.
    pub async fn balance(&self, buyer: &BuyerActor) -> String {
        let buyer = buyer.organisation();
        let balance = self
            .db
            .read(move |tx| ledger::balance(tx, buyer, Currency::USD))
            .await;
        balance.unwrap().to_string()
    }
}
