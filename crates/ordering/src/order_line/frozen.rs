//! What a line freezes at submission, beyond its columns.

use kernel::term::Period;
use serde::{Deserialize, Serialize};

/// Everything that was agreed on and must not change with the catalogue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Frozen {
    /// Product name, English and Chinese (possibly empty).
    pub product_name: String,
    /// Chinese product name.
    pub product_name_zh: String,
    /// The product's address part, for links.
    pub product_slug: String,
    /// Specification name.
    pub specification: String,
    /// Chinese specification name.
    pub specification_zh: String,
    /// Chosen values of enumeration attributes.
    pub options: Vec<ChosenOption>,
    /// Name of the quantity attribute, if the specification has one.
    pub quantity_name: Option<String>,
    /// Unit of the quantity.
    pub quantity_unit: String,
    /// Required duration.
    pub period: Period,
    /// All amounts, with their lines.
    pub amounts: Amounts,
    /// Where the seller's server is called.
    pub interface: Interface,
    /// Delivery period in calendar days, for supervised lines.
    pub delivery_days: u32,
    /// What the seller wants to know in a request.
    pub request_template: String,
    /// What the buyer filled in for the seller.
    pub extension_values: Vec<ExtensionValue>,
    /// The seller asks for the account's mobile number.
    pub wants_mobile: bool,
    /// The seller asks for the account's e-mail address.
    pub wants_email: bool,
    /// The seller asks for the user's name.
    pub wants_user_name: bool,
    /// The seller as it was.
    pub seller: SellerContact,
    /// The operator's contracting party that sells on this site.
    pub contracting_party: String,
}

/// A chosen value of an enumeration attribute.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChosenOption {
    /// Attribute name.
    pub name: String,
    /// Chinese attribute name.
    pub name_zh: String,
    /// Value name.
    pub value: String,
    /// Chinese value name.
    pub value_zh: String,
}

/// A seller-defined input that the buyer filled in; `extendParams` on the wire.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExtensionValue {
    /// Name of the parameter.
    pub name: String,
    /// What the buyer entered.
    pub value: String,
}

/// Where the seller's server is called for this line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Interface {
    /// Id of the verified interface address.
    pub address_id: String,
    /// Path below it.
    pub path: String,
}

/// The seller as shown to the buyer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SellerContact {
    /// Name.
    pub name: String,
    /// Chinese name.
    pub name_zh: String,
}

/// The frozen amounts: the quote as it was confirmed.
pub type Amounts = pricing::Quote;
