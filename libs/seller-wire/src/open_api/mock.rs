//! Mock orders, with which sellers try the order query (section 7.4.2 of the contract).

use super::{
    BuyerInfo, ChargingMode, ExtendParam, OrderInfo, OrderLine, OrderType, PeriodType, ProductInfo,
};
use crate::stamp::digits14;

/// Ids of all mock orders, in the spelling of the contract.
pub const MOCK_ORDERS: [&str; 9] = [
    "MOCKPERIODYEARNEW",
    "MOCKONETIMENEW",
    "MOCKONDEMAND",
    "MOCKONDEMANDPKG",
    "MOCKPERIODDAYTRIAL",
    "MOCKMONTYTRIALTOFORMAL",
    "MOCKMONTYUNSUBSCRIBE",
    "MOCKMONTYRENEW",
    "MOCKMONTYCHANGE",
];

const DAY: i64 = 86_400;

/// A mock order as if it had been placed an hour before `now_s` (Unix time); `None` for any other id.
#[must_use]
pub fn mock_order(order_id: &str, now_s: i64) -> Option<OrderInfo> {
    let year = || Some((PeriodType::Year, 1, 365 * DAY));
    let month = || Some((PeriodType::Month, 1, 30 * DAY));
    let (order_type, charging_mode, period) = match order_id {
        "MOCKPERIODYEARNEW" => (OrderType::New, ChargingMode::Period, year()),
        "MOCKONETIMENEW" => (OrderType::New, ChargingMode::OneTime, None),
        "MOCKONDEMAND" => (OrderType::New, ChargingMode::OnDemand, None),
        "MOCKONDEMANDPKG" => (OrderType::New, ChargingMode::OnDemandPkg, None),
        "MOCKPERIODDAYTRIAL" => (
            OrderType::Trial,
            ChargingMode::Period,
            Some((PeriodType::Day, 15, 15 * DAY)),
        ),
        "MOCKMONTYTRIALTOFORMAL" => (OrderType::TrialToFormal, ChargingMode::Period, month()),
        "MOCKMONTYUNSUBSCRIBE" => (OrderType::Unsubscribe, ChargingMode::Period, month()),
        "MOCKMONTYRENEW" => (OrderType::Renew, ChargingMode::Period, month()),
        "MOCKMONTYCHANGE" => (OrderType::Change, ChargingMode::Period, month()),
        _ => return None,
    };
    let placed_s = now_s - 3600;
    let (period_type, period_number, expire_time) = match period {
        Some((unit, count, length_s)) => {
            (Some(unit), Some(count), Some(digits14(placed_s + length_s)))
        }
        None => (None, None, None),
    };
    Some(OrderInfo {
        order_id: order_id.to_owned(),
        order_type,
        create_time: digits14(placed_s),
        order_line: vec![OrderLine {
            order_line_id: format!("{order_id}-000001"),
            charging_mode,
            expire_time,
            period_type,
            period_number,
            product_info: vec![ProductInfo {
                product_id: "OFFI000000000000000001".into(),
                sku_code: "00000000-0000-4000-8000-000000000001".into(),
                linear_value: Some(10),
                product_name: "Mock product,Basic".into(),
            }],
            extend_params: Vec::new(),
        }],
        buyer_info: Some(BuyerInfo {
            customer_id: "mock-customer".into(),
            customer_name: Some("mock-customer".into()),
            user_id: None,
            user_name: None,
            mobile_phone: None,
            email: None,
        }),
        extend_params: vec![ExtendParam {
            name: "mock".into(),
            value: "true".into(),
        }],
    })
}
