//! What can be wrong with one member of a request or an answer.

use std::fmt;

/// A member that breaks the contract; names the member by its path, e.g. `info[0].appInfo.frontEndUrl`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Path of the member as it is spelled on the wire.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// The ways in which a member can break the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Absent, null or empty although mandatory.
    Missing,
    /// More characters (or list entries) than allowed.
    TooLong {
        /// The limit of the contract.
        max: usize,
        /// What was found.
        actual: usize,
    },
    /// Of another JSON type than the contract says.
    WrongType {
        /// The type of the contract.
        expected: &'static str,
    },
    /// Of the right type, but its text makes no sense.
    Invalid {
        /// What it has to look like.
        expected: &'static str,
    },
}

impl FieldError {
    pub(crate) fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }

    pub(crate) fn missing(field: impl Into<String>) -> Self {
        Self::new(field, Problem::Missing)
    }

    pub(crate) fn invalid(field: impl Into<String>, expected: &'static str) -> Self {
        Self::new(field, Problem::Invalid { expected })
    }

    pub(crate) fn wrong_type(field: impl Into<String>, expected: &'static str) -> Self {
        Self::new(field, Problem::WrongType { expected })
    }

    /// Stable identifier of the kind of problem, for texts and statistics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.problem {
            Problem::Missing => "field_missing",
            Problem::TooLong { .. } => "field_too_long",
            Problem::WrongType { .. } => "field_wrong_type",
            Problem::Invalid { .. } => "field_invalid",
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = &self.field;
        match &self.problem {
            Problem::Missing => write!(
                f,
                "The field {field} is missing or empty, but it is mandatory. Add it."
            ),
            Problem::TooLong { max, actual } => {
                write!(
                    f,
                    "The length of {field} is invalid: {actual}, but at most {max} is allowed. Shorten it."
                )
            }
            Problem::WrongType { expected } => {
                write!(
                    f,
                    "The field {field} has the wrong type. It must be {expected}."
                )
            }
            Problem::Invalid { expected } => {
                write!(f, "The value of {field} is invalid. It must be {expected}.")
            }
        }
    }
}

impl std::error::Error for FieldError {}

/// A mandatory text of at most `max` characters.
pub(crate) fn check_text(field: &str, value: &str, max: usize) -> Result<(), FieldError> {
    if value.is_empty() {
        return Err(FieldError::missing(field));
    }
    check_length(field, value, max)
}

pub(crate) fn check_length(field: &str, value: &str, max: usize) -> Result<(), FieldError> {
    let actual = value.chars().count();
    if actual > max {
        return Err(FieldError::new(field, Problem::TooLong { max, actual }));
    }
    Ok(())
}
