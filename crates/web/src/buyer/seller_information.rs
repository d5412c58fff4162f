//! `Seller Information`: whom to ask (B-77).

use accounts::seller::SellerProfile;
use askama::Template;
use texts::Lang;

/// Name, hotline, address and hours of a seller, as they are now.
#[derive(Template)]
#[template(path = "buyer/seller_information.html")]
pub(super) struct SellerInformation {
    lang: Lang,
    seller: SellerProfile,
}

impl SellerInformation {
    pub(super) fn new(lang: Lang, seller: SellerProfile) -> Self {
        Self { lang, seller }
    }

    fn name(&self) -> &str {
        self.lang.pick(self.seller.name(), self.seller.name_zh())
    }
}

impl askama::filters::HtmlSafe for SellerInformation {}
