//! `Save to List` and `My Favorites` (buyer.md 12.3).

use std::sync::Arc;

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use catalog::favourite;
use catalog::product::{self, ProductState};
use db::audit;
use kernel::id::ProductId;
use kernel::page::{Page, PageRequest};
use kernel::prelude::*;

use crate::{App, Card};

/// A saved product.
#[derive(Debug, Clone)]
pub struct SavedProduct {
    /// The product as lists show it; no longer listed ones stay in the list.
    pub card: Arc<Card>,
    /// When it was saved.
    pub saved_at: Timestamp,
}

impl App {
    /// Saves a product to the person's list; again changes nothing.
    ///
    /// # Errors
    /// Not found for a product that isn't on sale.
    pub async fn add_favourite(&self, buyer: &BuyerActor, id: ProductId) -> Result<(), Fail> {
        buyer.require(Right::BuyerRead)?;
        let (buyer, now) = (buyer.clone(), self.now());
        self.step(move |tx| {
            let found = product::store::find_any(tx, id)?;
            if found.state() != ProductState::OnSale || found.realm() != buyer.realm() {
                return Err(Fail::not_found());
            }
            favourite::add(tx, buyer.user(), id, now)?;
            audit::record(
                tx,
                &crate::app_audit(&buyer, "addFavorites", id.as_str(), now),
            )
        })
        .await
    }

    /// Takes a product off the person's list, when it is on it.
    ///
    /// # Errors
    /// The database's.
    pub async fn remove_favourite(&self, buyer: &BuyerActor, id: ProductId) -> Result<(), Fail> {
        buyer.require(Right::BuyerRead)?;
        let (buyer, now) = (buyer.clone(), self.now());
        self.step(move |tx| {
            favourite::remove(tx, buyer.user(), id)?;
            audit::record(
                tx,
                &crate::app_audit(&buyer, "deleteFavorites", id.as_str(), now),
            )
        })
        .await
    }

    /// Whether the person saved a product.
    ///
    /// # Errors
    /// The database's.
    pub async fn is_favourite(&self, buyer: &BuyerActor, id: ProductId) -> Result<bool, Fail> {
        let user = buyer.user();
        self.db
            .read(move |tx| favourite::contains(tx, user, id))
            .await
    }

    /// The person's list, newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn favourites(
        &self,
        buyer: &BuyerActor,
        request: PageRequest,
    ) -> Result<Page<SavedProduct>, Fail> {
        buyer.require(Right::BuyerRead)?;
        let user = buyer.user();
        let policy = self.policy().await?;
        let saved = self
            .db
            .read(move |tx| favourite::list(tx, user, &request))
            .await?;
        let ids = saved.rows.iter().map(|saved| saved.product_id).collect();
        let cards = self.cards(ids, policy.site.listing_currency).await?;
        let mut cards = cards.into_iter();
        let rows = saved.rows.iter().map_while(|saved| {
            Some(SavedProduct {
                card: cards.next()?,
                saved_at: saved.created_at,
            })
        });
        Ok(Page {
            rows: rows.collect(),
            next: saved.next,
        })
    }
}
