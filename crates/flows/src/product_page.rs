//! The page of a product in one read: what it is, who sells it, whether it can
//! be bought by whoever looks, and what the choice so far costs (buyer.md 3.3).

use std::sync::Arc;

use accounts::actor::BuyerActor;
use accounts::seller::{self, SellerProfile};
use catalog::offer::{self, Offer, Selection, Wanted};
use catalog::product::{self, Product, ProductState};
use catalog::release::ProductContent;
use catalog::{favourite, stock};
use kernel::prelude::*;
use pricing::Quote;

use crate::App;

/// Everything on a product's page.
#[derive(Debug)]
pub struct ProductPage {
    /// The product.
    pub product: Product,
    /// The version that is sold now.
    pub content: Arc<ProductContent>,
    /// Who sells it.
    pub seller: SellerProfile,
    /// Pieces left.
    pub remaining: i64,
    /// On the list of the person who looks.
    pub saved: bool,
    /// Why it can't be bought: removed, or not sold to the buyer's country.
    pub obstacle: Option<Fail>,
    /// The choice, completed.
    pub wanted: Wanted,
    /// What it costs, or trouble at the fields of the choice.
    pub price: Result<(Offer, Quote), Fail>,
}

impl App {
    /// The page of a product, for a visitor or for a signed-in buyer. A hidden
    /// product is shown to whoever has its link; a removed one says so.
    ///
    /// # Errors
    /// Not found: no such product, one never released, or one of another realm.
    pub async fn product_page(
        &self,
        slug: &str,
        buyer: Option<&BuyerActor>,
        wanted: Wanted,
    ) -> Result<ProductPage, Fail> {
        let policy = self.policy().await?;
        let realm = buyer.map_or(Realm::Live, BuyerActor::realm);
        let viewer = buyer.map(|buyer| (buyer.user(), buyer.country()));
        let (app, slug) = (self.clone(), slug.to_owned());
        self.db
            .read(move |tx| {
                let product =
                    product::store::find_by_slug(tx, &slug)?.ok_or_else(Fail::not_found)?;
                if product.realm() != realm || product.state() == ProductState::Draft {
                    return Err(Fail::not_found());
                }
                let (id, version) = (product.id(), product.current_version());
                let content = app.catalogue.content(tx, id, version)?;
                let codes = app.catalogue.codes(tx, id, version)?;
                let country = viewer.map(|(_, country)| country.code());
                let currency = policy.site.listing_currency;
                let wanted = wanted.clone().completed(&content, currency);
                let priced = |selection: Selection| {
                    let offer = offer::resolve(&content, &codes, &selection, currency)?;
                    let quote = pricing::quote(&offer.price, &[], &policy.charges)?;
                    Ok((offer, quote))
                };
                let price = match wanted.selection().and_then(priced) {
                    Err(fail) if fail.field_errors().is_empty() => return Err(fail),
                    price => price,
                };
                Ok(ProductPage {
                    seller: seller::load(tx, product.seller_id())?,
                    remaining: stock::remaining(tx, id)?,
                    saved: match viewer {
                        Some((user, _)) => favourite::contains(tx, user, id)?,
                        None => false,
                    },
                    obstacle: obstacle(&product, &content, realm, country),
                    wanted,
                    price,
                    product,
                    content,
                })
            })
            .await
    }
}

/// Before somebody has signed in, nothing is known about the country.
fn obstacle(
    product: &Product,
    content: &ProductContent,
    realm: Realm,
    country: Option<&str>,
) -> Option<Fail> {
    let fallback = content.sales_countries.first().map_or("", String::as_str);
    offer::check_saleable(product, content, realm, country.unwrap_or(fallback)).err()
}
