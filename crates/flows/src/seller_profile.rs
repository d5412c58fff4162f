//! What buyers see of a seller, changed by the seller's owner.

use accounts::actor::SellerActor;
use accounts::organisation::Right;
use accounts::seller::{self, ProfileForm, SellerProfile};
use catalog::{product, search_change};
use db::{Tx, audit};
use kernel::id::OrganisationId;
use kernel::page::{MAX_LIMIT, PageRequest};
use kernel::prelude::*;

use crate::App;

/// What the form sends; see [`ProfileForm`].
#[derive(Debug, Clone, Default)]
pub struct SellerProfileForm {
    /// Name in URLs.
    pub slug: String,
    /// Name shown.
    pub name: String,
    /// Name on Chinese pages; may be empty.
    pub name_zh: String,
    /// Telephone number of the after-sales service.
    pub hotline: String,
    /// Address of the after-sales service.
    pub email: String,
    /// When the service answers.
    pub support_hours: String,
    /// About the seller; may be empty.
    pub about: String,
}

impl SellerProfileForm {
    fn read(&self) -> ProfileForm<'_> {
        ProfileForm {
            slug: &self.slug,
            name: &self.name,
            name_zh: &self.name_zh,
            hotline: &self.hotline,
            email: &self.email,
            support_hours: &self.support_hours,
            about: &self.about,
        }
    }
}

impl App {
    /// The seller's own profile.
    ///
    /// # Errors
    /// Forbidden; not found before there is one.
    pub async fn seller_profile(&self, seller: &SellerActor) -> Result<SellerProfile, Fail> {
        seller.require(Right::SellerRead)?;
        let organisation = seller.organisation();
        self.db.read(move |tx| seller::load(tx, organisation)).await
    }

    /// Changes the seller's profile.
    ///
    /// # Errors
    /// Forbidden; trouble per field; changed meanwhile.
    pub async fn edit_seller_profile(
        &self,
        seller: &SellerActor,
        form: SellerProfileForm,
    ) -> Result<(), Fail> {
        seller.require(Right::ManageSeller)?;
        let (actor, now) = (seller.clone(), self.now());
        self.step(move |tx| {
            let organisation = actor.organisation();
            let mut profile = seller::load(tx, organisation)?;
            let before = (profile.name().to_owned(), profile.name_zh().to_owned());
            profile.edit(&form.read())?;
            seller::save(tx, &mut profile)?;
            if before != (profile.name().to_owned(), profile.name_zh().to_owned()) {
                tell_shop(tx, organisation, now)?;
            }
            audit::record(
                tx,
                &crate::app_audit(&actor, "editSellerProfile", organisation.as_str(), now),
            )
        })
        .await
    }
}

/// The seller's name stands on the cards and in the search index of all its
/// products.
fn tell_shop(tx: &Tx<'_>, seller: OrganisationId, now: Timestamp) -> Result<(), Fail> {
    let mut after = None;
    loop {
        let request = PageRequest::new(after.as_deref(), Some(MAX_LIMIT));
        let page = product::store::list_for_seller(tx, seller, &request)?;
        for found in &page.rows {
            search_change::append(tx, found.id(), now)?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}
