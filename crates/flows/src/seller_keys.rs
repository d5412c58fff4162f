//! `Application Tools > Access Keys` (access guide 1.4): a seller's interface
//! keys, shown masked, revealed by an audited act.

use accounts::access_key::{self, AccessKey, AccessKeyId, InterfaceType};
use accounts::actor::SellerActor;
use accounts::attempt::{self, Action, Limit};
use accounts::organisation::Right;
use db::audit;
use kernel::prelude::*;

use crate::App;

/// A key in the list.
#[derive(Debug, Clone)]
pub struct MaskedKey {
    /// Type, rank, times.
    pub key: AccessKey,
    /// Dots and the last characters.
    pub masked: String,
}

impl App {
    /// The seller's keys, newest first, retired ones included.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn access_keys(&self, seller: &SellerActor) -> Result<Vec<MaskedKey>, Fail> {
        seller.require(Right::SellerRead)?;
        let (organisation, ring) = (seller.organisation(), self.keys.ring());
        self.db
            .read(move |tx| {
                access_key::list_for_seller(tx, organisation)?
                    .into_iter()
                    .map(|key| {
                        Ok(MaskedKey {
                            masked: key.masked(&ring)?,
                            key,
                        })
                    })
                    .collect()
            })
            .await
    }

    /// Shows a key: counted, audited, and only after a fresh proof of identity
    /// where two-step verification is on.
    ///
    /// # Errors
    /// Forbidden; step-up needed; too many reveals; not found.
    pub async fn reveal_access_key(
        &self,
        seller: &SellerActor,
        two_step: bool,
        id: AccessKeyId,
    ) -> Result<Secret<String>, Fail> {
        seller.require(Right::RevealKeys)?;
        self.prove_before_secret(seller, two_step).await?;
        let (seller, ring, now) = (seller.clone(), self.keys.ring(), self.now());
        self.step(move |tx| {
            let key = access_key::find_for_seller(tx, seller.organisation(), id)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "revealAccessKey", id.as_str(), now),
            )?;
            key.reveal(&ring)
        })
        .await
    }

    /// Makes the first key of a type of interface.
    ///
    /// # Errors
    /// Forbidden; there is one already.
    pub async fn add_access_key(
        &self,
        seller: &SellerActor,
        interface: InterfaceType,
    ) -> Result<AccessKeyId, Fail> {
        seller.require(Right::ManageInterfaces)?;
        let (seller, ring, now) = (seller.clone(), self.keys.ring(), self.now());
        self.step(move |tx| {
            let by = Some(seller.user());
            let key = access_key::add(tx, &ring, seller.organisation(), interface, by, now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "addAccessKey", key.id().as_str(), now),
            )?;
            Ok(key.id())
        })
        .await
    }

    /// Makes a new key the one that signs; the one before is still accepted
    /// until it is retired.
    ///
    /// # Errors
    /// Forbidden; there is none yet; the last change isn't finished.
    pub async fn rotate_access_key(
        &self,
        seller: &SellerActor,
        interface: InterfaceType,
    ) -> Result<AccessKeyId, Fail> {
        seller.require(Right::ManageInterfaces)?;
        let (seller, ring, now) = (seller.clone(), self.keys.ring(), self.now());
        self.step(move |tx| {
            let by = Some(seller.user());
            let key = access_key::rotate(tx, &ring, seller.organisation(), interface, by, now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "rotateAccessKey", key.id().as_str(), now),
            )?;
            Ok(key.id())
        })
        .await
    }

    /// Ends the key before the last change: nothing is accepted under it.
    ///
    /// # Errors
    /// Forbidden; not found; it is the one in use.
    pub async fn retire_access_key(
        &self,
        seller: &SellerActor,
        id: AccessKeyId,
    ) -> Result<(), Fail> {
        seller.require(Right::ManageInterfaces)?;
        let (seller, now) = (seller.clone(), self.now());
        self.step(move |tx| {
            access_key::retire(tx, seller.organisation(), id, now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "retireAccessKey", id.as_str(), now),
            )
        })
        .await
    }

    /// What comes before a seller's secret is shown. The attempt is committed
    /// here: a reveal that fails afterwards counts too.
    pub(crate) async fn prove_before_secret(
        &self,
        seller: &SellerActor,
        two_step: bool,
    ) -> Result<(), Fail> {
        let (policy, now) = (self.policy().await?, self.now());
        if two_step {
            seller.fresh_step_up(now, &policy.accounts)?;
        }
        let limit = Limit::of(policy.accounts.reveal_attempts, &policy.accounts);
        let user = seller.user();
        self.step(move |tx| attempt::allow(tx, Action::RevealKey, user.as_str(), limit, now))
            .await
    }
}
