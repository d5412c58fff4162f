//! A choice that isn't finished: what somebody typed or picked so far.

use kernel::fail::FIELD_UNKNOWN_CHOICE;
use kernel::prelude::*;
use kernel::term::{Period, PeriodType};

use super::{Selection, cheapest};
use crate::release::{Options, Price, ProductContent, Specification};

/// A choice as it was typed; what nobody said yet is empty. It comes back into
/// the form unchanged, so that a mistake can be corrected where it was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Key of the specification.
    pub specification: String,
    /// A value for some of its attributes.
    pub options: Options,
    /// Quantity, as typed.
    pub quantity: String,
    /// Duration as `month-3`, or `once-1`.
    pub period: String,
}

impl Wanted {
    /// Fills in what is missing, so that the page of a product starts with the
    /// cheapest thing that fits what was said. Values for attributes that the
    /// specification doesn't have are left out.
    #[must_use]
    pub fn completed(mut self, content: &ProductContent, currency: Currency) -> Self {
        if self.specification.is_empty() {
            self.specification = cheapest(content, currency)
                .map(|least| least.selection.specification)
                .or_else(|| Some(content.specifications.first()?.key.clone()))
                .unwrap_or_default();
        }
        let Some(specification) = content.specification(&self.specification) else {
            return self;
        };
        let has = |code: &str| {
            specification
                .attributes
                .iter()
                .any(|attribute| attribute.code == code)
        };
        self.options
            .retain(|code, value| has(code) && !value.is_empty());
        // A combination that nobody sells keeps its complaint for `resolve`.
        let price = least_that_fits(specification, &self.options, currency)
            .or_else(|| least_that_fits(specification, &Options::new(), currency));
        if let Some(price) = price {
            for (code, value) in &price.options {
                if !self.options.contains_key(code) {
                    self.options.insert(code.clone(), value.clone());
                }
            }
            if self.period.is_empty() {
                let count = price.counts.iter().min().copied().unwrap_or(1);
                self.period = period_code(Period {
                    unit: price.period,
                    count,
                });
            }
        }
        if specification.quantity.is_none() {
            self.quantity = "1".to_owned();
        } else if self.quantity.is_empty() {
            self.quantity = specification.min_quantity().to_string();
        }
        self
    }

    /// The choice, once everything in it can be read; whether it is offered is
    /// asked of [`super::resolve`].
    ///
    /// # Errors
    /// Trouble at `quantity` and `period`.
    pub fn selection(&self) -> Result<Selection, Fail> {
        let mut fields = Fields::new();
        let quantity = fields.number("quantity", &self.quantity, i64::MIN, i64::MAX);
        let period = parse_period(&self.period);
        if period.is_none() {
            fields.reject("period", FIELD_UNKNOWN_CHOICE);
        }
        fields.check()?;
        Ok(Selection {
            specification: self.specification.clone(),
            options: self.options.clone(),
            quantity,
            period: period.unwrap_or(Period::ONCE),
        })
    }
}

/// A duration as forms send it: `month-3`.
#[must_use]
pub fn period_code(period: Period) -> String {
    format!("{}-{}", period.unit.name(), period.count)
}

fn parse_period(code: &str) -> Option<Period> {
    let (unit, count) = code.split_once('-')?;
    Some(Period {
        unit: PeriodType::from_name(unit)?,
        count: count.parse().ok()?,
    })
}

/// The cheapest price of a specification that agrees with the options chosen.
fn least_that_fits<'s>(
    specification: &'s Specification,
    options: &Options,
    currency: Currency,
) -> Option<&'s Price> {
    let fits = |price: &&Price| {
        price.currency == currency
            && options
                .iter()
                .all(|(code, value)| price.options.get(code) == Some(value))
    };
    let unit_price = |price: &&Price| price.tiers.first().map_or(0, |tier| tier.unit_minor);
    specification
        .prices
        .iter()
        .filter(fits)
        .min_by_key(unit_price)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_survives_its_form() {
        let period = Period {
            unit: PeriodType::Month,
            count: 3,
        };
        assert_eq!(parse_period(&period_code(period)), Some(period));
        for bad in ["", "month", "month-x", "week-1", "month--1"] {
            assert_eq!(parse_period(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_was_typed_and_is_no_number_is_a_complaint_at_its_field() {
        let wanted = Wanted {
            quantity: "2.5".to_owned(),
            period: "week-1".to_owned(),
            ..Wanted::default()
        };
        let fail = wanted.selection().unwrap_err();
        let fields: Vec<&str> = fail
            .field_errors()
            .iter()
            .map(|error| error.field.as_str())
            .collect();
        assert_eq!(fields, ["quantity", "period"]);
    }
}
