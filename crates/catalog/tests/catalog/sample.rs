//! A product to test with: one specification by edition and number of users,
//! one that is bought once.

use catalog::Bilingual;
use catalog::category::{self, Category};
use catalog::offer::Selection;
use catalog::product::{self, Product};
use catalog::release::{
    AgreementText, Attribute, AttributeValue, Billing, ContentDraft, Contract, ExtensionParameter,
    FlowTemplate, Interface, Options, Price, PricingMode, ProductContent, Quantity, Specification,
    Supervision, Tier, UserAuthorization,
};
use db::{Tx, sql};
use kernel::id::OrganisationId;
use kernel::prelude::*;
use kernel::term::{Period, PeriodType};

sql! {
    INSERT_SELLER = "insert into organisation (id, realm, kind, name, country, version, created_at) values ($1, 'live', 'seller', 'Tidewrack', 'SG', 0, $2)";
}

pub(crate) fn name(text: &str) -> Bilingual {
    Bilingual::new(text, "")
}

pub(crate) fn options(pairs: &[(&str, &str)]) -> Options {
    pairs
        .iter()
        .map(|(code, value)| ((*code).to_owned(), (*value).to_owned()))
        .collect()
}

pub(crate) fn price(
    edition: &str,
    period: PeriodType,
    counts: &[u32],
    tiers: &[(i64, i64)],
) -> Price {
    Price {
        options: if edition.is_empty() {
            Options::new()
        } else {
            options(&[("edition", edition)])
        },
        period,
        counts: counts.to_vec(),
        currency: Currency::USD,
        tiers: tiers
            .iter()
            .map(|(from, unit_minor)| Tier {
                from: *from,
                unit_minor: *unit_minor,
            })
            .collect(),
    }
}

pub(crate) fn attribute(code: &str, values: &[&str]) -> Attribute {
    Attribute {
        code: code.to_owned(),
        name: name(&format!("The {code}")),
        values: values
            .iter()
            .map(|value| AttributeValue {
                code: (*value).to_owned(),
                name: name(&value.to_uppercase()),
            })
            .collect(),
    }
}

fn specifications() -> Vec<Specification> {
    let team = Specification {
        key: "team".to_owned(),
        name: name("Team edition"),
        billing: Billing::Period,
        attributes: vec![attribute("edition", &["basic", "pro"])],
        quantity: Some(Quantity {
            code: "users".to_owned(),
            name: name("Users"),
            unit: "user".to_owned(),
            min: 5,
            max: 100,
            step: 5,
            pricing: PricingMode::Tiered,
        }),
        prices: vec![
            price(
                "basic",
                PeriodType::Month,
                &[1, 3],
                &[(5, 1_200), (20, 1_000)],
            ),
            price("basic", PeriodType::Year, &[1], &[(5, 12_000)]),
        ],
    };
    let setup = Specification {
        key: "setup".to_owned(),
        name: name("Set-up"),
        billing: Billing::OneTime,
        attributes: Vec::new(),
        quantity: None,
        prices: vec![price("", PeriodType::Once, &[1], &[(1, 50_000)])],
    };
    vec![team, setup]
}

/// A draft that is fine in every field.
pub(crate) fn draft() -> ContentDraft {
    ContentDraft {
        name: Bilingual::new("Tidemark CRM", "潮标"),
        overview: name("Contacts, deals and tasks in one place."),
        description: "It keeps what a team knows. ".repeat(20),
        highlights: vec!["One timeline".to_owned()],
        cases: String::new(),
        version_label: "V5.4".to_owned(),
        labels: vec!["crm".to_owned()],
        user_guide: "Sign in.".to_owned(),
        after_sales: "By mail.".to_owned(),
        agreement: AgreementText {
            code: "service".to_owned(),
            title: "Service agreement".to_owned(),
            text: "Be fair.".to_owned(),
        },
        supervision: Some(Supervision {
            flow: FlowTemplate::Request,
            delivery_days: 5,
            request_template: String::new(),
        }),
        user_authorization: UserAuthorization {
            email: true,
            ..UserAuthorization::default()
        },
        extension_parameters: vec![ExtensionParameter {
            name: "domain".to_owned(),
            label: name("Domain"),
            required: false,
            max_length: 64,
        }],
        sales_countries: vec!["SG".to_owned(), "DE".to_owned()],
        contract: Contract::SaasV2,
        interface: Interface {
            address_id: "address".to_owned(),
            path: "/produce".to_owned(),
        },
        logo: None,
        specifications: specifications(),
    }
}

pub(crate) fn content() -> ProductContent {
    ProductContent::new(draft()).unwrap()
}

/// The content with a change that is fine as well.
pub(crate) fn changed(change: impl FnOnce(&mut ContentDraft)) -> ProductContent {
    let mut draft = draft();
    change(&mut draft);
    ProductContent::new(draft).unwrap()
}

/// Ten users of the basic edition for three months.
pub(crate) fn selection() -> Selection {
    Selection {
        specification: "team".to_owned(),
        options: options(&[("edition", "basic")]),
        quantity: 10,
        period: Period {
            unit: PeriodType::Month,
            count: 3,
        },
    }
}

/// A stored draft of a product, with its seller and category.
pub(crate) fn stored_product(tx: &Tx<'_>, slug: &str, now: Timestamp) -> Result<Product, Fail> {
    let seller = OrganisationId::fresh(now);
    tx.exec(&INSERT_SELLER, &[&seller, &now])?;
    let category = Category::new("crm", 1, name("CRM"), name("Win customers."))?;
    category::store::upsert(tx, &category)?;
    let product = Product::draft(seller, Realm::Live, slug, "crm", false, now)?;
    product::store::insert(tx, &product)?;
    Ok(product)
}
