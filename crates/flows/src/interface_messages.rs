//! `Application Tools > Service Interface Messages` (access guide 1.9): every
//! effect at a seller's server with its calls, and the instances that the
//! market can't account for.

use accounts::actor::{OperatorActor, SellerActor};
use accounts::organisation::Right;
use delivery::message::{self, Call, Filter, Message, MessageId};
use delivery::stray::{self, Stray};
use kernel::page::{Page, PageRequest};
use kernel::prelude::*;
use views::possible_orphans::{self, OrphanRow};

use crate::App;

/// A message with its calls.
#[derive(Debug, Clone)]
pub struct MessageDetails {
    /// Effect, order, address, state.
    pub message: Message,
    /// The newest calls, newest first; what was sent and answered is redacted.
    pub calls: Vec<Call>,
}

impl App {
    /// The seller's messages, newest first.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn interface_messages(
        &self,
        seller: &SellerActor,
        filter: Filter,
        request: PageRequest,
    ) -> Result<Page<Message>, Fail> {
        seller.require(Right::SellerRead)?;
        let organisation = seller.organisation();
        self.db
            .read(move |tx| message::store::list_for_seller(tx, organisation, &filter, &request))
            .await
    }

    /// One of the seller's messages with its calls.
    ///
    /// # Errors
    /// Forbidden; not found, also for another seller's.
    pub async fn interface_message(
        &self,
        seller: &SellerActor,
        id: MessageId,
    ) -> Result<MessageDetails, Fail> {
        seller.require(Right::SellerRead)?;
        let organisation = seller.organisation();
        self.db
            .read(move |tx| {
                Ok(MessageDetails {
                    message: message::store::find_for_seller(tx, organisation, id)?,
                    calls: message::store::calls_for_seller(tx, organisation, id)?,
                })
            })
            .await
    }

    /// Instance IDs that the seller answered and that can't be used.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn stray_instances(
        &self,
        seller: &SellerActor,
        request: PageRequest,
    ) -> Result<Page<Stray>, Fail> {
        seller.require(Right::SellerRead)?;
        let organisation = seller.organisation();
        self.db
            .read(move |tx| stray::store::list_for_seller(tx, organisation, &request))
            .await
    }

    /// All sellers' unusable instance IDs.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn all_stray_instances(
        &self,
        operator: &OperatorActor,
        request: PageRequest,
    ) -> Result<Page<Stray>, Fail> {
        operator.require(Right::OperatorRead)?;
        self.db
            .read(move |tx| stray::store::list_any(tx, &request))
            .await
    }

    /// Failed openings after which the seller may have something open.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn possible_orphans(
        &self,
        seller: &SellerActor,
        request: PageRequest,
    ) -> Result<Page<OrphanRow>, Fail> {
        seller.require(Right::SellerRead)?;
        let (realm, organisation) = (seller.realm(), seller.organisation());
        self.db
            .read(move |tx| possible_orphans::of_seller(tx, realm, organisation, &request))
            .await
    }

    /// All sellers' possible orphans.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn all_possible_orphans(
        &self,
        operator: &OperatorActor,
        request: PageRequest,
    ) -> Result<Page<OrphanRow>, Fail> {
        operator.require(Right::OperatorRead)?;
        let realm = operator.realm();
        self.db
            .read(move |tx| possible_orphans::of_all(tx, realm, &request))
            .await
    }
}
