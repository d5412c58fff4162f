//! One error form for everything that a person or a program may be told:
//! a kind (what sort of trouble), a stable code (the key of its text), the
//! fields it belongs to, and the cause for the log.

use std::error::Error;

/// What sort of trouble it is. Web and API answer by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailKind {
    /// The input can't be used; fields say where.
    Invalid,
    /// Nobody is signed in, or the credentials don't hold.
    Unauthenticated,
    /// Somebody is signed in who may not do this.
    Forbidden,
    /// It doesn't exist, or belongs to someone else.
    NotFound,
    /// It exists in a state that doesn't allow this.
    Conflict,
    /// Too often; try later.
    TooMany,
    /// A part that is needed doesn't answer now; try later.
    Unavailable,
    /// A defect of this program.
    Bug,
}

/// A stable code: the key of its text in the language files and the code of
/// API answers. Made by [`codes!`](crate::codes), which also lists it, so that
/// a test can ask every code for its text in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// What sort of trouble.
    pub kind: FailKind,
    /// The key, for example `quantity-off-step`.
    pub key: &'static str,
}

/// The registry of codes.
#[doc(hidden)]
pub struct Listed(pub Code);
inventory::collect!(Listed);

/// All codes of the program.
pub fn all_codes() -> impl Iterator<Item = Code> {
    inventory::iter::<Listed>.into_iter().map(|listed| listed.0)
}

/// Defines codes: `codes! { /// Doc. Conflict OUT_OF_STOCK = "out-of-stock"; }`
#[macro_export]
macro_rules! codes {
    ($($(#[$meta:meta])* $kind:ident $name:ident = $key:literal;)+) => {
        $(
            $(#[$meta])*
            pub const $name: $crate::fail::Code = $crate::fail::Code { kind: $crate::fail::FailKind::$kind, key: $key };
            $crate::__inventory::submit! { $crate::fail::Listed($name) }
        )+
    };
}

codes! {
    /// The answer to every unknown or foreign id.
    NotFound NOT_FOUND = "not-found";
    /// The signed-in person has no right to this.
    Forbidden FORBIDDEN = "forbidden";
    /// Nobody is signed in.
    Unauthenticated SIGN_IN_FIRST = "sign-in-first";
    /// Some fields can't be used; they say which and why.
    Invalid CHECK_FIELDS = "check-fields";
    /// Somebody changed it meanwhile.
    Conflict CHANGED_MEANWHILE = "changed-meanwhile";
    /// The state doesn't allow this step.
    Conflict NOT_IN_THIS_STATE = "not-in-this-state";
    /// A defect.
    Bug BUG = "bug";
    /// The database can't take it now.
    Unavailable BUSY = "busy";
    /// The database refuses to store: the disk is full or fails.
    Unavailable STORAGE_FAILED = "storage-failed";
    /// The commit may or may not have happened.
    Unavailable OUTCOME_UNKNOWN = "outcome-unknown";
    /// A field is empty that must not be.
    Invalid FIELD_REQUIRED = "field-required";
    /// A text is longer than allowed.
    Invalid FIELD_TOO_LONG = "field-too-long";
    /// A text is shorter than allowed.
    Invalid FIELD_TOO_SHORT = "field-too-short";
    /// A number is not a whole number.
    Invalid FIELD_NOT_A_NUMBER = "field-not-a-number";
    /// A number is out of its range.
    Invalid FIELD_OUT_OF_RANGE = "field-out-of-range";
    /// Not an amount of money of the currency.
    Invalid FIELD_NOT_AN_AMOUNT = "field-not-an-amount";
    /// The choice is none of those offered.
    Invalid FIELD_UNKNOWN_CHOICE = "field-unknown-choice";
    /// Something that must be ticked isn't.
    Invalid FIELD_MUST_BE_TICKED = "field-must-be-ticked";
}

/// Trouble at one field of a form or of a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field, as in the form and in JSON.
    pub field: String,
    /// What is wrong.
    pub code: Code,
    /// Values that the text names, for example the limit.
    pub args: Vec<(&'static str, String)>,
}

/// The error of everything above the database.
pub struct Fail(Box<Inner>);

struct Inner {
    code: Code,
    fields: Vec<FieldError>,
    args: Vec<(&'static str, String)>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Fail {
    /// A failure without more to say than its code.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self(Box::new(Inner {
            code,
            fields: Vec::new(),
            args: Vec::new(),
            source: None,
        }))
    }

    /// Bad fields; the code is [`CHECK_FIELDS`].
    #[must_use]
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let mut fail = Self::new(CHECK_FIELDS);
        fail.0.fields = fields;
        fail
    }

    /// One bad field.
    #[must_use]
    pub fn field(field: &str, code: Code) -> Self {
        Self::fields(vec![FieldError {
            field: field.to_owned(),
            code,
            args: Vec::new(),
        }])
    }

    /// A defect, with what is known about it for the log.
    #[must_use]
    pub fn bug(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(BUG).caused_by(cause)
    }

    /// "Not found", for a row that isn't there or belongs to another tenant.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(NOT_FOUND)
    }

    /// A value that the text names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.0.args.push((name, value.to_string()));
        self
    }

    /// The cause, for the log alone.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(cause.into());
        self
    }

    /// What sort of trouble.
    #[must_use]
    pub fn kind(&self) -> FailKind {
        self.0.code.kind
    }
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }
    /// Whether this is that failure.
    #[must_use]
    pub fn is(&self, code: Code) -> bool {
        self.0.code == code
    }
    /// Trouble per field.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        &self.0.fields
    }
    /// Values for the text.
    #[must_use]
    pub fn args(&self) -> &[(&'static str, String)] {
        &self.0.args
    }
}

impl std::fmt::Display for Fail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.code.key)?;
        for (name, value) in &self.0.args {
            write!(f, " {name}={value}")?;
        }
        for field in &self.0.fields {
            write!(f, " {}:{}", field.field, field.code.key)?;
        }
        match &self.0.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}
impl std::fmt::Debug for Fail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}
impl Error for Fail {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| -> &(dyn Error + 'static) { source })
    }
}
impl From<Code> for Fail {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}
impl From<crate::Illegal> for Fail {
    fn from(illegal: crate::Illegal) -> Self {
        Self::new(NOT_IN_THIS_STATE)
            .with("state", illegal.state)
            .caused_by(illegal)
    }
}
