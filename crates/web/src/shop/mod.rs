//! The shop: finding a product, choosing, confirming and paying it
//! (buyer.md 1 to 3).

mod agreement;
mod checkout;
mod favorite;
mod filters;
mod home;
mod join;
mod listing;
mod paid;
mod pay;
pub(crate) mod price;
mod product;
mod product_facts;
mod product_texts;
mod purchase;
mod suggest;
mod words;

use crate::routes::Routes;

/// All pages of the shop.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .join(home::routes())
        .join(listing::routes())
        .join(suggest::routes())
        .join(product::routes())
        .join(favorite::routes())
        .join(checkout::routes())
        .join(pay::routes())
        .join(paid::routes())
        .join(agreement::routes())
        .join(join::routes())
}
