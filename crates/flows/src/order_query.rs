//! The open API with which a seller's server looks an order up after it was
//! told its number (access guide 7.4).

use accounts::actor::{API_SIGNATURE_WRONG, SellerSystem};
use accounts::organisation;
use accounts::{api_credential, user};
use db::ReadTx;
use kernel::id::UserId;
use kernel::prelude::*;
use kernel::term::{PeriodType, Term};
use ordering::order::{self, Order, OrderType};
use ordering::order_line::{self, LineState, OrderLine};
use seller_wire::open_api::{
    self, BuyerInfo, ChargingMode, ExtendParam, OrderInfo, OrderQuery, ProductInfo, mock_order,
};

use crate::App;

kernel::codes! {
    /// The caller may not see this order: it is another seller's, isn't paid,
    /// or doesn't exist. One answer for all, so that nobody can try out which
    /// order numbers exist; the contract's MKT.0150.
    Forbidden ORDER_NOT_YOURS = "open-api-order-not-yours";
    /// The caller's order has no such line; the contract's MKT.0101.
    Invalid ORDER_LINE_UNKNOWN = "open-api-order-line-unknown";
}

/// `yyyyMMddHHmmss`.
const STAMP: &str = "%Y%m%d%H%M%S";

/// An order as far as the open API tells of it.
struct Told {
    order: Order,
    lines: Vec<OrderLine>,
    /// The purchase that an unsubscription ends, else the order itself: its
    /// time and its person count.
    origin: Order,
    customer_name: String,
    user: Option<user::User>,
}

impl App {
    /// The seller whose server signed a request. `signature_holds` gets the
    /// secret key and compares in constant time.
    ///
    /// # Errors
    /// `api-signature-wrong`, for an unknown or disabled access key too.
    pub async fn seller_system(
        &self,
        access_key: &str,
        address: &str,
        signature_holds: impl FnOnce(&Secret<String>) -> bool,
    ) -> Result<SellerSystem, Fail> {
        let wanted = access_key.to_owned();
        let credential = self
            .db
            .read(move |tx| api_credential::find_active(tx, &wanted))
            .await?
            .ok_or_else(|| Fail::new(API_SIGNATURE_WRONG))?;
        SellerSystem::prove(&credential, &self.keys.ring(), address, signature_holds)
    }

    /// What a seller may know of an order. Mock orders are for every seller.
    ///
    /// # Errors
    /// [`ORDER_NOT_YOURS`]; [`ORDER_LINE_UNKNOWN`].
    pub async fn query_order(
        &self,
        caller: &SellerSystem,
        query: &OrderQuery,
    ) -> Result<OrderInfo, Fail> {
        if let Some(mock) = mock_order(&query.order_id, self.now().seconds()) {
            return only_line(mock, query);
        }
        let (seller, number) = (caller.organisation(), query.order_id.clone());
        let told = self
            .db
            .read(move |tx| {
                let order = order::find_by_number(tx, &number)?;
                let lines = order_line::of_order(tx, order.id())?;
                let visible = !lines.is_empty()
                    && lines
                        .iter()
                        .all(|line| line.terms().seller == seller && is_told(line.state()));
                if visible {
                    tell(tx, order, lines)
                } else {
                    Err(Fail::not_found())
                }
            })
            .await
            .map_err(|fail| match fail.kind() {
                FailKind::NotFound => Fail::new(ORDER_NOT_YOURS),
                _ => fail,
            })?;
        let policy = self.policy_version(told.order.policy_version()).await?;
        only_line(order_info(&told, &policy.zone), query)
    }
}

/// A seller hears of an order when it is paid; one that never was isn't the
/// seller's business.
fn is_told(state: LineState) -> bool {
    match state {
        LineState::Paid | LineState::Completed | LineState::Refunded => true,
        LineState::PendingPayment | LineState::Cancelled => false,
    }
}

fn tell(tx: &ReadTx<'_>, order: Order, lines: Vec<OrderLine>) -> Result<Told, Fail> {
    let origin = match order.refers_to() {
        Some(ended) => order::find_any(tx, order_line::find_any(tx, ended)?.order())?,
        None => order.clone(),
    };
    let person = |id: UserId| user::find(tx, id);
    Ok(Told {
        customer_name: organisation::find_any(tx, order.buyer())?.name().to_owned(),
        user: origin.user().map(person).transpose()?.flatten(),
        origin,
        order,
        lines,
    })
}

fn only_line(mut info: OrderInfo, query: &OrderQuery) -> Result<OrderInfo, Fail> {
    if let Some(wanted) = &query.order_line_id {
        info.order_line.retain(|line| line.order_line_id == *wanted);
        if info.order_line.is_empty() {
            return Err(Fail::new(ORDER_LINE_UNKNOWN));
        }
    }
    Ok(info)
}

fn order_info(told: &Told, zone: &Zone) -> OrderInfo {
    let Told { order, lines, .. } = told;
    let filled_in = lines
        .iter()
        .flat_map(|line| &line.frozen().extension_values);
    OrderInfo {
        order_id: order.number().to_owned(),
        order_type: match order.order_type() {
            OrderType::New => open_api::OrderType::New,
            OrderType::Unsubscribe => open_api::OrderType::Unsubscribe,
        },
        create_time: order.created_at().format_utc(STAMP),
        order_line: lines
            .iter()
            .map(|line| line_info(told, line, zone))
            .collect(),
        buyer_info: Some(buyer_info(told)),
        extend_params: filled_in
            .map(|filled_in| ExtendParam {
                name: filled_in.name.clone(),
                value: filled_in.value.clone(),
            })
            .collect(),
    }
}

fn line_info(told: &Told, line: &OrderLine, zone: &Zone) -> open_api::OrderLine {
    let terms = line.terms();
    let (charging_mode, period_type) = match terms.period.unit {
        PeriodType::Year => (ChargingMode::Period, Some(open_api::PeriodType::Year)),
        PeriodType::Month => (ChargingMode::Period, Some(open_api::PeriodType::Month)),
        PeriodType::Once => (ChargingMode::OneTime, None),
    };
    // Indicative, as the contract says: the term itself starts when the
    // seller opens, or when the buyer accepts.
    let expires = terms.period.months().map(|months| {
        Term::starting(told.origin.created_at(), months, zone)
            .ends_at(zone)
            .format_utc(STAMP)
    });
    let has_quantity = line.frozen().quantity_name.is_some();
    open_api::OrderLine {
        order_line_id: line.number().to_owned(),
        charging_mode,
        expire_time: expires,
        period_number: period_type.is_some().then_some(terms.period.count),
        period_type,
        product_info: vec![ProductInfo {
            product_id: terms.product_code.clone(),
            sku_code: terms.sku_code.clone(),
            linear_value: has_quantity.then(|| u64::from(terms.quantity)),
            product_name: terms.product_name.clone(),
        }],
        extend_params: Vec::new(),
    }
}

/// Account and its name always; of the person only what the product asked for
/// when the order was placed, and only with the buyer's consent.
fn buyer_info(told: &Told) -> BuyerInfo {
    let asked = |asks: fn(&ordering::order_line::Frozen) -> bool| {
        told.lines.iter().any(|line| asks(line.frozen()))
    };
    let person = told.user.as_ref().filter(|_| told.order.contact_consent());
    let named = person.filter(|_| asked(|frozen| frozen.wants_user_name));
    let mobile = person
        .filter(|_| asked(|frozen| frozen.wants_mobile))
        .map(|user| user.mobile().to_owned());
    BuyerInfo {
        customer_id: told.order.buyer().to_string(),
        customer_name: Some(told.customer_name.clone()),
        user_id: named.map(|user| user.id().to_string()),
        user_name: named.map(|user| user.name().to_owned()),
        mobile_phone: mobile.filter(|mobile| !mobile.is_empty()),
        email: person
            .filter(|_| asked(|frozen| frozen.wants_email))
            .map(|user| user.email().as_str().to_owned()),
    }
}
