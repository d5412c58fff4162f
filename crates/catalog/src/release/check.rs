//! The limits of seller-release.md 5 and 8.2. Each is noted at its field.

use kernel::prelude::*;

use super::check_specification::check_specifications;
use super::{ContentDraft, ExtensionParameter};
use crate::NOT_UNIQUE;
use crate::words::check_key;

kernel::codes! {
    /// A list has more entries than allowed; `max` says how many.
    Invalid TOO_MANY_ENTRIES = "too-many-entries";
    /// A list has fewer entries than needed; `min` says how many.
    Invalid TOO_FEW_ENTRIES = "too-few-entries";
    /// A version is digits and points, for example `5.4`, with or without a V.
    Invalid BAD_VERSION_LABEL = "bad-version-label";
    /// Not a two-letter country code.
    Invalid BAD_COUNTRY = "bad-country";
    /// Not a path below an interface address.
    Invalid BAD_PATH = "bad-path";
    /// Exactly one of two fields must be given; `other` names the second.
    Invalid GIVE_ONE = "give-one";
}

const MAX_NAME: usize = 64;
const MIN_DESCRIPTION: usize = 400;
const MAX_LONG_TEXT: usize = 20_000;
const MAX_SHORT_TEXT: usize = 4_000;

pub(super) fn check(draft: &mut ContentDraft, fields: &mut Fields) {
    check_texts(draft, fields);
    check_lists(draft, fields);
    check_access(draft, fields);
    check_extension_parameters(&mut draft.extension_parameters, fields);
    check_specifications(&mut draft.specifications, fields);
}

fn check_texts(draft: &mut ContentDraft, fields: &mut Fields) {
    draft.name.check(fields, "name", MAX_NAME);
    draft.overview.check(fields, "overview", 200);
    draft.description = fields.required("description", &draft.description, MAX_LONG_TEXT);
    let length = draft.description.chars().count();
    if length > 0 && length < MIN_DESCRIPTION {
        fields.reject_with(
            "description",
            kernel::fail::FIELD_TOO_SHORT,
            &[("min", &MIN_DESCRIPTION)],
        );
    }
    draft.cases = fields.optional("cases", &draft.cases, MAX_SHORT_TEXT);
    draft.version_label = fields.required("version", &draft.version_label, 20);
    if !draft.version_label.is_empty() && !is_version_label(&draft.version_label) {
        fields.reject("version", BAD_VERSION_LABEL);
    }
    draft.user_guide = fields.required("user_guide", &draft.user_guide, MAX_LONG_TEXT);
    draft.after_sales = fields.required("after_sales", &draft.after_sales, MAX_SHORT_TEXT);
    let agreement = &mut draft.agreement;
    agreement.code = check_key(fields, "agreement_code", &agreement.code, 64);
    agreement.title = fields.required("agreement_title", &agreement.title, 100);
    agreement.text = fields.required("agreement", &agreement.text, 100_000);
    if let Some(supervision) = &mut draft.supervision {
        if !(1..=365).contains(&supervision.delivery_days) {
            fields.reject_with(
                "delivery_days",
                kernel::fail::FIELD_OUT_OF_RANGE,
                &[("min", &1), ("max", &365)],
            );
        }
        supervision.request_template = fields.optional(
            "request_template",
            &supervision.request_template,
            MAX_SHORT_TEXT,
        );
    }
}

fn check_lists(draft: &mut ContentDraft, fields: &mut Fields) {
    check_count(fields, "highlights", draft.highlights.len(), 1, 5);
    check_entries(fields, "highlights", &mut draft.highlights, 200);
    check_count(fields, "labels", draft.labels.len(), 0, 10);
    check_entries(fields, "labels", &mut draft.labels, 30);
    for (index, country) in draft.sales_countries.iter().enumerate() {
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            fields.reject(&format!("sales_countries[{index}]"), BAD_COUNTRY);
        }
    }
    check_unique(
        fields,
        "sales_countries",
        draft.sales_countries.iter().map(String::as_str),
    );
}

fn check_access(draft: &mut ContentDraft, fields: &mut Fields) {
    draft.interface.address_id =
        fields.required("interface_address", &draft.interface.address_id, 64);
    let path = fields.required("interface", &draft.interface.path, 200);
    let good = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'\\');
    if !path.is_empty()
        && (!path.starts_with('/') || path.starts_with("//") || !path.bytes().all(good))
    {
        fields.reject("interface", BAD_PATH);
    }
    draft.interface.path = path;
}

fn check_extension_parameters(parameters: &mut [ExtensionParameter], fields: &mut Fields) {
    check_count(fields, "extension_parameter", parameters.len(), 0, 3);
    check_unique(
        fields,
        "extension_parameter",
        parameters.iter().map(|parameter| parameter.name.as_str()),
    );
    for (index, parameter) in parameters.iter_mut().enumerate() {
        let at = format!("extension_parameter[{index}]");
        parameter.name = check_code(fields, &format!("{at}.name"), &parameter.name);
        parameter.label.check(fields, &format!("{at}.label"), 100);
        if !(1..=200).contains(&parameter.max_length) {
            fields.reject_with(
                &format!("{at}.max_length"),
                kernel::fail::FIELD_OUT_OF_RANGE,
                &[("min", &1), ("max", &200)],
            );
        }
    }
}

/// Notes a list that is too long or too short.
pub(super) fn check_count(fields: &mut Fields, field: &str, count: usize, min: usize, max: usize) {
    if count > max {
        fields.reject_with(field, TOO_MANY_ENTRIES, &[("max", &max)]);
    } else if count < min {
        fields.reject_with(field, TOO_FEW_ENTRIES, &[("min", &min)]);
    }
}

/// Notes a list in which something stands twice.
pub(super) fn check_unique<'a>(
    fields: &mut Fields,
    field: &str,
    values: impl Iterator<Item = &'a str>,
) {
    let mut seen = std::collections::BTreeSet::new();
    for value in values {
        if !seen.insert(value) {
            fields.reject_with(field, NOT_UNIQUE, &[("value", &value)]);
            return;
        }
    }
}

/// The trimmed code; notes one that isn't 1 to 32 letters, digits, `_` and
/// `-`: what attribute codes and names on the wire are made of.
pub(super) fn check_code(fields: &mut Fields, field: &str, code: &str) -> String {
    let code = fields.required(field, code, 32);
    let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !code.bytes().all(good) {
        fields.reject(field, crate::NOT_A_KEY);
    }
    code
}

fn check_entries(fields: &mut Fields, field: &str, entries: &mut [String], max: usize) {
    for (index, entry) in entries.iter_mut().enumerate() {
        *entry = fields.required(&format!("{field}[{index}]"), entry, max);
    }
}

fn is_version_label(text: &str) -> bool {
    let numbers = text.strip_prefix(['v', 'V']).unwrap_or(text);
    numbers
        .split('.')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
