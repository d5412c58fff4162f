//! `View Resource Details`: last known values at once, a live query as a
//! fragment of its own, and the password only by an audited act.

use accounts::actor::BuyerActor;
use accounts::attempt::{self, Action, Limit};
use accounts::organisation::Right;
use accounts::seller::{self, SellerProfile};
use db::audit;
use delivery::instance::{self, Instance, ShownInfo};
use kernel::id::InstanceId;
use kernel::prelude::*;
use ordering::order_line::{self, OrderLine};
use seller_wire::response::Verdict;

use crate::App;
use crate::open_instance::app_info;
use crate::seller_call::endpoint;

kernel::codes! {
    /// The seller gave no password, or none is known yet.
    NotFound NO_PASSWORD = "no-password";
}

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct ResourceDetails {
    /// What the seller opened.
    pub instance: Instance,
    /// `Application Information`, last known, without the password.
    pub info: Option<ShownInfo>,
    /// The line it was bought with.
    pub line: OrderLine,
    /// `Seller Information`, as it is now.
    pub seller: SellerProfile,
    /// How to use it, Markdown, as of the version that was bought.
    pub user_guide: String,
}

/// What the live query brought.
#[derive(Debug, Clone)]
pub enum LiveAnswer {
    /// The seller told it just now; these values are stored.
    Fresh(ShownInfo),
    /// The seller can't be asked now; the last known values stand.
    LastKnown,
}

impl App {
    /// The page of one purchased application.
    ///
    /// # Errors
    /// Not found, also for another buyer's.
    pub async fn resource_details(
        &self,
        buyer: &BuyerActor,
        id: InstanceId,
    ) -> Result<ResourceDetails, Fail> {
        buyer.require(Right::BuyerRead)?;
        let (organisation, app) = (buyer.organisation(), self.clone());
        self.db
            .read(move |tx| {
                let instance = instance::store::find_for_buyer(tx, organisation, id)?;
                let line = order_line::find_any(tx, instance.order_line_id())?;
                let content = app.catalogue.content(
                    tx,
                    instance.product_id(),
                    line.terms().product_version,
                )?;
                Ok(ResourceDetails {
                    info: instance.shown_info(&app.keys.ring())?,
                    seller: seller::load(tx, instance.seller_id())?,
                    user_guide: content.user_guide.clone(),
                    line,
                    instance,
                })
            })
            .await
    }

    /// Asks the seller now, for a short time, once per instance at a time, and
    /// not at all while the seller keeps failing.
    ///
    /// # Errors
    /// Not found; the database's. A seller who doesn't answer is no error.
    pub async fn live_query(&self, buyer: &BuyerActor, id: InstanceId) -> Result<LiveAnswer, Fail> {
        buyer.require(Right::BuyerRead)?;
        let (organisation, ring) = (buyer.organisation(), self.keys.ring());
        let reading_ring = ring.clone();
        let (instance, endpoint) = self
            .db
            .read(move |tx| {
                let instance = instance::store::find_for_buyer(tx, organisation, id)?;
                let line = order_line::find_any(tx, instance.order_line_id())?;
                let endpoint = endpoint(
                    tx,
                    &reading_ring,
                    instance.seller_id(),
                    &line.frozen().interface,
                );
                Ok((instance, endpoint))
            })
            .await?;
        let (Some(external_ref), Ok(endpoint), true) = (
            instance.external_ref().cloned(),
            endpoint,
            instance.is_usable(),
        ) else {
            return Ok(LiveAnswer::LastKnown);
        };
        let Some(guard) = self.live.enter(instance.seller_id(), id) else {
            return Ok(LiveAnswer::LastKnown);
        };
        let policy = self.policy().await?;
        let called = self
            .query(
                &endpoint,
                &external_ref,
                policy.opening.live_query_timeout_ms,
                &policy.opening,
            )
            .await?;
        let told = called
            .answer
            .filter(|answer| answer.verdict(external_ref.as_str()) == Verdict::Done)
            .and_then(|answer| app_info(&answer, &external_ref))
            .filter(|info| info.check().is_ok());
        let Some(info) = told else {
            guard.failed();
            return Ok(LiveAnswer::LastKnown);
        };
        guard.succeeded();
        let now = self.business_now(instance.realm());
        let sealed = info.seal(&ring, id)?;
        let shown = self
            .step(move |tx| {
                instance::store::save_info(tx, id, &sealed, now)?;
                instance::store::find_for_buyer(tx, organisation, id)?.shown_info(&ring)
            })
            .await?;
        Ok(shown.map_or(LiveAnswer::LastKnown, LiveAnswer::Fresh))
    }

    /// Shows the password: counted, audited, and only after a fresh proof of
    /// identity where two-step verification is on.
    ///
    /// # Errors
    /// Not found; step-up needed; too many reveals; [`NO_PASSWORD`].
    pub async fn reveal_password(
        &self,
        buyer: &BuyerActor,
        two_step: bool,
        id: InstanceId,
    ) -> Result<Secret<String>, Fail> {
        buyer.require(Right::RevealPassword)?;
        let policy = self.policy().await?;
        let now = self.now();
        if two_step {
            buyer.fresh_step_up(now, &policy.accounts)?;
        }
        // Counted in a transaction of its own: a reveal that fails counts too.
        let user = buyer.user();
        let limit = Limit::of(policy.accounts.reveal_attempts, &policy.accounts);
        self.step(move |tx| attempt::allow(tx, Action::RevealPassword, user.as_str(), limit, now))
            .await?;
        let (buyer, ring) = (buyer.clone(), self.keys.ring());
        self.step(move |tx| {
            let found = instance::store::find_for_buyer(tx, buyer.organisation(), id)?;
            let password = found
                .revealed_info(&ring)?
                .map(instance::AppInfo::into_password);
            let password = password
                .filter(|password| !password.reveal().is_empty())
                .ok_or_else(|| Fail::new(NO_PASSWORD))?;
            audit::record(
                tx,
                &crate::app_audit(&buyer, "querySaasResourceInstance", id.as_str(), now),
            )?;
            Ok(password)
        })
        .await
    }
}
