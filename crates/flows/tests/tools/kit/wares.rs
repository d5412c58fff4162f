//! What the market sells: one content under several addresses, which differ in
//! what they ask of the buyer.

use catalog::Bilingual;
use catalog::offer::Selection;
use catalog::release::{
    AgreementText, Billing, ContentDraft, Contract, ExtensionParameter, FlowTemplate, Interface,
    Options, Price, PricingMode, Quantity, Specification, Supervision, Tier, UserAuthorization,
};
use kernel::prelude::*;
use kernel::term::{Period, PeriodType};

/// A product that asks for all contact data, with a term or bought once.
pub(crate) const CRM: &str = "tidemark-crm";
/// One that asks for the e-mail address alone.
pub(crate) const MAIL_ONLY: &str = "tidemark-mail";
/// One that asks for nothing.
pub(crate) const PLAIN: &str = "tidemark-plain";
/// A supervised one that asks for nothing.
pub(crate) const GUIDED: &str = "tidemark-guided";

pub(super) fn word(text: &str) -> Bilingual {
    Bilingual::new(text, "")
}

/// Ten users for three months.
pub(crate) fn three_months() -> Selection {
    Selection {
        specification: "team".to_owned(),
        options: Options::new(),
        quantity: 10,
        period: Period {
            unit: PeriodType::Month,
            count: 3,
        },
    }
}

/// The specification that is bought once.
pub(crate) fn once() -> Selection {
    Selection {
        specification: "setup".to_owned(),
        options: Options::new(),
        quantity: 1,
        period: Period::ONCE,
    }
}

pub(super) fn draft(address: &str, asked: UserAuthorization, supervised: bool) -> ContentDraft {
    let price = |period, counts: &[u32], unit_minor| Price {
        options: Options::new(),
        period,
        counts: counts.to_vec(),
        currency: Currency::USD,
        tiers: vec![Tier {
            from: if period == PeriodType::Once { 1 } else { 5 },
            unit_minor,
        }],
    };
    let team = Specification {
        key: "team".to_owned(),
        name: word("Team edition"),
        billing: Billing::Period,
        attributes: Vec::new(),
        quantity: Some(Quantity {
            code: "users".to_owned(),
            name: word("Users"),
            unit: "user".to_owned(),
            min: 5,
            max: 100,
            step: 5,
            pricing: PricingMode::Tiered,
        }),
        prices: vec![price(PeriodType::Month, &[1, 3], 1_200)],
    };
    let setup = Specification {
        key: "setup".to_owned(),
        name: word("Set-up"),
        billing: Billing::OneTime,
        attributes: Vec::new(),
        quantity: None,
        prices: vec![price(PeriodType::Once, &[1], 50_000)],
    };
    ContentDraft {
        name: Bilingual::new("Tidemark CRM", "潮标"),
        overview: word("Contacts, deals and tasks in one place."),
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
        supervision: supervised.then(|| Supervision {
            flow: FlowTemplate::Request,
            delivery_days: 5,
            request_template: String::new(),
        }),
        user_authorization: asked,
        extension_parameters: vec![ExtensionParameter {
            name: "domain".to_owned(),
            label: word("Domain"),
            required: false,
            max_length: 64,
        }],
        sales_countries: vec!["SG".to_owned()],
        contract: Contract::SaasV2,
        interface: Interface {
            address_id: address.to_owned(),
            path: "/produce".to_owned(),
        },
        logo: None,
        specifications: vec![team, setup],
    }
}
