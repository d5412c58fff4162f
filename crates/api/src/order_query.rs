//! `GET …/order/query`: what a seller's server asks after it was told an order
//! number (access guide 7.4).

use axum::extract::{Request, State};
use axum::response::Response;
use kernel::{Fail, FailKind};
use seller_wire::open_api::{ApiError, OrderAnswer, OrderQuery, query_pairs};
use texts::Lang;

use crate::Api;
use crate::answer::{self, Refused};

pub(crate) async fn answer(State(api): State<Api>, request: Request) -> Response {
    let reference = answer::reference(&request);
    match answered(&api, request).await {
        Ok(found) => answer::found(&found),
        Err(refused) => refused.answer(&reference),
    }
}

async fn answered(api: &Api, request: Request) -> Result<OrderAnswer, Refused> {
    let called = api.called(request).await?;
    let query = parameters(&called.target)?;
    let order = api.app.query_order(&called.seller, &query).await;
    order.map(OrderAnswer::found).map_err(refused)
}

/// A missing order ID is MKT.0100, one that can't be one MKT.0101.
fn parameters(target: &str) -> Result<OrderQuery, Refused> {
    let pairs = query_pairs(target);
    let given = pairs
        .iter()
        .any(|(name, value)| name == "orderId" && !value.is_empty());
    let error = if given {
        ApiError::InvalidParameter
    } else {
        ApiError::InputFailure
    };
    OrderQuery::from_pairs(&pairs).map_err(|wrong| Refused::Api(error, Some(wrong.to_string())))
}

/// Sellers' servers are spoken to in English, as the contract is.
fn refused(fail: Fail) -> Refused {
    let error = match fail.kind() {
        FailKind::Forbidden => ApiError::IllegalOperation,
        FailKind::Invalid => ApiError::InvalidParameter,
        FailKind::Unauthenticated
        | FailKind::NotFound
        | FailKind::Conflict
        | FailKind::TooMany
        | FailKind::Unavailable
        | FailKind::Bug => return Refused::Failed(fail),
    };
    Refused::Api(error, Some(Lang::En.fail(&fail)))
}
