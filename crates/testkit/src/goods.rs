//! Products to sell, in the form of the catalogue file.

use accounts::interface_address::Transport;
use catalog::offer::Selection;
use catalog::seed;
use flows::SeedSetup;
use kernel::Currency;
use kernel::term::{Period, PeriodType};
use sample_seller::Credentials;

use crate::TestApp;

/// A product of the one test seller, sold by the month at 30.00.
#[derive(Debug, Clone, Copy)]
pub struct Goods {
    slug: &'static str,
    path: &'static str,
    supervised: bool,
}

impl Goods {
    /// Opened at once, and completed with it.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            slug: "plain",
            path: "/produce",
            supervised: false,
        }
    }

    /// With service supervision.
    #[must_use]
    pub fn supervised() -> Self {
        Self {
            slug: "supervised",
            path: "/produce",
            supervised: true,
        }
    }

    /// At another path of the seller's server, under a name of its own.
    #[must_use]
    pub fn at(self, slug: &'static str, path: &'static str) -> Self {
        Self { slug, path, ..self }
    }

    /// Its name in URLs.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.slug
    }

    /// One month of it.
    #[must_use]
    pub fn selection(self) -> Selection {
        Selection {
            specification: "standard".to_owned(),
            options: catalog::release::Options::new(),
            quantity: 1,
            period: Period {
                unit: PeriodType::Month,
                count: 1,
            },
        }
    }

    fn file(self) -> String {
        let Self {
            slug,
            path,
            supervised,
        } = self;
        let description = "A product that exists to be bought in tests. ".repeat(12);
        let delivery = if supervised { "delivery_days = 7" } else { "" };
        format!(
            r#"
[[seller]]
key = "test-seller"
name = "Test Seller"
country = "SG"
hotline = "+65 6000 0000"
email = "support@seller.example"
support_hours = "Mon-Fri 09:00-18:00 (UTC+8)"
about = "Sells what tests buy."

[[category]]
key = "tools"
name = "Tools"
summary = "What one works with."

[[product]]
key = "{slug}"
seller = "test-seller"
category = "tools"
name = "The {slug} product"
overview = "A product to be bought in tests."
description = "{description}"
highlights = ["It can be bought"]
version = "1.0"
interface = "{path}"
supervised = {supervised}
{delivery}
user_guide = "Sign in."
after_sales = "Mail us."
agreement = "We open it, you pay."
[[product.specification]]
key = "standard"
name = "Standard"
billing = "period"
[[product.specification.price]]
period = "month"
counts = [1]
unit_price = "30.00"
"#
        )
    }
}

impl TestApp {
    /// Puts a product on sale and lets the seller's server know its keys.
    pub async fn sells(&self, goods: Goods) -> Goods {
        let catalogue = seed::parse(&goods.file(), Currency::USD).unwrap();
        let setup = SeedSetup {
            interface_base_url: Some(format!("http://{}", self.seller.local_addr())),
            transport: Transport::HttpToo,
        };
        let report = self.seed(catalogue, setup).await.unwrap();
        let secrets = self
            .seeded_secrets(report.sellers[0].organisation)
            .await
            .unwrap();
        let credentials = Credentials::new(secrets.access_key.reveal().clone());
        self.seller.set_credentials(&[credentials]).unwrap();
        goods
    }
}
