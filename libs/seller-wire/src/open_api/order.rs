//! The order query (section 7.4 of the contract).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::signing::encode;
use crate::field::{FieldError, check_length, check_text};

/// Path of the order query.
pub const ORDER_QUERY_PATH: &str = "/api/mkp-openapi-public/global/v1/order/query";

/// The parameters of the order query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderQuery {
    /// The order.
    pub order_id: String,
    /// Only this line of it.
    pub order_line_id: Option<String>,
}

impl OrderQuery {
    /// Reads the decoded query parameters, see [`query_pairs`](super::query_pairs).
    ///
    /// # Errors
    /// When `orderId` is missing or a parameter is longer than 64 characters.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, FieldError> {
        let find = |wanted: &str| {
            pairs
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.clone())
        };
        let order_id = find("orderId").unwrap_or_default();
        check_text("orderId", &order_id, 64)?;
        let order_line_id = find("orderLineId").filter(|id| !id.is_empty());
        if let Some(id) = &order_line_id {
            check_length("orderLineId", id, 64)?;
        }
        Ok(Self {
            order_id,
            order_line_id,
        })
    }

    /// Path and query of the request.
    #[must_use]
    pub fn target(&self) -> String {
        let line = self
            .order_line_id
            .as_ref()
            .map(|id| format!("&orderLineId={}", encode(id.as_bytes())));
        format!(
            "{ORDER_QUERY_PATH}?orderId={}{}",
            encode(self.order_id.as_bytes()),
            line.unwrap_or_default()
        )
    }
}

/// The answer, for success and for errors found after authentication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderAnswer {
    /// `MKT.0000` on success.
    pub result_code: String,
    /// A sentence.
    pub result_msg: String,
    /// The order, on success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_info: Option<OrderInfo>,
}

impl OrderAnswer {
    /// The answer with an order.
    #[must_use]
    pub fn found(order: OrderInfo) -> Self {
        Self {
            result_code: "MKT.0000".into(),
            result_msg: "Success.".into(),
            order_info: Some(order),
        }
    }
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderInfo {
    /// The order.
    pub order_id: String,
    /// What the order does.
    pub order_type: OrderType,
    /// When it was placed (not: took effect), `yyyyMMddHHmmss` in UTC.
    pub create_time: String,
    /// Its lines.
    pub order_line: Vec<OrderLine>,
    /// The buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_info: Option<BuyerInfo>,
    /// What the buyer filled in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extend_params: Vec<ExtendParam>,
}

/// What an order does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderType {
    /// A purchase.
    New,
    /// A trial.
    Trial,
    /// A trial becomes a purchase.
    TrialToFormal,
    /// An unsubscription.
    Unsubscribe,
    /// A renewal.
    Renew,
    /// A change of specification.
    Change,
    /// A type that this version of the contract does not have.
    #[serde(untagged)]
    Unknown(String),
}

/// How a line is charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChargingMode {
    /// By use.
    OnDemand,
    /// Once.
    OneTime,
    /// By year, month or day.
    Period,
    /// Packages of use.
    OnDemandPkg,
    /// A mode that this version of the contract does not have.
    #[serde(untagged)]
    Unknown(String),
}

/// The unit of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PeriodType {
    /// Years.
    Year,
    /// Months.
    Month,
    /// Days, for trials.
    Day,
    /// A unit that this version of the contract does not have.
    #[serde(untagged)]
    Unknown(String),
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderLine {
    /// The line.
    pub order_line_id: String,
    /// How it is charged.
    pub charging_mode: ChargingMode,
    /// End of the term, `yyyyMMddHHmmss` in UTC; periodic only, indicative only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    /// Unit of the term; periodic only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_type: Option<PeriodType>,
    /// Units of the term; periodic only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_number: Option<u32>,
    /// The products.
    pub product_info: Vec<ProductInfo>,
    /// What the buyer filled in for this line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extend_params: Vec<ExtendParam>,
}

/// A product of a line, or the target of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductInfo {
    /// Price of a specification for one period type.
    pub product_id: String,
    /// The specification.
    pub sku_code: String,
    /// Value of the quantity attribute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linear_value: Option<u64>,
    /// For example `product,specification,edition`.
    pub product_name: String,
}

impl ProductInfo {
    pub(crate) fn check(&self, path: &str) -> Result<(), FieldError> {
        check_text(&format!("{path}.productId"), &self.product_id, 64)?;
        check_text(&format!("{path}.skuCode"), &self.sku_code, 64)?;
        check_text(&format!("{path}.productName"), &self.product_name, 64)
    }
}

/// The buyer, as far as the contract and the buyer's consent allow.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuyerInfo {
    /// Account of the customer.
    pub customer_id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
    /// User of the account who ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// That user's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Only with consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<String>,
    /// Only with consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl fmt::Debug for BuyerInfo {
    /// Only the account, so that no log has personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BuyerInfo")
            .field("customer_id", &self.customer_id)
            .finish_non_exhaustive()
    }
}

/// An extension parameter that the buyer filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtendParam {
    /// Its name.
    pub name: String,
    /// What the buyer wrote.
    pub value: String,
}
