//! A product version: the whole content of a product as it is sold at a time.
//!
//! Invariants:
//! - a version is written once and never changed; an order line names the one
//!   it was bought from, so later edits change no old order;
//! - content is valid when it is written, checked by [`ProductContent::new`];
//! - SKU codes are assigned once per specification and combination of options,
//!   product codes once per SKU and period type, and never change; they
//!   outlive the version that brought them (saas-access-v2.md 7.4.4);
//! - identical content makes no new version.
//!
//! The release wizard, once approved, and `koogallery seed` write versions,
//! both by [`release_version`].

mod cache;
mod check;
mod check_specification;
mod codes;
mod model;
mod ops;
mod store;

pub use cache::ContentCache;
pub use check::{
    BAD_COUNTRY, BAD_PATH, BAD_VERSION_LABEL, GIVE_ONE, TOO_FEW_ENTRIES, TOO_MANY_ENTRIES,
};
pub use check_specification::{
    OPTIONS_DO_NOT_FIT, PERIOD_NOT_OF_BILLING, PRICE_TOO_LARGE, RESERVED_ATTRIBUTE,
    STEP_DOES_NOT_FIT, TIERS_DO_NOT_ASCEND, TIERS_START_WRONG, TOO_MANY_SKUS,
};
pub use codes::{Sku, SkuCodes};
pub use model::{
    AgreementText, Attribute, AttributeValue, Billing, ContentDraft, Contract, DeliveryMethod,
    ExtensionParameter, FlowTemplate, Interface, MAX_QUANTITY, Options, Price, PricingMode,
    ProductContent, Quantity, Specification, Supervision, Tier, UserAuthorization,
};
pub use ops::{FIXED_AFTER_RELEASE, PriceDrop, non_monotone};
pub use store::{Released, codes, load, release_version};
