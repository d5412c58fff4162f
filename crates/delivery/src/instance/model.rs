use catalog::release::Contract;
use jiff::civil::Date;
use kernel::crypt::Sealed;
use kernel::id::{InstanceId, OrderId, OrderLineId, OrganisationId, ProductId};
use kernel::term::{Period, Term};
use kernel::value::{AsValue, FromValue, Value};
use kernel::{Realm, Timestamp, Zone};

use super::State;

/// The seller's id of an instance (`instanceId`, 1 to 64 characters). No
/// comma, because queryInstance joins ids by it; no control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExternalRef(String);

impl ExternalRef {
    /// Characters at most.
    pub const MAX_LENGTH: usize = 64;

    /// Reads an id that a seller answered; `None` when it can't be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        let usable = (1..=Self::MAX_LENGTH).contains(&trimmed.chars().count())
            && !trimmed.chars().any(|c| c == ',' || c.is_control());
        usable.then(|| Self(trimmed.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ExternalRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl AsValue for ExternalRef {
    fn as_value(&self) -> Value<'_> {
        self.0.as_value()
    }
}
impl FromValue for ExternalRef {
    fn from_value(value: Value<'_>) -> Option<Self> {
        String::from_value(value).and_then(|text| Self::parse(&text))
    }
}

/// How long an instance is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// A term of months that can be renewed.
    Limited {
        /// First day and months so far.
        term: Term,
        /// The last second that is covered.
        ends_at: Timestamp,
    },
    /// Bought once: valid without end.
    Unlimited {
        /// First day, in the site's zone.
        since: Date,
    },
}

impl Validity {
    /// The validity of something bought for `period` that starts at a moment.
    #[must_use]
    pub fn starting(at: Timestamp, period: Period, zone: &Zone) -> Self {
        match period.months() {
            Some(months) => Self::limited(Term::starting(at, months, zone), zone),
            None => Self::Unlimited {
                since: zone.date(at),
            },
        }
    }

    fn limited(term: Term, zone: &Zone) -> Self {
        Self::Limited {
            term,
            ends_at: term.ends_at(zone),
        }
    }

    /// The same validity, so many months longer; without end it stays so.
    #[must_use]
    pub fn extended(&self, months: u32, zone: &Zone) -> Self {
        match self {
            Self::Limited { term, .. } => Self::limited(term.extended(months), zone),
            Self::Unlimited { since } => Self::Unlimited { since: *since },
        }
    }

    /// First day, in the site's zone.
    #[must_use]
    pub fn starts_on(&self) -> Date {
        match self {
            Self::Limited { term, .. } => term.start(),
            Self::Unlimited { since } => *since,
        }
    }

    /// The last second that is covered; `None` without end.
    #[must_use]
    pub fn ends_at(&self) -> Option<Timestamp> {
        match self {
            Self::Limited { ends_at, .. } => Some(*ends_at),
            Self::Unlimited { .. } => None,
        }
    }

    /// Months in all; `None` without end.
    #[must_use]
    pub fn months(&self) -> Option<u32> {
        match self {
            Self::Limited { term, .. } => Some(term.months()),
            Self::Unlimited { .. } => None,
        }
    }

    /// From the columns; `None` when they don't fit together.
    pub(super) fn stored(
        start: &str,
        months: Option<u32>,
        ends_at: Option<Timestamp>,
    ) -> Option<Self> {
        match (months, ends_at) {
            (Some(months), Some(ends_at)) => Some(Self::Limited {
                term: Term::stored(start, months)?,
                ends_at,
            }),
            (None, None) => Some(Self::Unlimited {
                since: start.parse().ok()?,
            }),
            (Some(_), None) | (None, Some(_)) => None,
        }
    }
}

/// What is known of an instance when its line is paid.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Live or sandbox.
    pub realm: Realm,
    /// The paid line.
    pub order_line_id: OrderLineId,
    /// Which unit of the line, from 1.
    pub ordinal: u32,
    /// The order of the line.
    pub order_id: OrderId,
    /// Whose it will be.
    pub buyer_id: OrganisationId,
    /// Who opens it.
    pub seller_id: OrganisationId,
    /// What it is.
    pub product_id: ProductId,
    /// How the seller is asked.
    pub contract: Contract,
    /// Until when the opening must have succeeded.
    pub window_ends_at: Timestamp,
}

/// An instance.
#[derive(Debug, Clone)]
pub struct Instance {
    pub(super) id: InstanceId,
    pub(super) plan: Plan,
    pub(super) external_ref: Option<ExternalRef>,
    pub(super) state: State,
    pub(super) version: i64,
    pub(super) opened_at: Option<Timestamp>,
    pub(super) validity: Option<Validity>,
    pub(super) info: Option<Sealed>,
    pub(super) info_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
}

impl Instance {
    /// Its id in the marketplace.
    #[must_use]
    pub fn id(&self) -> InstanceId {
        self.id
    }
    /// Live or sandbox.
    #[must_use]
    pub fn realm(&self) -> Realm {
        self.plan.realm
    }
    /// The line that it was bought with.
    #[must_use]
    pub fn order_line_id(&self) -> OrderLineId {
        self.plan.order_line_id
    }
    /// Which unit of the line, from 1.
    #[must_use]
    pub fn ordinal(&self) -> u32 {
        self.plan.ordinal
    }
    /// The order that it was bought with.
    #[must_use]
    pub fn order_id(&self) -> OrderId {
        self.plan.order_id
    }
    /// Whose it is.
    #[must_use]
    pub fn buyer_id(&self) -> OrganisationId {
        self.plan.buyer_id
    }
    /// Who runs it.
    #[must_use]
    pub fn seller_id(&self) -> OrganisationId {
        self.plan.seller_id
    }
    /// What it is.
    #[must_use]
    pub fn product_id(&self) -> ProductId {
        self.plan.product_id
    }
    /// How the seller is called for it.
    #[must_use]
    pub fn contract(&self) -> Contract {
        self.plan.contract
    }
    /// The seller's id of it, once the seller has answered one.
    #[must_use]
    pub fn external_ref(&self) -> Option<&ExternalRef> {
        self.external_ref.as_ref()
    }
    /// How far it is.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }
    /// Version of the row.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }
    /// Until when the opening must have succeeded.
    #[must_use]
    pub fn window_ends_at(&self) -> Timestamp {
        self.plan.window_ends_at
    }
    /// When the seller opened it.
    #[must_use]
    pub fn opened_at(&self) -> Option<Timestamp> {
        self.opened_at
    }
    /// How long it is valid, once the term runs.
    #[must_use]
    pub fn validity(&self) -> Option<Validity> {
        self.validity
    }
    /// When the seller last told the access data.
    #[must_use]
    pub fn info_at(&self) -> Option<Timestamp> {
        self.info_at
    }
    /// When it was planned.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }
    /// Whether the buyer can use it: opened, and neither blocked nor gone.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        match self.state {
            State::Normal | State::Grace => true,
            State::Provisioning | State::Frozen | State::Released | State::Failed => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_with_a_comma_would_break_queries_and_is_refused() {
        assert!(ExternalRef::parse("a,b").is_none());
        assert!(ExternalRef::parse("  ").is_none());
        assert!(ExternalRef::parse(&"x".repeat(65)).is_none());
        assert_eq!(ExternalRef::parse(" i-1 ").unwrap().as_str(), "i-1");
    }

    #[test]
    fn what_is_bought_once_has_no_end() {
        let validity = Validity::starting(Timestamp::ZERO, Period::ONCE, &Zone::utc());
        assert_eq!(validity.ends_at(), None);
        assert_eq!(validity.extended(12, &Zone::utc()).ends_at(), None);
    }
}
