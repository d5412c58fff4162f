//! What a buyer confirms before an order: the quote, the agreements and what
//! the seller asks for.

use std::sync::Arc;

use accounts::actor::BuyerActor;
use accounts::agreement::{self, Agreement};
use catalog::offer::{self, Offer, Selection};
use catalog::product::Product;
use catalog::release::ProductContent;
use catalog::{product, release};
use db::ReadTx;
use kernel::id::ProductId;
use kernel::prelude::*;
use pricing::Quote;

use crate::{App, CurrentPolicy};

/// Code of the site's user agreement.
pub(crate) const USER_AGREEMENT: &str = "user-agreement";

/// Everything on the confirmation page.
#[derive(Debug, Clone)]
pub struct Checkout {
    /// The product.
    pub product: Product,
    /// The version that is confirmed.
    pub content: Arc<ProductContent>,
    /// What was chosen, resolved.
    pub offer: Offer,
    /// What it costs.
    pub quote: Quote,
    /// Fingerprint of what is confirmed: sent back with the order, so that a
    /// product edited meanwhile isn't bought unseen.
    pub digest: String,
    /// To be ticked.
    pub agreements: Vec<CheckoutAgreement>,
}

/// An agreement to tick.
#[derive(Debug, Clone)]
pub struct CheckoutAgreement {
    /// Id of the document version.
    pub id: agreement::AgreementId,
    /// Title.
    pub title: String,
    /// Chinese title.
    pub title_zh: String,
}

impl App {
    /// What a signed-in buyer would confirm.
    ///
    /// # Errors
    /// Not found; trouble at the fields of the selection; not saleable.
    pub async fn checkout(
        &self,
        buyer: &BuyerActor,
        slug: &str,
        selection: Selection,
    ) -> Result<Checkout, Fail> {
        let policy = self.policy().await?;
        let (slug, realm, country) = (slug.to_owned(), buyer.realm(), buyer.country());
        let app = self.clone();
        self.db
            .read(move |tx| {
                let product =
                    product::store::find_by_slug(tx, &slug)?.ok_or_else(Fail::not_found)?;
                app.confirmable(tx, product, &selection, realm, country.code(), &policy)
            })
            .await
    }

    /// What anybody would pay for a selection; for the price calculator.
    ///
    /// # Errors
    /// Not found; trouble at the fields of the selection.
    pub async fn price(&self, slug: &str, selection: Selection) -> Result<(Offer, Quote), Fail> {
        let policy = self.policy().await?;
        let slug = slug.to_owned();
        let app = self.clone();
        self.db
            .read(move |tx| {
                let product =
                    product::store::find_by_slug(tx, &slug)?.ok_or_else(Fail::not_found)?;
                let content = app
                    .catalogue
                    .content(tx, product.id(), product.current_version())?;
                app.quoted(tx, product.id(), &content, &selection, &policy)
            })
            .await
    }

    pub(crate) fn confirmable(
        &self,
        tx: &ReadTx<'_>,
        product: Product,
        selection: &Selection,
        realm: Realm,
        country: &str,
        policy: &CurrentPolicy,
    ) -> Result<Checkout, Fail> {
        let content = self
            .catalogue
            .content(tx, product.id(), product.current_version())?;
        offer::check_saleable(&product, &content, realm, country)?;
        let (offer, quote) = self.quoted(tx, product.id(), &content, selection, policy)?;
        let agreements = agreements_of(tx, &content)?;
        let digest = digest(&product, &offer, &quote, &agreements);
        let agreements = agreements
            .into_iter()
            .map(|document| CheckoutAgreement {
                id: document.id(),
                title: document.title().to_owned(),
                title_zh: document.title_zh().to_owned(),
            })
            .collect();
        Ok(Checkout {
            product,
            content,
            offer,
            quote,
            digest,
            agreements,
        })
    }

    fn quoted(
        &self,
        tx: &ReadTx<'_>,
        product: ProductId,
        content: &ProductContent,
        selection: &Selection,
        policy: &CurrentPolicy,
    ) -> Result<(Offer, Quote), Fail> {
        let codes = release::codes(tx, product)?;
        let offer = offer::resolve(content, &codes, selection, policy.site.listing_currency)?;
        let quote = pricing::quote(&offer.price, &[], &policy.charges)?;
        Ok((offer, quote))
    }
}

/// The site's agreement and the seller's, in their current versions.
fn agreements_of(tx: &ReadTx<'_>, content: &ProductContent) -> Result<Vec<Agreement>, Fail> {
    let mut found = Vec::new();
    for code in [USER_AGREEMENT, &content.agreement.code] {
        found.extend(agreement::current(tx, code)?);
    }
    Ok(found)
}

fn digest(product: &Product, offer: &Offer, quote: &Quote, agreements: &[Agreement]) -> String {
    let agreements: Vec<String> = agreements
        .iter()
        .map(|document| document.id().to_string())
        .collect();
    let confirmed = format!(
        "{}|{}|{}|{}|{}",
        product.current_version(),
        offer.sku_code,
        offer.product_code,
        quote.digest(),
        agreements.join(",")
    );
    kernel::crypt::sha256_hex(confirmed.as_bytes())
}
