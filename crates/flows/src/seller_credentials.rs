//! `My Credentials > Access Keys` (access guide 7.1): access key and secret key
//! with which a seller's server calls the open APIs.

use accounts::actor::SellerActor;
use accounts::api_credential::{self, ApiCredential};
use accounts::organisation::Right;
use db::audit;
use kernel::prelude::*;

use crate::App;

/// A credential that was just made.
#[derive(Debug, Clone)]
pub struct NewCredential {
    /// Names it.
    pub access_key: String,
    /// Shown this once.
    pub secret_key: Secret<String>,
}

impl App {
    /// The seller's credentials, newest first, without their secrets.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn api_credentials(&self, seller: &SellerActor) -> Result<Vec<ApiCredential>, Fail> {
        seller.require(Right::SellerRead)?;
        let organisation = seller.organisation();
        self.db
            .read(move |tx| api_credential::list_for_seller(tx, organisation))
            .await
    }

    /// Makes a credential; its secret is shown now and never again. Counted
    /// and proved like the reveal of a key.
    ///
    /// # Errors
    /// Forbidden; step-up needed; too many.
    pub async fn create_api_credential(
        &self,
        seller: &SellerActor,
        two_step: bool,
    ) -> Result<NewCredential, Fail> {
        seller.require(Right::RevealKeys)?;
        self.prove_before_secret(seller, two_step).await?;
        let (seller, ring, now) = (seller.clone(), self.keys.ring(), self.now());
        self.step(move |tx| {
            let (organisation, by) = (seller.organisation(), Some(seller.user()));
            let made = api_credential::create(tx, &ring, organisation, by, now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "createApiCredential", made.access_key(), now),
            )?;
            Ok(NewCredential {
                secret_key: made.reveal(&ring)?,
                access_key: made.access_key().to_owned(),
            })
        })
        .await
    }

    /// Disables a credential for good.
    ///
    /// # Errors
    /// Forbidden; not found, also for another seller's or a disabled one.
    pub async fn disable_api_credential(
        &self,
        seller: &SellerActor,
        access_key: &str,
    ) -> Result<(), Fail> {
        seller.require(Right::RevealKeys)?;
        let (seller, access_key, now) = (seller.clone(), access_key.to_owned(), self.now());
        self.step(move |tx| {
            api_credential::disable(tx, seller.organisation(), &access_key, now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "disableApiCredential", &access_key, now),
            )
        })
        .await
    }
}
