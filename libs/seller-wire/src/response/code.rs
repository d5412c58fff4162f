//! Result codes of production interfaces (section 8.1 of the contract).

use std::fmt;

/// The `resultCode` of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultCode {
    /// 000000
    Success,
    /// 000001
    AuthenticationFailed,
    /// 000002
    InvalidParameter,
    /// 000003
    NoSuchInstance,
    /// 000004
    Processing,
    /// 000005
    InternalError,
    /// 000100
    NoResource,
    /// 000101
    MobileUnusable,
    /// 000102
    EmailUnusable,
    /// 000103
    NotTwice,
    /// 000104
    ServiceError,
    /// 000105
    AlreadyEntitled,
    /// 000106
    SoldOut,
    /// 000107
    EmailDomainTaken,
    /// Any other code; counts as a failure.
    Unknown(String),
}

impl ResultCode {
    const KNOWN: [Self; 14] = [
        Self::Success,
        Self::AuthenticationFailed,
        Self::InvalidParameter,
        Self::NoSuchInstance,
        Self::Processing,
        Self::InternalError,
        Self::NoResource,
        Self::MobileUnusable,
        Self::EmailUnusable,
        Self::NotTwice,
        Self::ServiceError,
        Self::AlreadyEntitled,
        Self::SoldOut,
        Self::EmailDomainTaken,
    ];

    /// The code on the wire.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Success => "000000",
            Self::AuthenticationFailed => "000001",
            Self::InvalidParameter => "000002",
            Self::NoSuchInstance => "000003",
            Self::Processing => "000004",
            Self::InternalError => "000005",
            Self::NoResource => "000100",
            Self::MobileUnusable => "000101",
            Self::EmailUnusable => "000102",
            Self::NotTwice => "000103",
            Self::ServiceError => "000104",
            Self::AlreadyEntitled => "000105",
            Self::SoldOut => "000106",
            Self::EmailDomainTaken => "000107",
            Self::Unknown(code) => code,
        }
    }

    /// Reads the code on the wire.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.code() == code);
        known.unwrap_or_else(|| Self::Unknown(code.to_owned()))
    }

    /// What the code means, in a few words.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::AuthenticationFailed => "authentication failed",
            Self::InvalidParameter => "invalid request parameter",
            Self::NoSuchInstance => "the instance does not exist",
            Self::Processing => "processing",
            Self::InternalError => "internal error of the seller's server",
            Self::NoResource => "no resources for a new instance",
            Self::MobileUnusable => "the mobile number is empty or already used",
            Self::EmailUnusable => "the e-mail address is empty or already used",
            Self::NotTwice => "the product cannot be bought twice",
            Self::ServiceError => "internal error of the product's service",
            Self::AlreadyEntitled => "the account already has this benefit",
            Self::SoldOut => "sold out",
            Self::EmailDomainTaken => "the e-mail domain already exists in the product",
            Self::Unknown(_) => "a code that the contract does not have",
        }
    }
}

impl fmt::Display for ResultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code(), self.meaning())
    }
}
