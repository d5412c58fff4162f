//! Checking the fields of a form: collects every trouble, so that a person
//! sees all of them at once, and hands out values only when there is none.

use crate::fail::{self, Code, Fail, FieldError};

/// Collects trouble per field.
#[derive(Debug, Default)]
pub struct Fields {
    errors: Vec<FieldError>,
}

impl Fields {
    /// A collector without trouble.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes trouble.
    pub fn reject(&mut self, field: &str, code: Code) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            code,
            args: Vec::new(),
        });
    }

    /// Notes trouble whose text names values.
    pub fn reject_with(
        &mut self,
        field: &str,
        code: Code,
        args: &[(&'static str, &dyn std::fmt::Display)],
    ) {
        let args = args
            .iter()
            .map(|(name, value)| (*name, value.to_string()))
            .collect();
        self.errors.push(FieldError {
            field: field.to_owned(),
            code,
            args,
        });
    }

    /// Takes over the trouble of a part, for example of a value's constructor.
    pub fn absorb<T>(&mut self, part: Result<T, Fail>) -> Option<T> {
        match part {
            Ok(value) => Some(value),
            Err(fail) => {
                self.errors.extend(fail.field_errors().iter().cloned());
                if fail.field_errors().is_empty() {
                    self.errors.push(FieldError {
                        field: String::new(),
                        code: fail.code(),
                        args: fail.args().to_vec(),
                    });
                }
                None
            }
        }
    }

    /// A trimmed text of 1 to `max` characters.
    pub fn required(&mut self, field: &str, text: &str, max: usize) -> String {
        let text = self.optional(field, text, max);
        if text.is_empty() && !self.has(field) {
            self.reject(field, fail::FIELD_REQUIRED);
        }
        text
    }

    /// A trimmed text of at most `max` characters, possibly empty. Control
    /// characters other than line breaks and tabs are dropped.
    pub fn optional(&mut self, field: &str, text: &str, max: usize) -> String {
        let kept: String = text
            .trim()
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .collect();
        if kept.chars().count() > max {
            self.reject_with(field, fail::FIELD_TOO_LONG, &[("max", &max)]);
        }
        kept
    }

    /// A whole number from `min` to `max`; 0 when it is none.
    pub fn number(&mut self, field: &str, text: &str, min: i64, max: i64) -> i64 {
        let Ok(number) = text.trim().parse::<i64>() else {
            let code = if text.trim().is_empty() {
                fail::FIELD_REQUIRED
            } else {
                fail::FIELD_NOT_A_NUMBER
            };
            self.reject(field, code);
            return 0;
        };
        if number < min || number > max {
            self.reject_with(
                field,
                fail::FIELD_OUT_OF_RANGE,
                &[("min", &min), ("max", &max)],
            );
        }
        number
    }

    /// Whether trouble was noted at this field.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    /// Ends the check.
    ///
    /// # Errors
    /// All trouble noted, as one [`Fail`].
    pub fn check(self) -> Result<(), Fail> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Fail::fields(self.errors))
        }
    }
}
