//! The policy profile: every number on which sites differ. A profile is a
//! versioned row per contracting party; orders and instances keep the version
//! and all deadlines computed from it, so a change never alters a promise
//! already made.

use serde::{Deserialize, Serialize};

use crate::Currency;

crate::names! {
    /// When a supervised line is opened at the seller (ruling on supervised lines).
    pub enum OpenAt {
        /// At payment, so that the application is there while the flow runs.
        Payment = "payment",
        /// When the seller delivers.
        Delivery = "delivery",
    }
}

/// The profile. Field names are those of the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Site-wide choices.
    pub site: Site,
    /// Orders and payment.
    pub ordering: Ordering,
    /// Opening at the seller.
    pub opening: Opening,
    /// Service supervision.
    pub supervision: Supervision,
    /// Money beside the price.
    pub charges: Charges,
    /// Accounts and their protection.
    pub accounts: Accounts,
}

/// Site-wide choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Currency of wallet, prices and orders.
    pub listing_currency: Currency,
    /// IANA name of the zone that days are counted in.
    pub zone: String,
    /// Name of the contracting party that sells on this site.
    pub contracting_party: String,
    /// The contracting party's address, for receipts.
    pub contracting_address: String,
    /// Supervised products stand in `Purchased Apps` only after the flow (B-46).
    pub hide_supervised_until_completed: bool,
}

/// Orders and payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ordering {
    /// Hours until an unpaid order is cancelled (manual: 7 days).
    pub unpaid_expiry_hours: u32,
    /// Pieces of one order line at most.
    pub max_quantity: u32,
    /// A top-up above this, in minor units, needs a second operator.
    pub top_up_second_operator_above_minor: i64,
}

/// Opening at the seller and calling its server (access guide 5.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// When a supervised line is opened.
    pub open_at: OpenAt,
    /// Seconds in which opening must succeed.
    pub window_seconds: u32,
    /// Seconds between attempts at newInstance.
    pub create_interval_seconds: u32,
    /// Seconds before each question after 000004; the last value repeats.
    pub poll_seconds: Vec<u32>,
    /// Seconds after the first attempt at which other calls are repeated; then they stop.
    pub repeat_at_seconds: Vec<u32>,
    /// Milliseconds that a seller's server may take to answer.
    pub call_timeout_ms: u32,
    /// Bytes of an answer at most.
    pub answer_limit_bytes: u32,
    /// Milliseconds that the live query of a resource page may take.
    pub live_query_timeout_ms: u32,
    /// Days that recorded calls are kept.
    pub keep_calls_days: u32,
    /// Order queries that one seller may send within a minute.
    pub order_queries_per_minute: u32,
}

/// Service supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supervision {
    /// Seconds from acceptance to `Completed` (manual: 3 hours).
    pub complete_after_seconds: u32,
    /// Seconds between two reminders of the same flow.
    pub reminder_interval_seconds: u32,
    /// Files with one step.
    pub max_files: u32,
    /// Bytes of one file at most.
    pub max_file_bytes: u32,
    /// Endings of file names that are taken, in lower case.
    pub file_types: Vec<String>,
    /// Characters of a request, result or reason at most.
    pub max_text: u32,
}

/// Money beside the price. Rates are integers at 10^-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charges {
    /// Whether listed prices include the tax.
    pub prices_include_tax: bool,
    /// Taxes on the net amount: code and rate.
    pub taxes: Vec<Rate>,
    /// What the buyer must withhold from the seller's share, if anything.
    pub buyer_withholding_rate_e8: i64,
    /// The marketplace's share of the net amount.
    pub fee_rate_e8: i64,
}

/// A named rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Short name, for example `VAT`.
    pub code: String,
    /// The rate at 10^-8.
    pub rate_e8: i64,
}

/// Accounts and their protection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// Days after which a session ends.
    pub session_days: u32,
    /// Hours that a session may be idle.
    pub session_idle_hours: u32,
    /// Minutes for which a fresh proof of identity opens secrets.
    pub step_up_minutes: u32,
    /// Hours that a mailed link works.
    pub link_hours: u32,
    /// Characters of a password at least.
    pub min_password: u32,
    /// Failed sign-ins of one account within the window before it must wait.
    pub sign_in_attempts: u32,
    /// Mails of one kind to one address within the window.
    pub mail_attempts: u32,
    /// Reveals of passwords by one person within the window.
    pub reveal_attempts: u32,
    /// Length of the window in minutes.
    pub attempt_window_minutes: u32,
    /// Operators must use two-step verification.
    pub operators_need_totp: bool,
}

impl Policy {
    /// The international site's profile, the default.
    #[must_use]
    pub fn intl() -> Self {
        Self {
            site: Site {
                listing_currency: Currency::USD,
                zone: "Asia/Shanghai".to_owned(),
                contracting_party: "KooGallery Operator".to_owned(),
                contracting_address: String::new(),
                hide_supervised_until_completed: true,
            },
            ordering: Ordering {
                unpaid_expiry_hours: 7 * 24,
                max_quantity: 9_999_999,
                top_up_second_operator_above_minor: 1_000_000,
            },
            opening: Opening {
                open_at: OpenAt::Payment,
                window_seconds: 3 * 3_600,
                create_interval_seconds: 3_600,
                poll_seconds: vec![10, 30, 60],
                repeat_at_seconds: vec![60, 300, 900, 1_800, 3_600],
                call_timeout_ms: 20_000,
                answer_limit_bytes: 1024 * 1024,
                live_query_timeout_ms: 3_000,
                keep_calls_days: 90,
                order_queries_per_minute: 6_000,
            },
            supervision: Supervision {
                complete_after_seconds: 3 * 3_600,
                reminder_interval_seconds: 3_600,
                max_files: 10,
                max_file_bytes: 20 * 1024 * 1024,
                file_types: [
                    "pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "zip", "rar",
                ]
                .map(str::to_owned)
                .to_vec(),
                max_text: 4_000,
            },
            charges: Charges {
                prices_include_tax: false,
                taxes: Vec::new(),
                buyer_withholding_rate_e8: 0,
                fee_rate_e8: 0,
            },
            accounts: Accounts {
                session_days: 30,
                session_idle_hours: 24,
                step_up_minutes: 15,
                link_hours: 24,
                min_password: 10,
                sign_in_attempts: 10,
                mail_attempts: 5,
                reveal_attempts: 60,
                attempt_window_minutes: 15,
                operators_need_totp: true,
            },
        }
    }

    /// The mainland site's profile: the same rules with its currency.
    #[must_use]
    pub fn cn() -> Self {
        let mut policy = Self::intl();
        policy.site.listing_currency = Currency::CNY;
        policy
    }
}
