//! Which profiles make sense. Fields are named as in the configuration file:
//! `opening.window_seconds`.

use kernel::fail::{FIELD_OUT_OF_RANGE, FIELD_REQUIRED};
use kernel::field::Fields;
use kernel::money::RATE_ONE;
use kernel::policy::{Accounts, Charges, Opening, Ordering, Policy, Site, Supervision};
use kernel::{Fail, Zone, codes};

codes! {
    /// No zone of the IANA list has this name.
    Invalid POLICY_ZONE_UNKNOWN = "policy-zone-unknown";
    /// A list of seconds must rise.
    Invalid POLICY_SECONDS_NOT_RISING = "policy-seconds-not-rising";
    /// Endings of file names are lower-case letters and digits.
    Invalid POLICY_FILE_TYPE_INVALID = "policy-file-type-invalid";
    /// Tax codes are unique and not empty.
    Invalid POLICY_TAX_CODE_INVALID = "policy-tax-code-invalid";
    /// Fee and withholding leave the seller less than nothing.
    Invalid POLICY_SHARES_TOO_HIGH = "policy-shares-too-high";
    /// The name of a contracting party isn't made of lower-case letters, digits and hyphens.
    Invalid POLICY_PARTY_INVALID = "policy-party-invalid";
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const MEGABYTE: i64 = 1024 * 1024;

/// Checks a profile: each number within its bounds, and numbers that depend on
/// each other against each other.
///
/// # Errors
/// All trouble, per field.
pub fn check(policy: &Policy) -> Result<(), Fail> {
    let mut fields = Fields::new();
    check_site(&mut fields, &policy.site);
    check_ordering(&mut fields, &policy.ordering);
    check_opening(&mut fields, &policy.opening);
    check_supervision(&mut fields, &policy.supervision);
    check_charges(&mut fields, &policy.charges);
    check_accounts(&mut fields, &policy.accounts);
    fields.check()
}

/// Checks the name of a contracting party.
pub(super) fn check_party(party: &str) -> Result<(), Fail> {
    let well_formed = (1..=32).contains(&party.len())
        && party
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if well_formed {
        Ok(())
    } else {
        Err(Fail::field("party", POLICY_PARTY_INVALID))
    }
}

fn range(fields: &mut Fields, field: &str, value: impl Into<i64>, min: i64, max: i64) {
    let value: i64 = value.into();
    if value < min || value > max {
        fields.reject_with(field, FIELD_OUT_OF_RANGE, &[("min", &min), ("max", &max)]);
    }
}

fn check_site(fields: &mut Fields, site: &Site) {
    if Zone::named(&site.zone).is_none() {
        fields.reject("site.zone", POLICY_ZONE_UNKNOWN);
    }
    fields.required("site.contracting_party", &site.contracting_party, 200);
    fields.optional("site.contracting_address", &site.contracting_address, 500);
}

fn check_ordering(fields: &mut Fields, ordering: &Ordering) {
    let Ordering {
        unpaid_expiry_hours,
        max_quantity,
        top_up_second_operator_above_minor,
    } = ordering;
    range(
        fields,
        "ordering.unpaid_expiry_hours",
        *unpaid_expiry_hours,
        1,
        365 * 24,
    );
    range(fields, "ordering.max_quantity", *max_quantity, 1, 9_999_999);
    let above = *top_up_second_operator_above_minor;
    range(
        fields,
        "ordering.top_up_second_operator_above_minor",
        above,
        0,
        i64::MAX,
    );
}

fn check_opening(fields: &mut Fields, opening: &Opening) {
    let window = i64::from(opening.window_seconds);
    range(
        fields,
        "opening.window_seconds",
        opening.window_seconds,
        1,
        30 * DAY,
    );
    range(
        fields,
        "opening.create_interval_seconds",
        opening.create_interval_seconds,
        1,
        window.max(1),
    );
    range(
        fields,
        "opening.order_queries_per_minute",
        opening.order_queries_per_minute,
        1,
        1_000_000,
    );
    if opening.poll_seconds.is_empty() {
        fields.reject("opening.poll_seconds", FIELD_REQUIRED);
    }
    for seconds in &opening.poll_seconds {
        if !fields.has("opening.poll_seconds") {
            range(fields, "opening.poll_seconds", *seconds, 1, 30 * DAY);
        }
    }
    let rising = opening
        .repeat_at_seconds
        .is_sorted_by(|before, after| before < after);
    if !rising || opening.repeat_at_seconds.first() == Some(&0) {
        fields.reject("opening.repeat_at_seconds", POLICY_SECONDS_NOT_RISING);
    }
    range(
        fields,
        "opening.call_timeout_ms",
        opening.call_timeout_ms,
        100,
        120_000,
    );
    range(
        fields,
        "opening.answer_limit_bytes",
        opening.answer_limit_bytes,
        1_024,
        16 * MEGABYTE,
    );
    range(
        fields,
        "opening.live_query_timeout_ms",
        opening.live_query_timeout_ms,
        100,
        20_000,
    );
    range(
        fields,
        "opening.keep_calls_days",
        opening.keep_calls_days,
        1,
        3_650,
    );
}

fn check_supervision(fields: &mut Fields, supervision: &Supervision) {
    range(
        fields,
        "supervision.complete_after_seconds",
        supervision.complete_after_seconds,
        0,
        90 * DAY,
    );
    range(
        fields,
        "supervision.reminder_interval_seconds",
        supervision.reminder_interval_seconds,
        1,
        30 * DAY,
    );
    range(
        fields,
        "supervision.max_files",
        supervision.max_files,
        1,
        100,
    );
    range(
        fields,
        "supervision.max_file_bytes",
        supervision.max_file_bytes,
        1_024,
        500 * MEGABYTE,
    );
    range(
        fields,
        "supervision.max_text",
        supervision.max_text,
        1,
        100_000,
    );
    if supervision.file_types.is_empty() {
        fields.reject("supervision.file_types", FIELD_REQUIRED);
    } else if !supervision
        .file_types
        .iter()
        .all(|ending| is_file_type(ending))
    {
        fields.reject("supervision.file_types", POLICY_FILE_TYPE_INVALID);
    }
}

fn is_file_type(ending: &str) -> bool {
    (1..=10).contains(&ending.len())
        && ending
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn check_charges(fields: &mut Fields, charges: &Charges) {
    let withholding = charges.buyer_withholding_rate_e8;
    let fee = charges.fee_rate_e8;
    range(
        fields,
        "charges.buyer_withholding_rate_e8",
        withholding,
        0,
        RATE_ONE,
    );
    range(fields, "charges.fee_rate_e8", fee, 0, RATE_ONE);
    if fee.saturating_add(withholding) > RATE_ONE && !fields.has("charges.fee_rate_e8") {
        fields.reject("charges.fee_rate_e8", POLICY_SHARES_TOO_HIGH);
    }
    let mut codes: Vec<&str> = charges.taxes.iter().map(|tax| tax.code.trim()).collect();
    codes.sort_unstable();
    if codes.contains(&"") || !codes.is_sorted_by(|before, after| before < after) {
        fields.reject("charges.taxes", POLICY_TAX_CODE_INVALID);
    }
    for tax in &charges.taxes {
        if !fields.has("charges.taxes") {
            range(fields, "charges.taxes", tax.rate_e8, 0, RATE_ONE);
        }
    }
}

fn check_accounts(fields: &mut Fields, accounts: &Accounts) {
    let days = i64::from(accounts.session_days);
    range(
        fields,
        "accounts.session_days",
        accounts.session_days,
        1,
        365,
    );
    range(
        fields,
        "accounts.session_idle_hours",
        accounts.session_idle_hours,
        1,
        (days * 24).max(1),
    );
    range(
        fields,
        "accounts.step_up_minutes",
        accounts.step_up_minutes,
        1,
        24 * 60,
    );
    range(
        fields,
        "accounts.link_hours",
        accounts.link_hours,
        1,
        30 * 24,
    );
    // Below 8 the list of the commonest passwords would no longer be enough.
    range(
        fields,
        "accounts.min_password",
        accounts.min_password,
        8,
        64,
    );
    range(
        fields,
        "accounts.sign_in_attempts",
        accounts.sign_in_attempts,
        1,
        1_000,
    );
    range(
        fields,
        "accounts.mail_attempts",
        accounts.mail_attempts,
        1,
        1_000,
    );
    range(
        fields,
        "accounts.reveal_attempts",
        accounts.reveal_attempts,
        1,
        10_000,
    );
    range(
        fields,
        "accounts.attempt_window_minutes",
        accounts.attempt_window_minutes,
        1,
        24 * 60,
    );
}

#[cfg(test)]
mod tests {
    use kernel::policy::Rate;

    use super::*;

    fn trouble(change: impl FnOnce(&mut Policy)) -> String {
        let mut policy = Policy::intl();
        change(&mut policy);
        let fail = check(&policy).unwrap_err();
        let fields: Vec<&str> = fail
            .field_errors()
            .iter()
            .map(|e| e.field.as_str())
            .collect();
        fields.join(" ")
    }

    #[test]
    fn both_shipped_profiles_make_sense() {
        assert!(check(&Policy::intl()).is_ok());
        assert!(check(&Policy::cn()).is_ok());
    }

    #[test]
    fn a_number_out_of_bounds_is_named() {
        assert_eq!(
            trouble(|p| p.site.zone = "Mars/Base".to_owned()),
            "site.zone"
        );
        assert_eq!(
            trouble(|p| p.ordering.unpaid_expiry_hours = 0),
            "ordering.unpaid_expiry_hours"
        );
        assert_eq!(
            trouble(|p| p.opening.poll_seconds.clear()),
            "opening.poll_seconds"
        );
        assert_eq!(
            trouble(|p| p.opening.poll_seconds.push(0)),
            "opening.poll_seconds"
        );
        assert_eq!(
            trouble(|p| p.opening.repeat_at_seconds.push(1)),
            "opening.repeat_at_seconds"
        );
        assert_eq!(
            trouble(|p| p.charges.fee_rate_e8 = -1),
            "charges.fee_rate_e8"
        );
        assert_eq!(
            trouble(|p| p.supervision.file_types.push("PDF".to_owned())),
            "supervision.file_types"
        );
        assert_eq!(
            trouble(|p| p.accounts.min_password = 4),
            "accounts.min_password"
        );
    }

    #[test]
    fn numbers_that_contradict_each_other_are_refused() {
        assert_eq!(
            trouble(|p| p.opening.create_interval_seconds = p.opening.window_seconds + 1),
            "opening.create_interval_seconds"
        );
        assert_eq!(
            trouble(|p| p.accounts.session_idle_hours = p.accounts.session_days * 24 + 1),
            "accounts.session_idle_hours"
        );
        assert_eq!(
            trouble(|p| {
                p.charges.fee_rate_e8 = RATE_ONE / 2 + 1;
                p.charges.buyer_withholding_rate_e8 = RATE_ONE / 2;
            }),
            "charges.fee_rate_e8"
        );
        let rate = Rate {
            code: "VAT".to_owned(),
            rate_e8: 0,
        };
        assert_eq!(
            trouble(|p| p.charges.taxes = vec![rate.clone(), rate]),
            "charges.taxes"
        );
    }
}
