//! The APIs that sellers call at the marketplace (section 7 of the contract): AK/SK signatures, the
//! order query, its mock orders and the error codes.

mod error;
mod mock;
mod order;
mod signing;

pub use error::{ApiError, GatewayError};
pub use mock::{MOCK_ORDERS, mock_order};
pub use order::{
    BuyerInfo, ChargingMode, ExtendParam, ORDER_QUERY_PATH, OrderAnswer, OrderInfo, OrderLine,
    OrderQuery, OrderType, PeriodType, ProductInfo,
};
pub use signing::{
    AuthError, Authorization, DEFAULT_CLOCK_WINDOW_S, HttpRequest, authorize, canonical_request,
    query_pairs, verify,
};
