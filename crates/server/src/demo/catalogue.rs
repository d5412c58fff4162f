//! The demo's sellers and products, built into the program.

use accounts::interface_address::Transport;
use catalog::seed::{self, SeedFile};
use flows::{App, SeedReport, SeedSetup};
use kernel::Fail;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        [$(SeedFile {
            name: $name,
            text: include_str!(concat!("../../demo/catalogue/", $name)),
        }),+]
    };
}

const FILES: [SeedFile<'static>; 13] = files![
    "10-sellers.toml",
    "11-agreements.toml",
    "20-categories.toml",
    "30-crm-sales.toml",
    "31-finance-accounting.toml",
    "32-hr-people.toml",
    "33-collaboration.toml",
    "34-data-analytics.toml",
    "35-security.toml",
    "36-developer-tools.toml",
    "37-commerce-retail.toml",
    "38-supply-manufacturing.toml",
    "39-support-marketing.toml",
];

/// Brings it into the shop; all but the products of the seller that is down
/// are opened at `seller_url`.
/// `further` copies of them under other names make a large catalogue for the
/// benchmark.
pub(super) async fn bring(app: &App, seller_url: &str, further: u32) -> Result<SeedReport, Fail> {
    let policy = app.policy().await?;
    let mut catalogue = seed::parse_files(&FILES, policy.site.listing_currency)?;
    let copies: Vec<_> = (1..=further)
        .zip(catalogue.products.iter().cycle())
        .map(|(number, product)| product.copy(number))
        .collect();
    catalogue.products.extend(copies);
    let setup = SeedSetup {
        interface_base_url: Some(seller_url.to_owned()),
        transport: Transport::HttpToo,
    };
    app.seed(catalogue, setup).await
}
