//! Error codes of the open APIs (section 7.8 of the contract).

use serde::{Deserialize, Serialize};

use super::OrderAnswer;

/// An error of an open API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiError {
    /// MKT.0999
    Internal,
    /// MKT.0100
    InputFailure,
    /// MKT.0101
    InvalidParameter,
    /// MKT.0102
    InvalidBodySignature,
    /// MKT.0199
    RequestParameter,
    /// MKT.0150
    IllegalOperation,
    /// MKT.0151
    NotASeller,
    /// MKT.0154
    IllegalToken,
    /// MKT.0250
    TooFrequent,
    /// MKT.9001
    InstanceNotFound,
    /// MKT.9002
    InvalidUsage,
    /// MKT.9003
    TooManyRecords,
    /// MKT.9004
    RecordTooOld,
}

impl ApiError {
    /// The code in the body.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Internal => "MKT.0999",
            Self::InputFailure => "MKT.0100",
            Self::InvalidParameter => "MKT.0101",
            Self::InvalidBodySignature => "MKT.0102",
            Self::RequestParameter => "MKT.0199",
            Self::IllegalOperation => "MKT.0150",
            Self::NotASeller => "MKT.0151",
            Self::IllegalToken => "MKT.0154",
            Self::TooFrequent => "MKT.0250",
            Self::InstanceNotFound => "MKT.9001",
            Self::InvalidUsage => "MKT.9002",
            Self::TooManyRecords => "MKT.9003",
            Self::RecordTooOld => "MKT.9004",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub fn http_status(self) -> u16 {
        match self {
            Self::Internal
            | Self::InputFailure
            | Self::InstanceNotFound
            | Self::InvalidUsage
            | Self::TooManyRecords
            | Self::RecordTooOld => 500,
            Self::InvalidParameter | Self::InvalidBodySignature | Self::RequestParameter => 400,
            Self::IllegalOperation | Self::NotASeller | Self::IllegalToken => 401,
            Self::TooFrequent => 406,
        }
    }

    /// A sentence.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Internal => "Internal error. Try again later.",
            Self::InputFailure => "A mandatory parameter is missing.",
            Self::InvalidParameter => "A parameter is invalid.",
            Self::InvalidBodySignature => "The signature of the body is invalid.",
            Self::RequestParameter => "The request has a wrong parameter.",
            Self::IllegalOperation => {
                "The order, instance or product does not belong to the caller."
            }
            Self::NotASeller => "The caller is not a seller.",
            Self::IllegalToken => "The token is invalid.",
            Self::TooFrequent => "Too many requests. Wait before the next one.",
            Self::InstanceNotFound => "The instance does not exist.",
            Self::InvalidUsage => "The usage records are invalid.",
            Self::TooManyRecords => "There are too many usage records in one request.",
            Self::RecordTooOld => "A usage record began too long ago.",
        }
    }

    /// The body of the order query's answer; `detail` replaces the general sentence.
    #[must_use]
    pub fn order_answer(self, detail: Option<String>) -> OrderAnswer {
        OrderAnswer {
            result_code: self.code().to_owned(),
            result_msg: detail.unwrap_or_else(|| self.message().to_owned()),
            order_info: None,
        }
    }
}

/// The body of an error that is found before the API itself is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayError {
    /// `APIGW.0301` when the caller is not believed.
    pub error_code: String,
    /// A sentence.
    pub error_msg: String,
    /// For questions to the operator.
    pub request_id: String,
}

impl GatewayError {
    /// The caller is not believed; HTTP status 401. The sentence does not say which check failed.
    #[must_use]
    pub fn not_authenticated(request_id: String) -> Self {
        Self {
            error_code: "APIGW.0301".into(),
            error_msg: "Incorrect IAM authentication information".into(),
            request_id,
        }
    }
}
